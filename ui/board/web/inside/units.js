/** Units: which of them fire, and how weights, activations and gradients lay over the epochs. */

import { el, mark, svg, write } from "../dom.js";
import { Newest } from "../looking.js";
import { apart, count, figure, percent, t, tellTime } from "../words.js";
import { Flow } from "./flow.js";
import { called, every } from "./rows.js";
import { verdict } from "./verdict.js";

const KINDS = ["weights", "activations", "gradients"];

export class Units {
  constructor(panel) {
    this.panel = panel;
    this.asked = [new Newest(), new Newest()];
    this.other = el("select", { "aria-label": t("Compare with"), onchange: () => this.compare() });
    this.epoch = el("input", { type: "range", min: 0, value: 0, "aria-label": t("Epoch") });
    this.epoch.addEventListener("input", () => this.turn());
    this.when = el("output", { class: "epoch-told" });
    this.play = el("button", { type: "button", class: "quiet", text: t("Play"), onclick: () => this.run() });
    this.line = el("div", { class: "units-line" }, el("label", {}, el("span", { text: t("Epoch") }), this.epoch), this.when, this.play);
    this.compared = el("label", { class: "compare-with" }, el("span", { text: t("Compare with") }), el("span", { class: "select" }, this.other));
    this.flow = new Flow();
    this.said = el("p", { class: "units-said" });
    this.failed = el("div", { class: "heat-failed", role: "status", hidden: true });
    this.table = el("table", { class: "units-table" });
    this.scroll = el("div", { class: "units-scroll", tabindex: "0", role: "region", "aria-label": t("Bricks and their numbers") }, this.table);
    this.element = el("div", { class: "units" }, el("div", { class: "units-head" }, el("h2", { text: t("Units and gradients") }), this.compared), this.failed, this.flow.element, this.said, this.line, this.scroll);
    this.found = [null, null];
  }

  draw() {
    const { panel } = this;
    this.options();
    this.mark();
    const { run, which } = panel.data.looking;
    const key = `${run} ${which}`;
    if (key === this.key) return;
    this.key = key;
    this.look(0, run, which);
    this.compare();
  }

  /** The other runs of this tower, and those of others on the same data. */
  options() {
    const { runs, others, looking } = this.panel.data;
    const own = runs.filter(({ id }) => id !== looking.run);
    const key = JSON.stringify([own, others]);
    if (key === this.other.key) return;
    this.other.key = key;
    const before = this.other.value;
    const all = [...own, ...others];
    const lines = apart(all.map((run) => `${run.name} · ${tellTime(run.when)}`));
    const options = all.map(({ id }, n) => el("option", { value: id, text: lines[n] }));
    const elsewhere = others.length ? [el("optgroup", { label: t("Your other towers") }, ...options.slice(own.length))] : [];
    this.other.replaceChildren(el("option", { value: "", text: t("no other run") }), ...options.slice(0, own.length), ...elsewhere);
    this.other.value = all.some(({ id }) => id === before) ? before : "";
  }

  compare() {
    this.asked[1].drop();
    this.found[1] = null;
    if (this.other.value) this.look(1, this.other.value, "best");
    else this.drawAll();
  }

  async look(n, run, which) {
    this.found[n] = null;
    mark(this.element, "aria-busy", "true");
    const found = await this.asked[n].look({ what: "units", run, which });
    if (!found || this.panel.left) return;
    mark(this.element, "aria-busy", null);
    const failed = found.state === "failed";
    mark(this.failed, "hidden", !found.said);
    this.failed.replaceChildren(el("p", { text: found.said ?? "" }));
    this.found[n] = failed ? null : found;
    if (n === 0 && found.epochs) this.epoch.value = this.epoch.max = String(found.epochs.length - 1);
    this.drawAll();
  }

  /** Where the slider is: a place in the list of epochs that were kept. */
  get at() {
    return Number(this.epoch.value);
  }

  turn() {
    const { epochs } = this.found[0] ?? {};
    if (!epochs) return;
    const epoch = epochs[this.at];
    write(this.when, epoch === 0 ? t("before the training") : t("after epoch {epoch}", { epoch }));
    mark(this.epoch, "aria-valuetext", this.when.textContent);
    this.drawBars();
  }

  /** All epochs one after another, as a film. */
  run() {
    clearInterval(this.film);
    if (this.at >= Number(this.epoch.max)) this.epoch.value = "0";
    this.turn();
    this.film = setInterval(() => {
      this.epoch.value = String(this.at + 1);
      this.turn();
      if (this.at >= Number(this.epoch.max)) clearInterval(this.film);
    }, 450);
  }

  drawAll() {
    const [mine] = this.found;
    if (!mine) return;
    const kept = Boolean(mine.epochs);
    mark(this.line, "hidden", !kept);
    mark(this.flow.element, "hidden", !kept);
    const nothing = !kept && !mine.bricks.length;
    for (const one of [this.said, this.compared, this.scroll]) mark(one, "hidden", nothing);
    this.drawTable(mine, kept);
    this.turn();
    if (!kept) write(this.said, !mine.bricks.length ? "" : t("This run kept no histograms of its epochs, as runs from before Brickyard kept them; train the tower again to see them."));
  }

  drawTable(mine, kept) {
    const stages = new Map(every(this.panel.data.tower.stages).map((stage) => [stage.id, stage]));
    const titles = [t("Brick"), mine.examples ? t("Fires, of {count} test examples", { count: count(mine.examples) }) : t("Fires"), ...(kept ? [t("Values of the weights"), t("Activations"), t("Gradients")] : [])];
    const head = el("thead", {}, el("tr", {}, ...titles.map((text) => el("th", { scope: "col", text }))));
    const known = new Map((mine.kept ?? []).map((one, n) => [place(...one), n]));
    const rows = together(mine);
    this.rows = [...rows].reverse().map((gave) => {
      const name = gave.name ?? called(stages.get(gave.brick), this.panel.kinds);
      const times = rows.filter(({ brick, inner }) => brick === gave.brick && inner === gave.inner).length;
      const title = el("button", { type: "button", class: "unit-name", "data-inner": gave.inner != null, onclick: () => this.panel.pick(gave.brick, null, gave.inner ?? null) }, el("b", { text: name }), el("small", { text: [gave.units == null ? "" : count(gave.units), times > 1 ? t("repeat {number}", { number: gave.time + 1 }) : ""].filter(Boolean).join(" · ") }));
      const cells = kept ? KINDS.map(() => el("td", { class: "bars" })) : [];
      const element = el("tr", { "data-brick": gave.brick }, el("th", { scope: "row" }, title), el("td", { class: "fires" }, ...fires(gave)), ...cells);
      return { element, cells, gave, n: known.get(place(gave.brick, gave.time, gave.inner)) };
    });
    this.table.replaceChildren(head, el("tbody", {}, ...this.rows.map(({ element }) => element)));
    this.mark();
  }

  mark() {
    for (const { element, gave } of this.rows ?? []) mark(element, "data-picked", gave.brick === this.panel.state.brick && (gave.inner ?? null) === this.panel.innerOf(gave.brick));
  }

  drawBars() {
    const [mine, other] = this.found;
    const alike = other?.epochs && other.kept.length === mine.kept.length ? other : null;
    for (const { cells, n } of this.rows) {
      KINDS.forEach((kind, k) => {
        if (n == null) return;
        const here = bars(mine, this.at, n, k);
        const there = alike ? bars(alike, near(alike.epochs, mine.epochs[this.at]), n, k) : null;
        cells[k]?.replaceChildren(...drawn(here, there));
      });
    }
    this.drawFlow(mine, other);
  }

  /** How large the gradients are, brick by brick, from the ground up. */
  drawFlow(mine, other) {
    const lines = [[mine, this.at], ...(other?.epochs ? [[other, near(other.epochs, mine.epochs[this.at])]] : [])].map(([found, at]) => gradients(found, at));
    const { runs, others, looking } = this.panel.data;
    const ids = [looking.run, this.other.value];
    const names = ids.map((id) => [...runs, ...others].find((run) => run.id === id)?.name ?? "");
    this.flow.draw(lines.map((points, n) => ({ points, name: names[n] })), this.names(mine));
    const sizes = (found, at) => gradients(found, at).map(({ mean }) => mean);
    const first = (found) => (found.epochs[0] === 0 ? sizes(found, 0) : null);
    write(this.said, lines.map((points, n) => verdict(points.map(({ mean }) => mean), lines.length > 1 ? names[n] : null, first([mine, other][n]))).filter(Boolean).join(" "));
  }

  names(found) {
    const stages = new Map(every(this.panel.data.tower.stages).map((stage) => [stage.id, stage]));
    return gradients(found, this.at).map(({ brick, name }) => name ?? called(stages.get(brick), this.panel.kinds));
  }

  forget() {
    clearInterval(this.film);
    for (const asked of this.asked) asked.drop();
    this.key = null;
  }
}

/** Where something is, as a key. */
const place = (brick, time, inner) => `${brick} ${time} ${inner ?? ""}`;

/** All places that something is known of, from the ground up: a base's layers in their order, then itself. */
function together({ bricks, kept = [] }) {
  const found = new Map(bricks.map((gave) => [place(gave.brick, gave.time, gave.inner), gave]));
  for (const [brick, time, inner, name] of kept) {
    const key = place(brick, time, inner);
    if (!found.has(key)) found.set(key, { brick, time, inner, name });
  }
  const order = [...new Set((bricks.length ? bricks : kept.map(([brick, time]) => ({ brick, time }))).map(({ brick, time }) => `${brick} ${time}`))];
  const rank = ({ brick, time, inner }) => [order.indexOf(`${brick} ${time}`), inner ?? Infinity];
  return [...found.values()].sort((a, b) => rank(a)[0] - rank(b)[0] || (rank(a)[1] === rank(b)[1] ? 0 : rank(a)[1] - rank(b)[1]));
}

/** How many units fire, as a bar; and how many never do. */
function fires({ units, rate, dead, relu }) {
  if (units == null) return [];
  if (!relu && rate > 0.995) return [el("small", { text: t("always above 0") })];
  const bar = el("span", { class: "fire-bar" }, el("i"), el("i", { class: "dead" }));
  bar.children[0].style.width = `${100 * rate}%`;
  bar.children[1].style.width = `${(100 * dead) / units}%`;
  const words = dead ? t("{dead} of {all} are dead", { dead: count(dead), all: count(units) }) : t("{share} of the time", { share: percent(rate, 0) });
  return [bar, el("small", { class: dead ? "dead" : null, text: words, title: relu ? t("A unit behind a relu that is 0 for all these examples counts as dead: where it is 0 for every other one, too, it learns no more.") : null })];
}

/** Those of an epoch, a brick and a kind, as they were kept. */
function bars(found, epoch, brick, kind) {
  const at = (epoch * found.kept.length + brick) * KINDS.length + kind;
  return { counts: found.bars[at], low: found.low[at], high: found.high[at], mean: found.mean[at], zeros: found.zeros[at] };
}

/** The place of the epoch that is nearest. */
const near = (epochs, epoch) => epochs.reduce((best, one, n) => (Math.abs(one - epoch) < Math.abs(epochs[best] - epoch) ? n : best), 0);

/** The bricks that have gradients, from the ground up, and how large those are. */
function gradients(found, at) {
  return found.kept.map(([brick, time, , name], n) => ({ brick, time, name, mean: bars(found, at, n, 2).mean })).filter(({ mean }) => mean != null);
}

const [WIDE, HIGH] = [150, 34];

function drawn(here, there) {
  if (here.low == null) return [el("small", { class: "nothing", text: "–" })];
  const low = Math.min(here.low, there?.low ?? here.low);
  const high = Math.max(here.high, there?.high ?? here.high, low + 1e-12);
  const place = (value) => (WIDE * (value - low)) / (high - low);
  const label = t("From {low} to {high}, {mean} in the mean without sign.", { low: figure(here.low, false, 2), high: figure(here.high, false, 2), mean: figure(here.mean, false, 2) });
  const picture = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH, role: "img", "aria-label": label, class: "bars-picture" });
  for (const [one, which] of [[here, "a"], [there, "b"]]) {
    if (!one || one.low == null) continue;
    const [from, wide] = [place(one.low), Math.max(1.5, place(one.high) - place(one.low))];
    const step = wide / one.counts.length;
    const path = one.counts.map((share, n) => `L${from + n * step},${HIGH - 1 - (share / 255) * (HIGH - 4)} H${from + (n + 1) * step}`).join(" ");
    picture.append(svg("path", { class: `bars-${which}`, d: `M${from},${HIGH - 1} ${path} V${HIGH - 1} Z` }));
  }
  if (low < 0 && high > 0) picture.append(svg("line", { class: "zero", x1: place(0), x2: place(0), y1: 0, y2: HIGH }));
  return [picture, el("small", { class: "bars-range" }, el("span", { text: figure(low, false, 2) }), el("span", { text: figure(high, false, 2) }))];
}
