/** The seams: what flows from each brick to the next, in numbers and to scale. */

import { arrange, el, mark, write } from "./dom.js";
import { scale } from "./draw/draw.js";
import { within } from "./layout.js";
import { every } from "./nest.js";
import { shape } from "./words.js";

const CLOSE = 22; // pixels from one line of numbers to the same once more
const TIGHT = 14; // pixels between two lines of numbers

export class Seams {
  constructor(bench) {
    this.bench = bench;
    this.marks = new Map();
    this.element = el("div", { class: "seams", "aria-hidden": "true" });
  }

  draw(at, sight) {
    const before = this.marks;
    this.marks = new Map();
    let below = null;
    let last = Infinity;
    const { chosen } = this.bench;
    const meant = at.places.get(chosen);
    const { scale: zoom } = this.bench.board.zoom;
    const alike = ({ gives }) => String(gives) === String(this.bench.stage(chosen)?.gives);
    const close = (a, b, least) => Math.abs(a - b) * zoom < least;
    for (const { stage, place } of this.told(at)) {
      const level = place.top;
      if (!within(place.box, sight)) {
        [below, last] = [String(stage.gives), level];
        continue;
      }
      const seam = before.get(stage.id) ?? new Seam(stage.id);
      seam.show(stage, place, at);
      const same = String(stage.gives) === below;
      // What is chosen is told in any case, others where they do not lie on it.
      const covered = meant && meant !== place && close(meant.top, level, alike(stage) ? CLOSE : TIGHT);
      const near = meant !== place && (covered || close(last, level, same ? CLOSE : TIGHT));
      mark(seam.element, "data-same", same && meant !== place);
      mark(seam.element, "data-near", near);
      this.marks.set(stage.id, seam);
      if (near) continue;
      last = level;
      below = String(stage.gives);
    }
    arrange(this.element, [...this.marks.values()].map((seam) => seam.element));
  }

  /** The bricks of the tower's own line, and the one that is chosen. */
  *told({ places }) {
    const known = new Map([...every(this.bench.board.stands)].map((stage) => [stage.id, stage]));
    // From the ground up: a container's own top comes after what is in it.
    const upwards = [...places.values()].sort((a, b) => Math.abs(a.top) - Math.abs(b.top));
    for (const place of upwards) {
      const stage = known.get(place.id);
      const free = place.lined || (place.id === this.bench.chosen && !this.bench.readonly);
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
