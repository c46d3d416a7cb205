/** The ghost: where the brick in the hand would sit, and whether it would fit there. */

import { el, mark, write } from "./dom.js";
import { t } from "./words.js";

export class Slot {
  constructor(bench) {
    this.bench = bench;
    this.picture = el("div", { class: "picture" });
    this.verdict = el("span", { class: "fit" });
    const traits = { hidden: true, "aria-hidden": "true" };
    this.element = el("div", { class: "slot", ...traits }, this.picture);
    // Apart, since the ghost stands among the bricks and the word before everything.
    this.note = el("div", { class: "slot-note", ...traits }, this.verdict);
  }

  /** Show a likeness above `after`; `fit` is true, false or null (not known). */
  show(likeness, after, fit) {
    this.after = after;
    for (const element of [this.element, this.note]) {
      mark(element, "hidden", after == null);
      mark(element, "data-fits", { true: "yes", false: "no", null: "unknown" }[fit]);
    }
    const words = { true: t("Fits here"), false: t("Would not fit here"), null: "" };
    write(this.verdict, words[fit]);
    if (this.likeness !== likeness) this.picture.replaceWith((this.picture = likeness));
    this.likeness = likeness;
  }

  hide() {
    this.after = null;
    mark(this.element, "hidden", true);
    mark(this.note, "hidden", true);
  }

  place(at) {
    if (this.after == null || !at.seams.has(this.after)) return;
    const height = at.seams.get(this.after);
    this.element.style.zIndex = this.bench.board.rows.get(this.after).order;
    const transform = `translateY(calc(var(--up) * ${height}px * var(--zoom)))`;
    this.element.style.transform = this.note.style.transform = transform;
  }
}
