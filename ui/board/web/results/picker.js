/** Which run is looked at, and by the weights of which epoch. */

import { el, mark, write } from "../dom.js";
import { apart, count, figure, percent, t, tellTime } from "../words.js";

export class Picker {
  /** @param {(chosen: {run: string, which: string}) => void} choose */
  constructor(choose) {
    this.choose = choose;
    this.runs = el("select", { "aria-label": t("Run") });
    this.runs.addEventListener("change", () => choose({ run: this.runs.value, which: "best" }));
    this.weights = ["best", "last"].map((which) => el("button", { type: "button", class: "scope", "data-which": which, onclick: () => choose({ run: this.runs.value, which }) }));
    this.group = el("div", { class: "scopes", role: "group", "aria-label": t("Which weights") }, ...this.weights);
    this.element = el("div", { class: "picker" }, el("span", { class: "select" }, this.runs), this.group);
  }

  show(rows, { run, which }) {
    const key = JSON.stringify(rows);
    const lines = apart(rows.map(named));
    if (key !== this.key) this.runs.replaceChildren(...rows.map((row, n) => el("option", { value: row.id, text: lines[n] })));
    this.key = key;
    this.runs.value = run;
    const row = rows.find(({ id }) => id === run);
    const alone = row.best === row.epoch;
    const titles = { best: row.best ? t("Best epoch ({epoch})", { epoch: count(row.best) }) : t("Best epoch"), last: t("Last epoch ({epoch})", { epoch: count(row.epoch) }) };
    for (const button of this.weights) {
      const mine = button.dataset.which;
      write(button, titles[mine]);
      mark(button, "aria-pressed", String(mine === which));
      mark(button, "disabled", mine === "last" && alone && which === "best");
      mark(button, "title", mine === "last" && alone ? t("The last epoch is the best one.") : mine === "best" ? t("The weights that did best on the validation examples") : t("The weights at the end of the training"));
    }
    mark(this.group, "hidden", !row.weights.includes("last"));
  }
}

/** A run in a line: when, how well, how long, and where it did not come to its end. */
function named(row) {
  const { accuracy, mae, loss } = row.test;
  const well = accuracy != null ? percent(accuracy) : mae != null ? t("mean error {error}", { error: figure(mae) }) : loss != null ? t("loss {loss}", { loss: figure(loss, false, 3) }) : null;
  const epochs = row.epoch === 1 ? t("1 epoch") : t("{count} epochs", { count: count(row.epoch) });
  const state = { stopped: t("stopped"), paused: t("paused"), failed: t("failed") }[row.state];
  return [tellTime(row.when), well, epochs, state].filter(Boolean).join(" · ");
}
