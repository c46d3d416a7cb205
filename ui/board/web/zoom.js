/** How large the tower is drawn, and how high the yard is around it. */

import { mark } from "./dom.js";

const LEAST = 0.3;
const MOST = 2;
const READABLE = 0.8;
const HEADROOM = 56;
const GROUND = 26; // below the drawing, which has a margin of its own
const BESIDE = 320; // pixels for names and shapes

export class Zoom {
  constructor(board) {
    this.board = board;
    this.scale = 1;
    [this.wide, this.seen] = [640, 600]; // pixels on the screen, until they are measured
    this.manual = false;
    board.element.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  measure() {
    [this.wide, this.seen] = [this.board.element.clientWidth, this.board.element.clientHeight];
  }

  get ground() {
    return GROUND * this.scale;
  }

  /** The height of the tower with its surroundings at full size. */
  get high() {
    return (this.board.at?.height ?? 0) + HEADROOM + GROUND;
  }

  get tall() {
    return this.board.at ? this.high * this.scale : 0;
  }

  get yardTall() {
    return Math.max(this.tall, this.seen);
  }

  /** As large as there is room for, where nobody chose a size; then the yard's measures. */
  adjust() {
    if (!this.manual) this.set(this.fitting());
    const { at, yard } = this.board;
    const wide = at.right - at.left;
    const middle = (at.left + at.right) / 2;
    const style = {
      "--middle": Math.round(middle), "--wide": Math.ceil(wide), "--tall": Math.round(this.high),
      "--left": Math.round(at.left), "--right": Math.round(at.right),
      "--room": Math.max(96, Math.round((this.wide - wide * this.scale) / 2 - 14)),
    };
    mark(yard, "data-tight", style["--room"] < 230);
    for (const [name, value] of Object.entries(style)) {
      if (yard.style.getPropertyValue(name) !== String(value)) yard.style.setProperty(name, value);
    }
  }

  fitting() {
    const { readonly } = this.board.bench;
    if (readonly) return Math.min(0.9, this.across(), Math.max(0.6, window.innerHeight / (this.high + 100)));
    return Math.min(1, this.across(), Math.max(READABLE, this.seen / this.high));
  }

  /** The largest zoom that leaves room for words on both sides. */
  across() {
    const { left, right } = this.board.at;
    return Math.max(0.5, (this.wide - BESIDE) / (right - left));
  }

  set(scale) {
    const rounded = Math.round(Math.min(MOST, Math.max(LEAST, scale)) * 100) / 100;
    if (rounded === this.scale) return;
    this.scale = rounded;
    this.board.yard.style.setProperty("--zoom", rounded);
    this.board.problems.remeasure();
  }

  by(factor) {
    this.manual = true;
    this.set(this.scale * factor);
    this.board.draw();
    this.board.show(this.board.bench.chosen);
  }

  /** With Ctrl, the wheel zooms around the pointer. */
  wheel(event) {
    if (!(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const { board } = this;
    const before = board.point(event.clientX, event.clientY, { anywhere: true });
    this.manual = true;
    this.set(this.scale * Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 240));
    board.draw();
    const after = board.point(event.clientX, event.clientY, { anywhere: true });
    board.element.scrollLeft += (before.x - after.x) * this.scale;
    board.element.scrollTop += (before.y - after.y) * this.scale;
  }

  /** The whole tower at once, as small as it takes. */
  fit() {
    this.manual = true;
    this.set(Math.min(1.4, this.seen / this.high, this.across()));
    this.board.draw();
  }

  /** A tower that grows upwards leaves its ground where it is on the screen. */
  keepGround({ top, tall }) {
    const beyond = (height) => Math.max(0, height - this.seen);
    const grown = beyond(this.tall) - beyond(tall);
    if (Math.abs(grown) >= 1) this.board.element.scrollTop = top + grown;
  }
}
