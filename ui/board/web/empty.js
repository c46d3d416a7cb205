/** The empty board: what to do first, and towers to begin with. */

import { begin } from "./actions.js";
import { el, mark } from "./dom.js";
import { likeness } from "./likeness.js";
import { count, t } from "./words.js";

export class Empty {
  constructor(bench) {
    this.bench = bench;
    this.element = el("section", { class: "empty", hidden: true });
    mark(this.element, "aria-label", t("Begin"));
    this.shown = "";
  }

  draw() {
    const { bench } = this;
    const away = !bench.empty || bench.readonly;
    mark(this.element, "hidden", away);
    this.drawBusy();
    const { recipes } = bench;
    const key = JSON.stringify(recipes);
    if (away || key === this.shown) return;
    this.shown = key;
    this.fill(recipes);
  }

  /** The card whose tower is on its way. */
  drawBusy() {
    for (const card of this.element.querySelectorAll("[data-recipe]")) {
      const sent = this.bench.awaits("recipe", card.dataset.recipe);
      mark(card, "aria-busy", sent ? "true" : null);
    }
  }

  fill(recipes) {
    const first = t("Drag a brick onto the ground brick, or click one: it sits down by itself.");
    const head = el("div", { class: "empty-head" });
    head.append(el("h2", { text: t("Build your first tower") }), el("p", { text: first }));
    const cards = el("div", { class: "cards" });
    if (recipes.length) cards.append(el("h3", { text: t("Or start from a ready tower") }));
    cards.append(...recipes.map((recipe) => this.card(recipe)));
    this.element.replaceChildren(head, cards);
  }

  card(recipe) {
    const card = el("button", { type: "button", class: "card", "data-recipe": recipe.name });
    const words = el("span", { class: "words" }, el("b", { text: recipe.title }));
    words.append(el("span", { text: recipe.about }));
    const weights = t("{count} weights", { count: count(recipe.weights ?? 0) });
    if (recipe.weights != null) words.append(el("small", { text: weights }));
    const picture = el("span", { class: "likeness" }, likeness(recipe.bricks ?? [], this.bench.kinds));
    card.append(picture, words);
    card.addEventListener("click", () => begin(this.bench, recipe));
    return card;
  }
}
