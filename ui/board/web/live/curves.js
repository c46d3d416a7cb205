/** All curves of the runs that are shown: two large charts, small ones below. */

import { arrange, el, mark, svg } from "../dom.js";
import { figure, t } from "../words.js";
import { Chart } from "./chart.js";
import { bestEpoch, metrics, points, rates, trail, valueAt } from "./figures.js";
import { ceiling, reach } from "./scale.js";

export class Curves {
  /** @param {(sentence: string) => void} say to screen readers */
  constructor(say) {
    this.say = say;
    this.charts = new Map();
    this.epoch = null;
    this.large = el("div", { class: "curves-large" });
    this.small = el("div", { class: "curves-small" });
    this.legend = el("p", { class: "legend-line", text: t("Strong lines: validation. Thin lines: training.") });
    this.element = el("div", { class: "curves", role: "group", "aria-label": t("Curves") }, this.large, this.legend, this.small);
  }

  /**
   * @param {Object[]} runs the runs that are shown, each with its `letter`
   * @param {Object} words `{titles, shares, rising}` of the figures
   * @param {boolean} several whether there are others, so that one alone has its letter, too
   */
  show(runs, words, several = false) {
    Object.assign(this, { runs, words, several });
    this.alone = runs.length === 1;
    mark(this.element, "data-tone", this.alone && several ? runs[0].letter : null);
    mark(this.legend, "hidden", this.alone);
    mark(this.element, "data-alone", this.alone);
    this.thaws = [...new Set(runs.map(({ thaws }) => thaws).filter(Boolean))];
    this.done = Math.max(0, ...runs.map(({ epoch }) => epoch));
    this.most = Math.max(...runs.map(({ epoch, epochs }) => Math.max(reach(epoch, epochs), epoch)));
    const [first, ...others] = metrics(runs);
    const big = first ? [first, "loss"] : ["loss"];
    const before = this.charts;
    this.charts = new Map();
    for (const name of big) this.draw(name, before, false);
    for (const name of others) this.draw(name, before, true);
    this.drawRates(before);
    for (const [name, chart] of before) if (!this.charts.has(name)) chart.leave();
    const elements = (small) => [...this.charts.values()].filter((chart) => chart.small === small).map(({ element }) => element);
    arrange(this.large, elements(false));
    arrange(this.small, elements(true));
  }

  chart(name, how, before) {
    const old = before.get(name);
    const same = old && old.small === how.small && old.title === how.title;
    const aim = (epoch, keys) => this.aim(epoch, keys && name);
    const chart = same ? old : new Chart({ ...how, aim });
    if (old && !same) old.leave();
    this.charts.set(name, chart);
    return chart;
  }

  draw(name, before, small) {
    const share = this.words.shares.includes(name);
    const chart = this.chart(name, { title: this.words.titles[name] ?? name, share, small }, before);
    const lines = this.runs.flatMap((run) => this.of(run, name));
    const top = name === "loss" || !share ? this.top(name) : Infinity;
    chart.show({ lines, most: this.most, done: this.done, epoch: this.epoch, top, thaws: this.thaws });
    this.read(chart, name, share);
  }

  /** A run's two curves of a figure: training below, validation above. */
  of(run, name) {
    const letter = this.alone ? null : run.letter;
    const rises = this.words.rising.includes(name);
    const best = this.alone ? bestEpoch(run, name, rises) : null;
    const training = { key: `${run.id} t`, kind: "training", letter, points: points(run, name), trail: trail(run, name) };
    const validation = { key: `${run.id} v`, kind: "validation", letter, points: points(run, `val_${name}`), trail: [], best };
    return validation.points.length ? [training, validation] : [training];
  }

  top(name) {
    return ceiling(this.runs.map((run) => {
      const known = points(run, `val_${name}`);
      return (known.length ? known : points(run, name)).map(([, value]) => value ?? NaN);
    }));
  }

  drawRates(before) {
    const name = "learning_rate";
    const chart = this.chart(name, { title: t("Learning rate"), small: true, zero: true }, before);
    const lines = this.runs.map((run) => ({ key: run.id, kind: "rate", letter: this.alone ? null : run.letter, points: rates(run), trail: [] }));
    chart.show({ lines, most: this.most, done: this.done, epoch: this.epoch, thaws: this.thaws });
    const values = this.runs.map((run) => [run, this.epoch == null ? rates(run).at(-1)?.[1] : valueAt(run, name, this.epoch)]);
    chart.readout.replaceChildren(...this.values(values.filter(([, value]) => value != null), false));
    mark(chart.svg, "aria-label", this.aloud(chart, chart.readout.textContent));
  }

  /** The values at the epoch that is pointed at, or the last ones. */
  read(chart, name, share) {
    const parts = this.epoch == null ? [] : [el("span", { class: "when", text: t("Epoch {epoch}", { epoch: this.epoch }) })];
    if (this.alone) parts.push(...this.pair(this.runs[0], name, share));
    else parts.push(...this.values(this.runs.map((run) => [run, valueAt(run, `val_${name}`, this.epoch) ?? valueAt(run, name, this.epoch)]), share));
    chart.readout.replaceChildren(...parts);
    mark(chart.element, "data-aimed", this.epoch != null);
    mark(chart.svg, "aria-label", this.aloud(chart, parts.map(({ textContent }) => textContent).join(", ")));
  }

  /** A chart for those who listen. */
  aloud({ title }, values) {
    const turns = this.thaws.filter((epoch) => epoch < this.most).map((epoch) => t("Fine-tuning from epoch {epoch} on", { epoch: epoch + 1 }));
    return [`${title}: ${values}`, ...turns].join(". ");
  }

  pair(run, name, share) {
    const told = [["training", t("training"), name], ["validation", t("validation"), `val_${name}`]];
    return told.map(([kind, text, key]) => {
      const swatch = svg("svg", { class: `swatch curve-${kind}`, width: 24, height: 8, "aria-hidden": "true" });
      swatch.append(svg("path", { class: "line", d: "M1 4H23" }));
      return el("span", { class: "value" }, swatch, el("span", { class: "word", text: ` ${text} ` }), el("b", { text: figure(valueAt(run, key, this.epoch), share) }));
    });
  }

  values(rows, share) {
    return rows.map(([run, value]) => {
      const letter = this.alone ? null : el("i", { class: "letter", "data-letter": run.letter, text: run.letter });
      return el("span", { class: "value" }, letter, letter ? " " : null, el("b", { text: figure(value, share) }));
    });
  }

  /** Point at an epoch in every chart; by keys it is told, too. */
  aim(epoch, told) {
    if (epoch === this.epoch) return;
    this.epoch = epoch;
    this.show(this.runs, this.words, this.several);
    const chart = told && this.charts.get(told);
    if (chart) this.say(chart.svg.getAttribute("aria-label"));
  }

  leave() {
    for (const chart of this.charts.values()) chart.leave();
  }
}
