/** Many buttons in rows and columns, of which one is in the order of tabs. */

import { mark } from "../dom.js";

/**
 * Arrows, Home and End move through the buttons of an element.
 * @param {Element} element
 * @param {() => number} columns
 */
export function roving(element, columns) {
  element.addEventListener("keydown", (event) => {
    const all = [...element.querySelectorAll("[data-rove]")];
    const at = all.indexOf(event.target.closest("[data-rove]"));
    const wide = columns();
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -wide, ArrowDown: wide }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : step == null ? null : at + step;
    if (at < 0 || to == null) return;
    event.preventDefault();
    event.stopPropagation();
    if (all[to]) point(element, all[to]).focus();
  });
  element.addEventListener("focusin", (event) => {
    const one = event.target.closest("[data-rove]");
    if (one) point(element, one);
  });
}

/** Make this button the one that tabs reach. */
export function point(element, one) {
  for (const each of element.querySelectorAll("[data-rove]")) mark(each, "tabindex", each === one ? "0" : "-1");
  return one;
}

/** What is drawn is pressed as a button is: by pointer, Enter or Space. */
export function pressed(drawn, press) {
  drawn.addEventListener("click", press);
  drawn.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press();
  });
}
