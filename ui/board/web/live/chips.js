/** The runs that can be looked at, one beside another: which is told of, which are drawn. */

import { arrange, el, mark, write } from "../dom.js";
import { t, tellTime } from "../words.js";
import { briefly, share } from "./told.js";

export class Chips {
  /** @param {Object} panel has `focus(id)`, `toggle(id)` and `act(op)` */
  constructor(panel) {
    this.panel = panel;
    this.chips = new Map();
    this.more = el("button", { type: "button", class: "quiet", "data-act": "earlier", onclick: () => panel.act({ op: "go", view: "compare" }) });
    this.element = el("div", { class: "run-chips", role: "group", "aria-label": t("Runs") });
  }

  /** The oldest comes first: A, B, C; before it, how many are found in Compare alone. */
  show(runs, focused, drawn, earlier) {
    mark(this.element, "hidden", runs.length < 2 && !earlier);
    write(this.more, earlier === 1 ? t("1 earlier run in Compare") : t("{count} earlier runs in Compare", { count: earlier }));
    const before = this.chips;
    this.chips = new Map();
    for (const run of [...runs].reverse()) {
      const chip = before.get(run.id) ?? new Chip(this.panel, run.id);
      chip.show(run, run.id === focused, drawn.includes(run.id));
      this.chips.set(run.id, chip);
    }
    const chips = [...this.chips.values()].map(({ element }) => element);
    arrange(this.element, earlier ? [this.more, ...chips] : chips);
  }
}

class Chip {
  constructor(panel, id) {
    this.box = el("input", { type: "checkbox", onchange: () => panel.toggle(id) });
    this.sign = el("span", { class: "letter", "aria-hidden": "true" });
    this.when = el("b");
    this.far = el("span", { class: "far" });
    this.bar = el("i", { class: "far-bar", "aria-hidden": "true" });
    this.press = el("button", { type: "button", class: "run-press", onclick: () => panel.focus(id) }, this.when, this.far);
    const label = el("label", { class: "run-box" }, this.box, this.sign);
    this.element = el("div", { class: "run-chip", "data-run": id }, label, this.press, this.bar);
  }

  show(run, focused, drawn) {
    const told = tellTime(run.when);
    const [day, hour] = [told, told.slice(-5)];
    const today = new Date(run.when).toDateString() === new Date().toDateString();
    write(this.sign, run.letter);
    mark(this.sign, "data-letter", run.letter);
    write(this.when, today ? hour : day);
    write(this.far, briefly(run));
    mark(this.press, "title", run.said || null);
    mark(this.press, "aria-pressed", String(focused));
    mark(this.press, "aria-label", `${run.letter}, ${told}: ${briefly(run)}`);
    this.box.checked = drawn;
    mark(this.box, "aria-label", t("Draw the curves of {letter}", { letter: run.letter }));
    mark(this.element, "data-state", run.state);
    mark(this.element, "data-focused", focused);
    this.bar.style.setProperty("--done", share(run));
  }
}
