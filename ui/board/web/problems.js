/** What does not fit: a card beside the brick that hangs ajar. */

import { repair } from "./actions.js";
import { arrange, el, icon, mark, write } from "./dom.js";
import { t } from "./words.js";

const APART = 8; // pixels between two cards

export class Problems {
  constructor(bench) {
    this.bench = bench;
    this.cards = new Map();
    this.element = el("div", { class: "problems", role: "group" });
    mark(this.element, "aria-label", t("What does not fit"));
  }

  draw() {
    const before = this.cards;
    this.cards = new Map();
    if (!this.bench.empty && !this.bench.readonly) {
      for (const { stage } of this.bench.board.nodes.filter((node) => node.stage?.problem)) {
        const card = before.get(stage.id) ?? new Card(this.bench, stage.id);
        card.show(stage.problem, this.bench.awaits("repair", stage.id));
        this.cards.set(stage.id, card);
      }
    }
    arrange(this.element, [...this.cards.values()].map((card) => card.element));
    for (const card of this.cards.values()) card.measure();
  }

  /** The page has another width: cards may have another height. */
  remeasure() {
    for (const card of this.cards.values()) card.height = null;
  }

  /** Beside the gap under its brick; cards that would meet stand on one another. */
  place(at) {
    const { scale } = this.bench.board.zoom;
    const cards = [...this.cards].map(([id, card]) => ({ card, place: at.places.get(id) }));
    for (const { card, place } of cards) mark(card.element, "data-away", !place);
    const seen = cards.filter(({ place }) => place).sort((a, b) => b.place.y - a.place.y);
    let limit = Infinity;
    for (const { card, place } of seen) {
      const middle = place.y * scale;
      const top = Math.min(middle - card.height / 2, limit - card.height - APART);
      card.stand(at.right, top);
      limit = top;
    }
  }
}

class Card {
  constructor(bench, id) {
    this.needs = el("span");
    this.got = el("span");
    this.todo = el("p", { class: "do" });
    this.repair = el("button", { type: "button", class: "repair", "data-repair": id });
    this.repair.addEventListener("click", () => repair(bench, id));
    const text = el("div", { class: "problem-text", id: `problem-${id}` });
    const [needs, got] = [el("b", { text: t("needs") }), el("b", { text: t("got") })];
    text.append(el("p", {}, needs, " ", this.needs), el("p", {}, got, " ", this.got));
    text.append(this.todo);
    this.element = el("div", { class: "problem", "data-problem-of": id });
    this.element.append(icon("warn"), text, this.repair);
  }

  show(problem, busy) {
    mark(this.repair, "aria-busy", busy ? "true" : null);
    const key = JSON.stringify(problem);
    if (key !== this.shown) this.height = null;
    this.shown = key;
    write(this.needs, problem.needs ?? "");
    write(this.got, problem.got ?? "");
    write(this.todo, problem.do ?? "");
    write(this.repair, problem.repair ?? "");
    mark(this.repair, "hidden", !problem.repair);
    // The button says the same as the advice: one of them is enough for the eye.
    mark(this.todo, "data-doubled", problem.repair === problem.do);
  }

  measure() {
    this.height ??= this.element.offsetHeight;
  }

  /** `right` in the drawing's pixels, `top` in the window's. */
  stand(right, top) {
    const to = `translate(calc(${Math.round(right)}px * var(--zoom)), ${Math.round(top)}px)`;
    if (this.transform !== to) this.element.style.transform = to;
    this.transform = to;
  }
}
