/** One setting that is varied: its values as chips, or the range they come from. */

import { el, icon, iconButton, mark, relabel } from "../dom.js";
import { same } from "../settings.js";
import { t } from "../words.js";
import { canRange, isRange, toggled } from "./draft.js";
import { limits, readable, told, typed } from "./told.js";

const MOST_SHOWN = 8; // choices; of more the others are in a menu

export class Axis {
  /**
   * @param {Object} offer what can be varied
   * @param {(news: Object) => void} change of this axis
   * @param {() => void} drop
   */
  constructor(offer, change, drop) {
    Object.assign(this, { offer, change });
    this.name = `${offer.group} · ${offer.title}`;
    const title = el("div", { class: "axis-name" }, el("small", { text: offer.group }), el("b", { text: offer.title }));
    mark(title, "title", offer.help);
    this.values = el("div", { class: "chip-row", role: "group", "aria-label": t("Values of {setting}", { setting: this.name }) });
    this.range = el("div", { class: "range-row" });
    this.wrong = el("p", { class: "error", role: "alert", hidden: true });
    this.ways = el("div", { class: "scopes", role: "group", "aria-label": t("Values or a range") });
    this.middle = el("div", { class: "axis-middle" }, this.values, this.range, this.wrong);
    this.away = iconButton("close", t("Do not vary {setting}", { setting: this.name }), drop, { "data-act": "drop-axis" });
    this.element = el("li", { class: "axis-card", "data-key": offer.key }, title, this.middle, this.ways, this.away);
    this.build();
  }

  build() {
    const { offer } = this;
    this.chips = new Map();
    this.listed = !readable(offer);
    if (this.listed) this.buildMenu();
    else this.buildTyped();
    if (!canRange(offer)) return;
    this.low = this.bound("low", t("From"));
    this.high = this.bound("high", t("To"));
    this.log = el("button", { type: "button", class: "chip-toggle", "data-act": "log", text: t("by factors"), title: t("Logarithmic: as many tries between 0.001 and 0.01 as between 0.01 and 0.1."), onclick: () => this.change({ log: !this.axis.log }) });
    this.range.append(el("label", {}, t("From"), this.low), el("label", {}, t("To"), this.high), this.log);
    this.buttons = [[false, t("Values")], [true, t("Range")]].map(([ranged, text]) => {
      const press = () => this.change({ ranged });
      return el("button", { type: "button", class: "scope", "data-ranged": String(ranged), text, onclick: press });
    });
    this.ways.append(...this.buttons);
  }

  /** Values that are chosen, not typed: most of them as chips, the others in a menu. */
  buildMenu() {
    const { choices, kind, values } = this.offer;
    this.choices = choices ?? (kind === "flag" ? [false, true] : values);
    if (this.choices.length <= MOST_SHOWN) return;
    this.menu = el("select", { "aria-label": t("Another value of {setting}", { setting: this.name }) });
    this.menu.addEventListener("change", () => this.change({ values: this.turned(this.choices[Number(this.menu.value)]) }));
    this.more = el("div", { class: "select" }, this.menu);
  }

  /** Those of the list that have a chip of their own. */
  shown(values) {
    if (!this.menu) return this.choices;
    const first = [...this.offer.values, ...values, this.offer.now];
    const shown = this.choices.filter((one) => first.some((other) => same(one, other)));
    const rest = this.choices.map((one, n) => [one, n]).filter(([one]) => !shown.includes(one));
    const options = rest.map(([one, n]) => el("option", { value: n, text: told(one, this.offer) }));
    this.menu.replaceChildren(el("option", { value: "", text: t("+ another") }), ...options);
    mark(this.more, "hidden", !rest.length);
    return shown;
  }

  buildTyped() {
    const label = t("Another value of {setting}", { setting: this.name });
    this.more = el("input", { type: "text", class: "chip-more", autocomplete: "off", placeholder: t("+ value"), "aria-label": label });
    this.more.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.add();
      if (event.key === "Escape") this.more.value = "";
      event.stopPropagation();
    });
    this.more.addEventListener("change", () => this.add());
  }

  add() {
    const texts = this.more.value.split(/[,;]\s*|\s+/).filter(Boolean);
    const values = texts.map((text) => typed(text, this.offer));
    if (!texts.length) return;
    if (values.includes(undefined)) return this.complain(limits(this.offer));
    this.complain("");
    this.more.value = "";
    const news = values.filter((value) => !this.axis.values.some((one) => same(one, value)));
    this.change({ values: news.reduce(toggled, this.axis.values) });
  }

  bound(name, label) {
    const input = el("input", { type: "text", class: "short", inputmode: "decimal", autocomplete: "off", "aria-label": `${this.name}: ${label}` });
    input.addEventListener("keydown", (event) => event.stopPropagation());
    input.addEventListener("change", () => {
      const value = typed(input.value, this.offer);
      const other = this.axis[name === "low" ? "high" : "low"];
      const good = value !== undefined && (name === "low" ? value < other : value > other);
      this.complain(good ? "" : value === undefined ? limits(this.offer) : t("“From” must be smaller than “To”."));
      if (good) this.change({ [name]: value });
    });
    return input;
  }

  complain(sentence) {
    this.wrong.textContent = sentence;
    mark(this.wrong, "hidden", !sentence);
  }

  show(draft, axis) {
    this.axis = axis;
    const range = isRange(draft, axis);
    mark(this.values, "hidden", range);
    mark(this.range, "hidden", !range);
    mark(this.ways, "hidden", draft.method !== "search" || !this.buttons);
    for (const button of this.buttons ?? []) mark(button, "aria-pressed", String(button.dataset.ranged === String(range)));
    if (range) this.showRange(axis);
    else this.showValues(axis);
  }

  showRange({ low, high, log }) {
    const active = this.element.getRootNode().activeElement;
    if (active !== this.low) this.low.value = told(low);
    if (active !== this.high) this.high.value = told(high);
    mark(this.log, "aria-pressed", String(log));
    mark(this.log, "disabled", !(low > 0));
  }

  showValues({ values }) {
    const { listed } = this;
    const all = listed ? this.shown(values) : values;
    const before = this.chips;
    this.chips = new Map();
    for (const value of all) {
      const key = JSON.stringify(value);
      const chip = before.get(key) ?? this.chip(value);
      if (listed) mark(chip, "aria-pressed", String(values.some((one) => same(one, value))));
      this.chips.set(key, chip);
    }
    const held = this.element.getRootNode().activeElement;
    this.values.replaceChildren(...this.chips.values(), ...(this.more ? [this.more] : []));
    if (this.values.contains(held)) held.focus({ preventScroll: true });
  }

  /** A value: one of a list is switched on and off, a typed one can be taken away. */
  chip(value) {
    const { listed } = this;
    const text = told(value, this.offer);
    const now = same(value, this.offer.now);
    const press = () => this.change({ values: this.turned(value) });
    const chip = el("button", { type: "button", class: listed ? "chip-toggle" : "chip-value", "data-value": text, onclick: press }, el("span", { text }));
    mark(chip, "data-now", now);
    if (now) mark(chip, "title", t("What it is now"));
    if (!listed) {
      chip.append(icon("close"));
      relabel(chip, now ? t("Take {value} away; it is what it is now", { value: text }) : t("Take {value} away", { value: text }));
    }
    return chip;
  }

  /** Listed values stay in the list's order. */
  turned(value) {
    const values = toggled(this.axis.values, value);
    return this.listed ? this.choices.filter((one) => values.some((other) => same(one, other))) : values;
  }
}
