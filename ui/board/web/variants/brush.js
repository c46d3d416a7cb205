/** A part of an axis that is marked: only the variants that pass through it count. */

import { mark, svg } from "../dom.js";

const NEAR = 14; // pixels from an axis, where it is meant
const LEAST = 4; // pixels that the pointer moves before it marks
const EDGE = 8;
const WIDE = 18;

export class Brush {
  /**
   * @param {Object} lines the picture: its axes stand at `x(n)`, from `top` to `bottom`
   * @param {() => void} changed
   */
  constructor(lines, changed) {
    Object.assign(this, { lines, changed, parts: new Map(), drag: null });
    this.group = svg("g");
    const { element } = lines;
    element.addEventListener("pointerdown", (event) => this.begin(event));
    element.addEventListener("pointermove", (event) => this.move(event));
    element.addEventListener("pointerup", () => this.end());
    element.addEventListener("pointercancel", () => this.end());
    element.addEventListener("click", (event) => this.hold(event), true);
  }

  /** The pointer's place, and the number of the axis that it is at, else null. */
  place(event) {
    const { left, top } = this.lines.element.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const n = Math.round((x - this.lines.x(0)) / this.lines.step);
    const near = n >= 0 && n <= this.lines.scales.length && Math.abs(this.lines.x(n) - x) < NEAR;
    return { y, n: near && y > this.lines.top - NEAR ? n : null };
  }

  /** A finger scrolls the page; a mouse and a pen mark. */
  begin(event) {
    if (event.pointerType === "touch" || event.button !== 0 || !this.lines.scales) return;
    const { y, n } = this.place(event);
    this.drag = n === null ? null : { n, from: y, far: false };
    this.held = false;
  }

  move(event) {
    const { drag } = this;
    if (!drag) {
      mark(this.lines.element, "data-axis", event.pointerType !== "touch" && this.lines.scales && this.place(event).n !== null);
      return;
    }
    const { y } = this.place(event);
    if (!drag.far && Math.abs(y - drag.from) < LEAST) return;
    if (!drag.far) this.lines.element.setPointerCapture(event.pointerId);
    drag.far = true;
    this.parts.set(drag.n, [drag.from, y].map((at) => this.within(at)).sort((a, b) => a - b));
    this.changed();
  }

  /** Near an end of the axis that end is meant. */
  within(y) {
    const { top, bottom } = this.lines;
    if (y < top + EDGE) return top - 2;
    return y > bottom - EDGE ? bottom + 2 : y;
  }

  /** A click on a marked axis takes the mark away. */
  end() {
    const { drag } = this;
    this.drag = null;
    if (!drag) return;
    this.held = drag.far || this.parts.has(drag.n);
    if (!drag.far && this.parts.delete(drag.n)) this.changed();
  }

  /** The click at the end of a drag is none. */
  hold(event) {
    if (this.held) event.stopPropagation();
    this.held = false;
  }

  clear() {
    if (!this.parts.size) return;
    this.parts.clear();
    this.changed();
  }

  /** Whether a line goes through every part that is marked. */
  has(points) {
    return [...this.parts].every(([n, [top, bottom]]) => points[n] && points[n][1] >= top && points[n][1] <= bottom);
  }

  draw() {
    this.group.replaceChildren(...[...this.parts].map(([n, [top, bottom]]) => {
      const place = { x: this.lines.x(n) - WIDE / 2, y: top, width: WIDE, height: Math.max(2, bottom - top) };
      return svg("rect", { class: "brush", ...place, rx: 4 });
    }));
  }
}
