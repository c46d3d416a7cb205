/** How large the tower is drawn, and how high the yard is around it. */

import { mark } from "./dom.js";
import { least, sides, wants } from "./sides.js";

const LEAST = 0.3;
const MOST = 2;
const READABLE = 0.8;
const SMALLEST = 0.36; // below it, nobody reads the figures
const BRIEF = 144; // pixels of a title that is cut, where not even the smallest tower leaves more
const BROAD = 0.7; // a tower that must be smaller leaves out the drawings to scale
const HEADROOM = 56;
const GROUND = 26; // below the drawing, which has a margin of its own
const REST = 180; // milliseconds without a turn of the wheel
const BESIDE = 320; // pixels for names and shapes where there are none yet

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
    const { at, bench } = this.board;
    return (at?.height ?? 0) + (bench.empty && !bench.readonly ? 0 : HEADROOM) + GROUND;
  }

  get tall() {
    return this.board.at ? Math.max(this.high * this.scale, this.board.problems.tall) : 0;
  }

  get yardTall() {
    return Math.max(this.tall, this.seen);
  }

  /** As large as there is room for, where nobody chose a size; then the yard's measures. */
  adjust() {
    const { at, yard, axis, flipped, bench } = this.board;
    this.ask();
    if (!this.manual) this.set(this.fitting());
    const wide = (at.right - at.left) * this.scale;
    const whole = Math.max(this.wide, Math.ceil(wide + least(this.wanted, this.drawings)));
    const beside = (this.beside = sides(this.wanted, whole - wide, this.drawings));
    const alone = bench.empty && !bench.readonly;
    this.style(yard, "minWidth", bench.readonly || alone ? "0" : `${whole}px`);
    const middle = ((at.left + at.right) / 2) * this.scale;
    const left = alone ? `calc(50% - ${Math.round(middle)}px)` : `${Math.round(beside.left - at.left * this.scale)}px`;
    this.style(axis, "left", left);
    this.style(axis, flipped ? "top" : "bottom", `${this.ground}px`);
    this.style(this.board.pictures, "scale", flipped ? `${this.scale} ${-this.scale}` : `${this.scale}`);
    mark(yard, "data-words", beside.words);
    mark(yard, "data-offer", beside.offer);
    mark(yard, "data-plain", !this.drawings);
    mark(yard, "data-none", this.wanted.none);
    for (const part of this.parts) {
      this.style(part, "--room", Math.round(beside.right));
      this.style(part, "--aside", Math.round(beside.left - 10));
      this.style(part, "--column", Math.round(beside.column));
      this.style(part, "--used", Math.round(beside.used));
      this.style(part, "--zoom", this.scale);
    }
    this.board.problems.measure(beside.right);
    this.style(yard, "minHeight", `${Math.round(this.tall)}px`);
  }

  /** Measure the words again where they may have changed; with a brick in the hand, all stays put. */
  ask() {
    const { at, nodes, preview } = this.board;
    const same = this.asked?.at === at && this.asked.nodes === nodes && this.asked.wide === this.wide;
    if (this.wanted && (preview || same)) return;
    this.asked = { at, nodes, wide: this.wide };
    this.wanted = this.within(wants(this.board));
    this.drawings = this.across(true) >= BROAD;
  }

  /** What must be left out where the tower would not fit the width: offers, numbers, ends of titles. */
  within(wants) {
    const { at, bench } = this.board;
    const wide = at.right - at.left;
    const fits = (wanted) => (this.wide - least(wanted, false)) / wide;
    let wanted = wants;
    if (wanted.offer && fits(wanted) < BROAD) wanted = { ...wanted, offer: false };
    const none = bench.readonly && fits(wanted) < SMALLEST;
    if (none) wanted = { ...wanted, numbers: { plain: 0, drawn: 0 } };
    const over = Math.ceil(wide * SMALLEST + least(wanted, false) - this.wide);
    return over > 0 ? { ...wanted, title: Math.max(BRIEF, wanted.title - over), none } : { ...wanted, none };
  }

  /**
   * What stands beside the drawing and is measured by `--zoom`. The drawing is not: a
   * property that it inherited would cost a look at each of its thousand shapes.
   */
  get parts() {
    const { seams, bricks, slot, locks, chips, problems, empty } = this.board;
    return [seams.element, bricks, slot.element, locks.element, chips.element, problems.element, empty.hint];
  }

  style(element, name, value) {
    const known = (this.styles ??= new Map());
    const key = `${this.parts.indexOf(element)}${element.className.split(" ")[0]} ${name}`;
    if (known.get(key) === value) return;
    known.set(key, value);
    if (name.startsWith("--")) element.style.setProperty(name, value);
    else element.style[name] = value;
  }

  fitting() {
    const { readonly, empty } = this.board.bench;
    if (readonly) return Math.min(0.9, this.across(), Math.max(0.6, window.innerHeight / (this.high + 100)));
    if (empty) return READABLE;
    return Math.min(1, this.across(), Math.max(READABLE, this.seen / this.high));
  }

  /** The largest zoom that leaves room for words on both sides. */
  across(drawings = this.drawings) {
    const { left, right } = this.board.at;
    const beside = this.wanted ? least(this.wanted, drawings) : BESIDE;
    return Math.max(this.board.bench.readonly ? LEAST : SMALLEST, (this.wide - beside) / (right - left));
  }

  set(scale) {
    const rounded = Math.round(Math.min(MOST, Math.max(LEAST, scale)) * 100) / 100;
    if (rounded === this.scale) return;
    this.scale = rounded;
    this.board.problems.remeasure();
  }

  by(factor) {
    this.manual = true;
    this.set(this.scale * factor);
    this.board.draw();
    this.board.show(this.board.bench.chosen);
  }

  /** With Ctrl, the wheel zooms around the pointer; once a frame, however often it turns. */
  wheel(event) {
    if (!(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.turned = (this.turned ?? 0) + Math.max(-60, Math.min(60, event.deltaY));
    const at = { x: event.clientX, y: event.clientY };
    this.frame ??= requestAnimationFrame(() => this.around(at));
  }

  around({ x, y }) {
    const { board, turned } = this;
    this.frame = null;
    const before = board.point(x, y, { anywhere: true });
    this.manual = true;
    this.turning();
    this.set(this.scale * Math.exp(-turned / 240));
    board.place();
    this.turned = 0;
    const after = board.point(x, y, { anywhere: true });
    board.element.scrollLeft += (before.x - after.x) * this.scale;
    board.element.scrollTop += (before.y - after.y) * this.scale;
  }

  /** On its way the picture is stretched; at rest it is drawn sharply again. */
  turning() {
    this.board.yard.classList.add("zooming");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.board.yard.classList.remove("zooming"), REST);
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
