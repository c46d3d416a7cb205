/** The figures of each epoch as a table, for those who read numbers, or hear them. */

import { el, mark, write } from "../dom.js";
import { figure, lasted, t } from "../words.js";
import { metrics } from "./figures.js";

export class Epochs {
  constructor() {
    this.title = el("summary");
    this.head = el("thead");
    this.body = el("tbody");
    const table = el("table", { class: "epochs" }, this.head, this.body);
    const frame = el("div", { class: "epochs-frame", tabindex: "0", role: "region", "aria-label": t("Figures of each epoch") }, table);
    this.element = el("details", { class: "epochs-fold" }, this.title, frame);
    this.element.addEventListener("toggle", () => this.run && this.show(this.run, this.words));
  }

  show(run, words) {
    Object.assign(this, { run, words });
    mark(this.element, "hidden", !run.rows.length);
    write(this.title, t("Figures of each epoch"));
    if (!this.element.open) return;
    const names = [...metrics([run]), "loss"].flatMap((name) => [name, `val_${name}`]).filter((name) => run.rows.some((row) => name in row));
    const key = [run.id, ...names].join();
    if (key !== this.key) this.begin(key, names, words);
    // New epochs come on top; those that are there stay, unless the run went back.
    if (this.body.children.length > run.rows.length) this.body.replaceChildren();
    for (const row of run.rows.slice(this.body.children.length)) this.body.prepend(this.row(row, names, words));
  }

  begin(key, names, { titles }) {
    this.key = key;
    const head = (text) => el("th", { scope: "col", text });
    const told = names.map((name) => (name.startsWith("val_") ? t("{figure}, validation", { figure: titles[name.slice(4)] ?? name.slice(4) }) : (titles[name] ?? name)));
    this.head.replaceChildren(el("tr", {}, head(t("Epoch")), ...told.map(head), head(t("Learning rate")), head(t("Time"))));
    this.body.replaceChildren();
  }

  row(row, names, { shares }) {
    const cells = names.map((name) => el("td", { text: figure(row[name], shares.includes(name.replace("val_", ""))) }));
    const begins = this.run.thaws > 0 && row.epoch === this.run.thaws + 1;
    const epoch = begins ? `${row.epoch} · ${t("fine-tuning")}` : String(row.epoch);
    return el("tr", {}, el("th", { scope: "row", text: epoch }), ...cells, el("td", { text: figure(row.learning_rate) }), el("td", { text: row.seconds < 10 ? `${row.seconds.toFixed(1)} s` : lasted(row.seconds) }));
  }
}
