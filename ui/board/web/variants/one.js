/** One variant in a line: what it reached, how it is set, and what to do with it. */

import { el, icon, mark, write } from "../dom.js";
import { t } from "../words.js";
import { reached, told } from "./told.js";

const TOP = 3; // variants that are laid over one another in Compare

export class One {
  constructor(bench) {
    this.bench = bench;
    this.crown = el("span", { class: "crown", text: t("Best") });
    this.name = el("span", { class: "one-name" });
    this.value = el("b", { class: "one-value" });
    this.goal = el("small");
    this.set = el("span", { class: "one-set" });
    this.note = el("p", { class: "one-note", hidden: true });
    this.take = el("button", { type: "button", class: "go", "data-act": "take" });
    this.take.addEventListener("click", () => this.taken());
    this.mine = el("span", { class: "one-mine" }, icon("tick"), el("span", { text: t("Your tower is set like this") }));
    this.undo = el("button", { type: "button", class: "quiet", "data-act": "undo", text: t("Undo"), onclick: () => this.back() });
    this.open = el("button", { type: "button", class: "quiet", "data-act": "open", text: t("Open as a new tower"), onclick: () => bench.act({ op: "open_run", run: this.row.run }) });
    this.compare = el("button", { type: "button", class: "quiet", "data-act": "compare", onclick: () => this.laid() });
    const figures = el("div", { class: "one-figures" }, this.crown, this.name, this.value, this.goal);
    const deeds = el("div", { class: "one-deeds" }, this.take, this.mine, this.undo, this.open, this.compare);
    this.element = el("div", { class: "one" }, figures, deeds, this.set, this.note);
    this.none = el("p", { class: "one-none" });
  }

  taken() {
    this.took = this.row.number;
    this.bench.act({ op: "take_variant", study: this.study.id, trial: this.row.number });
    this.bench.say(t("Your tower is set like this"));
  }

  back() {
    this.took = null;
    this.bench.act({ op: "undo" });
  }

  /** The best few beside one another. */
  laid() {
    this.bench.act({ op: "choose_runs", runs: this.top });
    this.bench.act({ op: "go", view: "compare" });
  }

  show(study, rows, number) {
    const row = rows.find((one) => one.number === number);
    Object.assign(this, { study, row });
    mark(this.element, "data-empty", !row);
    this.top = rows.filter(({ run, value }) => run && value != null).slice(0, TOP).map(({ run }) => run);
    if (!row) return this.empty(study);
    const best = row.number === study.best;
    mark(this.element, "data-best", best);
    mark(this.crown, "hidden", !best);
    const place = row.value == null ? "" : t("place {place} of {count}", { place: rows.indexOf(row) + 1, count: rows.filter(({ value }) => value != null).length });
    write(this.name, [t("Number {number}", { number: row.number }), best ? "" : place].filter(Boolean).join(" · "));
    write(this.value, reached(row.value, study.goal));
    write(this.goal, t("{figure}, validation", { figure: study.goal.title }));
    const set = study.axes.map((axis) => el("span", { class: "set" }, el("small", { text: axis.title }), el("b", { text: told(row.chosen[axis.key], axis) })));
    this.set.replaceChildren(...set);
    return this.drawDeeds(study, row, best);
  }

  drawDeeds(study, row, best) {
    const asked = this.bench.outbox.ops.some(({ op }) => op === "take_variant");
    const gone = study.changed === "gone";
    write(this.take, best ? t("Take the best") : t("Take these settings"));
    mark(this.take, "title", t("Sets them on your tower; it can be undone."));
    mark(this.take, "hidden", row.mine);
    mark(this.take, "disabled", gone || asked || row.state === "misfit");
    mark(this.mine, "hidden", !row.mine);
    mark(this.undo, "hidden", !(row.mine && this.took === row.number));
    mark(this.open, "hidden", !row.run);
    write(this.compare, t("Compare the best {count}", { count: this.top.length }));
    mark(this.compare, "hidden", this.top.length < 2);
    const notes = { gone: t("A brick that is varied is no longer in your tower: open a variant as a new tower."), other: t("Your tower was changed otherwise since; “Open as a new tower” gives what was tried.") };
    const note = [row.said, notes[study.changed]].filter(Boolean).join(" ");
    write(this.note, note);
    mark(this.note, "hidden", !note);
  }

  /** Nothing was reached yet. */
  empty({ state }) {
    mark(this.note, "hidden", false);
    write(this.note, state === "running" ? t("The first variant is being trained: its line appears after its first epoch. You may close the page meanwhile.") : t("None of these variants was trained to the end of an epoch."));
  }
}
