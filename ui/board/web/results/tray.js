/** The examples that were chosen, page by page: the mistakes to begin with. */

import { el, iconButton, mark, write } from "../dom.js";
import { count, percent, t } from "../words.js";
import { examples, PAGE } from "./asking.js";
import { lines, none, same, spoken, titled, WORST } from "./choices.js";
import { point, roving } from "./roving.js";

export class Tray {
  /** @param {Object} panel with `chosen`, `found`, `shots`, `open(rows, at)` */
  constructor(panel) {
    this.panel = panel;
    this.head = el("h3");
    this.range = el("span", { class: "range" });
    this.before = iconButton("left", t("The page before"), () => this.turn(-1), { "data-act": "before" });
    this.after = iconButton("left", t("The next page"), () => this.turn(1), { class: "tool forward", "data-act": "after" });
    this.all = el("button", { type: "button", class: "quiet", "data-act": "all", text: t("All mistakes"), onclick: () => this.choose(WORST) });
    this.said = el("p", { class: "card-said" });
    this.grid = el("div", { class: "shots", role: "group" });
    this.table = el("div", { class: "scrolled", tabindex: "0", role: "region" });
    this.note = el("p", { class: "tray-note", role: "status" });
    const pages = el("div", { class: "pages" }, this.range, this.before, this.after);
    this.element = el("section", { class: "card tray", tabindex: "-1" }, el("header", {}, this.head, this.all, el("span", { class: "spring" }), pages), this.said, this.grid, this.table, this.note);
    this.choice = WORST;
    roving(this.grid, () => this.columns);
    this.control = new AbortController();
  }

  get columns() {
    return getComputedStyle(this.grid).gridTemplateColumns.split(" ").length;
  }

  /** Show other examples, from the first. */
  choose(choice) {
    this.choice = choice;
    this.from = 0;
    this.load();
    this.panel.chose(choice);
  }

  /** Whether the server knows these examples: of older runs it has the worst alone. */
  get kept() {
    return this.panel.found.whole || same(this.choice, WORST);
  }

  turn(by) {
    this.from = Math.max(0, this.from + by * PAGE);
    this.load();
  }

  /** Fetch the page of examples, then the pictures that are not known yet. */
  async load() {
    this.control.abort();
    const { signal } = (this.control = new AbortController());
    const { panel, choice, from } = this;
    mark(this.element, "aria-busy", "true");
    try {
      const page = this.kept ? await examples(panel.chosen, choice, from, signal) : { rows: [], count: 0 };
      const numbers = page.rows.map(({ index }) => index);
      if (page.pictures) panel.shots.keep(numbers, page.pictures);
      this.page = page;
      this.draw();
      if (panel.pictured && !numbers.every((number) => panel.shots.has(number))) {
        await panel.shots.fetch(panel.chosen, numbers, panel.back, signal);
        if (!signal.aborted) this.draw();
      }
    } catch (problem) {
      if (signal.aborted) return;
      console.warn(problem);
      write(this.note, t("The server does not answer. Try again in a moment."));
    }
    mark(this.element, "aria-busy", null);
  }

  draw() {
    const { panel, choice, page, from } = this;
    const { found, shots } = panel;
    const title = titled(choice, found);
    write(this.head, title);
    mark(this.element, "aria-label", title);
    mark(this.all, "hidden", same(choice, WORST));
    write(this.all, found.kind === "classes" ? t("All mistakes") : t("The worst"));
    write(this.said, this.explain());
    write(this.range, page.count ? t("{from} to {to} of {count}", { from: count(from + 1), to: count(from + page.rows.length), count: count(page.count) }) : "");
    mark(this.before, "disabled", from === 0);
    mark(this.after, "disabled", from + PAGE >= page.count);
    const held = this.grid.contains(this.grid.getRootNode().activeElement);
    const asTable = !panel.pictured;
    mark(this.grid, "hidden", asTable || !page.rows.length);
    mark(this.table, "hidden", !asTable || !page.rows.length);
    if (asTable) this.tabulate(title);
    else this.lay(held);
    const nothing = this.kept ? none(choice, panel.data.unit) : t("Of this run only the surest mistakes were kept.");
    write(this.note, page.count ? (shots.said ?? "") : nothing);
  }

  explain() {
    const { kind, whole } = this.panel.found;
    if (!this.page.count) return "";
    if (kind === "classes" && this.choice.of === "alike") return t("The same true class, ordered by how likely the tower took them for the same answer.");
    if (kind === "rebuilt") return t("On the left what came in, on the right what the tower gave back.");
    if (!whole) return t("Of this run only these were kept.");
    return kind === "values" ? t("True value → told value.") : t("True class → predicted class, and how sure the tower was.");
  }

  /** The sheet of pictures. */
  lay(held) {
    const { panel, page } = this;
    mark(this.grid, "data-wide", panel.back);
    this.grid.replaceChildren(...page.rows.map((row, at) => this.shot(row, at)));
    const first = this.grid.querySelector("[data-rove]");
    if (!first) return;
    point(this.grid, first);
    if (held) first.focus({ preventScroll: true });
  }

  shot(row, at) {
    const { panel } = this;
    const words = lines(row, panel.found).map((line, n, all) => el("span", { class: n && n === all.length - 1 ? "sure" : "told", text: line }));
    const fixed = panel.fixed(row);
    const flag = fixed == null ? null : el("span", { class: "fixed", text: fixed.short });
    const right = row.true === row.told && panel.found.kind === "classes";
    const label = [spoken(row, panel.found), fixed?.said].filter(Boolean).join(", ");
    const button = el("button", { type: "button", class: "shot", "data-rove": "", "data-index": row.index, "data-right": right, "aria-label": label, title: label }, panel.shots.tile(row.index), flag, ...words);
    button.addEventListener("click", () => panel.open(this, at));
    return button;
  }

  /** Examples that are no pictures, as a table: what was told, and the cells of a row. */
  tabulate(label) {
    const { page, panel } = this;
    const { found } = panel;
    const named = [...new Set(page.rows.flatMap(({ cells }) => Object.keys(cells ?? {})))];
    const values = found.kind === "values";
    const heads = [t("Example"), t("True"), t("Predicted"), values ? t("Off by") : t("Sure"), ...named];
    const rows = page.rows.map((row, at) => {
      const open = el("button", { type: "button", class: "quiet", "data-index": row.index, text: count(row.index), "aria-label": spoken(row, found), onclick: () => panel.open(this, at) });
      const [true_, told] = [row.true, row.told].map((one) => panel.named(one));
      const sure = values ? panel.named(row.error) : percent(row.share);
      return el("tr", {}, el("th", { scope: "row" }, open), ...[true_, told, sure, ...named.map((name) => row.cells?.[name] ?? "")].map((text) => el("td", { text })));
    });
    const head = el("thead", {}, el("tr", {}, ...heads.map((text) => el("th", { scope: "col", text }))));
    mark(this.table, "aria-label", label);
    this.table.replaceChildren(el("table", { class: "rows" }, head, el("tbody", {}, ...rows)));
  }

  leave() {
    this.control.abort();
  }
}
