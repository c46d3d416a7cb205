/** One chart of curves by epoch; its elements stay, only their places change. */

import { arrange, el, mark, svg } from "../dom.js";
import { figure, t } from "../words.js";
import { Line, LETTER } from "./line.js";
import { epochTicks, percentDigits, upright } from "./scale.js";


export class Chart {
  /**
   * @param {Object} how
   * @param {string} how.title
   * @param {boolean} [how.share] whether its values are shares
   * @param {boolean} [how.small]
   * @param {boolean} [how.zero] whether its axis begins at 0
   * @param {(epoch: number|null) => void} [how.aim] called with the epoch that is pointed at
   */
  constructor({ title, share = false, small = false, zero = false, aim = () => {} }) {
    Object.assign(this, { title, share, small, zero, aim });
    this.lines = new Map();
    this.grid = svg("g", { class: "grid" });
    this.marks = svg("g", { class: "marks" });
    this.ruler = svg("g", { class: "ruler" });
    this.svg = svg("svg", { class: "plot", role: "img", tabindex: "0" });
    this.turns = svg("g", { class: "turns" });
    this.svg.append(this.grid, this.turns, this.ruler, this.marks);
    this.readout = el("span", { class: "readout" });
    const head = el("figcaption", {}, el("b", { text: title }), this.readout);
    this.element = el("figure", { class: small ? "curve small" : "curve" }, head, this.svg);
    this.svg.addEventListener("pointermove", (event) => this.point(event));
    this.svg.addEventListener("pointerdown", (event) => this.point(event));
    this.svg.addEventListener("pointerleave", () => this.aim(null));
    this.svg.addEventListener("blur", () => this.aim(null));
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.watch = new ResizeObserver(() => this.shown && this.show(this.shown));
    this.watch.observe(this.svg);
  }

  /**
   * @param {Object} shown
   * @param {Object[]} shown.lines `{key, kind, letter, tone, points, trail, best, last}`
   * @param {number} shown.most epochs that the axis has room for
   * @param {number} shown.done epochs that can be pointed at
   * @param {number} [shown.top] values above are drawn there
   * @param {?number} shown.epoch the one that is pointed at
   * @param {number[]} [shown.thaws] epochs after which a base is fine-tuned
   */
  show(shown) {
    this.shown = shown;
    this.box();
    if (!this.wide) return;
    const values = shown.lines.flatMap(({ points, trail }) => [...points, ...trail].map(([, value]) => Math.min(value ?? NaN, shown.top ?? Infinity)));
    this.values = upright(values, { share: this.share, zero: this.zero, parts: this.small ? 2 : 4 });
    this.drawGrid();
    this.drawTurns();
    this.drawLines();
    this.drawRuler();
  }

  box() {
    this.wide = this.svg.clientWidth;
    this.high = this.svg.clientHeight;
    const letters = this.shown.lines.some(({ letter }) => letter);
    const low = this.small ? 6 : 24;
    this.edges = { left: 56, right: this.wide - (letters ? 24 : 12), top: 8, bottom: this.high - low };
  }

  x(epoch) {
    const { left, right } = this.edges;
    return left + ((right - left) * epoch) / this.shown.most;
  }

  y(value) {
    const { top, bottom } = this.edges;
    const [least, most] = [this.values[0], this.values.at(-1)];
    const held = Math.min(value, most);
    return bottom - ((bottom - top) * (held - least)) / (most - least || 1);
  }

  drawGrid() {
    const { left, right, bottom } = this.edges;
    const key = [this.wide, this.high, this.shown.most, ...this.values, right].join();
    if (key === this.drawn) return;
    this.drawn = key;
    const rows = this.values.flatMap((value) => {
      const y = this.y(value);
      return [svg("line", { x1: left, x2: right, y1: y, y2: y }), text(left - 8, y + 4, this.tick(value), "end")];
    });
    const epochs = this.small ? [] : epochTicks(this.shown.most, Math.max(2, Math.floor((right - left) / 56)));
    const columns = epochs.flatMap((epoch) => {
      const x = this.x(epoch);
      return [svg("line", { class: "tick", x1: x, x2: x, y1: bottom, y2: bottom + 4 }), text(x, bottom + 17, epoch || "", "middle")];
    });
    const named = this.small ? [] : [text(left - 8, bottom + 17, t("Epoch"), "end", "axis")];
    this.grid.replaceChildren(...rows, ...columns, ...named, svg("line", { class: "ground", x1: left, x2: right, y1: bottom, y2: bottom }));
  }

  /** Where fine-tuning begins: a line, and in a large chart the word. */
  drawTurns() {
    const { thaws = [], most } = this.shown;
    const { top, bottom, right } = this.edges;
    const parts = thaws.filter((epoch) => epoch < most).flatMap((epoch) => {
      const x = this.x(epoch);
      const line = svg("line", { x1: x, x2: x, y1: top, y2: bottom });
      if (this.small) return [line];
      const said = t("fine-tuning");
      const before = x + LETTER * said.length * 0.6 > right;
      return [line, text(x + (before ? -6 : 6), bottom - 6, said, before ? "end" : "start")];
    });
    this.turns.replaceChildren(...parts);
  }

  tick(value) {
    if (!this.share) return figure(value, false);
    const digits = value === 1 ? 0 : percentDigits(this.values); // "100.0 %" would find no room
    return `${(100 * value).toFixed(digits)} %`;
  }

  drawLines() {
    const before = this.lines;
    this.lines = new Map();
    for (const line of this.shown.lines) {
      const drawn = before.get(line.key) ?? new Line();
      drawn.show(line, this);
      this.lines.set(line.key, drawn);
    }
    arrange(this.marks, [...this.lines.values()].map(({ element }) => element));
    this.spread([...this.lines.values()].filter(({ letter }) => letter.textContent));
  }

  /** Letters of curves that end side by side stand below one another. */
  spread(lines) {
    let before = null;
    for (const line of lines.sort((a, b) => a.end.y - b.end.y)) {
      const near = before && Math.abs(before.end.x - line.end.x) < LETTER && line.end.y - before.y < LETTER;
      line.y = near ? before.y + LETTER : line.end.y;
      mark(line.letter, "y", line.y.toFixed(1));
      before = line;
    }
  }

  drawRuler() {
    const { epoch } = this.shown;
    const { top, bottom } = this.edges;
    mark(this.svg, "data-aimed", epoch != null);
    if (epoch == null) return this.ruler.replaceChildren();
    const x = this.x(epoch);
    this.ruler.replaceChildren(svg("line", { x1: x, x2: x, y1: top, y2: bottom }));
  }

  point(event) {
    const { left } = this.svg.getBoundingClientRect();
    const { edges, shown } = this;
    if (!shown?.done) return;
    const at = ((event.clientX - left - edges.left) / (edges.right - edges.left)) * shown.most;
    this.aim(Math.max(1, Math.min(shown.done, Math.round(at))));
  }

  key(event) {
    const { done, epoch } = this.shown ?? {};
    const to = { ArrowLeft: (epoch ?? done + 1) - 1, ArrowRight: (epoch ?? 0) + 1, Home: 1, End: done, Escape: null }[event.key];
    if (to === undefined || !done) return;
    event.preventDefault();
    event.stopPropagation();
    this.aim(to === null ? null : Math.max(1, Math.min(done, to)), true);
  }

  leave() {
    this.watch.disconnect();
  }
}

function text(x, y, words, anchor, name) {
  const element = svg("text", { x, y, "text-anchor": anchor, ...(name ? { class: name } : {}) });
  element.textContent = words;
  return element;
}
