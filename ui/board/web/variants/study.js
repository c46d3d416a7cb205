/** A study: how far it is, the picture of its variants, and each of them. */

import { el, icon, mark, write } from "../dom.js";
import { seconds, t } from "../words.js";
import { Lines } from "./lines.js";
import { One } from "./one.js";
import { ranked } from "./scales.js";
import { withValues } from "./stand.js";
import { Gone, Menu } from "./studies.js";
import { told } from "./told.js";
import { Trials } from "./trials.js";

const [LOW, HIGH] = [262, 420]; // pixels of the picture
const OVER = ["done", "stopped", "failed", "pruned", "misfit", "paused"];

export class Study {
  constructor(bench) {
    this.bench = bench;
    this.picked = null; // the number of the variant that was clicked
    this.lit = null; // and of the one that is pointed at
    this.menu = new Menu(bench);
    this.gone = new Gone(bench);
    this.title = el("h2");
    this.about = el("small");
    this.stop = el("button", { type: "button", class: "quiet", "data-act": "stop", text: t("Stop all"), onclick: () => this.act("stop_study") });
    this.bin = el("button", { type: "button", class: "quiet", "data-act": "delete", onclick: () => this.act("delete_study") }, icon("clear"), el("span", { text: t("Delete") }));
    const head = el("header", { class: "variants-head" }, el("div", { class: "study-title" }, this.title, this.about), this.menu.element, this.stop, this.bin);
    this.cells = el("div", { class: "cells", "aria-hidden": "true" });
    this.far = el("p", { class: "far", role: "status" });
    this.one = new One(bench);
    this.lines = new Lines({ high: () => Math.round(Math.max(LOW, Math.min(HIGH, window.innerHeight * 0.36))), light: (number) => this.light(number), pick: (number) => this.pick(number), narrowed: () => this.bench.draw() });
    this.dashes = el("span", { text: t("Strong: the best. Dashed: stopped early, or still being trained.") });
    this.marked = el("span", { class: "marked", role: "status" });
    this.clear = el("button", { type: "button", class: "quiet small", "data-act": "clear", text: t("Show all"), onclick: () => this.lines.brush.clear() });
    this.picture = el("figure", { class: "picture-frame" }, this.lines.element, el("figcaption", {}, this.dashes, el("span", { class: "spring" }), this.marked, this.clear));
    this.trials = new Trials({ light: (number) => this.light(number), pick: (number) => this.pick(number), open: (run) => bench.act({ op: "open_run", run }) });
    this.element = el("section", { class: "study", "aria-label": t("Variants") }, head, this.gone.element, el("div", { class: "progress-line" }, this.cells, this.far), this.one.element, this.picture, this.trials.element);
  }

  act(op) {
    this.bench.act({ op, study: this.data.id });
  }

  get data() {
    return this.bench.data.study;
  }

  settle() {
    const { data } = this;
    if (this.id !== data.id) {
      Object.assign(this, { id: data.id, picked: null, lit: null });
      this.lines.brush.parts.clear();
    }
    const { axes } = data;
    const rows = data.rows.map((row) => ({ ...row, chosen: Object.fromEntries(axes.map(({ key }, n) => [key, row.chosen[n]])) }));
    this.rows = ranked(rows, data.goal);
    if (!this.rows.some(({ number }) => number === this.picked)) this.picked = null;
  }

  get shown() {
    return this.picked ?? this.data.best;
  }

  light(number) {
    if (number === this.lit) return;
    this.lit = number;
    this.lines.point(number);
    this.trials.light(number);
    this.bench.drawStand();
  }

  /** A second click on the same one lets it go. */
  pick(number) {
    this.picked = number === this.picked ? null : number;
    this.bench.draw();
    this.trials.reveal(this.picked);
  }

  draw() {
    const { data, rows } = this;
    this.menu.show();
    this.gone.show(this.bench.data);
    this.drawHead(data);
    this.drawFar(data);
    this.one.show(data, rows, this.shown);
    const picture = rows.filter(({ chosen }) => Object.values(chosen).some((value) => value !== undefined));
    this.lines.show({ axes: data.axes, rows: picture, goal: data.goal, best: data.best, shown: this.shown, picked: this.picked != null });
    const { marked } = this.lines;
    write(this.marked, marked ? t("{count} of {all} pass through what is marked", { count: marked.size, all: picture.length }) : t("Drag along an axis to see only the variants that pass there."));
    mark(this.marked, "data-hint", !marked);
    mark(this.clear, "hidden", !marked);
    mark(this.dashes, "hidden", !rows.some(({ state, value }) => value != null && (state === "pruned" || state === "running")));
    this.trials.show(data, rows.filter(({ number }) => this.lines.within(number)), this.picked);
  }

  drawHead({ axes, plan, state }) {
    const running = state === "running";
    write(this.title, [...new Set(axes.map(({ title }) => title))].join(", "));
    const how = plan.method === "grid" ? t("every combination") : t("a search");
    const many = plan.count === 1 ? t("1 variant") : t("{count} variants", { count: plan.count });
    const long = plan.epochs === 1 ? t("1 epoch each") : t("{count} epochs each", { count: plan.epochs });
    write(this.about, [many, how, long].join(" · "));
    const stopping = this.bench.outbox.ops.some(({ op }) => op === "stop_study");
    mark(this.stop, "hidden", !running);
    mark(this.stop, "disabled", stopping);
    mark(this.bin, "hidden", running);
  }

  /** A cell for each variant, and how far all of it is in words. */
  drawFar({ plan, rows, state, said, left }) {
    const many = (...states) => rows.filter((row) => states.includes(row.state)).length;
    const over = many(...OVER);
    const parts = [
      t("{over} of {count} tried", { over, count: Math.max(plan.count, rows.length) }),
      many("pruned") ? t("{count} stopped early", { count: many("pruned") }) : null,
      many("misfit") ? t("{count} do not hold", { count: many("misfit") }) : null,
      many("failed") ? t("{count} failed", { count: many("failed") }) : null,
      state === "running" && left != null ? t("about {time} left", { time: seconds(Math.max(1, left)) }) : null,
      state === "stopped" ? t("stopped") : null,
    ];
    write(this.far, [...parts.filter(Boolean), said].filter(Boolean).join(" · "));
    this.drawCells(rows, Math.max(plan.count, rows.length), state === "running");
  }

  drawCells(rows, count, running) {
    const states = new Map(rows.map((row) => [row.number, row]));
    const number = running ? count : rows.length;
    while (this.cells.children.length > number) this.cells.lastChild.remove();
    while (this.cells.children.length < number) this.cells.append(el("i", {}, el("b")));
    [...this.cells.children].forEach((cell, n) => {
      const row = states.get(n + 1);
      mark(cell, "data-state", row?.state ?? "coming");
      mark(cell, "data-best", row && row.number === this.data.best);
      cell.firstChild.style.width = row?.state === "running" ? `${100 * (row.far ?? 0)}%` : "";
    });
  }

  /** The tower as the variant that is meant has it. */
  stand() {
    const { axes, tower } = this.data;
    const row = this.rows.find(({ number }) => number === (this.lit ?? this.shown));
    if (!row) return { stages: tower, pills: [], offered: new Set(), picked: null, caption: "" };
    const pills = axes.map((axis) => ({ id: axis.brick, title: axis.title, text: told(row.chosen[axis.key], axis) }));
    const caption = row.number === this.data.best ? t("Number {number}, the best", { number: row.number }) : t("Number {number}", { number: row.number });
    return { stages: withValues(tower, row.chosen), pills, offered: new Set(), picked: null, caption };
  }

  leave() {
    this.lines.leave();
  }
}
