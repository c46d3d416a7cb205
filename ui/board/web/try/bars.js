/** How sure a tower is of each class: columns for short names, rows for long ones. */

import { arrange, el, mark, write } from "../dom.js";
import { t } from "../words.js";

const MOST = 12; // classes that all stand in their own order; of more the likeliest come
const LIKELIEST = 5;
const HIGH = 0.85; // the share from which a figure stands inside of its column
const SHORT = 2; // signs of a name that stands under a column

/**
 * Which classes are shown, in which order.
 * @param {(number|null)[]} shares
 * @returns {number[]}
 */
export function shown(shares) {
  const all = shares.map((_, n) => n);
  if (shares.length <= MOST) return all;
  return all.sort((a, b) => (shares[b] ?? -1) - (shares[a] ?? -1)).slice(0, LIKELIEST);
}

/** The likeliest class, or -1 where no share is a number. */
export function best(shares) {
  return shares.reduce((top, share, n) => (share != null && (top < 0 || share > shares[top]) ? n : top), -1);
}

/** A share in as few signs as tell it. */
export function brief(share) {
  if (share == null) return "–";
  const percent = 100 * share;
  if (percent > 0 && percent < 1) return "<1";
  return percent > 99 && percent < 100 ? ">99" : String(Math.round(percent));
}

export class Bars {
  /** @param {(n: number) => HTMLElement} look a button to see where class `n` is seen */
  constructor(look) {
    this.look = look;
    this.bars = new Map();
    this.element = el("div", { class: "bars", "aria-hidden": "true" }); // the answer is said in words
  }

  /**
   * @param {string[]} names
   * @param {(number|null)[]} shares
   * @param {number} [truth] the true class
   * @param {boolean} [looks] whether each has a button to its heatmap
   */
  show(names, shares, truth, looks = false) {
    const told = best(shares);
    mark(this.element, "data-looks", looks);
    mark(this.element, "aria-hidden", looks ? null : "true");
    mark(this.element, "data-way", names.length <= MOST && names.every((name) => name.length <= SHORT) ? "columns" : "rows");
    const bars = shown(shares).map((n) => this.bar(n, names[n] ?? String(n), shares[n], n === told, n === truth));
    arrange(this.element, bars);
  }

  bar(n, name, share, told, truth) {
    if (!this.bars.has(n)) this.bars.set(n, this.made(n));
    const bar = this.bars.get(n);
    const [label, , figure, button] = bar.children;
    const said = t("Where it sees {name}", { name });
    mark(button, "aria-label", said);
    mark(button, "title", said);
    write(label, name);
    write(figure, share != null && share < 0.005 ? "" : brief(share));
    bar.style.setProperty("--share", String(share ?? 0));
    mark(bar, "data-high", share > HIGH);
    mark(bar, "data-told", told);
    mark(bar, "data-true", truth);
    return bar;
  }

  made(n) {
    return el("div", { class: "bar" }, el("span", { class: "name" }), el("span", { class: "track" }, el("i")), el("span", { class: "figure" }), this.look(n));
  }

  /** Nothing is known any more. */
  rest(names) {
    this.show(names, names.map(() => 0));
    for (const bar of this.bars.values()) mark(bar, "data-told", null);
  }
}

/** One bar from no to yes, parted where the tower stands. */
export class YesNo {
  constructor() {
    this.sides = [0, 1].map(() => el("div", { class: "side-of" }, el("b"), el("span", { class: "figure" })));
    this.fill = el("i");
    this.element = el("div", { class: "yes-no", "aria-hidden": "true" }, el("div", { class: "ends" }, ...this.sides), el("div", { class: "yes-track" }, this.fill));
  }

  show(names, shares) {
    const told = best(shares);
    this.sides.forEach((side, n) => {
      const [name, figure] = side.children;
      write(name, names[n] ?? String(n));
      write(figure, shares[n] == null ? "" : `${brief(shares[n])} %`);
      mark(side, "data-told", n === told);
    });
    this.fill.style.setProperty("--share", String(shares[1] ?? 0.5));
    mark(this.element, "data-told", told < 0 ? null : String(told));
  }

  rest(names) {
    this.show(names, [null, null]);
  }
}
