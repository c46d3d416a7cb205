/** The seams: what flows from each brick to the next, in numbers and to scale. */

import { arrange, el, mark, write } from "./dom.js";
import { scale } from "./draw/draw.js";
import { within } from "./layout.js";
import { every } from "./nest.js";
import { shape } from "./words.js";

const CLOSE = 17; // pixels between two lines of numbers

export class Seams {
  constructor(bench) {
    this.bench = bench;
    this.marks = new Map();
    this.element = el("div", { class: "seams", "aria-hidden": "true" });
  }

  draw(at, beside, sight) {
    const before = this.marks;
    this.marks = new Map();
    let below = null;
    let last = Infinity;
    for (const { stage, place } of this.told(at, beside)) {
      const level = place.top;
      if (!within(place.box, sight)) {
        [below, last] = [String(stage.gives), level];
        continue;
      }
      const seam = before.get(stage.id) ?? new Seam(stage.id);
      seam.show(stage, place, at);
      mark(seam.element, "data-same", String(stage.gives) === below);
      const near = Math.abs(last - level) * this.bench.board.zoom.scale < CLOSE;
      mark(seam.element, "data-near", near && String(stage.gives) === below);
      if (!near) last = level;
      below = String(stage.gives);
      this.marks.set(stage.id, seam);
    }
    arrange(this.element, [...this.marks.values()].map((seam) => seam.element));
  }

  /** The bricks whose numbers have room on the right. */
  *told({ places }, beside) {
    const known = new Map([...every(this.bench.board.stands)].map((stage) => [stage.id, stage]));
    // From the ground up: a container's own top comes after what is in it.
    const upwards = [...places.values()].sort((a, b) => Math.abs(a.top) - Math.abs(b.top));
    for (const place of upwards) {
      const stage = known.get(place.id);
      const free = ["both", "right"].includes(beside.get(place.id));
      if (stage && stage.id !== "label" && free) yield { stage, place };
    }
  }
}

class Seam {
  constructor(id) {
    this.numbers = el("span", { class: "numbers" });
    this.picture = el("span", { class: "scale" });
    this.element = el("div", { class: "seam", "data-seam": id }, this.numbers, this.picture);
  }

  show(stage, place, { right }) {
    const { gives } = stage;
    write(this.numbers, gives ? shape(gives) : "");
    if (this.drawn !== String(gives)) {
      this.drawn = String(gives);
      // Our own drawing's markup: numbers only.
      this.picture.innerHTML = gives ? scale(gives) : "";
    }
    mark(this.element, "data-pending", Boolean(stage.pending));
    mark(this.element, "data-unknown", !gives);
    const from = place.box.x + place.box.width;
    const style = { "--x": from, "--y": place.top, "--reach": Math.max(0, right - from) };
    for (const [name, value] of Object.entries(style)) this.style(name, Math.round(value));
  }

  style(name, value) {
    this.styles ??= {};
    if (this.styles[name] === value) return;
    this.styles[name] = value;
    this.element.style.setProperty(name, value);
  }
}
