/** The shelf of ready towers: found by typing, taken with one click. */

import { begin } from "./actions.js";
import { Dialog } from "./dialog.js";
import { arrange, el, mark, write } from "./dom.js";
import { ranked } from "./finding.js";
import { likeness } from "./likeness.js";
import { count, t } from "./words.js";

/** A card of a recipe; its picture is drawn when it comes into sight. */
export function card(bench, recipe, { taken = () => {}, short = false } = {}) {
  const element = el("button", { type: "button", class: "card", "data-recipe": recipe.name });
  const head = el("span", { class: "head" }, el("b", { text: recipe.title }));
  const words = el("span", { class: "words" }, head);
  words.append(el("span", { class: "teaches", text: short ? gist(recipe.about) : recipe.about }));
  const data = bench.kinds[recipe.data]?.title;
  const weights = t("{count} weights", { count: count(recipe.weights ?? 0) });
  (short ? head : words).append(el("small", { text: [weights, short ? null : data].filter(Boolean).join(" · ") }));
  if (recipe.source && !short) words.append(el("small", { class: "source", text: recipe.source }));
  const picture = el("span", { class: "likeness" });
  element.append(picture, words);
  sight(picture, () => picture.append(likeness(recipe.bricks ?? [], bench.kinds)));
  element.addEventListener("click", () => {
    taken();
    begin(bench, recipe);
  });
  return element;
}

/** The first clause that says something. */
const gist = (about) => /^.{20,}?(?=[:.!?](\s|$))/.exec(about)?.[0].concat(".") ?? about;

/** How the pretrained bases in it are found: "transfer", "pretrained". */
const based = ({ bricks = [] }, kinds) => bricks.filter(({ kind }) => kinds[kind]?.family === "base").map(({ kind }) => kinds[kind].search).join(" ");

/** Do something once an element comes into sight. */
function sight(element, shown) {
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    shown();
  }, { rootMargin: "200px" });
  watch.observe(element);
}

export class Shelf {
  constructor(bench) {
    this.bench = bench;
    this.dialog = new Dialog(bench, t("Ready towers"), "shelf");
    this.input = el("input", { type: "search", placeholder: t("Find a tower"), "aria-label": t("Find a tower") });
    this.input.addEventListener("input", () => this.filter());
    this.cards = el("div", { class: "shelf-cards" });
    this.none = el("p", { class: "none", role: "status" });
    const note = el("p", { class: "about", text: t("A ready tower takes the place of the one on the board; undo brings that back.") });
    this.dialog.body.append(el("div", { class: "shelf-top" }, this.input, note), this.cards, this.none);
  }

  show() {
    const { recipes } = this.bench;
    if (this.recipes !== recipes) {
      this.recipes = recipes;
      this.things = recipes.map((recipe) => ({
        names: [recipe.title, recipe.name], family: recipe.data, does: [recipe.source, based(recipe, this.bench.kinds)], about: recipe.about,
        element: card(this.bench, recipe, { taken: () => this.dialog.close() }),
      }));
    }
    this.dialog.show();
    this.filter();
    this.input.focus();
  }

  filter() {
    const found = ranked(this.input.value, this.things);
    arrange(this.cards, found.map(({ element }) => element));
    write(this.none, found.length ? "" : t("No tower is called “{name}”.", { name: this.input.value.trim() }));
    mark(this.none, "hidden", found.length > 0);
  }

  leave() {
    this.dialog.leave();
  }
}
