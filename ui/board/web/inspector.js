/** The inspector: everything that can be said about the chosen brick, and changed. */

import { beyond, duplicate, remove, repair, shift } from "./actions.js";
import { DataCards } from "./datacards.js";
import { el, iconButton, mark, write } from "./dom.js";
import { thumb } from "./draw/draw.js";
import { Field } from "./field.js";
import { loose } from "./nest.js";
import { same, valueOf } from "./settings.js";
import { count, shape, short, t } from "./words.js";

export class Inspector {
  constructor(bench) {
    this.bench = bench;
    this.element = el("div", { class: "inspector", role: "tabpanel", "data-panel": "settings" });
    mark(this.element, "aria-label", t("Settings"));
    this.fields = [];
    this.shown = null;
  }

  draw() {
    const stage = this.bench.stage(this.bench.chosen);
    const key = stage ? `${stage.id} ${stage.kind}` : "";
    if (key !== this.shown) this.build(stage);
    this.shown = key;
    if (stage) this.fill(stage);
  }

  drawChoice() {
    this.draw();
  }

  leave() {
    for (const field of this.fields) field.leave();
  }

  /** To the first field. */
  enter() {
    const first = this.element.querySelector("input, select, button");
    first?.focus();
  }

  build(stage) {
    this.leave();
    this.fields = [];
    this.cards = null;
    this.element.scrollTop = 0;
    if (!stage) return this.element.replaceChildren(...hint());
    const kind = this.bench.kind(stage.kind);
    this.facts = el("dl", { class: "facts" });
    this.problem = problemBox(this.bench, stage.id);
    const parts = [this.head(kind), this.problem.element];
    if (loose(stage)) parts.push(...this.settings(stage, kind));
    if (stage.id === "data") parts.push((this.cards = new DataCards(this.bench)).element);
    parts.push(this.facts);
    this.element.replaceChildren(...parts.filter(Boolean));
  }

  head(kind) {
    const picture = el("span", { class: "thumb" });
    // Our own drawing's markup: no user's text in it.
    picture.innerHTML = thumb(kind.looks, kind.start).markup;
    const title = el("h2", { text: kind.title });
    const said = kind.said && kind.said !== kind.title ? el("p", { class: "said", text: kind.said }) : null;
    const words = el("div", {}, title, said, el("p", { class: "about", text: kind.about }));
    return el("header", { class: "about-brick" }, picture, words);
  }

  settings(stage, kind) {
    const { id } = stage;
    this.buttons = this.deeds(id);
    const rename = (name) => this.bench.act({ op: "name", id, name });
    const naming = { name: "name", title: t("Name"), kind: "text", most: 60 };
    naming.help = t("What you call it; the code calls it so too.");
    this.name = new Field(naming, rename);
    const fields = kind.settings.map((setting) => {
      const change = (value) => this.set(id, setting, value);
      return new Field(setting, change, kind.start[setting.name] ?? setting.default ?? undefined);
    });
    this.fields = fields;
    const of = (more) => fields.filter((field) => Boolean(field.setting.more) === more);
    const common = el("div", { class: "fields" }, ...of(false).map((field) => field.element));
    return [this.buttons.element, common, folded(of(true)), this.name.element];
  }

  set(id, setting, value) {
    const usual = same(value, setting.default);
    this.bench.act({ op: "set", id, setting: setting.name, value: usual ? null : value });
  }

  deeds(id) {
    const { bench } = this;
    const sign = () => (bench.board.flipped ? -1 : 1);
    const up = iconButton("up", t("Move up"), () => shift(bench, [id], sign()), { "data-act": "up" });
    const down = iconButton("down", t("Move down"), () => shift(bench, [id], -sign()), {
      "data-act": "down",
    });
    const twin = iconButton("copy", t("Duplicate"), () => duplicate(bench, [id]), {
      "data-act": "duplicate",
    });
    const gone = iconButton("clear", t("Delete"), () => remove(bench, [id]), { "data-act": "delete" });
    const element = el("div", { class: "deeds", role: "toolbar", "aria-label": t("Brick") });
    element.append(up, down, twin, gone);
    const draw = () => {
      mark(up, "aria-disabled", String(!beyond(bench, [id], sign())));
      mark(down, "aria-disabled", String(!beyond(bench, [id], -sign())));
    };
    return { element, draw };
  }

  fill(stage) {
    for (const field of this.fields) field.show(valueOf(stage, field.setting));
    if (loose(stage)) this.name.show(stage.name);
    if (loose(stage)) this.buttons.draw();
    this.cards?.draw();
    this.problem.draw(this.bench.empty ? null : stage.problem);
    this.drawFacts(stage);
  }

  drawFacts(stage) {
    const facts = [];
    if (stage.id !== "data") facts.push([t("gets"), shape(stage.gets)]);
    if (stage.id !== "label") facts.push([t("gives"), shape(stage.gives)]);
    if (loose(stage)) facts.push([t("weights"), stage.weights == null ? "…" : count(stage.weights)]);
    if (stage.madds) facts.push([t("multiply-adds"), short(stage.madds)]);
    const key = JSON.stringify(facts);
    if (key === this.facts.key) return;
    this.facts.key = key;
    const rows = facts.flatMap(([name, value]) => [el("dt", { text: name }), el("dd", { text: value })]);
    this.facts.replaceChildren(...rows);
  }
}

function folded(fields) {
  if (!fields.length) return null;
  const list = el("div", { class: "fields" }, ...fields.map((field) => field.element));
  return el("details", { class: "more" }, el("summary", { text: t("More settings") }), list);
}

function hint() {
  return [
    el("h2", { text: t("Nothing chosen") }),
    el("p", { class: "about", text: t("Choose a brick to see and change its settings.") }),
  ];
}

function problemBox(bench, id) {
  const needs = el("dd");
  const got = el("dd");
  const list = el("dl", {}, el("dt", { text: t("needs") }), needs);
  list.append(el("dt", { text: t("got") }), got);
  const todo = el("p");
  const strict = el("p", { class: "strict" });
  const button = el("button", { type: "button", class: "repair", "data-repair-chosen": id });
  button.addEventListener("click", () => repair(bench, id));
  const element = el("section", { class: "problem-box", "aria-label": t("What does not fit") });
  element.append(list, todo, strict, button);
  const draw = (problem) => {
    mark(element, "hidden", !problem);
    write(needs, problem?.needs ?? "");
    write(got, problem?.got ?? "");
    write(todo, problem?.do ?? "");
    write(strict, problem?.strict ?? "");
    write(button, problem?.repair ?? "");
    mark(button, "hidden", !problem?.repair);
    mark(button, "aria-busy", bench.awaits("repair", id) ? "true" : null);
  };
  return { element, draw };
}
