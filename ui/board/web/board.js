/** The board: the tower from the ground up, with what stands beside it. */

import { captions } from "./captions.js";
import { Chips } from "./chips.js";
import { arrange, el, mark } from "./dom.js";
import { Empty } from "./empty.js";
import { framed, layout, nearest, within } from "./layout.js";
import { Locks } from "./locks.js";
import { every, find, listOn, parted, visible } from "./nest.js";
import { Problems } from "./problems.js";
import { recall, remember } from "./remember.js";
import { Pad, Row } from "./row.js";
import { Scene } from "./scene.js";
import { Seams } from "./seams.js";
import { Slot } from "./slot.js";
import { t } from "./words.js";
import { Zoom } from "./zoom.js";

const NEAR = 400; // pixels beyond the edges that are painted beforehand

export class Board {
  constructor(bench) {
    this.bench = bench;
    this.rows = new Map();
    this.flipped = recall("flipped") === "yes";
    this.bricks = el("div", { class: "bricks", "aria-label": t("The tower, from the ground up") });
    mark(this.bricks, "role", bench.readonly ? "list" : "tree");
    mark(this.bricks, "aria-multiselectable", bench.readonly ? null : "true");
    this.pictures = el("div", { class: "scene", "aria-hidden": "true" });
    this.scene = new Scene(this.pictures);
    this.seams = new Seams(bench);
    this.problems = new Problems(bench);
    this.chips = new Chips(bench);
    this.locks = new Locks(bench);
    this.slot = new Slot(bench);
    this.empty = new Empty(bench);
    this.axis = el("div", { class: "axis" }, this.pictures, this.seams.element, this.bricks);
    this.axis.append(this.slot.element, this.locks.element, this.chips.element, this.problems.element, this.empty.hint);
    this.yard = el("div", { class: "yard" }, this.axis);
    this.element = el("div", { class: "board", "data-board": "" }, this.empty.element, this.yard);
    this.zoom = new Zoom(this);
    // What only shows may be longer than its column: keys must be able to scroll it.
    if (bench.readonly) this.reachable();
    this.watch = new ResizeObserver(() => this.resized());
    this.watch.observe(this.element);
    this.element.addEventListener("scroll", () => this.scrolling(), { passive: true });
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
    cancelAnimationFrame(this.planned);
  }

  get folded() {
    return this.bench.memory.folded;
  }

  draw() {
    this.empty.draw();
    this.arranged();
    this.drawRows();
    this.problems.draw();
    this.locks.draw();
    this.chips.draw();
    this.drawChoice();
    this.place();
    mark(this.element, "data-empty", this.bench.empty && !this.bench.readonly);
    mark(this.bricks, "aria-busy", this.bench.outbox.ops.length ? "true" : null);
  }

  /** Where everything is, as the tower stands or as it would with what is in the hand. */
  arranged() {
    const { tower, kinds, empty } = this.bench;
    const stands = this.preview?.tower ?? tower;
    if (stands === this.stands && kinds === this.kinds && !this.stale) return;
    Object.assign(this, { stands, kinds, stale: false });
    const whole = empty && !this.preview && !this.bench.readonly ? this.empty.awaiting(stands) : stands;
    this.at = layout(whole, kinds, { folded: this.folded, upside: this.flipped });
  }

  drawRows() {
    const before = this.rows;
    this.nodes = visible(this.bench.tower, this.folded);
    this.rows = new Map();
    for (const node of this.nodes) {
      const made = () => (node.stage ? new Row(this.bench, node.id) : new Pad(this.bench, node.id));
      const row = before.get(node.id) ?? made();
      if (node.stage) row.show(node, this.folded.has(node.id));
      else row.show({ ...node, label: this.floorName(node.id) });
      this.rows.set(node.id, row);
    }
    const held = this.bricks.getRootNode().activeElement;
    arrange(this.bricks, [...this.rows.values()].map((row) => row.element));
    // Moving an element about takes its focus away.
    if (this.bricks.contains(held)) held.focus({ preventScroll: true });
  }

  /** What an empty floor is called: "Empty branch 2 of Parallel". */
  floorName(floor) {
    const { id, inner } = parted(floor);
    const { container } = this.bench.kind(find(this.bench.tower, id).kind);
    const names = container?.towers ?? [];
    const several = (container?.most ?? 1) > names.length;
    const place = several ? ` ${inner + 1}` : "";
    const name = towerName(names[Math.min(inner, names.length - 1)]) + place;
    return t("{container}: empty {floor}", { container: this.bench.called(id), floor: name });
  }

  drawChoice() {
    const { choice, readonly } = this.bench;
    if (readonly) return;
    const stop = this.rows.has(choice.one) ? choice.one : this.nodes[0]?.id;
    const several = choice.all.size > 1;
    for (const [id, { element }] of this.rows) {
      mark(element, "aria-selected", String(choice.all.has(id)));
      mark(element, "data-one", several && id === choice.one);
      mark(element, "tabindex", id === stop ? "0" : "-1");
    }
    if (this.at) this.seams.draw(this.at, this.sight());
  }

  /** Everything to its place; the ground stays where it is on the screen. */
  place() {
    const was = { top: this.element.scrollTop, tall: this.zoom.tall };
    this.zoom.adjust();
    const edges = { left: this.at.left, right: this.at.right };
    const sight = this.sight(was.top);
    const beside = this.sides();
    this.scene.show(this.at, (id) => this.traits(id), sight);
    this.nodes.forEach((node, order) => this.standing(node, { edges, beside, order, sight }));
    captions(this.nodes.map(({ id }) => this.rows.get(id)).filter((row) => row.worded), this.zoom.scale);
    this.seams.draw(this.at, sight);
    this.problems.place(this.at);
    this.locks.place(this.at);
    this.chips.place(this.at);
    this.slot.place(this.at);
    this.empty.place(this.at);
    if (!this.bench.empty && !this.flipped && !this.zoom.turned) this.zoom.keepGround(was);
  }

  standing({ id }, { edges, beside, order, sight }) {
    const row = this.rows.get(id);
    const place = this.at.places.get(id);
    // While a brick is in the hand, what is out of sight may wait.
    if (place && this.preview && !within(place.box, sight)) return;
    const seam = place ? null : this.at.seams.find((each) => each.after === id);
    const filled = seam && this.preview && listOn(this.stands, id)?.length;
    mark(row.element, "data-away", !place && (!seam || filled));
    if (place && row.outline) row.stand(place, edges, beside.get(id) ?? "none", order);
    else if (seam) row.stand(seam, order);
    row.near?.(sight);
  }

  traits(id) {
    const stage = this.bench.stage(id);
    return { ghost: this.preview?.ghosts.has(id), pending: Boolean(stage?.pending) };
  }

  /** Words stand beside the tower's own line; those of branches come when they are meant. */
  sides() {
    return new Map([...this.at.places.values()].map(({ id, lined }) => [id, lined ? "both" : "none"]));
  }

  /** Whether a brick stands in the tower's own line, not in a branch beside it. */
  inLine(id) {
    return Boolean(this.at.places.get(id)?.lined);
  }

  /** The heights of the drawing that can be seen, and a little more. */
  sight(from = this.element.scrollTop) {
    const { scale, seen } = this.zoom;
    const ground = this.flipped ? this.zoom.ground : this.zoom.yardTall - this.zoom.ground;
    return { from: (from - ground - NEAR) / scale, to: (from + seen - ground + NEAR) / scale };
  }

  scrolling() {
    if (this.planned) return;
    this.planned = requestAnimationFrame(() => {
      this.planned = null;
      if (this.at) this.look();
    });
  }

  /** What has come into sight. */
  look() {
    if (this.preview) return this.place();
    const sight = this.sight();
    this.scene.look(sight);
    for (const row of this.rows.values()) row.near?.(sight);
    this.seams.draw(this.at, sight);
    this.problems.place(this.at);
  }

  turn() {
    this.flipped = !this.flipped;
    remember("flipped", this.flipped ? "yes" : "no");
    this.stale = true;
    this.direct();
    this.draw();
    this.show(this.bench.chosen ?? "data");
  }

  direct() {
    this.yard.classList.toggle("flipped", this.flipped);
    this.axis.style.top = this.axis.style.bottom = "";
    this.zoom.styles = null;
  }

  /** Fold a container, or unfold it. */
  toggle(id, fold = !this.folded.has(id)) {
    if (!find(this.bench.tower, id)?.inner || fold === this.folded.has(id)) return;
    if (fold) this.folded.add(id);
    else this.folded.delete(id);
    this.stale = true;
    this.bench.settle();
    this.bench.draw();
    const name = this.bench.called(id);
    this.bench.say(fold ? t("{brick} folded.", { brick: name }) : t("{brick} unfolded.", { brick: name }));
  }

  resized() {
    this.zoom.measure();
    this.problems.remeasure();
    if (!this.bench.data || !this.at) return;
    this.draw();
    if (!this.shownOnce && !this.bench.empty) this.show("data");
    this.shownOnce = true;
  }

  entered(event) {
    const id = event.target.closest("[data-id]")?.dataset.id;
    // What a press means is told when it ends: a choice of one, or one more.
    const pressed = Boolean(this.bench.drag?.grip);
    if (id && !pressed && !this.bench.choice.all.has(id) && !this.preview) this.bench.choose(id);
  }

  focus(id) {
    this.rows.get(id ?? "data")?.element.focus({ preventScroll: true });
    this.show(id);
  }

  /** Scroll a brick into sight. */
  show(id) {
    this.rows.get(id)?.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** A point of the window in the drawing's pixels; null outside of the board. */
  point(x, y, { anywhere = false } = {}) {
    const frame = this.element.getBoundingClientRect();
    const inside = x >= frame.left && x <= frame.right && y >= frame.top && y <= frame.bottom;
    if (!inside && !anywhere) return null;
    const origin = this.axis.getBoundingClientRect();
    const { scale } = this.zoom;
    return { x: (x - origin.left) / scale, y: (y - origin.top) / scale };
  }

  /** What the brick in the hand would stand on at a point of the window; null outside. */
  seamAt(x, y) {
    const point = this.point(x, y);
    if (!point) return null;
    const { ghosts, after } = this.preview ?? { ghosts: new Set(), after: null };
    if (after && this.within(point, ghosts)) return after;
    const mine = this.insideOf(ghosts);
    const found = nearest(this.at.seams.filter((seam) => !mine.has(seam.after)), point.x, point.y);
    return found && ghosts.has(found.after) ? after : (found?.after ?? null);
  }

  within({ x, y }, ghosts) {
    return [...ghosts].some((id) => {
      const place = this.at.places.get(id);
      if (!place) return false;
      const { box } = place;
      const [top, bottom] = [place.y, place.top].sort((a, b) => a - b);
      return x >= box.x && x <= box.x + box.width && y >= top && y <= bottom;
    });
  }

  /** The seams inside of what is in the hand: nothing goes there. */
  insideOf(ghosts) {
    const inner = new Set();
    for (const id of ghosts) {
      const stage = find(this.stands, id);
      for (const each of every(stage ? [stage] : [])) {
        if (each.id !== id) inner.add(each.id);
        (each.inner ?? []).forEach((_, n) => inner.add(`${each.id}:${n}`));
      }
    }
    return inner;
  }

  /** Show the tower as it would be: `{tower, ghosts, after}`, or null for as it is. */
  hold(preview) {
    this.preview = preview;
    for (const [id, { element }] of this.rows) mark(element, "data-held", preview?.ghosts.has(id));
    this.arranged();
    this.place();
  }

  /** The bricks in a frame given by two points of the window. */
  inFrame(from, to) {
    const [a, b] = [from, to].map(({ x, y }) => this.point(x, y, { anywhere: true }));
    const frame = { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y) };
    Object.assign(frame, { width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) });
    const open = (id) => Boolean(find(this.bench.tower, id)?.inner) && !this.folded.has(id);
    return framed(this.at.places, frame, open);
  }
}

/** What an inner tower is called. */
function towerName(name) {
  const names = { body: t("body"), shortcut: t("shortcut"), branch: t("branch"), step: t("step") };
  return names[name] ?? t("inside");
}
