/** One example large: what it is, what the tower told, and what can be done with it. */

import { Dialog } from "../dialog.js";
import { el, icon, iconButton, mark, write } from "../dom.js";
import { tile } from "../looking.js";
import { count, figure, percent, t } from "../words.js";
import { spoken } from "./choices.js";

export class Example {
  constructor(panel) {
    this.panel = panel;
    this.dialog = new Dialog(panel, t("Example"), "example");
    this.title = this.dialog.head.querySelector("h2");
    this.picture = el("div", { class: "stage" });
    this.facts = el("dl", { class: "facts-of-one" });
    this.bars = el("ol", { class: "shares" });
    this.before = iconButton("left", t("The example before"), () => this.step(-1), { class: "tool turn" });
    this.after = iconButton("left", t("The next example"), () => this.step(1), { class: "tool turn forward" });
    const right = el("div", { class: "told-of-one" }, this.facts, this.bars);
    this.deeds = el("div", { class: "deeds-of-one" }, this.deed("inside", "search", t("Look inside"), () => this.inside()), this.deed("alike", "several", t("More like this"), () => this.alike()));
    this.label = el("div", { class: "label-of-one" });
    this.dialog.body.append(el("div", { class: "one" }, this.before, this.picture, right, this.after), this.deeds, this.label);
    this.dialog.element.addEventListener("keydown", (event) => this.key(event));
    this.dialog.element.addEventListener("close", () => this.control?.abort());
  }

  deed(name, sign, text, press) {
    return el("button", { type: "button", class: "quiet", "data-act": name, onclick: press }, icon(sign), el("span", { text }));
  }

  /** @param {Object} tray whose page it is of  @param {number} at its place on that */
  show(tray, at) {
    Object.assign(this, { tray, at });
    this.dialog.show();
    this.draw();
  }

  get row() {
    return this.tray.page.rows[this.at];
  }

  step(by) {
    const rows = this.tray.page.rows.length;
    this.at = (this.at + by + rows) % rows;
    this.draw();
  }

  key(event) {
    if (event.target.matches("select, input")) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    this.step(step);
    event.preventDefault();
    event.stopPropagation();
  }

  draw() {
    if (!this.dialog.open) return;
    const { panel, row } = this;
    write(this.title, t("Example {number} of the test", { number: count(row.index) }));
    mark(this.dialog.element, "aria-label", spoken(row, panel.found));
    for (const button of [this.before, this.after]) mark(button, "hidden", this.tray.page.rows.length < 2);
    this.drawPicture();
    this.drawTold();
    mark(this.deeds.querySelector("[data-act=alike]"), "hidden", !panel.found.whole);
    this.drawLabel();
  }

  async drawPicture() {
    const { panel, row } = this;
    mark(this.picture, "hidden", !panel.shots.has(row.index));
    if (!panel.shots.has(row.index)) return;
    if (this.drawn === row.index) return;
    this.drawn = row.index;
    this.picture.replaceChildren(panel.shots.tile(row.index));
    this.control?.abort();
    const { signal } = (this.control = new AbortController());
    try {
      const { sprite, at } = await panel.shots.enlarge(panel.chosen, row.index, panel.back, signal);
      if (!signal.aborted) this.picture.replaceChildren(tile(sprite, at, { label: spoken(row, panel.found) }));
    } catch (problem) {
      if (!signal.aborted) console.warn(problem);
    }
  }

  drawTold() {
    const { panel, row } = this;
    const { kind, classes } = panel.found;
    const facts = kind === "rebuilt"
      ? [[t("Mean squared error"), figure(row.error)]]
      : [[t("True"), panel.named(row.true)], [t("Predicted"), panel.named(row.told)], ...(kind === "values" ? [[t("Off by"), figure(row.error, false, 3)]] : [])];
    this.facts.replaceChildren(...[...facts, ...Object.entries(row.cells ?? {})].flatMap(([name, value]) => [el("dt", { text: name }), el("dd", { text: value })]));
    const shares = row.shares ?? (row.share == null ? [] : [[row.told, row.share]]);
    const rest = shares.length < (classes?.length ?? 0) ? el("li", { class: "rest", text: t("All other classes have less.") }) : null;
    this.bars.replaceChildren(...shares.map(([number, share]) => this.bar(number, share, row)), ...(rest ? [rest] : []));
    mark(this.bars, "aria-label", t("Probabilities"));
    mark(this.bars, "hidden", !shares.length);
  }

  bar(number, share, row) {
    const fill = el("i");
    fill.style.width = `${100 * share}%`;
    const sign = number === row.true ? el("small", { text: t("true") }) : null;
    return el("li", { "data-true": number === row.true, "data-told": number === row.told }, el("span", { class: "share-name" }, el("span", { text: this.panel.named(number) }), sign), el("span", { class: "meter", "aria-hidden": "true" }, fill), el("b", { text: percent(share) }));
  }

  /** The label of an own picture can be put right: as on the sheet in Data. */
  drawLabel() {
    const { panel, row } = this;
    const { labels } = panel;
    const names = labels?.names ?? [];
    mark(this.label, "hidden", !row.key || !names.length);
    if (this.label.hidden || !row.key) return;
    const fixed = labels.changes.get(row.key);
    const now = fixed === undefined ? panel.named(row.true) : fixed;
    const field = el("select", { "aria-label": t("Fix the label"), "data-act": "fix" }, el("option", { value: "", text: t("Fix the label …") }), ...names.filter((name) => name !== now).map((name) => el("option", { value: name, text: name })));
    field.addEventListener("change", () => field.value && this.fix({ op: "move_pictures", name: field.value }, t("It is {name} now. Train again to learn from it.", { name: field.value })));
    const out = el("button", { type: "button", class: "quiet", "data-act": "leave-out", text: t("Leave out") });
    out.addEventListener("click", () => this.fix({ op: "move_pictures", name: "" }, t("It is left out from now on.")));
    const back = el("button", { type: "button", class: "quiet", "data-act": "put-back", text: t("As found"), hidden: fixed === undefined });
    back.addEventListener("click", () => this.fix({ op: "put_back" }, t("It is as it was found.")));
    const said = el("p", { class: "label-said", role: "status", text: fixed === undefined ? "" : fixed ? t("It is {name} now. Train again to learn from it.", { name: fixed }) : t("It is left out from now on.") });
    this.label.replaceChildren(field, out, back, said);
  }

  fix(op, said) {
    const { panel, row } = this;
    panel.act({ dataset: panel.data.own.dataset, keys: [row.key], ...op });
    panel.say(said);
    this.drawLabel();
    this.label.querySelector("select").focus();
  }

  inside() {
    const { panel, row } = this;
    this.dialog.close();
    panel.act({ op: "look_inside", ...panel.chosen, given: { test: row.index } });
  }

  alike() {
    const { index } = this.row;
    this.dialog.close();
    this.tray.choose({ of: "alike", with: [index] });
    const { element } = this.tray;
    element.focus({ preventScroll: true });
    const { top } = element.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) element.scrollIntoView({ block: "start" });
  }

  leave() {
    this.control?.abort();
    this.dialog.leave();
  }
}
