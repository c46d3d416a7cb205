/** The empty board: what to do first, and towers to begin with. */

import { drawing, el, icon, mark } from "./dom.js";
import { GAP } from "./layout.js";
import { card } from "./recipes.js";
import { t } from "./words.js";

const FIRST = 5; // towers shown on the board; the shelf has all

export class Empty {
  constructor(bench) {
    this.bench = bench;
    this.element = el("section", { class: "empty", hidden: true });
    mark(this.element, "aria-label", t("Begin"));
    this.shown = null;
    this.rim = drawing("");
    this.rim.classList.add("touch");
    const words = el("span", { text: t("Your first brick goes here") });
    this.hint = el("div", { class: "hint", hidden: true, "aria-hidden": "true" }, this.rim, words);
  }

  /** The stages with room for the first brick between ground and crown. */
  awaiting(stages) {
    const [data, ...rest] = stages.map((one) => ({ ...one, problem: null }));
    const gap = { id: GAP, kind: GAP, settings: {}, gets: data.gives, gives: data.gives, problem: null };
    return [data, gap, { ...gap, id: `${GAP} above` }, ...rest];
  }

  /** The dashed outline of the brick that is to come. */
  place({ places }) {
    const place = places.get(GAP);
    mark(this.hint, "hidden", !place);
    if (!place) return;
    const { outline, at, box, y, lift } = place;
    this.rim.innerHTML = `<polygon class="rim" transform="translate(${at})" points="${outline}"/>`;
    this.hint.style.setProperty("--x", Math.round(box.x + box.width));
    this.hint.style.setProperty("--y", Math.round(y - lift / 2));
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
    const towers = recipes.slice(0, FIRST).map((recipe) => card(this.bench, recipe, { short: true }));
    if (recipes.length > FIRST) towers.push(this.rest(recipes.length));
    cards.append(el("div", { class: "card-grid" }, ...towers));
    this.element.replaceChildren(head, cards);
  }

  rest(count) {
    const button = el("button", { type: "button", class: "quiet rest" }, icon("shelf"));
    button.append(t("All {count} ready towers", { count }));
    button.addEventListener("click", () => this.bench.recipesShelf.show());
    return button;
  }
}
