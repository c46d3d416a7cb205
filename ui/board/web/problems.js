/** What does not fit: a card beside the brick that hangs ajar. */

import { repair } from "./actions.js";
import { arrange, el, icon, mark, write } from "./dom.js";
import { inSight, needed } from "./stacked.js";
import { t } from "./words.js";

const EDGE = 6; // pixels that a card keeps from the board's edges

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
  }

  /** The page has another width: cards may have another height. */
  remeasure() {
    for (const card of this.cards.values()) card.height = null;
  }

  /** Measure the cards in the room that they have beside the tower. */
  measure(room) {
    if (this.room !== room) this.remeasure();
    this.room = room;
    for (const card of this.cards.values()) card.measure();
  }

  /** How high the yard must be for all cards. */
  get tall() {
    return this.cards.size ? needed([...this.cards.values()]) + 2 * EDGE : 0;
  }

  /** Beside the gap under its brick, wholly on the board; cards that would meet stand on one another. */
  place({ places, right }) {
    const { zoom, flipped, element } = this.bench.board;
    const cards = [...this.cards].map(([id, card]) => ({ card, place: places.get(id) }));
    for (const { card, place } of cards) mark(card.element, "data-away", !place);
    const seen = cards.filter(({ place }) => place).map(({ card, place }) => ({ card, height: card.height, middle: place.y * zoom.scale }));
    seen.sort((a, b) => b.middle - a.middle);
    const ground = flipped ? zoom.ground : zoom.yardTall - zoom.ground;
    const whole = { from: EDGE - ground, to: zoom.yardTall - ground - EDGE };
    const from = element.scrollTop - ground;
    const tops = inSight(seen, whole, { from: from + EDGE, to: from + zoom.seen - EDGE });
    seen.forEach(({ card, middle, height }, n) => card.stand(right, tops[n], Math.min(height - 12, Math.max(12, middle - tops[n]))));
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

  /** `right` in the drawing's pixels, `top` and where its tip points in the window's. */
  stand(right, top, tip) {
    const to = `translate(calc(${Math.round(right)}px * var(--zoom)), ${Math.round(top)}px)`;
    if (this.transform !== to) this.element.style.transform = to;
    this.transform = to;
    if (this.tip !== tip) this.element.style.setProperty("--tip", `${Math.round(tip)}px`);
    this.tip = tip;
  }
}
