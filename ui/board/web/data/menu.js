/** A button with a list of deeds under it. */

import { el, icon, relabel } from "../dom.js";

/** A menu; it closes by Escape, by a click elsewhere, and when something is done. */
export function menu(label, items) {
  const summary = relabel(el("summary", { class: "tool" }, icon("more")), label);
  const list = el("div", { class: "menu-list" }, ...items);
  const element = el("details", { class: "menu" }, summary, list);
  const shut = () => element.removeAttribute("open");
  list.addEventListener("click", shut);
  element.addEventListener("focusout", (event) => {
    if (!element.contains(event.relatedTarget)) shut();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !element.open) return;
    shut();
    summary.focus();
    event.stopPropagation();
  });
  return element;
}
