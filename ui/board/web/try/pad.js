/** The sheet to draw on: by mouse, pen, finger or keys. */

import { drawing, el, icon, iconButton, mark } from "../dom.js";
import { t } from "../words.js";
import { draw, packed, SIDE } from "./ink.js";
import { clear, undo, undoable } from "./strokes.js";

const WIDTHS = [0.055, 0.085, 0.125]; // of the pen, in parts of the side
const STEP = 0.02; // of a pen that keys move
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
// A three, as a hand would draw it, on a sheet of 100 by 100.
const GHOST = "M30 28C38 16 66 16 67 33C68 46 54 49 45 49C58 49 72 54 71 69C70 88 36 88 28 73";

export class Pad {
  /**
   * @param {{strokes: Object[], width: number}} kept what outlives this element
   * @param {(moment: number) => void} changed told with each new ink, and when it came
   */
  constructor(kept, changed) {
    Object.assign(this, { kept, changed, at: [0.5, 0.5], down: false });
    this.sheet = el("canvas", { class: "sheet-canvas" });
    this.copy = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
    this.bits = this.copy.getContext("2d", { willReadFrequently: true });
    this.cursor = el("i", { class: "pen-at", hidden: true });
    const three = drawing(`<path d="${GHOST}" pathLength="1"/>`, "0 0 100 100");
    this.ghost = el("div", { class: "pad-empty", "aria-hidden": "true" }, three, el("b", { text: t("Draw a digit here") }));
    const keys = t("Drawing area. With keys: arrows move the pen, Space puts it down and lifts it, Ctrl+Z takes a stroke back, Delete clears.");
    this.area = el("div", { class: "pad", tabindex: "0", role: "application", "aria-label": keys }, this.sheet, this.ghost, this.cursor);
    this.element = el("div", { class: "pad-whole" }, this.area, this.tools());
    this.listen();
    this.watch = new ResizeObserver(() => this.redraw());
    this.watch.observe(this.area);
    this.redraw();
  }

  tools() {
    const names = [t("Thin pen"), t("Medium pen"), t("Thick pen")];
    this.pens = WIDTHS.map((width, n) => {
      const dot = el("i", { class: "dot" });
      dot.style.setProperty("--dot", `${8 + 7 * n}px`);
      return el("button", { type: "button", class: "tool pen", "aria-label": names[n], title: names[n], onclick: () => this.take(width) }, dot);
    });
    this.undoing = el("button", { type: "button", class: "quiet", "data-act": "undo", onclick: () => this.undo() }, icon("undo"), el("span", { text: t("Undo") }));
    this.clearing = el("button", { type: "button", class: "quiet strong", "data-act": "clear", onclick: () => this.clear() }, icon("clear"), el("span", { text: t("Clear") }));
    const pens = el("div", { class: "pens", role: "group", "aria-label": t("Pen") }, ...this.pens);
    return el("div", { class: "pad-tools" }, pens, el("span", { class: "spring" }), this.undoing, this.clearing);
  }

  listen() {
    const { area } = this;
    area.addEventListener("pointerdown", (event) => this.begin(event));
    area.addEventListener("pointermove", (event) => event.pointerId === this.pointer && this.move(event));
    for (const kind of ["pointerup", "pointercancel", "lostpointercapture"]) area.addEventListener(kind, (event) => this.end(event));
    area.addEventListener("keydown", (event) => this.key(event));
    area.addEventListener("blur", () => {
      this.lift();
      mark(area, "data-by", null);
    });
  }

  begin(event) {
    if (this.pointer !== undefined || event.button !== 0) return;
    event.preventDefault();
    this.area.focus({ preventScroll: true });
    mark(this.area, "data-by", "pointer"); // which needs no ring around the sheet
    this.lift();
    this.pointer = event.pointerId;
    this.area.setPointerCapture(event.pointerId);
    this.box = this.area.getBoundingClientRect();
    this.start(this.place(event), event.timeStamp);
  }

  move(event) {
    const events = event.getCoalescedEvents?.() ?? [];
    for (const one of events.length ? events : [event]) this.line(this.place(one));
    this.ink(event.timeStamp);
  }

  end(event) {
    if (event.pointerId === this.pointer) this.pointer = undefined;
  }

  place({ clientX, clientY }) {
    return [(clientX - this.box.left) / this.box.width, (clientY - this.box.top) / this.box.height];
  }

  start(point, moment) {
    this.kept.strokes.push({ width: this.kept.width, points: [point] });
    this.drawn = 0;
    this.ink(moment);
  }

  line(point) {
    this.kept.strokes.at(-1).points.push(point);
  }

  /** Draw what is new of the last stroke, and tell of it. */
  ink(moment) {
    const stroke = this.kept.strokes.at(-1);
    draw(this.sheet.getContext("2d"), this.sheet.width, stroke, this.drawn);
    draw(this.bits, SIDE, stroke, this.drawn);
    this.drawn = stroke.points.length;
    this.refresh();
    this.changed(moment);
  }

  key(event) {
    const { key, ctrlKey, metaKey } = event;
    const step = ARROWS[key];
    if ((ctrlKey || metaKey) && key.toLowerCase() === "z") this.undo();
    else if (ctrlKey || metaKey || event.altKey) return;
    else if (key === "Delete" || key === "Backspace") this.clear();
    else if (key === " ") this.press();
    else if (step) this.go(step);
    else return;
    mark(this.area, "data-by", "keys");
    event.preventDefault();
    event.stopPropagation();
  }

  go([right, down]) {
    this.at = [this.at[0] + right, this.at[1] + down].map((part) => Math.min(0.98, Math.max(0.02, part)));
    if (this.down) {
      this.line([...this.at]);
      this.ink(performance.now());
    }
    this.point();
  }

  press() {
    this.down = !this.down;
    if (this.down) this.start([...this.at], performance.now());
    this.point();
  }

  lift() {
    this.down = false;
    this.point(false);
  }

  /** Where the pen is that keys move. */
  point(shown = true) {
    mark(this.cursor, "hidden", !shown);
    mark(this.cursor, "data-down", this.down);
    Object.assign(this.cursor.style, { left: `${100 * this.at[0]}%`, top: `${100 * this.at[1]}%` });
  }

  take(width) {
    this.kept.width = width;
    this.refresh();
  }

  undo() {
    if (!undoable(this.kept)) return;
    this.down = false;
    undo(this.kept);
    this.redraw();
    this.changed(performance.now());
  }

  clear() {
    if (!this.kept.strokes.length) return;
    this.down = false;
    clear(this.kept);
    this.redraw();
    this.changed(performance.now());
  }

  /** All strokes anew, on a sheet that may have another size or theme. */
  redraw() {
    this.bits.clearRect(0, 0, SIDE, SIDE);
    for (const stroke of this.kept.strokes) draw(this.bits, SIDE, stroke);
    const side = Math.round(this.area.clientWidth * devicePixelRatio); // none before it is on the page
    this.sheet.width = this.sheet.height = side;
    const pen = this.sheet.getContext("2d");
    pen.strokeStyle = getComputedStyle(this.area).color;
    for (const stroke of this.kept.strokes) draw(pen, side, stroke);
    this.drawn = this.kept.strokes.at(-1)?.points.length ?? 0;
    this.refresh();
  }

  refresh() {
    const { strokes, width } = this.kept;
    mark(this.ghost, "hidden", Boolean(strokes.length));
    mark(this.clearing, "disabled", !strokes.length);
    mark(this.undoing, "disabled", !undoable(this.kept));
    this.pens.forEach((pen, n) => mark(pen, "aria-pressed", String(WIDTHS[n] === width)));
  }

  get empty() {
    return !this.kept.strokes.length;
  }

  /** The drawing as it is sent. */
  body() {
    return new Blob([packed(this.bits.getImageData(0, 0, SIDE, SIDE).data)]);
  }

  leave() {
    this.watch.disconnect();
  }
}

/** How a drawing begins. */
export const sheet = () => ({ strokes: [], width: WIDTHS[1] });
