/** The seams: what flows from each brick to the next, in numbers and to scale. */

import { arrange, el, mark, write } from "./dom.js";
import { scale } from "./draw/draw.js";
import { shape } from "./words.js";

export class Seams {
  constructor(bench) {
    this.bench = bench;
    this.marks = new Map();
    this.element = el("div", { class: "seams", "aria-hidden": "true" });
  }

  draw(at, rows) {
    const before = this.marks;
    this.marks = new Map();
    let below = null;
    for (const stage of this.bench.tower.slice(0, -1)) {
      if (!at.seams.has(stage.id)) continue;
      const seam = before.get(stage.id) ?? new Seam(stage.id);
      seam.show(stage, at.seams.get(stage.id), rows.get(stage.id).art);
      mark(seam.element, "data-same", String(stage.gives) === below);
      below = String(stage.gives);
      this.marks.set(stage.id, seam);
    }
    arrange(this.element, [...this.marks.values()].map((seam) => seam.element));
  }
}

class Seam {
  constructor(id) {
    this.numbers = el("span", { class: "numbers" });
    this.picture = el("span", { class: "scale" });
    this.element = el("div", { class: "seam", "data-seam": id }, this.numbers, this.picture);
  }

  show(stage, height, art) {
    const { gives } = stage;
    write(this.numbers, gives ? shape(gives) : "");
    if (this.drawn !== String(gives)) {
      this.drawn = String(gives);
      // Our own drawing's markup: numbers only.
      this.picture.innerHTML = gives ? scale(gives) : "";
    }
    mark(this.element, "data-pending", Boolean(stage.pending));
    mark(this.element, "data-unknown", !gives);
    const reach = art.over ? ((art.over.wide + art.over.deep) / 2) * 37.8 : 60;
    this.element.style.setProperty("--reach", Math.round(reach));
    const transform = `translateY(calc(var(--up) * ${height}px * var(--zoom)))`;
    if (this.transform !== transform) this.element.style.transform = transform;
    this.transform = transform;
  }
}
