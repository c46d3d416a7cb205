/** Ideas: what could be better, why, and who says so; one click takes one. */

import { arrange, el, icon, mark, write } from "./dom.js";
import { t } from "./words.js";

/** Apply a suggestion. */
export function take(bench, { rule, id, title }) {
  bench.act({ op: "suggest", rule, id });
  bench.say(t("{idea}: done.", { idea: title }));
}

/** No more of these in this project. */
export function silence(bench, { rule, title }) {
  bench.act({ op: "silence", rule });
  bench.say(t("No more of this: {idea}", { idea: title }));
}

export const keyOf = ({ rule, id }) => `${rule} ${id}`;

/** The suggestions that have not been answered yet. */
export function open(bench) {
  const sent = new Set(bench.outbox.ops.filter(({ op }) => op === "suggest" || op === "silence").map((op) =>
    (op.op === "silence" ? op.rule : keyOf(op))));
  return (bench.data.suggestions ?? []).filter(
    (one) => !sent.has(keyOf(one)) && !sent.has(one.rule) && bench.stage(one.id),
  );
}

/** What a suggestion says, with its buttons. */
export function sheet(bench, one) {
  const source = one.source ? el("p", { class: "source" }, t("Source: "), linked(one.source)) : null;
  const why = el("details", { class: "why" }, el("summary", { text: t("Why?") }), el("p", { text: one.why }), source);
  const act = one.act ? el("button", { type: "button", class: "repair", "data-suggest": one.rule, text: one.act }) : null;
  act?.addEventListener("click", () => take(bench, one));
  const off = el("button", { type: "button", class: "quiet small", "data-silence": one.rule, text: t("Not in this project") });
  off.addEventListener("click", () => silence(bench, one));
  const body = el("div", { class: "idea-text" }, el("b", { text: one.title }), el("p", { text: one.said ?? "" }), why);
  return [body, el("div", { class: "idea-acts" }, act, off)];
}

function linked(source) {
  const address = /https?:\/\/\S+/.exec(source)?.[0];
  if (!address) return source;
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", text: source.replace("https://", "") });
}

export class Ideas {
  constructor(bench) {
    this.bench = bench;
    this.cards = new Map();
    this.list = el("ul", { class: "idea-list" });
    this.none = el("p", { class: "about", text: t("No ideas for this tower: nothing stands out.") });
    this.silent = el("section", { class: "silenced" });
    this.element = el("div", { class: "ideas", role: "tabpanel", "data-panel": "ideas" });
    mark(this.element, "aria-label", t("Ideas"));
    this.element.append(this.none, this.list, this.silent);
  }

  draw() {
    const found = open(this.bench);
    const before = this.cards;
    this.cards = new Map(found.map((one) => [JSON.stringify(one), one]));
    for (const [key, one] of this.cards) this.cards.set(key, before.get(key) ?? this.card(one));
    arrange(this.list, [...this.cards.values()]);
    mark(this.none, "hidden", found.length > 0);
    mark(this.element, "data-count", found.length);
    this.bench.tabs?.count("ideas", found.length);
    this.drawSilenced();
  }

  card(one) {
    const where = el("button", { type: "button", class: "where", text: this.bench.called(one.id) });
    where.addEventListener("click", () => this.bench.choose(one.id, { focus: true }));
    return el("li", { class: "idea", "data-rule": one.rule }, icon("bulb"), where, ...sheet(this.bench, one));
  }

  drawSilenced() {
    const rules = this.bench.data.silenced ?? [];
    const key = rules.join();
    if (key === this.quiet) return;
    this.quiet = key;
    const rows = rules.map((rule) => {
      const title = this.bench.rules[rule] ?? rule;
      const on = el("button", { type: "button", class: "quiet small", "data-unsilence": rule, text: t("Switch on") });
      on.addEventListener("click", () => this.bench.act({ op: "unsilence", rule }));
      return el("li", {}, el("span", { text: title }), on);
    });
    const head = rows.length ? [el("h3", { text: t("Switched off in this project") }), el("ul", {}, ...rows)] : [];
    this.silent.replaceChildren(...head);
  }
}
