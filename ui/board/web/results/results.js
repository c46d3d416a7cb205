/** Results: how a run did on examples that it never saw, and where it errs. */

import { el, mark, write } from "../dom.js";
import { settled } from "../data/found.js";
import { Panel } from "../panel.js";
import { recall, remember } from "../remember.js";
import { count, figure, t } from "../words.js";
import { WORST } from "./choices.js";
import { Classes } from "./classes.js";
import { Example } from "./example.js";
import { Judging } from "./judging.js";
import { Many } from "./many.js";
import { Matrix } from "./matrix.js";
import { keyFigures } from "./numbers.js";
import { Picker } from "./picker.js";
import { card } from "./plane.js";
import { Reliability } from "./reliability.js";
import { Roc } from "./roc.js";
import { Shots } from "./shots.js";
import { Tray } from "./tray.js";
import { Residuals, Scatter } from "./values.js";

const FEW = 4; // classes whose matrix is small
const MOST_CELLS = 26; // classes whose whole matrix can be read

export class Results extends Panel {
  constructor(parent) {
    super(parent, "results-panel", "compare/compare.css", "results/results.css");
    this.judging = new Judging(() => this.came());
    this.shots = new Shots();
    this.shares = recall("confusion") === "shares";
  }

  build() {
    this.putAway();
    const pick = (choice) => this.tray.choose(choice);
    const cell = (true_, told) => pick({ of: "cell", with: [true_, told] });
    this.picker = new Picker((chosen) => this.act({ op: "judge_run", ...chosen }));
    this.changed = el("p", { class: "data-note", text: t("The tower was changed since this run, which trained it as it was then.") });
    this.wait = el("div", { class: "working" });
    this.waitSaid = el("p", { role: "status" });
    this.bar = el("progress", { max: 1, "aria-label": t("Progress") });
    this.wait.append(this.waitSaid, this.bar);
    this.failed = el("p", { class: "data-note", role: "alert" });
    this.notes = el("ul", { class: "result-notes" });
    this.figures = el("dl", { class: "key-figures" });
    this.tray = new Tray(this);
    this.example = new Example(this);
    this.matrix = new Matrix(cell);
    this.many = new Many(cell);
    this.parts = { scatter: new Scatter(pick), residuals: new Residuals(pick), reliability: new Reliability(pick), roc: new Roc() };
    this.classes = new Classes(pick);
    this.confusion = this.confusionCard();
    this.classCard = card("class-card", t("Each class"), this.classes.element);
    write(this.classCard.said, t("Press a heading to sort, a figure to see the examples behind it."));
    const { scatter, residuals, reliability, roc } = this.parts;
    const left = (this.leftColumn = el("div", { class: "column" }, this.confusion.element, scatter.element, this.classCard.element, residuals.element));
    const right = (this.rightColumn = el("div", { class: "column" }, this.tray.element, reliability.element, roc.element));
    this.body = el("div", { class: "results-body" }, this.figures, this.notes, el("div", { class: "columns" }, left, right));
    this.drawn = null;
    return [this.picker.element, this.changed, this.wait, this.failed, this.body];
  }

  confusionCard() {
    const ways = [[false, t("Counts"), t("Counts")], [true, "%", t("Shares in %")]].map(([shares, text, label]) => el("button", { type: "button", class: "scope", "data-shares": String(shares), text, title: label, "aria-label": label, onclick: () => this.showShares(shares) }));
    this.ways = ways;
    const made = card("confusion", t("Confusion matrix"), this.matrix.element, this.many.element);
    made.top.append(el("span", { class: "spring" }), el("div", { class: "scopes small", role: "group", "aria-label": t("What the cells tell") }, ...ways));
    write(made.said, t("A row is the true class, a column the predicted one."));
    return made;
  }

  showShares(shares) {
    this.shares = shares;
    remember("confusion", shares ? "shares" : "counts");
    this.drawConfusion();
  }

  /** The page was drawn: which run is looked at, and what is known of own pictures. */
  settle() {
    const asked = this.outbox.ops.filter(({ op }) => op === "judge_run").at(-1) ?? this.data;
    this.chosen = { run: asked.run, which: asked.which };
    this.labels = this.data.own ? settled(this.data.own, this.outbox.ops) : null;
    this.run = this.data.runs.find(({ id }) => id === asked.run) ?? this.data.runs[0];
    const key = [asked.run, asked.which, this.run.epoch, this.run.state].join();
    if (key === this.key) return;
    this.key = key;
    this.shots.forget();
    this.judging.begin(this.chosen);
  }

  get found() {
    return this.judging.found;
  }

  /** Whether the examples are pictures, and whether the tower gives them back. */
  get pictured() {
    return this.data.unit === "pictures" || this.back;
  }

  get back() {
    return this.found.kind === "rebuilt";
  }

  /** A class by its number, or a value. */
  named(value) {
    if (this.found.kind !== "classes") return figure(value);
    return this.found.classes[value] ?? t("no answer");
  }

  /** What a person said since of an own picture's label; null where nothing. */
  fixed(row) {
    const name = row.key ? this.labels?.changes.get(row.key) : undefined;
    const before = this.found.kind === "classes" ? this.found.classes[row.true] : null;
    if (name === undefined || name === before) return null;
    return name ? { short: name, said: t("now {name}", { name }) } : { short: t("left out"), said: t("left out") };
  }

  /** Something new is known of the run. */
  came() {
    if (this.body && !this.left) this.draw();
  }

  draw() {
    const { found, failed, progress } = this.judging;
    this.picker.show(this.data.runs, this.chosen);
    mark(this.changed, "hidden", !this.data.changed);
    mark(this.body, "hidden", !found);
    mark(this.failed, "hidden", !failed);
    write(this.failed, found && failed ? t("Only the figures that were kept are here. {why}", { why: failed }) : (failed ?? ""));
    this.drawWait(progress, found);
    if (!found) return;
    if (found !== this.drawn) this.drawFound(found);
    else if (this.tray.page) this.tray.draw();
    this.example.draw();
  }

  drawWait(progress, found) {
    mark(this.wait, "hidden", !progress && (found || this.judging.failed));
    mark(this.wait, "data-beside", Boolean(found));
    const { done = 0, of = 0 } = progress ?? {};
    if (of) this.bar.value = done / of;
    else this.bar.removeAttribute("value");
    const said = of ? t("Testing: {done} of {of} examples", { done: count(done), of: count(of) }) : t("Opening the model …");
    write(this.waitSaid, progress ? said : t("Fetching the figures …"));
  }

  /** Draw the figures of a run, from the first of its mistakes on. */
  drawFound(found) {
    const fresh = !this.drawn || this.drawnKey !== this.key;
    Object.assign(this, { drawn: found, drawnKey: this.key });
    const { scatter, residuals, reliability, roc } = this.parts;
    const classes = found.kind === "classes";
    this.figures.replaceChildren(...keyFigures(found, this.run, this.data));
    this.drawNotes(found);
    mark(this.confusion.element, "hidden", !classes);
    mark(this.classCard.element, "hidden", !classes);
    mark(scatter.element, "hidden", found.kind !== "values");
    reliability.show(found.reliability);
    roc.show(found.roc, found.classes);
    residuals.show(found);
    if (found.kind === "values") scatter.show(found);
    // A small matrix leaves room below it, where the other column would be long.
    const column = found.classes?.length <= FEW ? this.leftColumn : this.rightColumn;
    if (reliability.element.parentElement !== column) column.append(reliability.element);
    if (classes) {
      this.classes.show(found);
      this.drawConfusion();
    }
    if (fresh || !this.tray.page) this.tray.choose(WORST);
    else this.tray.load();
  }

  drawConfusion() {
    const { found, shares } = this;
    const many = found.classes.length > MOST_CELLS;
    mark(this.matrix.element, "hidden", many);
    mark(this.many.element, "hidden", !many);
    for (const way of this.ways) mark(way, "aria-pressed", String(way.dataset.shares === String(shares)));
    if (many) this.many.show(found, shares);
    else this.matrix.show(found, found.classes.map((_, number) => number), shares);
    (many ? this.many : this.matrix).choose(this.tray.choice);
  }

  /** What is worth a sentence: classes that are never predicted, answers that are none. */
  drawNotes(found) {
    const said = [];
    const never = [...(found.never ?? [])].filter((number) => found.rows[number][3]).map((number) => found.classes[number]);
    const names = never.length > 5 ? `${never.slice(0, 5).join(", ")} …` : never.join(", ");
    if (never.length === 1) said.push(t("{name} was never predicted: the tower does not know this class yet.", { name: names }));
    if (never.length > 1) said.push(t("{count} classes were never predicted: {names}. The tower does not know them yet.", { count: count(never.length), names }));
    if (found.unanswered) said.push(t("{count} of {all} answers are no numbers (NaN): train again with a smaller learning rate.", { count: count(found.unanswered), all: count(found.count) }));
    this.notes.replaceChildren(...said.map((text) => el("li", { text })));
    mark(this.notes, "hidden", !said.length);
  }

  /** Other examples were chosen: their cell is marked. */
  chose(choice) {
    if (this.found?.kind !== "classes") return;
    this.matrix.choose(choice);
    this.many.choose(choice);
  }

  open(tray, at) {
    this.example.show(tray, at);
  }

  putAway() {
    for (const part of [this.tray, this.example, ...Object.values(this.parts ?? {})]) part?.leave();
  }

  leave() {
    this.putAway();
    this.judging.leave();
    super.leave();
  }
}
