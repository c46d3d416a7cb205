/** The empty board: what to do first, and towers to begin with. */

import { begin } from "./actions.js";
import { drawing, el, mark } from "./dom.js";
import { tower } from "./draw/draw.js";
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
    const recipes = bench.data.recipes ?? [];
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
    card.append(this.likeness(recipe.bricks ?? []), words);
    card.addEventListener("click", () => begin(this.bench, recipe));
    return card;
  }

  likeness(bricks) {
    const stages = bricks.map((brick, at) => ({ id: `${at}`, gets: null, gives: null, ...brick }));
    const { markup, width, height } = tower(stages, this.bench.kinds);
    const holder = el("span", { class: "likeness" });
    if (!bricks.length) return holder;
    const svg = drawing(markup, `0 0 ${width} ${height}`);
    // Pictures of bricks are no bricks: nothing should find them as such.
    for (const group of svg.querySelectorAll("[data-id]")) {
      group.removeAttribute("data-id");
      group.removeAttribute("data-kind");
    }
    holder.append(svg);
    return holder;
  }
}
