/** Python with Keras in it, read: the tower of the code beside the code. */

import { Dialog } from "./dialog.js";
import { el, mark, write } from "./dom.js";
import { likeness } from "./likeness.js";
import { t } from "./words.js";

const REST = 500; // milliseconds of no typing before the code is read
const LONGEST = 200_000; // signs of code

export class Reading {
  constructor(bench) {
    this.bench = bench;
    this.dialog = new Dialog(bench, t("Paste code"), "reading");
    this.text = el("textarea", { spellcheck: "false", autocomplete: "off", maxlength: LONGEST, rows: 18 });
    mark(this.text, "aria-label", t("Python code with Keras"));
    mark(this.text, "placeholder", "model = keras.Sequential([\n    layers.Dense(64, activation=\"relu\"),\n    layers.Dense(10, activation=\"softmax\"),\n])");
    this.text.addEventListener("input", () => this.later());
    this.picture = el("div", { class: "read-tower" });
    this.notes = el("ul", { class: "read-notes", "aria-label": t("What was noticed") });
    this.said = el("p", { class: "read-said", role: "status" });
    this.take = el("button", { type: "button", class: "repair", "data-act": "take-reading", text: t("Take it over") });
    this.take.addEventListener("click", () => this.finish("take_reading"));
    this.leaveIt = el("button", { type: "button", class: "quiet", "data-act": "drop-reading", text: t("Leave it") });
    this.leaveIt.addEventListener("click", () => this.finish("drop_reading"));
    this.dialog.element.addEventListener("close", () => this.shut());
    const about = el("p", { class: "about", text: t("The code is read, not run. The tower that it builds stands beside it.") });
    const left = el("div", { class: "read-left" }, about, this.text);
    const right = el("div", { class: "read-right" }, this.picture, this.said, this.notes);
    const foot = el("div", { class: "sheet-foot" }, this.leaveIt, this.take);
    this.dialog.body.append(el("div", { class: "read" }, left, right), foot);
  }

  show(text = null) {
    if (text !== null) this.text.value = text.slice(0, LONGEST);
    this.dialog.show();
    this.text.focus();
    if (text) this.read();
    this.draw();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.read(), REST);
  }

  read() {
    clearTimeout(this.timer);
    const text = this.text.value;
    if (text.trim() && text !== this.asked) this.bench.act({ op: "read", text: (this.asked = text) });
  }

  finish(op) {
    this.done = true;
    if (op === "take_reading" || this.bench.data.reading) this.bench.act({ op });
    if (op === "take_reading") this.bench.say(t("The tower of the code stands on the board."));
    this.dialog.close();
  }

  /** Closed by Escape: what was read is left. */
  shut() {
    clearTimeout(this.timer);
    if (!this.done && this.bench.data.reading) this.bench.act({ op: "drop_reading" });
    Object.assign(this, { done: false, asked: null, shown: undefined });
  }

  draw() {
    if (!this.dialog.open) return;
    const reading = this.bench.data.reading ?? null;
    const busy = this.bench.outbox.ops.some(({ op }) => op === "read");
    mark(this.dialog.element, "aria-busy", busy ? "true" : null);
    const tower = reading?.tower ?? [];
    mark(this.take, "disabled", busy || tower.length < 2 || Boolean(reading?.error));
    write(this.said, this.sentence(reading, busy));
    const key = JSON.stringify(reading);
    if (key === this.shown) return;
    this.shown = key;
    this.picture.replaceChildren(...(tower.length ? [likeness(tower, this.bench.kinds)] : []));
    this.notes.replaceChildren(...(reading?.notes ?? []).map((note) => this.note(note)));
  }

  sentence(reading, busy) {
    if (busy) return t("Reading …");
    if (!reading) return t("Paste a script, or a part of one that builds a model.");
    if (reading.error) return reading.error;
    const bricks = (reading.tower ?? []).filter(({ id }) => id !== "data" && id !== "label").length;
    return bricks === 1 ? t("1 brick was read.") : t("{count} bricks were read.", { count: bricks });
  }

  note({ line, said }) {
    const where = line ? el("b", { text: t("Line {line}", { line }) }) : null;
    const item = el("li", {}, where, ` ${said}`);
    if (line) item.addEventListener("click", () => this.mark(line));
    return item;
  }

  /** Select a line of the code. */
  mark(line) {
    const lines = this.text.value.split("\n");
    const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    this.text.focus();
    this.text.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  }

  leave() {
    clearTimeout(this.timer);
    this.dialog.leave();
  }
}
