/** The inspector: everything that can be said about the chosen bricks, and changed. */

import { repair } from "./actions.js";
import { Contents } from "./container.js";
import { DataCards } from "./datacards.js";
import { deeds, several } from "./deeds.js";
import { el, mark, write } from "./dom.js";
import { Field } from "./field.js";
import { Follow } from "./follow.js";
import { likeness } from "./likeness.js";
import { home, loose, parted } from "./nest.js";
import { mayFollow, valueOf } from "./settings.js";
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
    const { bench } = this;
    const ids = bench.picks;
    const stage = ids.length > 1 ? null : bench.stage(bench.chosen);
    const nested = stage && home(bench.tower, stage.id)?.inside.some(({ kind }) => kind === "Block");
    const own = Boolean(stage?.settings.dataset);
    const key = ids.length > 1 ? ids.join() : stage ? `${stage.id} ${stage.kind} ${nested} ${own}` : `${bench.chosen}`;
    if (key !== this.shown) this.build(stage, ids, nested);
    this.shown = key;
    if (stage) this.fill(stage);
  }

  drawChoice() {
    this.draw();
  }

  leave() {
    for (const field of this.fields) field.leave();
    this.contents?.leave();
  }

  /** To the first field. */
  enter() {
    const first = this.element.querySelector("input, select, button");
    first?.focus();
  }

  build(stage, ids, nested) {
    this.leave();
    this.fields = [];
    this.cards = this.contents = null;
    this.element.scrollTop = 0;
    if (ids.length > 1) return this.element.replaceChildren(...several(this.bench, ids).filter(Boolean));
    if (!stage) return this.element.replaceChildren(...this.hint());
    const kind = this.bench.kind(stage.kind);
    this.facts = el("dl", { class: "facts" });
    this.problem = problemBox(this.bench, stage.id);
    const parts = [this.head(kind), this.problem.element];
    if (loose(stage)) parts.push(...this.settings(stage, kind, nested));
    else if (kind.settings?.length) parts.push(...this.plainSettings(stage, kind));
    if (stage.id === "data") parts.push((this.cards = new DataCards(this.bench)).element);
    parts.push(this.facts);
    this.element.replaceChildren(...parts.filter(Boolean));
  }

  hint() {
    const floor = parted(this.bench.chosen ?? "");
    if (!floor) return hint(t("Nothing chosen"), t("Choose a brick to see and change its settings."));
    const about = t("Click a brick of the palette, or drag one here: it sits down in this place.");
    return hint(this.bench.board.floorName(this.bench.chosen), about);
  }

  head(kind) {
    this.picture = el("span", { class: "thumb" });
    this.pictured = null;
    const title = el("h2", { text: kind.title });
    const said = kind.said && kind.said !== kind.title ? el("p", { class: "said", text: kind.said }) : null;
    const words = el("div", {}, title, said, el("p", { class: "about", text: kind.about }));
    return el("header", { class: "about-brick" }, this.picture, words);
  }

  /** The brick as it stands, with its own settings. */
  drawPicture(stage) {
    const { kind, settings, gets, gives, inner, parameters } = stage;
    const bare = { id: stage.id, kind, settings, gets, gives, parameters, ...(inner ? { inner } : {}) };
    const key = JSON.stringify(bare);
    if (key === this.pictured) return;
    this.pictured = key;
    const folded = new Set([stage.id]);
    this.picture.replaceChildren(likeness([bare], this.bench.kinds, { folded }));
  }

  plainSettings(stage, kind) {
    // Own data say themselves how many classes and columns they have.
    const told = stage.settings.dataset ? ["classes", "features"] : [];
    const asked = kind.settings.filter(({ name }) => !told.includes(name));
    this.fields = asked.map((setting) => this.field(stage, kind, setting, false));
    return [el("div", { class: "fields" }, ...this.fields.map((field) => field.element))];
  }

  field({ id }, kind, setting, nested) {
    const change = (value) => this.set(id, setting, value);
    const follow = nested && mayFollow(setting) ? new Follow(this.bench, id, setting) : null;
    const told = setting.kind === "padlock" ? { ...setting, title: t("Padlock") } : setting;
    return new Field(told, change, kind.start[setting.name] ?? setting.default ?? undefined, follow);
  }

  settings(stage, kind, nested) {
    const { id } = stage;
    this.buttons = deeds(this.bench, id, kind);
    const rename = (name) => this.bench.act({ op: "name", id, name });
    const naming = { name: "name", title: t("Name"), kind: "text", most: 60 };
    naming.help = t("What you call it; the code calls it so too.");
    this.name = new Field(naming, rename);
    const shown = arranged(kind.settings).filter((setting) => setting.kind !== "sealed");
    const fields = shown.map((setting) => this.field(stage, kind, setting, nested));
    this.fields = fields;
    if (kind.container) this.contents = new Contents(this.bench, id);
    const of = (more) => fields.filter((field) => Boolean(field.setting.more) === more);
    const common = el("div", { class: "fields" }, ...of(false).map((field) => field.element));
    const tail = [this.contents?.element, folded(of(true)), this.name.element];
    return [this.buttons.element, fields.length ? common : null, ...tail];
  }

  set(id, setting, value) {
    this.bench.act({ op: "set", id, setting: setting.name, value });
  }

  fill(stage) {
    for (const field of this.fields) {
      field.control.about?.(stage);
      field.show(valueOf(stage, field.setting));
    }
    if (loose(stage)) this.name.show(stage.name);
    if (loose(stage)) this.buttons.draw();
    this.drawPicture(stage);
    this.contents?.draw(stage);
    this.cards?.draw();
    this.problem.draw(this.bench.empty ? null : stage.problem);
    this.drawFacts(stage);
  }

  drawFacts(stage) {
    const facts = [];
    if (stage.id !== "data") facts.push([t("gets"), shape(stage.gets)]);
    if (stage.id !== "label") facts.push([t("gives"), shape(stage.gives)]);
    if (loose(stage)) facts.push([t("weights"), stage.weights == null ? "…" : count(stage.weights)]);
    if (loose(stage) && stage.fixed) facts.push([t("of them learn"), count(stage.weights - stage.fixed)]);
    if (stage.file) facts.push([t("weights file"), stage.file]);
    if (stage.madds) facts.push([t("multiply-adds"), short(stage.madds)]);
    const key = JSON.stringify(facts);
    if (key === this.facts.key) return;
    this.facts.key = key;
    const rows = facts.flatMap(([name, value]) => [el("dt", { text: name }), el("dd", { text: value })]);
    this.facts.replaceChildren(...rows);
  }
}

/** A padlock comes first: it is what a pretrained base is asked for most. */
const arranged = (settings) => [...settings].sort((a, b) => (b.kind === "padlock") - (a.kind === "padlock"));

function folded(fields) {
  if (!fields.length) return null;
  const list = el("div", { class: "fields" }, ...fields.map((field) => field.element));
  return el("details", { class: "more" }, el("summary", { text: t("More settings") }), list);
}

function hint(title, about) {
  return [el("h2", { text: title }), el("p", { class: "about", text: about })];
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
