/** One chart of curves by epoch; its elements stay, only their places change. */

import { arrange, el, mark, write } from "../dom.js";
import { t } from "../words.js";
import { figure } from "./told.js";
import { epochTicks, upright } from "./scale.js";

const SVG = "http://www.w3.org/2000/svg";
const MOST_DOTS = 40; // epochs; beyond, dots would hide the line
const LETTER = 13; // pixels that a letter takes

export function svg(tag, traits = {}) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(traits)) element.setAttribute(name, value);
  return element;
}

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
    this.svg.append(this.grid, this.ruler, this.marks);
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
   */
  show(shown) {
    this.shown = shown;
    this.box();
    if (!this.wide) return;
    const values = shown.lines.flatMap(({ points, trail }) => [...points, ...trail].map(([, value]) => Math.min(value ?? NaN, shown.top ?? Infinity)));
    this.values = upright(values, { share: this.share, zero: this.zero, parts: this.small ? 2 : 4 });
    this.drawGrid();
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

  tick(value) {
    if (!this.share) return figure(value, false);
    const fine = this.values[1] - this.values[0] < 0.0099;
    return `${(100 * value).toFixed(fine ? 1 : 0)} %`;
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

/** A curve: its finished epochs, what the page saw of the one that goes on, its end. */
class Line {
  constructor() {
    this.trail = svg("path", { class: "trail" });
    this.path = svg("path", { class: "line" });
    this.dots = svg("path", { class: "dots" });
    this.best = svg("circle", { class: "best", r: 6 });
    this.word = svg("text", { class: "best-word", "text-anchor": "middle" });
    this.now = svg("circle", { class: "now", r: 4.5 });
    this.letter = svg("text", { class: "name" });
    this.element = svg("g");
    this.element.append(this.trail, this.path, this.dots, this.best, this.word, this.now, this.letter);
  }

  show({ kind, letter, points, trail, best, faint }, chart) {
    mark(this.element, "class", `curve-${kind}`);
    mark(this.element, "data-letter", letter || null);
    mark(this.element, "data-faint", faint);
    const place = ([epoch, value]) => [chart.x(epoch), chart.y(value)];
    const known = points.map((point) => (point[1] == null ? null : place(point)));
    mark(this.path, "d", drawn(known));
    const dots = points.length <= MOST_DOTS && !chart.small ? known.filter(Boolean) : [];
    mark(this.dots, "d", dots.map(([x, y]) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join("") || null);
    mark(this.trail, "d", trail.length ? drawn(trail.map(place)) : null);
    this.put(this.now, trail.length ? place(trail.at(-1)) : null);
    this.crown(best && !chart.small ? place([best.epoch, best.value]) : null, best?.rises, chart);
    this.named = kind === "validation" || !chart.shown.lines.some((one) => one.kind === "validation" && one.letter === letter);
    this.name(letter, known, chart);
  }

  /** A ring around the best value, and the word on the side where curves seldom are. */
  crown(place, rises, { edges }) {
    this.put(this.best, place);
    write(this.word, place ? t("best") : "");
    if (!place) return;
    const [x, y] = place;
    const above = rises ? y + 28 > edges.bottom : y - 26 > edges.top;
    mark(this.word, "x", Math.max(edges.left + 14, Math.min(edges.right - 12, x)).toFixed(1));
    mark(this.word, "y", (above ? y - 11 : y + 20).toFixed(1));
  }

  put(circle, place) {
    mark(circle, "visibility", place ? null : "hidden");
    if (!place) return;
    mark(circle, "cx", place[0].toFixed(1));
    mark(circle, "cy", place[1].toFixed(1));
  }

  /** The letter beside the last point. */
  name(letter, known, chart) {
    const last = known.filter(Boolean).at(-1);
    write(this.letter, letter && last && !chart.small && this.named ? letter : "");
    if (!last) return;
    this.end = { x: last[0] + 8, y: last[1] + 4.5 };
    mark(this.letter, "x", this.end.x.toFixed(1));
  }
}

/** Points as a path that breaks where a value is missing. */
function drawn(places) {
  let begun = false;
  return places.map((place) => {
    if (!place) {
      begun = false;
      return "";
    }
    const command = begun ? "L" : "M";
    begun = true;
    return `${command}${place[0].toFixed(1)} ${place[1].toFixed(1)}`;
  }).join("") || null;
}

function text(x, y, words, anchor, name) {
  const element = svg("text", { x, y, "text-anchor": anchor, ...(name ? { class: name } : {}) });
  element.textContent = words;
  return element;
}
