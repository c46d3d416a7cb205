/** The board: the tower from the ground up, with what stands beside it. */

import { arrange, el, mark } from "./dom.js";
import { Empty } from "./empty.js";
import { nearest, stack } from "./layout.js";
import { Problems } from "./problems.js";
import { Row } from "./row.js";
import { Seams } from "./seams.js";
import { Slot } from "./slot.js";
import { t } from "./words.js";

const LEAST = 0.4;
const MOST = 2;
const READABLE = 0.8;
const HEADROOM = 56;
const GROUND = 40;
const BESIDE = 264; // pixels for names and shapes

export class Board {
  constructor(bench) {
    this.bench = bench;
    this.rows = new Map();
    this.zoom = 1;
    [this.wide, this.seen] = [640, 600]; // pixels on the screen, until they are measured
    this.manual = false;
    this.flipped = remembered("flipped") === "yes";
    this.hand = {};
    this.bricks = el("div", { class: "bricks", "aria-label": t("The tower, from the ground up") });
    mark(this.bricks, "role", bench.readonly ? "list" : "listbox");
    this.seams = new Seams(bench);
    this.problems = new Problems(bench);
    this.slot = new Slot(bench);
    this.empty = new Empty(bench);
    const { slot, seams, problems } = this;
    this.yard = el("div", { class: "yard" }, seams.element, this.bricks, slot.element);
    this.yard.append(slot.note, problems.element);
    this.element = el("div", { class: "board", "data-board": "" }, this.empty.element, this.yard);
    // What only shows may be longer than its column: keys must be able to scroll it.
    if (bench.readonly) this.reachable();
    this.watch = new ResizeObserver(() => this.resized());
    this.watch.observe(this.element);
    this.bricks.addEventListener("focusin", (event) => this.entered(event));
    this.direct();
  }

  reachable() {
    mark(this.element, "tabindex", "0");
    mark(this.element, "role", "region");
    mark(this.element, "aria-label", t("The tower, from the ground up"));
  }

  leave() {
    this.watch.disconnect();
  }

  draw() {
    const was = this.scrolled();
    this.empty.draw();
    this.drawRows();
    this.problems.draw();
    this.drawChoice();
    this.place(was);
    this.seams.draw(this.at, this.rows);
    mark(this.element, "data-empty", this.bench.empty && !this.bench.readonly);
    mark(this.bricks, "aria-busy", this.bench.outbox.ops.length ? "true" : null);
  }

  drawRows() {
    const { tower } = this.bench;
    const before = this.rows;
    let below = null;
    this.rows = new Map();
    for (const stage of tower) {
      const row = before.get(stage.id) ?? new Row(this.bench, stage);
      row.show(stage, below);
      below = row.art.top;
      this.rows.set(stage.id, row);
    }
    const held = this.bricks.getRootNode().activeElement;
    arrange(this.bricks, [...this.rows.values()].map((row) => row.element));
    // Moving an element about takes its focus away.
    if (this.bricks.contains(held)) held.focus({ preventScroll: true });
    this.measure();
  }

  measure() {
    let half = 60;
    for (const { art } of this.rows.values()) {
      half = Math.max(half, -art.box.x, art.box.x + art.box.width);
    }
    if (this.half !== half) this.yard.style.setProperty("--half", Math.ceil(half));
    this.half = half;
  }

  drawChoice() {
    const { chosen } = this.bench;
    const stop = this.rows.has(chosen) ? chosen : this.bench.tower[0]?.id;
    for (const [id, { element }] of this.rows) {
      if (this.bench.readonly) continue;
      mark(element, "aria-selected", String(id === chosen));
      mark(element, "tabindex", id === stop ? "0" : "-1");
    }
  }

  /** Read before anything is written: afterwards it would cost a layout. */
  scrolled() {
    return { top: this.element.scrollTop, tall: this.at ? this.tall * this.zoom : 0 };
  }

  get tall() {
    return this.at.height + HEADROOM + GROUND;
  }

  /** Everything to its height; the ground stays where it is on the screen. */
  place(was) {
    const gap = (id) => (this.ajar(id) ? this.problems.room(id, this.zoom) : 0);
    const list = [...this.rows.values()];
    const rows = list.map(({ id, art }) => ({ id, lift: art.lift, gap: gap(id) }));
    this.at = stack(rows, this.hand);
    this.autoZoom();
    this.yard.style.minHeight = `calc(${Math.round(this.tall)}px * var(--zoom))`;
    list.forEach((row, order) => {
      mark(row.element, "data-ajar", this.ajar(row.id));
      if (this.at.places.has(row.id)) row.stand(this.at.places.get(row.id), order);
    });
    this.problems.place(this.at);
    this.slot.place(this.at);
    if (!this.bench.empty && !this.flipped) this.keepGround(was);
  }

  keepGround({ top, tall }) {
    const beyond = (height) => Math.max(0, height - this.seen);
    const grown = beyond(this.tall * this.zoom) - beyond(tall);
    if (Math.abs(grown) >= 1) this.element.scrollTop = top + grown;
  }

  ajar(id) {
    return Boolean(this.bench.stage(id)?.problem) && id !== "data" && !this.bench.empty;
  }

  autoZoom() {
    if (this.manual) return;
    if (this.bench.readonly) return this.setZoom(this.small());
    this.setZoom(Math.min(1, this.across(), Math.max(READABLE, this.seen / this.tall)));
  }

  /** Beside another view: as large as the names and figures on both sides leave it. */
  small() {
    return Math.min(0.9, this.across(), Math.max(0.6, window.innerHeight / (this.tall + 160)));
  }

  /** The largest zoom that leaves room for words on both sides. */
  across() {
    return Math.max(0.62, (this.wide - BESIDE) / (2 * this.half));
  }

  setZoom(zoom) {
    const rounded = Math.round(Math.min(MOST, Math.max(LEAST, zoom)) * 100) / 100;
    if (rounded === this.zoom) return;
    this.zoom = rounded;
    this.yard.style.setProperty("--zoom", rounded);
  }

  zoomBy(factor) {
    this.manual = true;
    this.setZoom(this.zoom * factor);
    this.draw();
    this.show(this.bench.chosen);
  }

  /** The whole tower at once, as small as it takes. */
  fit() {
    this.manual = true;
    this.setZoom(Math.min(1.4, this.seen / this.tall));
    this.draw();
  }

  turn() {
    this.flipped = !this.flipped;
    remember("flipped", this.flipped ? "yes" : "no");
    this.direct();
    this.draw();
    this.show(this.bench.chosen ?? "data");
  }

  direct() {
    this.yard.classList.toggle("flipped", this.flipped);
    this.yard.style.setProperty("--up", this.flipped ? 1 : -1);
  }

  resized() {
    [this.wide, this.seen] = [this.element.clientWidth, this.element.clientHeight];
    this.problems.remeasure();
    if (!this.bench.data || !this.at) return;
    this.draw();
    if (!this.shownOnce && !this.bench.empty) this.show("data");
    this.shownOnce = true;
  }

  entered(event) {
    const id = event.target.closest("[data-id]")?.dataset.id;
    if (id && id !== this.bench.chosen && !this.hand.skip) this.bench.choose(id);
  }

  focus(id) {
    const row = this.rows.get(id ?? "data");
    row?.element.focus({ preventScroll: true });
    this.show(id);
  }

  /** Scroll a brick into sight. */
  show(id) {
    this.rows.get(id)?.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** The seam nearest to a point of the window, null outside of the board. */
  seamAt(x, y) {
    const frame = this.element.getBoundingClientRect();
    const inside = x >= frame.left && x <= frame.right && y >= frame.top && y <= frame.bottom;
    if (!inside) return null;
    const yard = this.yard.getBoundingClientRect();
    const away = this.flipped ? y - yard.top : yard.bottom - y;
    return nearest(this.at.seams, away / this.zoom - GROUND, this.hand.open);
  }

  /** A brick in the hand (`skip`) and the seam that makes room for it (`open`). */
  hold(hand) {
    const was = this.scrolled();
    this.hand = hand;
    for (const [id, { element }] of this.rows) mark(element, "data-held", id === hand.skip);
    this.place(was);
    this.seams.draw(this.at, this.rows);
  }
}

function remembered(name) {
  try {
    return localStorage.getItem(`brickyard-${name}`);
  } catch {
    return null; // Storage may be forbidden; then it is remembered as long as the page lives.
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(`brickyard-${name}`, value);
  } catch {
    // As above.
  }
}
