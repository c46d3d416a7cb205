/** The confusion matrix of a few classes: true ones in rows, predicted ones in columns. */

import { el, mark, write } from "../dom.js";
import { count, percent, t } from "../words.js";
import { point, roving } from "./roving.js";

const FEW = 4; // classes whose names have room side by side
const MOST_FIGURES = 16; // classes up to which every cell has room for its figure
const DEEP = 0.655; // of its hue: from here on black is read better on it than white

/** How much of its hue a cell has: little where it is empty. As in the style sheet. */
const mixed = (depth, right) => (right ? 0.06 + 0.84 * depth : 0.15 + 0.75 * depth);

export class Matrix {
  /** @param {(true_: number, told: number) => void} pick called with a cell */
  constructor(pick) {
    this.pick = pick;
    this.readout = el("p", { class: "matrix-said", role: "status" });
    this.grid = el("div", { class: "matrix", role: "grid" });
    this.element = el("div", { class: "matrix-frame" }, this.grid, this.readout);
    roving(this.grid, () => this.numbers?.length ?? 1);
    for (const kind of ["pointerover", "focusin"]) this.grid.addEventListener(kind, (event) => this.aim(event.target));
    this.grid.addEventListener("pointerleave", () => this.aim(null));
    this.grid.addEventListener("click", (event) => this.press(event.target));
  }

  /**
   * @param {Object} found the figures: its `classes`, and `table` from (true, told) to a count
   * @param {number[]} numbers of the classes that are drawn
   * @param {boolean} shares whether shares of each true class are told, not counts
   */
  show(found, numbers, shares) {
    Object.assign(this, { found, numbers, shares });
    const cells = numbers.flatMap((true_) => numbers.map((told) => (true_ === told ? 0 : this.count(true_, told))));
    this.most = Math.max(1, ...cells);
    const long = numbers.length > FEW && numbers.some((number) => found.classes[number].length > 3);
    mark(this.grid, "data-long", long);
    mark(this.grid, "data-small", numbers.length > MOST_FIGURES);
    mark(this.grid, "aria-label", t("Confusion matrix"));
    this.element.style.setProperty("--classes", numbers.length);
    const across = el("span", { class: "across", "aria-hidden": "true", text: t("Predicted") });
    this.grid.replaceChildren(across, this.head(), ...numbers.map((number) => this.row(number)));
    point(this.grid, this.grid.querySelector("[data-rove]"));
    this.aim(null);
  }

  count(true_, told) {
    return this.found.table.get(`${true_} ${told}`) ?? 0;
  }

  head() {
    const corner = el("span", { class: "corner", role: "columnheader", text: t("True") });
    const names = this.numbers.map((number) => el("span", { class: "told", role: "columnheader", "data-told": number, title: this.found.classes[number] }, el("b", { text: this.found.classes[number] })));
    return el("div", { role: "row", class: "matrix-row" }, corner, ...names);
  }

  row(true_) {
    const name = this.found.classes[true_];
    const cells = this.numbers.map((told) => this.cell(true_, told));
    return el("div", { role: "row", class: "matrix-row" }, el("span", { class: "true", role: "rowheader", "data-true": true_, title: name, text: name }), ...cells);
  }

  cell(true_, told) {
    const number = this.count(true_, told);
    const right = true_ === told;
    const part = number / (this.found.rows[true_][3] || 1);
    const depth = right ? part : Math.sqrt(number / this.most);
    const cell = el("button", { type: "button", role: "gridcell", "data-rove": "", "data-cell": `${true_} ${told}`, "data-right": right, "data-none": !number, text: this.figure(number, part), "aria-label": this.said(true_, told) });
    cell.style.setProperty("--depth", depth.toFixed(3));
    mark(cell, "data-deep", mixed(depth, right) > DEEP);
    return cell;
  }

  figure(number, part) {
    if (!number || this.numbers.length > MOST_FIGURES) return "";
    if (!this.shares) return number < 10_000 ? String(number) : count(number);
    return part < 0.005 ? "<1" : String(Math.round(100 * part));
  }

  /** A cell in words. */
  said(true_, told) {
    const number = this.count(true_, told);
    const all = this.found.rows[true_][3];
    const values = { true: this.found.classes[true_], told: this.found.classes[told], count: count(number), all: count(all), share: all ? percent(number / all) : "–" };
    return true_ === told ? t("{true} told right: {count} of {all}, {share}", values) : t("{true} told as {told}: {count} of {all}, {share}", values);
  }

  numbersOf(target) {
    return target?.closest?.("[data-cell]")?.dataset.cell.split(" ").map(Number);
  }

  /** Point at a cell: its row and column are shown, and it is told in words. */
  aim(target) {
    const [true_, told] = this.numbersOf(target) ?? [];
    for (const head of this.grid.querySelectorAll("[data-true]")) mark(head, "data-aimed", Number(head.dataset.true) === true_);
    for (const head of this.grid.querySelectorAll("[data-told]")) mark(head, "data-aimed", Number(head.dataset.told) === told);
    write(this.readout, true_ === undefined ? t("Press a cell to see its examples.") : this.said(true_, told));
  }

  press(target) {
    const numbers = this.numbersOf(target);
    if (numbers) this.pick(...numbers);
  }

  /** Mark the cell whose examples are shown. */
  choose(choice) {
    const key = choice.of === "cell" ? choice.with.join(" ") : null;
    for (const cell of this.grid.querySelectorAll("[data-cell]")) mark(cell, "aria-selected", cell.dataset.cell === key ? "true" : null);
  }
}
