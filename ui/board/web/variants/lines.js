/** The picture of all variants: an axis for each setting, a line for each variant. */

import { arrange, drawing, el, mark, svg } from "../dom.js";
import { t } from "../words.js";
import { Brush } from "./brush.js";
import { nearest, path } from "./curve.js";
import { FAN, goalScale, scaleOf, shade } from "./scales.js";
import { reached, told } from "./told.js";

const SIDE = 82; // pixels beside the first and the last axis, for their words
const HEAD = 46;
const FOOT = 16;
const REACH = 22; // pixels from which a line is meant
const MANY = 40; // lines, of which not all can be followed

export class Lines {
  /**
   * @param {{light: Function, pick: Function, narrowed: Function, high: Function}} does
   *   with a variant's number or null; `narrowed` with the numbers of those that are
   *   marked; `high` gives the pixels that the picture may be high
   */
  constructor({ light, pick, narrowed, high }) {
    Object.assign(this, { light, pick, narrowed, high, lit: null });
    this.svg = drawing("");
    this.axes = this.svg.appendChild(svg("g"));
    this.all = this.svg.appendChild(svg("g"));
    this.over = this.svg.appendChild(svg("g"));
    this.ticks = this.svg.appendChild(svg("g"));
    this.heads = el("div", { class: "axis-heads", "aria-hidden": "true" });
    this.tags = el("div", { class: "axis-tags", "aria-hidden": "true" });
    this.element = el("div", { class: "lines" }, this.svg, this.heads, this.tags);
    this.groups = new Map();
    this.watch = new ResizeObserver(() => this.drawn && this.show(this.drawn));
    this.watch.observe(this.element);
    if (pick) this.listen();
    this.brush = pick ? new Brush(this, () => this.narrow()) : null;
    if (this.brush) this.svg.append(this.brush.group);
  }

  listen() {
    const { element } = this;
    mark(element, "tabindex", "0");
    mark(element, "role", "slider");
    element.addEventListener("pointermove", (event) => event.pointerType !== "touch" && this.light(this.under(event)));
    element.addEventListener("pointerleave", () => this.light(null));
    element.addEventListener("click", (event) => this.pick(this.under(event)));
    element.addEventListener("keydown", (event) => this.key(event));
  }

  under(event) {
    const { left, top } = this.element.getBoundingClientRect();
    return nearest(this.placed.filter(({ number }) => this.within(number)), event.clientX - left, event.clientY - top, REACH);
  }

  /** Whether a variant goes through what is marked on the axes. */
  within(number) {
    return !this.marked || this.marked.has(number);
  }

  /** Other parts of axes are marked. */
  narrow() {
    this.mark();
    this.narrowed(this.marked);
  }

  mark() {
    const { brush } = this;
    const inside = this.placed.filter(({ points }) => brush.has(points)).map(({ number }) => number);
    this.marked = brush.parts.size ? new Set(inside) : null;
    brush.draw();
    for (const [number, line] of this.groups) mark(line, "data-off", !this.within(number));
  }

  /** Up is better, down is worse. */
  key(event) {
    const step = { ArrowUp: -1, ArrowRight: -1, ArrowDown: 1, ArrowLeft: 1, Home: -Infinity, End: Infinity }[event.key];
    if (event.key === "Escape") return this.pick(null);
    const rows = this.drawn.rows.filter(({ number }) => this.within(number));
    if (!step || !rows.length) return undefined;
    event.preventDefault();
    const now = rows.findIndex(({ number }) => number === this.drawn.shown);
    const next = Math.max(0, Math.min(rows.length - 1, (now < 0 ? 0 : now) + step));
    return this.pick(rows[next].number);
  }

  /**
   * @param {Object} picture axes, rows (best first, each with number, chosen, value, state),
   *   goal, best and shown (numbers)
   */
  show(picture) {
    this.drawn = picture;
    this.wide = this.element.clientWidth;
    this.tall = this.high();
    if (!this.wide) return;
    this.scale(picture);
    this.drawAxes(picture);
    this.drawLines(picture);
    if (this.brush) this.mark();
    this.emphasize();
    this.tell(picture);
  }

  scale({ axes, rows, goal }) {
    const [top, bottom] = [HEAD, this.tall - FOOT];
    Object.assign(this, { top, bottom });
    this.scales = axes.map((axis) => scaleOf(axis, top, bottom));
    this.goal = goalScale(goal, rows.map(({ value }) => value), top, bottom);
    this.step = (this.wide - 2 * SIDE) / Math.max(1, axes.length);
    this.fans = this.scales.map((scale, n) => (scale.steps ? this.fan(axes[n], scale, rows) : null));
    this.placed = rows.map((row) => ({ number: row.number, points: this.points(row, axes) }));
  }

  x(n) {
    return SIDE + n * this.step;
  }

  /** Lines through one value stand side by side, the better ones above. */
  fan(axis, scale, rows) {
    const through = new Map();
    for (const { number, chosen } of [...rows].reverse()) {
      const y = scale.at(chosen[axis.key]);
      if (y !== undefined) through.set(y, [...(through.get(y) ?? []), number]);
    }
    const off = new Map();
    const half = Math.min(FAN, scale.room * 0.28);
    for (const numbers of through.values()) {
      const each = Math.min(5, (2 * half) / Math.max(1, numbers.length - 1));
      numbers.forEach((number, n) => off.set(number, each * ((numbers.length - 1) / 2 - n)));
    }
    return off;
  }

  points({ number, chosen, value, state }, axes) {
    const found = axes.map((axis, n) => {
      const y = this.scales[n].at(chosen[axis.key]);
      return y === undefined ? null : [this.x(n), y + (this.fans[n]?.get(number) ?? 0)];
    });
    const end = value != null && this.goal ? this.goal.at(value) : null;
    if (end != null) found.push([this.x(axes.length), end]);
    // What is not known yet leads to the question mark.
    else if (state === "planned") found.push([this.x(axes.length) - 6, (this.top + this.bottom) / 2]);
    return found.filter(Boolean);
  }

  drawAxes({ axes, goal }) {
    const key = JSON.stringify([this.wide, this.tall, axes, goal.title, this.goal?.ticks, this.goal?.cut]);
    if (key === this.axesKey) return;
    this.axesKey = key;
    mark(this.svg, "width", this.wide);
    mark(this.svg, "height", this.tall);
    this.axes.replaceChildren(...axes.map((_, n) => this.axis(this.x(n))), this.goalAxis(axes.length));
    const ticks = this.scales.map((scale, n) => this.ruler(this.x(n), scale.ticks, "before"));
    this.ticks.replaceChildren(...ticks, this.ruler(this.x(axes.length), goal.bare ? [] : (this.goal?.ticks ?? []), "behind"));
    const heads = [...axes.map(({ group, title }) => [group, title]), [goal.group, goal.title]];
    this.heads.replaceChildren(...heads.map(([group, title], n) => this.head(group, title, n, heads.length)));
  }

  head(group, title, n, many) {
    const edge = n === 0 || n === many - 1;
    const wide = edge ? Math.min(2 * SIDE, this.step - 6) : this.step - 6;
    const head = el("div", { class: "axis-head", title: `${group} · ${title}` }, el("small", { text: group }), el("b", { text: title }));
    head.style.left = `${this.x(n) - wide / 2}px`;
    head.style.width = `${wide}px`;
    return head;
  }

  axis(x) {
    const group = svg("g", { class: "axis" });
    // Numbers of our own alone; the ticks' words go in as text.
    group.innerHTML = `<line x1="${x}" x2="${x}" y1="${this.top}" y2="${this.bottom}"/>`;
    return group;
  }

  /** The words of an axis lie above the lines. */
  ruler(x, ticks, side) {
    const group = svg("g", { class: "axis" });
    const most = side === "before" && x > SIDE ? (this.step - 16) / 7 : 10;
    group.append(...ticks.map((tick) => this.tick(x, tick, side, most)));
    return group;
  }

  tick(x, { y, text }, side, most) {
    const before = side === "before";
    const shown = svg("text", { x: before ? x - 9 : x + 14, y: y + 4, "text-anchor": before ? "end" : "start" });
    shown.textContent = text.length > most ? `${text.slice(0, Math.max(2, Math.floor(most) - 1))}…` : text;
    return shown;
  }

  /** The last axis bears the colours that the lines have by it. */
  goalAxis(n) {
    const x = this.x(n);
    const group = this.axis(x);
    mark(group, "class", "axis goal");
    const [top, tall] = [this.top, (this.bottom - this.top) / 24];
    const bars = Array.from({ length: 24 }, (_, i) => {
      const { half, part } = shade(1 - (i + 0.5) / 24);
      return `<rect x="${x - 3.5}" y="${top + i * tall}" width="7" height="${tall + 0.6}" data-half="${half}" style="--part:${part}"/>`;
    });
    group.insertAdjacentHTML("afterbegin", this.goal ? bars.join("") : "");
    if (!this.goal) group.insertAdjacentHTML("beforeend", `<text class="unknown" x="${x + 12}" y="${(this.top + this.bottom) / 2 + 6}">?</text>`);
    if (this.goal?.cut) group.insertAdjacentHTML("beforeend", `<path class="cut" d="M${x - 8},${this.bottom + 4}l5,4 5,-4 5,4"/>`);
    return group;
  }

  drawLines({ rows, best }) {
    const before = this.groups;
    this.groups = new Map();
    mark(this.element, "data-many", rows.length > MANY);
    rows.forEach((row, n) => {
      const line = before.get(row.number) ?? this.line(row.number);
      this.groups.set(row.number, line);
      mark(line, "d", path(this.placed[n].points));
      mark(line, "data-state", row.state);
      mark(line, "data-best", row.number === best);
      const good = row.value != null && this.goal ? shade(this.goal.good(row.value)) : null;
      mark(line, "data-half", good?.half);
      line.style.setProperty("--part", good?.part ?? "0%");
      // Among many lines the better ones are the clearer ones.
      line.style.setProperty("--clear", (0.2 + 0.6 * (1 - n / rows.length) ** 2).toFixed(2));
    });
    // The best are drawn last, and so lie above.
    arrange(this.all, [...this.groups.values()].reverse());
  }

  line(number) {
    return svg("path", { "data-number": number, class: "line" });
  }

  /** Point at one variant, as long as the pointer is there. */
  point(number) {
    if (number === this.lit) return;
    this.lit = number;
    this.emphasize();
  }

  /** The one that is meant lies above all others, with its values on every axis. */
  emphasize() {
    if (!this.drawn || !this.placed) return;
    const { rows, shown } = this.drawn;
    const meant = this.lit ?? shown;
    const n = rows.findIndex(({ number }) => number === meant);
    mark(this.element, "data-meant", n >= 0 && (this.lit != null || this.drawn.picked));
    this.over.replaceChildren();
    this.tags.replaceChildren();
    if (n < 0) return;
    const { points } = this.placed[n];
    this.over.append(...this.strong(points, rows[n]));
    this.tags.append(...this.values(rows[n], points));
  }

  strong(points, row) {
    const line = this.groups.get(row.number).cloneNode();
    const halo = line.cloneNode();
    mark(halo, "class", "halo");
    mark(line, "class", "line meant");
    const dots = points.map(([x, y]) => svg("circle", { cx: x, cy: y, r: 4.5, "data-best": row.number === this.drawn.best }));
    return [halo, line, ...dots];
  }

  values(row, points) {
    const { axes, goal } = this.drawn;
    const texts = axes.filter((axis) => row.chosen[axis.key] !== undefined).map((axis) => told(row.chosen[axis.key], axis));
    return points.map(([x, y], n) => {
      const last = n >= texts.length;
      const tag = el("span", { class: "axis-tag", text: last ? reached(row.value, goal) : texts[n] });
      mark(tag, "data-goal", last);
      tag.style.left = `${x + 9}px`;
      tag.style.top = `${y}px`;
      return tag;
    });
  }

  /** What a screen reader says of the one that is shown. */
  tell({ axes, rows, goal, shown }) {
    if (!this.pick) return;
    const n = rows.findIndex(({ number }) => number === shown);
    mark(this.element, "aria-label", t("Variants, the best first"));
    mark(this.element, "aria-valuemin", 1);
    mark(this.element, "aria-valuemax", Math.max(1, rows.length));
    mark(this.element, "aria-valuenow", Math.max(1, n + 1));
    mark(this.element, "aria-valuetext", n < 0 ? t("none") : sentence(rows[n], axes, goal));
  }

  leave() {
    this.watch.disconnect();
  }
}

/** A variant in words: its number, what it reached, its values. */
export function sentence({ number, value, chosen }, axes, goal) {
  const settings = axes.map((axis) => `${axis.group} ${axis.title} ${told(chosen[axis.key], axis)}`);
  return `${t("Number {number}", { number })}: ${reached(value, goal)}, ${settings.join(", ")}`;
}
