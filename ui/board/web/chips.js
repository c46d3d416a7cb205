/** Small offers beside bricks: a repeated run to fold, a suggestion to take. */

import { el } from "./dom.js";

export class Chips {
  constructor(bench) {
    this.bench = bench;
    this.element = el("div", { class: "chips" });
  }

  draw() {}

  place() {}
}
