/** The empty board: what to do first, and towers to begin with. */

import { begin } from "./actions.js";
import { el, mark } from "./dom.js";
import { count, t } from "./words.js";

export class Empty {
  constructor(bench) {
    this.bench = bench;
    this.element = el("section", { class: "empty", hidden: true });
    mark(this.element, "aria-label", t("Begin"));
    this.shown = "";
    this.height = 0;
  }

  draw() {
    const { bench } = this;
    const away = !bench.empty || bench.readonly;
    mark(this.element, "hidden", away);
    const recipes = bench.data.recipes ?? [];
    const key = JSON.stringify(recipes);
    if (!away && key !== this.shown) {
      this.shown = key;
      this.fill(recipes);
    }
    this.height = away ? 0 : this.element.offsetHeight;
  }

  fill(recipes) {
    this.element.replaceChildren(
      el("h2", { text: t("Build your first tower") }),
      el("p", { text: t("Drag a brick onto the ground brick, or click one: it sits down by itself.") }),
      recipes.length ? el("h3", { text: t("Or start from a ready tower") }) : "",
      el("div", { class: "cards" }, ...recipes.map((recipe) => this.card(recipe))),
    );
  }

  card(recipe) {
    const card = el("button", { type: "button", class: "card", "data-recipe": recipe.name });
    card.append(el("b", { text: recipe.title }), el("span", { text: recipe.about }));
    const weights = t("{count} weights", { count: count(recipe.weights) });
    if (recipe.weights != null) card.append(el("small", { text: weights }));
    card.addEventListener("click", () => begin(this.bench, recipe));
    return card;
  }
}
