/** The drawing of the tower, kept brick by brick: only what changed is painted again. */

import { arrange, drawing, mark } from "./dom.js";
import { within } from "./layout.js";

export class Scene {
  constructor(element) {
    this.element = element;
    this.kept = new Map();
  }

  /**
   * @param {Object} at a layout
   * @param {(id: string) => Object} traits `{ghost, held, pending}` of a brick
   * @param {{from: number, to: number}} sight the heights that can be seen
   */
  show(at, traits, sight) {
    const before = this.kept;
    this.kept = new Map();
    for (const part of at.parts) {
      const piece = before.get(part.key) ?? new Piece(part);
      piece.stand(part, at.places.get(part.id)?.box);
      if (part.id) piece.mark(traits(part.id));
      this.kept.set(part.key, piece);
    }
    this.look(sight);
    arrange(this.element, [...this.kept.values()].map((piece) => piece.element));
  }

  /** Paint what has come into sight; what is out of it need not be there. */
  look(sight) {
    for (const piece of this.kept.values()) piece.look(sight);
  }
}

class Piece {
  constructor() {
    this.element = drawing("");
    this.element.classList.add("piece");
  }

  stand({ x, y, markup }, box) {
    this.box = box;
    this.markup = markup;
    const transform = `translate(${x}px, ${y}px)`;
    if (this.transform !== transform) this.element.style.transform = transform;
    this.transform = transform;
  }

  mark(traits) {
    for (const name of ["ghost", "pending"]) mark(this.element, `data-${name}`, traits[name]);
  }

  look(sight) {
    const seen = !this.box || within(this.box, sight);
    if (seen !== this.seen) this.element.style.display = seen ? "" : "none";
    this.seen = seen;
    if (!seen || this.painted === this.markup) return;
    this.painted = this.markup;
    // Our own drawing's markup: no user's text in it but what it made safe.
    this.element.innerHTML = this.markup;
    for (const group of this.element.querySelectorAll("[data-id]")) {
      group.removeAttribute("data-id"); // the brick's row bears it
      group.removeAttribute("data-kind");
    }
  }
}
