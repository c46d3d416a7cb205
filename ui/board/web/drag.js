/** Dragging with mouse, pen and finger: from the palette to a seam, and from seam to seam. */

import { add, moveTo } from "./actions.js";
import { drawing, el, mark } from "./dom.js";
import { brick } from "./draw/draw.js";
import { fits, stays } from "./fit.js";
import { loose, under } from "./model.js";
import { Edge } from "./edge.js";
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
    Object.assign(this.grip, { x: event.clientX, y: event.clientY });
    this.grip.from = { x: event.clientX, y: event.clientY };
    if (finger) this.grip.timer = setTimeout(() => this.lift(), HOLD);
  }

  under(target) {
    const item = target.closest(".item");
    if (item) return { kind: item.dataset.kind };
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
      if (grip.kind && this.across(dx, dy)) this.lift();
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
    if (grip.id) bench.choose(grip.id, { focus: true });
    this.image = this.likeness(grip);
    this.image.classList.add("in-hand");
    this.root.append(this.image);
    mark(this.root, "data-dragging", grip.finger ? "touch" : "mouse");
    // At first a placed brick's own place stays open: nothing moves yet.
    if (grip.id) this.open(under(bench.tower, grip.id));
    this.track();
  }

  likeness({ id, kind }) {
    const holder = el("div", { "aria-hidden": "true" });
    const { zoom } = this.bench.board;
    holder.style.setProperty("--zoom", zoom);
    this.art = id ? this.bench.board.rows.get(id).art : fresh(this.bench.kind(kind));
    holder.append(picture(this.art));
    this.ghost = picture(this.art);
    return holder;
  }

  track() {
    const { grip, bench } = this;
    if (!this.live) return;
    const frame = this.root.getBoundingClientRect();
    const [x, y] = [grip.x - frame.left, grip.y - frame.top + this.art.lift / 2];
    this.image.style.transform = `translate(${x}px, ${y}px)`;
    this.edge.at(grip.x, grip.y);
    const after = bench.board.seamAt(grip.x, grip.y);
    if (after !== this.after || !this.held) this.open(after);
  }

  /** Let the ghost sit above `after` (null: nowhere). */
  open(after) {
    const { grip, bench } = this;
    this.after = after;
    this.held = true;
    const fit = after && fits(bench.data, grip.id ? `#${grip.id}` : grip.kind, after);
    bench.board.slot.show(this.ghost, after, fit ?? null);
    mark(this.image, "data-over", after != null);
    bench.board.hold({ skip: grip.id, open: after && { after, lift: this.art.lift } });
  }

  release(event) {
    const { grip, bench, after, live } = this;
    if (!grip || event.pointerId !== grip.pointer) return;
    if (live) this.move(event);
    const target = live ? this.after : after;
    this.forget();
    if (!live) {
      if (grip.id) this.tap(grip.id);
      return;
    }
    this.dropped = true;
    setTimeout(() => (this.dropped = false));
    if (target == null) bench.say(t("Put back."));
    else if (grip.kind) add(bench, grip.kind, target);
    else if (!stays(bench.tower, grip.id, target)) moveTo(bench, grip.id, target);
  }

  /** A click on a placed brick; where the palette hides the settings, they come forth. */
  tap(id) {
    const { root, tabs } = this.bench;
    this.bench.choose(id, { focus: true });
    if (root.dataset.width === "narrow" && root.dataset.tab === "bricks") tabs.show("settings");
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
      this.bench.board.hold({});
    }
    mark(this.root, "data-dragging", null);
    Object.assign(this, { grip: null, live: false, image: null, held: false, after: null });
  }

  /** The click that ends a drag is none. */
  swallow(event) {
    if (!this.dropped) return;
    event.stopPropagation();
    event.preventDefault();
  }
}

function fresh(kind) {
  const glass = kind.looks.profile === "glass";
  const activation = glass ? null : (kind.start.activation ?? null);
  return brick({ looks: kind.looks, settings: kind.start, activation });
}

function picture({ markup, box, outline }) {
  const rim = `<polygon class="rim" points="${outline}"/>`;
  const svg = drawing(markup + rim, `${box.x} ${box.y} ${box.width} ${box.height}`);
  const place = { "--x": box.x, "--y": box.y, "--w": box.width, "--h": box.height };
  for (const [name, value] of Object.entries(place)) svg.style.setProperty(name, value);
  return el("div", { class: "picture" }, svg);
}
