/** A run that answers: which it is, what it saw, what it tells. */

import { el, icon, iconButton, mark, write } from "../dom.js";
import { tile } from "../looking.js";
import { exact, figure, t } from "../words.js";
import { Bars, best, YesNo } from "./bars.js";
import { eye } from "./signs.js";
import { chooser, weights } from "./who.js";

const SLOW = 400; // milliseconds after which it is said that the answer takes a while
const SURE = { shares: 0.5, yesno: 0.6 }; // the share from which a tower is not called unsure

export class Card {
  /** @param {Object} panel knows `choose`, `remove` and `inside` */
  constructor(panel, seat) {
    Object.assign(this, { panel, seat, answer: null });
    this.letter = el("span", { class: "letter", "aria-hidden": "true" });
    this.who = chooser((run) => panel.choose(seat, { run }));
    this.epoch = weights((which) => panel.choose(seat, { which }));
    this.away = iconButton("close", t("This run need not answer"), () => panel.remove(seat));
    this.look = el("button", { type: "button", class: "quiet look-inside", onclick: () => panel.inside(seat) }, eye(), el("span", { text: t("Look inside") }));
    const head = el("header", { class: "card-head" }, this.letter, this.who, this.epoch, el("span", { class: "spring" }), this.look, this.away);
    this.seen = el("div", { class: "seen-picture" });
    this.caption = el("figcaption", { text: t("What the network sees") });
    this.figure = el("figure", { class: "seen" }, this.seen, this.caption);
    this.word = el("b", { class: "told-word" });
    this.sure = el("span", { class: "told-sure" });
    this.truth = el("span", { class: "told-truth" });
    this.told = el("div", { class: "told" }, this.word, el("div", { class: "told-beside" }, this.sure, this.truth));
    this.bars = new Bars((target) => el("button", { type: "button", class: "quiet look-at", onclick: () => panel.inside(seat, target) }, eye()));
    this.yesNo = new YesNo();
    this.back = el("div", { class: "seen-picture back" });
    this.backs = el("figure", { class: "seen" }, this.back, el("figcaption", { text: t("What it gave back") }));
    this.failed = el("p", { class: "card-failed", role: "alert" });
    this.slow = el("p", { class: "card-slow" }, el("i", { class: "spinner" }), el("span", { text: t("Opening the model …") }));
    this.body = el("div", { class: "card-body" }, el("div", { class: "card-top" }, this.figure, this.backs, this.told), this.bars.element, this.yesNo.element);
    this.element = el("article", { class: "answer-card" }, head, this.body, this.slow, this.failed);
  }

  /** Which run this is, among those that could be in its place. */
  settle(choice, letter, runs, alone) {
    const run = runs.find(({ id }) => id === choice.run);
    this.run = run;
    write(this.letter, letter);
    mark(this.letter, "data-letter", letter);
    mark(this.letter, "hidden", alone);
    mark(this.away, "hidden", alone);
    this.who.show(runs, choice.run, letter);
    this.epoch.show(run, choice.which);
    mark(this.element, "aria-label", run ? t("Answer of {name}", { name: run.name }) : "");
    this.ground = this.panel.data.grounds[run?.ground ?? 0];
  }

  /** A question is on its way. */
  wait() {
    this.timer ??= setTimeout(() => mark(this.slow, "hidden", false), SLOW);
  }

  waited() {
    clearTimeout(this.timer);
    this.timer = undefined;
    mark(this.slow, "hidden", true);
  }

  /** What is seen comes before the answer. */
  see(sprite) {
    this.seen.replaceChildren(tile(sprite, 0, { label: t("What the network sees") }));
    mark(this.figure, "hidden", false);
  }

  /** Nothing is asked: the bars rest. */
  rest() {
    this.answer = null;
    this.waited();
    this.said = "";
    this.lay({});
    write(this.word, "?");
    mark(this.word, "data-long", null);
    this.seen.replaceChildren();
    mark(this.figure, "hidden", this.ground.unit !== "pictures");
    this.bars.rest(this.ground.classes);
    this.yesNo.rest(this.ground.classes);
    const kind = this.kind ?? this.guess;
    mark(this.bars.element, "hidden", kind !== "shares" || this.ground.asks);
    mark(this.yesNo.element, "hidden", kind !== "yesno");
  }

  /** What it will tell, before it has told anything. */
  get guess() {
    return this.run?.answers;
  }

  /** The last part of an answer. */
  tell(answer) {
    this.answer = answer;
    this.waited();
    if (answer.state !== "done") return this.fail(answer);
    this.kind = answer.kind;
    if (answer.seen) this.see(answer.seen);
    this.lay(answer);
    mark(this.figure, "hidden", !this.seen.firstChild);
    if (answer.kind === "value") this.value(answer);
    else if (answer.kind === "picture") this.back.replaceChildren(tile(answer.picture, 0, { label: t("What it gave back") }));
    else this.classes(answer);
  }

  /** Show the parts that this kind of answer has. */
  lay({ kind = null, state }) {
    mark(this.element, "data-kind", kind);
    mark(this.element, "data-right", null);
    mark(this.element, "data-state", state ?? "rest");
    mark(this.body, "hidden", false);
    mark(this.failed, "hidden", true);
    mark(this.bars.element, "hidden", kind !== "shares");
    mark(this.yesNo.element, "hidden", kind !== "yesno");
    mark(this.backs, "hidden", kind !== "picture");
    mark(this.told, "hidden", kind === "picture");
    for (const part of [this.word, this.sure, this.truth]) write(part, "");
  }

  classes({ kind, shares, true: truth }) {
    const names = this.ground.classes;
    const told = best(shares);
    const name = names[told] ?? String(told);
    if (told < 0) {
      write(this.sure, t("Its answer is no number (NaN): train it again with a smaller learning rate."));
      this.said = this.sure.textContent;
      return;
    }
    write(this.word, name);
    mark(this.word, "data-long", name.length > 12 ? "very" : name.length > 3 ? "rather" : null);
    write(this.sure, shares[told] < SURE[kind] ? t("{share}, not sure", { share: exact(shares[told]) }) : exact(shares[told]));
    this.judge(truth == null ? null : truth === told, truth == null ? "" : names[truth] ?? String(truth));
    (kind === "yesno" ? this.yesNo : this.bars).show(names, shares, truth, this.ground.asks);
    this.said = `${name}, ${this.sure.textContent}`;
  }

  /** What is true of a test example, and whether the tower told it. */
  judge(right, truth) {
    mark(this.element, "data-right", right == null ? null : String(right));
    if (right == null) return;
    const text = right ? t("Right: it is {truth}", { truth }) : t("Wrong: it is {truth}", { truth });
    this.truth.replaceChildren(icon(right ? "tick" : "close"), el("span", { text }));
  }

  value({ value, true: truth }) {
    write(this.word, figure(value));
    mark(this.word, "data-long", "value");
    const off = truth == null || value == null ? null : figure(Math.abs(value - truth), false, 3);
    write(this.sure, truth == null ? "" : t("true: {truth}", { truth: figure(truth) }));
    write(this.truth, off == null ? "" : t("off by {off}", { off }));
    this.said = [figure(value), this.sure.textContent].filter(Boolean).join(", ");
  }

  fail({ said }) {
    mark(this.element, "data-state", "failed");
    mark(this.element, "data-right", null);
    mark(this.body, "hidden", true);
    mark(this.failed, "hidden", false);
    write(this.failed, said ?? t("No answer came. Try again."));
    this.said = this.failed.textContent;
  }
}
