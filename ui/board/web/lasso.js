/** Choosing several bricks: by a frame on the empty board, and by taps one after another. */

import { el, mark } from "./dom.js";
import { t } from "./words.js";

const SLACK = 5; // pixels a click may tremble

export class Lasso {
  constructor(bench) {
    this.bench = bench;
    this.several = false;
    this.off = new AbortController();
    const { signal } = this.off;
    const board = bench.board.element;
    board.addEventListener("pointerdown", (event) => this.press(event), { signal });
    window.addEventListener("pointermove", (event) => this.move(event), { signal });
    window.addEventListener("pointerup", (event) => this.release(event), { signal });
    window.addEventListener("pointercancel", () => this.forget(), { signal });
    board.addEventListener("keydown", (event) => this.key(event), { signal });
  }

  leave() {
    this.forget();
    this.off.abort();
  }

  /** Whether each tap adds a brick to the choice. */
  choosing(several) {
    this.several = several;
    mark(this.bench.root, "data-several", several);
    const on = t("Tap bricks to choose several.");
    this.bench.say(several ? on : t("A tap chooses one brick again."));
    this.bench.toolbar.draw();
  }

  press(event) {
    const free = !event.target.closest(".brick, button, .problem, .empty, .chip");
    if (event.button !== 0 || !event.isPrimary || !free || this.bench.readonly) return;
    // A finger on the empty board scrolls it, unless it is to choose.
    if (event.pointerType === "touch" && !this.several) return;
    if (this.onBar(event)) return;
    this.from = { x: event.clientX, y: event.clientY, pointer: event.pointerId };
    this.before = event.shiftKey || event.ctrlKey || this.several ? [...this.bench.choice.all] : [];
  }

  onBar({ clientX, clientY }) {
    const { element } = this.bench.board;
    const { left, top } = element.getBoundingClientRect();
    return clientX > left + element.clientWidth || clientY > top + element.clientHeight;
  }

  move(event) {
    if (!this.from || event.pointerId !== this.from.pointer) return;
    const to = { x: event.clientX, y: event.clientY };
    if (!this.frame && Math.hypot(to.x - this.from.x, to.y - this.from.y) < SLACK) return;
    this.frame ??= this.begin();
    this.stretch(to);
    const found = this.bench.board.inFrame(this.from, to).filter((id) => id !== "label" && id !== "data");
    const ids = [...new Set([...this.before, ...found])];
    if (String(ids) === this.last) return;
    this.last = String(ids);
    this.bench.choice.these(ids);
    this.bench.showChoice();
  }

  begin() {
    const frame = el("div", { class: "lasso", "aria-hidden": "true" });
    this.bench.root.append(frame);
    return frame;
  }

  stretch(to) {
    const { left, top } = this.bench.root.getBoundingClientRect();
    const style = {
      left: Math.min(this.from.x, to.x) - left, top: Math.min(this.from.y, to.y) - top,
      width: Math.abs(this.from.x - to.x), height: Math.abs(this.from.y - to.y),
    };
    for (const [name, value] of Object.entries(style)) this.frame.style[name] = `${value}px`;
  }

  release(event) {
    if (!this.from || event.pointerId !== this.from.pointer) return;
    const { frame } = this;
    this.forget();
    if (!frame) return this.bench.choose(null);
    this.bench.chooseBy((choice) => choice.these(this.bench.picks.length ? this.bench.picks : []));
  }

  key(event) {
    if (event.key === "Escape" && this.several) this.choosing(false);
  }

  forget() {
    this.frame?.remove();
    Object.assign(this, { from: null, frame: null, last: null });
  }
}
