/** The empty board: what to do first, and towers to begin with. */

import { el, icon, mark } from "./dom.js";
import { card } from "./recipes.js";
import { t } from "./words.js";

const FIRST = 8; // towers shown on the board; the shelf has all

export class Empty {
  constructor(bench) {
    this.bench = bench;
    this.element = el("section", { class: "empty", hidden: true });
    mark(this.element, "aria-label", t("Begin"));
    this.shown = null;
  }

  draw() {
    const { bench } = this;
    const away = !bench.empty || bench.readonly;
    mark(this.element, "hidden", away);
    this.drawBusy();
    if (away || bench.recipes === this.shown) return;
    this.shown = bench.recipes;
    this.fill(bench.recipes);
  }

  /** The card whose tower is on its way. */
  drawBusy() {
    for (const one of this.element.querySelectorAll("[data-recipe]")) {
      const sent = this.bench.awaits("recipe", one.dataset.recipe);
      mark(one, "aria-busy", sent ? "true" : null);
    }
  }

  fill(recipes) {
    const first = t("Drag a brick onto the ground brick, or click one: it sits down by itself.");
    const head = el("div", { class: "empty-head" });
    head.append(el("h2", { text: t("Build your first tower") }), el("p", { text: first }));
    const cards = el("div", { class: "cards" });
    if (recipes.length) cards.append(el("h3", { text: t("Or start from a ready tower") }));
    cards.append(...recipes.slice(0, FIRST).map((recipe) => card(this.bench, recipe)));
    if (recipes.length > FIRST) cards.append(this.rest(recipes.length));
    this.element.replaceChildren(head, cards);
  }

  rest(count) {
    const button = el("button", { type: "button", class: "quiet" }, icon("shelf"));
    button.append(t("All {count} ready towers", { count }));
    button.addEventListener("click", () => this.bench.recipesShelf.show());
    return button;
  }
}
