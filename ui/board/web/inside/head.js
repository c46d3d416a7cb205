/** The line above: which run, which weights, which picture, and what was answered. */

import { el, icon, iconButton, mark, write } from "../dom.js";
import { tile } from "../looking.js";
import { apart, count, exact, figure, t, tellTime } from "../words.js";

export class Head {
  constructor(panel) {
    this.panel = panel;
    this.run = el("select", { "aria-label": t("Run"), onchange: () => this.choose({ run: this.run.value }) });
    this.weights = el("select", { "aria-label": t("Weights"), onchange: () => this.choose({ which: this.weights.value }) });
    this.number = el("input", { type: "text", inputmode: "numeric", class: "short", "aria-label": t("Number of the test example") });
    this.number.addEventListener("change", () => this.typed());
    this.number.addEventListener("keydown", (event) => this.key(event));
    this.of = el("span", { class: "of" });
    this.file = el("input", { type: "file", accept: "image/*", hidden: true });
    this.file.addEventListener("change", () => {
      panel.bring(this.file.files[0]);
      this.file.value = "";
    });
    this.bring = el("button", { type: "button", class: "quiet", onclick: () => this.file.click() }, icon("open"), el("span", { text: t("Your picture") }));
    const back = iconButton("left", t("Example before"), () => panel.step(-1));
    const next = iconButton("follow", t("Next example"), () => panel.step(1));
    next.replaceChildren(icon("left"));
    next.classList.add("turned");
    this.stepper = el("div", { class: "example-step", role: "group", "aria-label": t("Test example") }, back, this.number, this.of, next);
    this.seen = el("span", { class: "head-seen" });
    this.verdict = el("p", { class: "head-verdict" });
    this.element = el("div", { class: "inside-head" }, el("div", { class: "select run-select" }, this.run), el("div", { class: "select weights-select" }, this.weights), this.stepper, this.bring, this.file, el("div", { class: "head-answer" }, this.seen, this.verdict));
  }

  choose(news) {
    const { run, which } = { ...this.panel.data.looking, ...news };
    const { brought, test } = this.panel.state;
    this.panel.act({ op: "look_inside", run, which, given: brought ? {} : { test } });
  }

  typed() {
    const number = parseInt(this.number.value, 10);
    if (Number.isFinite(number)) this.panel.show(number);
    else this.draw();
  }

  /** Arrow keys in the field go from example to example. */
  key(event) {
    const step = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.panel.step(step);
  }

  draw() {
    const { runs, looking, tower } = this.panel.data;
    const lines = apart(runs.map(told));
    this.options(this.run, runs.map((run, n) => [run.id, lines[n]]), looking.run);
    const { weights } = runs.find(({ id }) => id === looking.run);
    const names = { best: t("Best epoch"), last: t("Last epoch") };
    this.options(this.weights, weights.map((name) => [name, names[name]]), looking.which);
    mark(this.weights.parentNode, "hidden", weights.length < 2);
    mark(this.bring, "hidden", !tower.pictures);
    mark(this.stepper, "hidden", !tower.examples);
    const { looked: answer, state } = this.panel;
    const held = this.panel.root.getRootNode().activeElement === this.number;
    const at = state.brought ? "" : String(answer?.example && !held ? answer.example.at : state.test);
    if (!held || state.brought || this.shown !== state.test) this.number.value = at;
    this.shown = state.test;
    write(this.of, answer?.example ? t("of 0 to {last}", { last: count(answer.example.of - 1) }) : "");
    mark(this.bring, "data-on", Boolean(state.brought));
    this.say();
  }

  options(select, pairs, value) {
    const key = JSON.stringify(pairs);
    if (select.key !== key) {
      select.key = key;
      select.replaceChildren(...pairs.map(([id, text]) => el("option", { value: id, text })));
    }
    select.value = value;
  }

  /** The picture as the network sees it, before what it answers is known. */
  preview(part) {
    if (part.seen) this.seen.replaceChildren(tile(part.seen, 0));
  }

  say() {
    const { looked: answer } = this.panel;
    if (!answer) return;
    if (answer.seen) this.seen.replaceChildren(tile(answer.seen, 0, { label: t("The picture as the network sees it") }));
    else this.seen.replaceChildren();
    if (answer.rebuilt) this.seen.append(tile(answer.rebuilt, 0, { label: t("The picture that came back") }));
    const { told: shares, value } = answer.answer;
    const truth = answer.example?.true;
    const parts = [];
    if (shares) {
      const [, name, share] = shares[0];
      parts.push(el("b", { text: name }), el("span", { class: "share", text: exact(share) }));
      if (truth != null) parts.push(el("small", { class: name === truth ? "right" : "wrong", text: name === truth ? t("correct") : t("wrong: it is {name}", { name: truth }) }));
    } else if (value != null) {
      parts.push(el("b", { text: figure(value) }));
      if (truth != null) parts.push(el("small", { text: t("true: {value}", { value: figure(truth) }) }));
    }
    this.verdict.replaceChildren(...parts);
    this.sentence = parts.map(({ textContent }) => textContent).join(", ");
  }
}

const told = ({ name, when, epoch }) => [name, tellTime(when), epochs(epoch)].filter(Boolean).join(" · ");

/** How long it learned; what was only opened learned nothing here. */
function epochs(count) {
  if (!count) return "";
  return count === 1 ? t("1 epoch") : t("{count} epochs", { count });
}
