/** A small diagram with two axes, drawn anew when its place changes its size. */

import { el, mark, svg } from "../dom.js";
import { figure } from "../words.js";
import { ticks } from "../live/scale.js";
import { point, roving } from "./roving.js";

export class Plane {
  /**
   * @param {Object} how
   * @param {string} how.name its class
   * @param {string} how.across what the level axis is
   * @param {string} how.up what the upright axis is
   * @param {(plane: Plane) => Element[]} how.draw what is on it
   * @param {(value: number) => string} [how.tell] a value on the level axis
   * @param {(value: number) => string} [how.tellUp] a value on the upright axis
   * @param {number} [how.above] pixels above the upright axis
   * @param {string} [how.role] "group" where there is something in it to press
   */
  constructor({ name, across, up, draw, tell = (value) => figure(value, false, 3), tellUp = tell, above = 10, role = "img" }) {
    Object.assign(this, { across, up, draw, tell, tellUp, above });
    this.axes = svg("g", { class: "axes" });
    this.marks = svg("g", { class: "marks" });
    this.svg = svg("svg", { class: `plane ${name}`, role });
    this.svg.append(this.axes, this.marks);
    roving(this.svg, () => 1);
    this.watch = new ResizeObserver(() => this.redraw());
    this.watch.observe(this.svg);
  }

  /** @param {number[]} x least and most on the level axis  @param {number[]} y upright  @param {string} label for screen readers */
  show(x, y, label, parts = 4) {
    this.x = ticks(...x, parts);
    this.y = ticks(...y, parts);
    mark(this.svg, "aria-label", label);
    this.redraw();
  }

  redraw() {
    const { clientWidth: wide, clientHeight: high } = this.svg;
    if (!this.x || !wide) return;
    this.edges = { left: 66, right: wide - 16, top: this.above, bottom: high - 40 };
    this.drawAxes();
    this.marks.replaceChildren(...this.draw(this));
    const first = this.marks.querySelector("[data-rove]");
    if (first) point(this.svg, first); // the arrows go on to the others
  }

  atX(value) {
    const { left, right } = this.edges;
    return left + ((right - left) * (value - this.x[0])) / (this.x.at(-1) - this.x[0] || 1);
  }

  atY(value) {
    const { top, bottom } = this.edges;
    return bottom - ((bottom - top) * (value - this.y[0])) / (this.y.at(-1) - this.y[0] || 1);
  }

  drawAxes() {
    const { left, right, top, bottom } = this.edges;
    const rows = this.y.flatMap((value) => [
      svg("line", { x1: left, x2: right, y1: this.atY(value), y2: this.atY(value) }),
      text(left - 7, this.atY(value) + 4, this.tellUp(value), "end"),
    ]);
    const few = this.x.filter((_, n) => this.x.length * 44 < right - left || n % 2 === 0);
    const columns = few.map((value) => text(this.atX(value), bottom + 16, this.tell(value), "middle"));
    const middle = (top + bottom) / 2;
    const up = text(14, middle, this.up, "middle", "axis");
    mark(up, "transform", `rotate(-90 14 ${middle})`);
    this.axes.replaceChildren(...rows, ...columns, text((left + right) / 2, bottom + 33, this.across, "middle", "axis"), up);
  }

  /** The values on both axes at a place of the pointer. */
  pointed(event) {
    const { left, top } = this.svg.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  leave() {
    this.watch.disconnect();
  }
}

/** Words in a drawing. */
export function text(x, y, words, anchor, name = null) {
  const element = svg("text", { x, y, "text-anchor": anchor, class: name });
  element.textContent = words;
  return element;
}

/** A section of the page: its title, one line of what it says, and what it holds. */
export function card(name, title, ...children) {
  const said = el("p", { class: "card-said" });
  const head = el("h3", { text: title });
  const element = el("section", { class: `card ${name}`, "aria-label": title }, el("header", {}, head), said, ...children);
  return { element, head, said, top: element.firstChild };
}
