/** Dragging with mouse, pen and finger: from the palette to a seam, and from seam to seam. */

import { add, moveTo, plant } from "./actions.js";
import { el, mark } from "./dom.js";
import { Edge } from "./edge.js";
import { fits } from "./fit.js";
import { likeness } from "./likeness.js";
import { arranged } from "./model.js";
import { loose } from "./nest.js";
import { christened } from "./plant.js";
import { t } from "./words.js";

const SLACK = 4; // pixels a mouse may tremble in a click
const SWIPE = 10; // pixels that tell a finger's direction
const HOLD = 180; // milliseconds a finger rests before it lifts a brick

export class Drag {
  constructor(bench) {
    this.bench = bench;
    this.root = bench.root;
    this.edge = new Edge(bench.board.element, () => this.track());
    this.off = new AbortController();
    const { signal } = this.off;
    const on = (target, type, call, more = {}) =>
      target.addEventListener(type, call, { signal, ...more });
    on(this.root, "pointerdown", (event) => this.press(event));
    on(window, "pointermove", (event) => this.move(event));
    on(window, "pointerup", (event) => this.release(event));
    on(window, "pointercancel", (event) => this.lost(event));
    on(window, "blur", () => this.cancel());
    on(window, "keydown", (event) => this.key(event), { capture: true });
    // A finger that holds a brick must not scroll the list under it.
    const still = (event) => this.live && event.preventDefault();
    on(this.root, "touchmove", still, { passive: false });
    on(this.root, "contextmenu", (event) => this.grip?.finger && event.preventDefault());
    on(this.root, "dragstart", (event) => event.preventDefault());
    on(this.root, "click", (event) => this.swallow(event), { capture: true });
  }

  leave() {
    this.cancel();
    this.off.abort();
  }

  press(event) {
    if (event.button !== 0 || !event.isPrimary || this.grip) return;
    const what = this.under(event.target);
    if (!what) return;
    const finger = event.pointerType === "touch";
    this.grip = { ...what, finger, pointer: event.pointerId };
    this.grip.keys = { more: event.shiftKey, one: event.ctrlKey || event.metaKey };
    Object.assign(this.grip, { x: event.clientX, y: event.clientY });
    this.grip.from = { x: event.clientX, y: event.clientY };
    if (finger) this.grip.timer = setTimeout(() => this.lift(), HOLD);
  }

  under(target) {
    const item = target.closest(".item");
    if (item?.dataset.piece) return { trees: this.bench.palette.pieceOf(item.dataset.piece) };
    if (item) return { kind: item.dataset.kind };
    // A padlock is pressed, but it is a place to take its brick by, too.
    const lock = target.closest("[data-lock]");
    if (lock) return { id: lock.dataset.lock };
    if (target.closest("button")) return null;
    const row = target.closest(".brick[data-id]");
    return row ? { id: row.dataset.id } : null;
  }

  move(event) {
    const { grip } = this;
    if (!grip || event.pointerId !== grip.pointer) return;
    Object.assign(grip, { x: event.clientX, y: event.clientY });
    if (this.live) return this.track();
    const [dx, dy] = [Math.abs(grip.x - grip.from.x), Math.abs(grip.y - grip.from.y)];
    if (!grip.finger) {
      if (Math.hypot(dx, dy) > SLACK) this.lift();
    } else if (Math.max(dx, dy) > SWIPE) {
      if (!grip.id && this.across(dx, dy)) this.lift();
      else this.forget();
    }
  }

  /** Whether a finger moves across the direction in which the palette scrolls. */
  across(dx, dy) {
    return this.root.dataset.width === "narrow" ? dy > dx : dx > dy;
  }

  lift() {
    const { grip, bench } = this;
    if (!grip || this.live) return;
    if (grip.id && !loose(bench.stage(grip.id))) return this.forget();
    clearTimeout(grip.timer);
    this.live = true;
    this.take(grip);
    this.image = el("div", { class: "in-hand", "aria-hidden": "true" });
    this.image.style.setProperty("--zoom", bench.board.zoom.scale);
    this.image.append(likeness(this.held, bench.kinds));
    this.root.append(this.image);
    mark(this.root, "data-dragging", grip.finger ? "touch" : "mouse");
    this.track();
  }

  /** What is in the hand: `held` trees, `ids` where they stand already. */
  take(grip) {
    const { bench } = this;
    if (grip.id) {
      if (!bench.choice.all.has(grip.id)) bench.choose(grip.id, { focus: true });
      this.ids = bench.picks;
      this.held = this.ids.map((id) => bench.stage(id));
    } else {
      this.ids = null;
      const plain = grip.trees ?? [{ kind: grip.kind }];
      let count = 0;
      this.held = plain.map((tree) => christened(tree, () => `ghost${(count += 1)}`));
    }
    this.ghosts = new Set(this.held.map(({ id }) => id));
  }

  track() {
    const { grip, bench } = this;
    if (!this.live) return;
    const frame = this.root.getBoundingClientRect();
    this.image.style.transform = `translate(${grip.x - frame.left}px, ${grip.y - frame.top}px)`;
    this.edge.at(grip.x, grip.y);
    const after = bench.board.seamAt(grip.x, grip.y);
    if (after !== this.after || !this.shown) this.open(after);
  }

  /** Let the ghost sit above `after` (null: nowhere). */
  open(after) {
    const { bench, ghosts } = this;
    this.after = after;
    this.shown = true;
    const lowest = this.ids ? `#${this.ids[0]}` : this.held[0].kind;
    const fit = after && fits(bench.data, lowest, after);
    mark(this.image, "data-over", after != null);
    bench.board.slot.show(after == null ? new Set() : ghosts, fit ?? null);
    bench.board.hold({ tower: this.preview(after), ghosts, after });
  }

  preview(after) {
    const { tower, kinds } = this.bench;
    if (after == null) {
      return this.ids ? arranged(tower, { op: "remove", ids: this.ids }, kinds) : tower;
    }
    if (this.ids) return arranged(tower, { op: "move", ids: this.ids, after }, kinds);
    return arranged(tower, { op: "paste", bricks: this.held, after }, kinds);
  }

  release(event) {
    const { grip, live } = this;
    if (!grip || event.pointerId !== grip.pointer) return;
    if (live) this.move(event);
    const { after, ids } = this;
    this.forget();
    if (!live) {
      if (grip.id) this.tap(grip);
      return;
    }
    this.dropped = true;
    setTimeout(() => (this.dropped = false));
    this.drop(grip, ids, after);
  }

  drop(grip, ids, after) {
    const { bench } = this;
    if (after == null) bench.say(t("Put back."));
    else if (grip.kind) add(bench, grip.kind, after);
    else if (grip.trees) plant(bench, grip.trees, after);
    else if (arranged(bench.tower, { op: "move", ids, after }, bench.kinds) !== bench.tower) {
      moveTo(bench, ids, after);
    }
  }

  /** A click on a placed brick; where the palette hides the settings, they come forth. */
  tap({ id, keys }) {
    const { bench, root } = this;
    if (keys.more) return bench.chooseBy((choice) => choice.reach(bench.tower, id));
    if (keys.one || bench.lasso.several) return bench.chooseBy((choice) => choice.toggle(id));
    bench.choose(id, { focus: true });
    if (root.dataset.width === "narrow" && root.dataset.tab === "bricks") bench.tabs.show("settings");
  }

  lost(event) {
    if (this.grip?.pointer === event.pointerId) this.cancel();
  }

  key(event) {
    if (event.key !== "Escape" || !this.live) return;
    event.stopPropagation();
    event.preventDefault();
    this.cancel();
  }

  cancel() {
    if (!this.grip) return;
    if (this.live) this.bench.say(t("Dragging cancelled."));
    this.forget();
  }

  forget() {
    clearTimeout(this.grip?.timer);
    this.edge.stop();
    this.image?.remove();
    if (this.live) {
      this.bench.board.slot.hide();
      this.bench.board.hold(null);
    }
    mark(this.root, "data-dragging", null);
    Object.assign(this, { grip: null, live: false, image: null, shown: false, after: null });
  }

  /** The click that ends a drag is none. */
  swallow(event) {
    if (!this.dropped) return;
    event.stopPropagation();
    event.preventDefault();
  }
}
