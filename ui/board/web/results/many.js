/** Confusion among very many classes: all of it small, what is confused most, and a part large. */

import { el, mark } from "../dom.js";
import { count, t } from "../words.js";
import { Matrix } from "./matrix.js";

const NEAR = 9; // classes in the part that is large
const FEWEST = 2; // pixels of the drawing for a class, where there is room
const SIDE = 180; // pixels of the drawing at most, so that no single mistake is lost in it

export class Many {
  /** @param {(true_: number, told: number) => void} pick called with a cell */
  constructor(pick) {
    this.pick = pick;
    this.canvas = el("canvas", { class: "whole-matrix", "aria-hidden": "true" });
    this.canvas.addEventListener("click", (event) => this.press(event));
    this.list = el("ul", { class: "confused" });
    this.part = new Matrix(pick);
    const all = el("div", { class: "many-top" }, this.canvas, el("div", {}, el("h4", { text: t("Confused most often") }), this.list));
    this.element = el("div", { class: "many" }, all, this.part.element);
  }

  show(found, shares) {
    Object.assign(this, { found, shares });
    this.paint();
    const most = found.pairs[0]?.[2] ?? 1;
    this.list.replaceChildren(...found.pairs.map((pair) => this.pair(pair, most)));
    if (!found.pairs.length) this.list.replaceChildren(el("li", { text: t("There are none.") }));
    const [true_, told] = found.pairs[0] ?? [0, 0];
    this.zoom(true_, told);
  }

  pair([true_, told, number], most) {
    const { classes } = this.found;
    const bar = el("i");
    bar.style.width = `${(100 * number) / most}%`;
    const button = el("button", { type: "button", "data-pair": `${true_} ${told}` }, el("span", { text: `${classes[true_]} → ${classes[told]}` }), el("b", { text: count(number) }), bar);
    button.addEventListener("click", () => {
      this.zoom(true_, told);
      this.pick(true_, told);
    });
    return el("li", {}, button);
  }

  /** Show large these two classes and those that are confused with them most often. */
  zoom(true_, told) {
    const near = new Map([[true_, Infinity], [told, Infinity]]);
    for (const [one, other, number] of this.found.cells) {
      if (one === other) continue;
      if (one === true_ || one === told) near.set(other, (near.get(other) ?? 0) + number);
      if (other === true_ || other === told) near.set(one, (near.get(one) ?? 0) + number);
    }
    const numbers = [...near].sort((a, b) => b[1] - a[1]).slice(0, NEAR).map(([number]) => number);
    this.part.show(this.found, numbers.sort((a, b) => a - b), this.shares);
  }

  /** Each point is a cell, or the most of several: no mistake is too small to be seen. */
  paint() {
    const { classes, cells, rows } = this.found;
    const parts = Math.min(classes.length, SIDE);
    const size = Math.max(1, Math.min(FEWEST, Math.floor(SIDE / parts))) * parts;
    Object.assign(this.canvas, { width: size, height: size });
    const ink = this.canvas.getContext("2d");
    const colours = getComputedStyle(this.canvas);
    const [right, wrong] = ["--right", "--wrong"].map((name) => colours.getPropertyValue(name).trim());
    const at = (number) => Math.floor((number * parts) / classes.length);
    const side = size / parts;
    const most = this.found.pairs[0]?.[2] ?? 1;
    ink.clearRect(0, 0, size, size);
    const drawn = [...cells].sort(([a, b], [c, d]) => (a === b) - (c === d)); // right ones over the others
    for (const [true_, told, number] of drawn) {
      const share = true_ === told ? number / (rows[true_][3] || 1) : Math.sqrt(number / most);
      ink.globalAlpha = 0.25 + 0.75 * share;
      ink.fillStyle = true_ === told ? right : wrong;
      ink.fillRect(at(told) * side, at(true_) * side, side, side);
    }
    this.parts = parts;
  }

  press(event) {
    const { left, top, width } = this.canvas.getBoundingClientRect();
    const [told, true_] = [event.clientX - left, event.clientY - top].map((place) => (place / width) * this.found.classes.length);
    const far = ([one, other]) => Math.hypot(one - true_, other - told);
    const near = this.found.cells.reduce((best, cell) => (!best || far(cell) < far(best) ? cell : best), null);
    if (!near) return;
    this.zoom(near[0], near[1]);
    this.pick(near[0], near[1]);
  }

  choose(choice) {
    this.part.choose(choice);
    const key = choice.of === "cell" ? choice.with.join(" ") : null;
    for (const button of this.list.querySelectorAll("[data-pair]")) mark(button, "aria-pressed", String(button.dataset.pair === key));
  }
}
