/** One class: its name, how many pictures it has in which part, and what they look like. */

import { ask } from "../dialog.js";
import { el, icon, iconButton, mark, write } from "../dom.js";
import { count, t } from "../words.js";
import { choose } from "./asking.js";
import { cleaned } from "./found.js";
import { menu } from "./menu.js";
import { many, partName, pictured } from "./panel.js";
import { Tiles } from "./tiles.js";

const SHOT = 60; // pixels from picture to picture in a strip
const MOST = 60; // pictures in a strip

export class ClassRow {
  /** @param {string|null} name null for what is left out, "" where there are no classes */
  constructor(sheet, name) {
    Object.assign(this, { sheet, name, open: false });
    this.title = el("b");
    this.number = el("span", { class: "number" });
    this.toggle = el("button", { type: "button", class: "class-name", "aria-expanded": "false" }, icon("chevron"), this.title);
    this.toggle.addEventListener("click", () => this.unfold(!this.open));
    this.bar = el("div", { class: "balance" }, ...["t", "v", "e"].map((part) => el("i", { "data-part": part })));
    this.detail = el("p", { class: "legend", role: "note" });
    this.head = el("header", { class: "class-head" }, el("div", { class: "class-top" }, this.toggle, this.number, this.menu()), this.bar, this.detail);
    this.strip = el("div", { class: "strip-of-shots", "aria-hidden": "true" });
    this.strip.addEventListener("click", () => this.unfold(true));
    this.element = el("section", { class: "class-row", "data-class": name ?? "", "data-out": name === null }, this.head, this.strip);
    this.watch = new ResizeObserver(() => this.drawStrip());
    this.watch.observe(this.strip);
  }

  /** What the row is called. */
  get called() {
    return this.name === null ? t("Left out") : this.name || t("All pictures");
  }

  menu() {
    if (this.name === null) return iconButton("undo", t("Take all in again"), () => this.sheet.putBack(this.row), { "data-act": "all-back" });
    if (this.name === "") return null;
    const { name, sheet } = this;
    this.others = el("button", { type: "button", class: "menu-item", "data-act": "merge", text: t("Merge with another class …") });
    this.others.addEventListener("click", () => this.merge());
    const rename = el("button", { type: "button", class: "menu-item", "data-act": "rename", text: t("Rename …") });
    rename.addEventListener("click", () => this.rename());
    const drop = el("button", { type: "button", class: "menu-item", "data-act": "drop", text: t("Leave this class out") });
    drop.addEventListener("click", () => sheet.drop(name));
    return menu(t("What to do with {name}", { name }), [rename, this.others, drop]);
  }

  rename() {
    const { names } = this.sheet.state;
    const doubt = (text) => {
      const name = cleaned(text);
      return name !== this.name && names.includes(name) ? t("There is a class {name} already: make them one?", { name }) : null;
    };
    const words = { title: t("Rename the class"), label: t("What is it called?"), value: this.name, most: 80, button: t("Rename"), doubt, sure: t("Make them one") };
    ask(this.sheet, words, (next) => this.sheet.rename(this.name, cleaned(next)));
  }

  merge() {
    const others = this.sheet.state.names.filter((name) => name !== this.name);
    const words = { title: t("Merge {name} with …", { name: this.name }), label: t("Their pictures become one class, which keeps this name:"), options: others, button: t("Merge") };
    choose(this.sheet, words, (other) => this.sheet.rename(this.name, other));
  }

  unfold(open) {
    this.open = open;
    mark(this.toggle, "aria-expanded", String(open));
    mark(this.element, "data-open", open);
    if (open && !this.tiles) {
      this.tiles = new Tiles(this.sheet, this.name);
      this.element.append(this.tiles.element);
    }
    if (this.tiles) mark(this.tiles.element, "hidden", !open);
    mark(this.strip, "hidden", open);
    this.draw();
  }

  /** @param {Object[]} row the pictures  @param {number} largest of all classes */
  show(row, largest, lines) {
    Object.assign(this, { row, largest, lines });
    this.draw();
  }

  draw() {
    write(this.title, this.called);
    write(this.number, count(this.row.length));
    mark(this.number, "aria-label", many(this.row.length));
    if (this.others) mark(this.others, "disabled", this.sheet.state.names.length < 2);
    this.drawBar();
    this.element.style.setProperty("--lines", this.lines);
    if (this.open) this.tiles.show(this.row, this.called);
    else this.drawStrip();
  }

  drawBar() {
    mark(this.bar, "hidden", this.name === null);
    mark(this.detail, "hidden", this.name === null);
    const counts = { t: 0, v: 0, e: 0 };
    for (const picture of this.row) counts[this.sheet.partOf(picture)] += 1;
    for (const part of this.bar.children) {
      part.style.width = `${(100 * counts[part.dataset.part]) / Math.max(1, this.largest)}%`;
    }
    const parts = ["t", "v", "e"].filter((part) => counts[part]);
    const said = parts.map((part) => `${partName(part)} ${count(counts[part])}`).join(" · ");
    if (this.detail.title === said) return;
    mark(this.detail, "title", said);
    mark(this.detail, "aria-label", said);
    this.detail.replaceChildren(...parts.map((part) => el("span", { "data-part": part }, el("i"), count(counts[part]))));
  }

  /** A few pictures from all over the class. */
  drawStrip() {
    if (this.open || !this.row) return;
    const room = Math.max(1, Math.floor((this.strip.clientWidth + 4) / SHOT)) * this.lines;
    const shown = Math.min(room, MOST, this.row.length);
    const some = Array.from({ length: shown }, (_, n) => this.row[Math.floor((n * this.row.length) / shown)]);
    const key = some.map(({ at }) => at).join();
    if (key === this.shots) return;
    this.shots = key;
    const { dataset } = this.sheet.data;
    this.strip.replaceChildren(...some.map(({ digest }) => el("img", { src: pictured(dataset, digest), alt: "", loading: "lazy", decoding: "async" })));
  }

  leave() {
    this.watch.disconnect();
    this.tiles?.leave();
  }
}
