/** What the convolution does: one number of a map, and the patch and kernel that make it. */

import { el, mark, write } from "../dom.js";
import { Newest, tile } from "../looking.js";
import { count, figure, t } from "../words.js";
import { Finder } from "./finder.js";
import { every } from "./rows.js";

const STEP = 420; // milliseconds from pixel to pixel, when it goes by itself
const CONVOLVES = new Set(["Conv2D", "DepthwiseConv2D"]);

export class Convolve {
  constructor(panel) {
    this.panel = panel;
    this.asked = new Newest();
    this.place = { row: null, column: null, of: null, filter: 0 };
    this.name = el("h2");
    this.finder = new Finder(panel, { of: "convolves", whole: false });
    this.kind = el("select", { "aria-label": t("Kernel"), onchange: () => this.choose() });
    this.filter = el("input", { type: "number", min: 0, class: "short", "aria-label": t("Filter"), onchange: () => this.go({ filter: Math.max(0, Number(this.filter.value) || 0), of: null, row: null, column: null }) });
    this.filterPart = el("label", { class: "conv-filter" }, el("span", { text: t("Filter") }), this.filter);
    this.walk = el("button", { type: "button", class: "quiet", text: t("Let it slide"), onclick: () => this.slide() });
    const head = el("div", { class: "conv-head" }, this.name, el("span", { class: "select" }, this.kind), this.filterPart, this.walk);
    this.failed = el("div", { class: "heat-failed", role: "status", hidden: true });
    this.below = new Plate(t("What comes in"), null);
    this.above = new Plate(t("What comes out"), (row, column) => this.go({ row, column }));
    this.grids = ["patch", "kernel", "products"].map((name) => ({ name, element: el("div", { class: "numbers", "data-grid": name }) }));
    const [patch, kernel, products] = this.grids.map(({ element }) => element);
    const sums = el("div", { class: "conv-sum" }, grid(t("patch"), patch), sign("×"), grid(t("kernel"), kernel), sign("="), grid(t("products"), products));
    this.channels = el("div", { class: "conv-channels", role: "group", "aria-label": t("Channels of what comes in") });
    this.line = el("p", { class: "conv-line", role: "status" });
    const hint = el("p", { class: "facts-line", text: t("Click a pixel of what comes out, or move with the arrow keys: the patch below it is multiplied with the kernel, number by number, and all is summed.") });
    this.stage = el("div", { class: "conv-stage" }, el("div", { class: "conv-maps" }, this.below.element, this.above.element, el("div", { class: "conv-beside" }, hint, this.channels)), sums, this.line);
    this.element = el("div", { class: "conv" }, head, this.finder.element, this.failed, this.stage);
  }

  /** The bricks whose sums can be shown; the chosen one, or the first. */
  get brick() {
    const { state, data } = this.panel;
    const bases = this.panel.looked.bases ?? {};
    const bricks = every(data.tower.stages).filter(({ kind, id }) => CONVOLVES.has(kind) || bases[id]?.convolves.length);
    return bricks.find(({ id }) => id === state.brick) ?? bricks[0] ?? null;
  }

  /** The layer of a base: the chosen one where it convolves, or the first one that does. */
  get inner() {
    const base = this.brick && this.panel.looked.bases?.[this.brick.id];
    if (!base) return null;
    const inner = this.panel.innerOf(this.brick.id);
    return base.convolves.includes(inner) ? inner : base.convolves[0];
  }

  draw() {
    const { panel, brick, inner } = this;
    const kernels = [...(brick ? [["", t("a filter of this brick")]] : []), ["vertical", t("by hand: upright edges")], ["horizontal", t("by hand: level edges")], ["all", t("by hand: all edges")]];
    const key = JSON.stringify(kernels);
    if (key !== this.kind.key) {
      this.kind.key = key;
      const before = this.kind.value;
      this.kind.replaceChildren(...kernels.map(([value, text]) => el("option", { value, text })));
      this.kind.value = kernels.some(([value]) => value === before) ? before : kernels[0][0];
    }
    if (`${brick?.id} ${inner}` !== this.known) {
      this.known = `${brick?.id} ${inner}`;
      this.place = { row: null, column: null, of: null, filter: panel.state.brick === brick?.id && panel.innerOf(brick.id) === inner ? (panel.state.channel ?? 0) : 0 };
    }
    const hand = Boolean(this.kind.value);
    write(this.name, hand ? t("A lecture's kernel on the picture") : panel.nameOf(brick.id, inner));
    this.finder.draw(hand ? null : brick.id, inner);
    mark(this.filterPart, "hidden", hand);
    panel.yard.at(hand ? null : brick.id, hand ? null : inner);
    this.look();
  }

  choose() {
    this.place = { ...this.place, row: null, column: null, of: null };
    this.draw();
  }

  go(news) {
    this.halt();
    Object.assign(this.place, news);
    this.look();
  }

  async look() {
    const { panel, brick, place } = this;
    if (!panel.data.tower.pictures) return this.none();
    const what = this.kind.value ? { edges: this.kind.value } : { brick: brick.id, time: panel.yard.timeOf(brick.id), inner: this.inner, channel: place.filter };
    const ask = panel.ask("convolve", { ...what, row: place.row, column: place.column, of: place.of });
    const key = JSON.stringify([ask, panel.turn]);
    if (key === this.key) return;
    this.key = key;
    const found = await this.asked.look(ask, { body: panel.picture });
    if (!found || panel.left) return;
    const failed = found.state === "failed";
    mark(this.failed, "hidden", !failed);
    mark(this.stage, "hidden", failed);
    if (failed) this.failed.replaceChildren(el("p", { text: found.said }));
    else this.show(found);
  }

  none() {
    mark(this.stage, "hidden", true);
    mark(this.failed, "hidden", false);
    this.failed.replaceChildren(el("p", { text: t("This tower gets no pictures, so there is nothing that a convolution of pictures could go over.") }));
  }

  show(found) {
    this.found = found;
    Object.assign(this.place, { row: found.row, column: found.column });
    this.filter.value = String(found.channel);
    this.below.show(found.below, rect(found.rows, found.columns), t("channel {number}", { number: found.of }));
    this.above.show(found.above, rect([found.row], [found.column]), this.kind.value ? "" : t("channel {number}", { number: found.channel }));
    const [low, high] = found.span;
    const weights = largest(found.kernel);
    const products = largest(found.products);
    this.fill(0, found, (value) => grey((value - low) / Math.max(1e-9, high - low)));
    this.fill(1, found, (value) => signed(value / weights));
    this.fill(2, found, (value) => signed(value / products));
    this.drawChannels(found);
    this.drawLine(found);
  }

  fill(n, found, shade) {
    const { name, element } = this.grids[n];
    const rows = found[name];
    const most = largest(rows);
    const places = most >= 100 ? 0 : most >= 10 ? 1 : most >= 0.1 ? 2 : most >= 0.01 ? 3 : most >= 0.001 ? 4 : 5;
    element.style.setProperty("--columns", String(rows[0].length));
    mark(element, "data-dense", rows[0].length > 7 ? "very" : rows[0].length > 4);
    element.replaceChildren(...rows.flatMap((row, r) => row.map((value, c) => {
      const cell = el("span", { text: rows[0].length > 7 ? "" : fixed(value, places), title: figure(value), "data-outside": name !== "kernel" && !found.inside[r][c] });
      Object.assign(cell.style, shade(value));
      return cell;
    })));
    mark(element, "aria-label", rows.map((row) => row.map((value) => figure(value, false, 2)).join(" ")).join("; "));
  }

  /** How much each channel that comes in adds to the sum. */
  drawChannels({ shares, channels: [first, last], of }) {
    mark(this.channels, "hidden", shares.length < 2);
    const most = largest([shares]);
    const buttons = shares.map((share, n) => {
      const label = t("Channel {number} adds {share}", { number: first + n, share: figure(share, false, 2) });
      const button = el("button", { type: "button", "aria-label": label, title: label, "aria-pressed": String(first + n === of), onclick: () => this.go({ of: first + n }) }, el("i"));
      Object.assign(button.firstElementChild.style, { height: `${(48 * Math.abs(share)) / most}%`, [share < 0 ? "top" : "bottom"]: "50%" });
      mark(button, "data-below", share < 0);
      return button;
    });
    const rest = last - first - shares.length;
    this.channels.replaceChildren(el("small", { text: t("What each of the {count} channels adds", { count: count(last - first) }) }), el("div", { class: "channel-bars" }, ...buttons), rest > 0 ? el("small", { text: `+${count(rest)}` }) : "");
  }

  drawLine({ shares, channels, total, bias, activation, value, of, products }) {
    const mine = products.flat().reduce((sum, one) => sum + one, 0);
    const short = (number) => figure(number, false, 3).replace("-", "−");
    const parts = [];
    if (channels[1] - channels[0] > 1) parts.push(el("span", { text: t("channel {number}: {sum}", { number: of, sum: short(mine) }) }), el("i", { text: t("all channels") }));
    parts.push(el("span", { text: t("sum {total}", { total: short(total) }) }), el("i", { text: "+" }), el("span", { text: t("bias {bias}", { bias: short(bias) }) }));
    if (activation !== "linear") parts.push(el("i", { text: "→" }), el("span", { class: `act by-${activation}`, text: activation }));
    parts.push(el("i", { text: "=" }), el("b", { text: short(value) }));
    this.line.replaceChildren(...parts);
    if (shares.length === 1) this.panel.say(this.line.textContent);
  }

  /** The kernel goes over the picture by itself, row by row. */
  slide() {
    if (this.sliding) return this.halt();
    write(this.walk, t("Stop"));
    this.sliding = setInterval(() => {
      if (!this.element.isConnected) return this.halt();
      const [height, width] = this.found.above_shape;
      const next = (this.place.row * width + this.place.column + 1) % (height * width);
      Object.assign(this.place, { row: Math.floor(next / width), column: next % width });
      this.look();
    }, STEP);
  }

  /** It slides no more. */
  halt() {
    clearInterval(this.sliding);
    this.sliding = null;
    write(this.walk, t("Let it slide"));
  }

  forget() {
    this.halt();
    this.asked.drop();
    this.key = null;
  }
}

/** A map with a frame on it, on which a pixel may be chosen. */
class Plate {
  constructor(title, pick) {
    this.pick = pick;
    this.said = el("small");
    this.frame = el("i", { class: "conv-frame", "aria-hidden": "true" });
    this.ground = el("div", { class: "conv-map", tabindex: pick ? "0" : null, role: pick ? "application" : "img", "aria-label": title });
    this.element = el("figure", {}, this.ground, el("figcaption", {}, el("b", { text: title }), this.said));
    if (!pick) return;
    this.ground.addEventListener("pointerdown", (event) => this.point(event));
    this.ground.addEventListener("pointermove", (event) => event.buttons && this.point(event));
    this.ground.addEventListener("keydown", (event) => this.key(event));
  }

  show(sprite, at, said) {
    this.sprite = sprite;
    this.at = at;
    this.ground.replaceChildren(tile(sprite, 0), this.frame);
    const per = (value, whole) => `${(100 * value) / whole}%`;
    Object.assign(this.frame.style, { top: per(at.top, sprite.height), left: per(at.left, sprite.width), height: per(at.high, sprite.height), width: per(at.wide, sprite.width) });
    write(this.said, ` ${sprite.height} × ${sprite.width}${said ? ` · ${said}` : ""}`);
  }

  point(event) {
    event.preventDefault();
    this.ground.focus({ preventScroll: true });
    const { left, top, width, height } = this.ground.getBoundingClientRect();
    const row = Math.floor(((event.clientY - top) / height) * this.sprite.height);
    const column = Math.floor(((event.clientX - left) / width) * this.sprite.width);
    this.choose(row, column);
  }

  key(event) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!step) return;
    event.preventDefault();
    this.choose(this.at.top + step[0], this.at.left + step[1]);
  }

  choose(row, column) {
    const within = (value, most) => Math.max(0, Math.min(most - 1, value));
    const [down, across] = [within(row, this.sprite.height), within(column, this.sprite.width)];
    if (down !== this.at.top || across !== this.at.left) this.pick(down, across);
  }
}

/** The rows and columns that a kernel lies on, as a frame. */
function rect(rows, columns) {
  const span = (lines) => [Math.min(...lines), Math.max(...lines) - Math.min(...lines) + 1];
  const [[top, high], [left, wide]] = [span(rows), span(columns)];
  return { top, high, left, wide };
}

/** With so many places; what is rounded to nothing has no sign. */
const fixed = (value, places) => value.toFixed(places).replace(/^-(?=[0.]*$)/, "").replace("-", "−");

const grid = (title, element) => el("figure", {}, element, el("figcaption", { text: title }));
const sign = (text) => el("span", { class: "conv-sign", "aria-hidden": "true", text });
const largest = (rows) => Math.max(1e-12, ...rows.flat().map(Math.abs));

/** A point as bright as it is. */
function grey(share) {
  const light = Math.round(255 * Math.max(0, Math.min(1, share)));
  return { background: `rgb(${light} ${light} ${light})`, color: light > 140 ? "#15181c" : "#fff" };
}

/** What adds is blue, what takes away orange: the stronger, the fuller. */
function signed(share) {
  const part = Math.min(1, Math.abs(share)).toFixed(2);
  return { background: `color-mix(in srgb, var(${share < 0 ? "--two" : "--one"}) calc(${part} * var(--fullest)), var(--surface))` };
}
