/** The palette: every kind of brick, by family, found by typing. */

import { add } from "./actions.js";
import { el, focused, icon, mark, write } from "./dom.js";
import { thumb } from "./draw/draw.js";
import { t } from "./words.js";

const APART = ["data", "label"];

export class Palette {
  constructor(bench) {
    this.bench = bench;
    this.items = new Map();
    this.search = this.searchField();
    this.list = el("div", { class: "palette-list" });
    this.none = el("p", { class: "none", hidden: true, role: "status" });
    this.sections = bench.families
      .filter((family) => !APART.includes(family.name))
      .map((family) => this.section(family))
      .filter(Boolean);
    this.list.append(...this.sections);
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.element = el("nav", { class: "palette", "aria-label": t("Bricks") });
    this.element.append(this.search.element, this.list, this.none);
    this.rove([...this.items.values()][0]);
  }

  searchField() {
    const input = el("input", { type: "search", placeholder: t("Find a brick") });
    mark(input, "aria-label", t("Find a brick"));
    mark(input, "autocomplete", "off");
    input.addEventListener("input", () => this.filter());
    input.addEventListener("keydown", (event) => this.searchKey(event));
    return { input, element: el("div", { class: "search" }, icon("search"), input) };
  }

  section({ name, title }) {
    const kinds = Object.entries(this.bench.kinds).filter(([, kind]) => kind.family === name);
    if (!kinds.length) return null;
    const head = el("h2", { id: `family-${name}`, text: title });
    const list = el("ul", { "aria-labelledby": `family-${name}` });
    for (const [kind, entry] of kinds) list.append(el("li", {}, this.item(kind, entry)));
    return el("section", { "data-family": name }, head, list);
  }

  item(kind, entry) {
    const words = [el("b", {}, ...breakable(entry.title))];
    if (entry.said && entry.said !== entry.title) words.push(el("small", { text: entry.said }));
    const picture = el("span", { class: "thumb" });
    // Our own drawing's markup: no user's text in it.
    picture.innerHTML = thumb(entry.looks, entry.start).markup;
    picture.firstElementChild?.setAttribute("aria-hidden", "true");
    const item = el("button", { type: "button", class: "item", "data-kind": kind });
    mark(item, "title", entry.about);
    item.append(picture, el("span", { class: "words" }, ...words));
    item.addEventListener("click", () => add(this.bench, kind));
    item.addEventListener("focus", () => this.rove(item));
    item.findBy = plain([kind, entry.title, entry.said, entry.search, entry.about].join(" "));
    this.items.set(kind, item);
    return item;
  }

  filter() {
    const words = plain(this.search.input.value).split(" ").filter(Boolean);
    for (const item of this.items.values()) {
      const found = words.every((word) => item.findBy.includes(word));
      mark(item.parentElement, "hidden", !found);
    }
    for (const section of this.sections) {
      mark(section, "hidden", !section.querySelector("li:not([hidden])"));
    }
    const seen = this.seen();
    mark(this.none, "hidden", seen.length > 0);
    const sought = this.search.input.value.trim();
    write(this.none, seen.length ? "" : t("No brick is called “{name}”.", { name: sought }));
    this.rove(seen[0]);
  }

  seen() {
    return [...this.items.values()].filter((item) => !item.parentElement.hidden);
  }

  /** Only one item stands in the Tab order. */
  rove(item) {
    if (!item) return;
    for (const other of this.items.values()) mark(other, "tabindex", other === item ? "0" : "-1");
  }

  searchKey(event) {
    const [first] = this.seen();
    if (event.key === "ArrowDown") first?.focus();
    else if (event.key === "Enter" && first) first.click();
    else if (event.key === "Escape" && this.search.input.value) this.search.input.value = "";
    else return;
    this.filter();
    event.preventDefault();
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    const step = steps[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    const seen = this.seen();
    const at = seen.indexOf(focused(this.list)) + step;
    if (at < 0) this.search.input.focus();
    else seen[Math.min(at, seen.length - 1)].focus();
    event.preventDefault();
  }
}

/** A name in camel case, which may break before a capital. */
function breakable(name) {
  return name.split(/(?<=[a-z])(?=[A-Z])/).flatMap((part, at) => (at ? [el("wbr"), part] : [part]));
}

/** Text as it is compared: composed Hangul, no capitals. */
function plain(text) {
  return text.normalize("NFC").toLowerCase();
}
