/** What is going to be tried: which settings, how many variants, how long each. */

import { arrange, el, mark, write } from "../dom.js";
import { Field } from "../field.js";
import { freshId } from "../outbox.js";
import { recall, remember } from "../remember.js";
import { count, seconds, t } from "../words.js";
import { Axis } from "./axis.js";
import { blank, changed, isRange, kept, planned, recalled, size, turned } from "./draft.js";
import { Lines } from "./lines.js";
import { Picker } from "./picker.js";
import { grid, scattered } from "./scales.js";
import { Gone, Menu } from "./studies.js";
import { told } from "./told.js";

const MOST = 200; // variants, as the server has it
const BUDGETS = [5, 10, 30, 60, 120, 480, 1440]; // minutes

export class Plan {
  constructor(bench) {
    this.bench = bench;
    this.menu = new Menu(bench);
    this.gone = new Gone(bench);
    this.cards = new Map();
    this.group = null; // the id of the brick whose settings are offered
    const about = t("Choose what may be different. Each variant is trained in turn, and a picture shows which values did best.");
    this.about = el("p", { class: "about", text: about });
    const head = el("header", { class: "variants-head" }, el("h2", { text: t("Try variants") }), el("span", { class: "spring" }), this.menu.element);
    this.tips = el("div", { class: "tips" });
    this.axes = el("ul", { class: "axis-cards", "aria-label": t("What is varied") });
    this.picker = new Picker((key) => this.turn(key), () => this.bench.drawStand());
    this.lines = new Lines({ high: () => 210 });
    this.example = el("figcaption", { text: t("An example: a line for each variant, through its values to what it reached; the best one is strong.") });
    this.preview = el("figure", { class: "preview" }, this.lines.element, this.example);
    this.element = el("section", { class: "plan", "aria-label": t("Try variants") }, head, this.about, this.gone.element, this.tips, this.axes, this.picker.element, this.how(), this.preview, this.bar());
  }

  how() {
    const ways = [["grid", t("Every combination"), t("Each value with each value of the others.")], ["search", t("Search"), t("Each variant is chosen by what the ones before it reached.")]];
    this.ways = ways.map(([method, title, about]) => {
      const radio = el("input", { type: "radio", name: "method", value: method, onchange: () => this.set({ method }) });
      return el("label", { class: "way", "data-method": method }, radio, el("span", {}, el("b", { text: title }), el("small", { text: about })));
    });
    const field = (name, title, news) => new Field({ name, title, kind: "whole", help: "", ...news }, (value) => this.set({ [name]: value }));
    this.fields = {
      trials: field("trials", t("Variants"), { least: 1, most: MOST }),
      epochs: field("epochs", t("Epochs each"), { least: 1, most: 1000 }),
    };
    this.minutes = el("select", { id: "minutes", onchange: () => this.set({ minutes: Number(this.minutes.value) || null }) });
    this.minutes.append(el("option", { value: "", text: t("no limit") }), ...BUDGETS.map((one) => el("option", { value: one, text: seconds(60 * one) })));
    const budget = el("div", { class: "field" }, el("div", { class: "field-head" }, el("label", { for: "minutes", text: t("At most") })), el("div", { class: "select" }, this.minutes));
    this.prune = el("input", { type: "checkbox", role: "switch", id: "prune", onchange: () => this.set({ prune: this.prune.checked }) });
    const prune = el("label", { class: "prune", for: "prune" }, el("span", { class: "switch" }, this.prune), el("span", {}, el("b", { text: t("Stop hopeless ones early") }), el("small", { text: t("Those that lag behind others after the same number of epochs.") })));
    const ways2 = el("div", { class: "ways-row", role: "radiogroup", "aria-label": t("How variants are chosen") }, ...this.ways);
    const fields = el("div", { class: "budget" }, ...Object.values(this.fields).map(({ element }) => element), budget, prune);
    this.options = el("div", { class: "how" }, ways2, fields);
    return this.options;
  }

  bar() {
    this.sum = el("p", { class: "sum", role: "status" });
    this.try = el("button", { type: "button", class: "go", "data-act": "try", text: t("Try them") });
    this.try.addEventListener("click", () => this.ask());
    return el("div", { class: "go-bar" }, this.sum, this.try);
  }

  get data() {
    return this.bench.data.plan;
  }

  /** Offers with what is shared among those of one kind. */
  get offers() {
    if (this.known !== this.data.offers) {
      this.known = this.data.offers;
      this.full = this.known.map((offer) => ({ ...this.data.params[offer.param], ...offer }));
      this.byKey = new Map(this.full.map((offer) => [offer.key, offer]));
    }
    return this.full;
  }

  settle() {
    const name = `variants-${this.bench.data.project}`;
    const { epochs } = this.data;
    if (this.name !== name) {
      this.name = name;
      this.draft = recalled(recall(name), epochs) ?? blank(epochs);
      this.draft = kept(this.draft, this.offers);
      if (this.draft.axes.length) queueMicrotask(() => this.send());
    }
    this.draft = kept(this.draft, this.offers);
  }

  set(news) {
    this.change({ ...this.draft, ...news });
  }

  turn(key) {
    this.change(turned(this.draft, this.byKey.get(key)));
  }

  change(draft) {
    this.draft = draft;
    this.key = null;
    remember(this.name, JSON.stringify(draft));
    this.send();
  }

  /** The server says how much that would be. */
  send() {
    if (!this.sound) return this.bench.draw();
    return this.bench.act({ op: "plan_variants", plan: planned(this.draft, this.offers) });
  }

  /** Whether there is a plan at all. */
  get sound() {
    const { draft } = this;
    return draft.axes.length > 0 && draft.axes.every((axis) => isRange(draft, axis) || axis.values.length);
  }

  ask() {
    if (this.hindered) return;
    this.key ??= freshId(20); // a second click asks for the same
    this.bench.act({ op: "ask_variants", plan: planned(this.draft, this.offers), key: this.key });
  }

  picked(id) {
    this.picker.open(id);
    this.bench.draw();
  }

  draw() {
    const { draft } = this;
    this.menu.show();
    this.gone.show(this.bench.data);
    this.drawAxes();
    this.drawTips();
    this.picker.show(this.offers, draft.axes.map(({ key }) => key));
    mark(this.about, "hidden", draft.axes.length > 0);
    mark(this.options, "hidden", !draft.axes.length);
    for (const way of this.ways) {
      const here = way.dataset.method === draft.method;
      way.querySelector("input").checked = here;
      mark(way, "data-chosen", here);
    }
    for (const [name, field] of Object.entries(this.fields)) field.show(draft[name]);
    mark(this.fields.trials.element, "hidden", draft.method !== "search");
    this.minutes.value = draft.minutes ?? "";
    this.prune.checked = draft.prune;
    this.drawPreview();
    this.drawBar();
  }

  drawAxes() {
    const before = this.cards;
    this.cards = new Map();
    for (const axis of this.draft.axes) {
      const { key } = axis;
      const card = before.get(key) ?? new Axis(this.byKey.get(key), (news) => this.change(changed(this.draft, key, news)), () => this.turn(key));
      this.cards.set(key, card);
      card.show(this.draft, axis);
    }
    mark(this.axes, "hidden", !this.cards.size);
    arrange(this.axes, [...this.cards.values()].map(({ element }) => element));
  }

  /** To begin with: what is most often worth varying. */
  drawTips() {
    const shown = this.draft.axes.length ? [] : this.data.tips;
    mark(this.tips, "hidden", !shown.length);
    const key = shown.join();
    if (key === this.tipped) return;
    this.tipped = key;
    this.tips.replaceChildren(...shown.map((one) => this.tip(this.byKey.get(one))));
  }

  tip(offer) {
    const asked = { units: t("How wide?"), filters: t("How many filters?"), rate: t("How much dropout?"), learning_rate: t("How large the steps?"), optimizer: t("Which optimizer?") };
    const values = offer.values.map((value) => told(value, offer)).join(" · ");
    const button = el("button", { type: "button", class: "card tip", "data-tip": offer.key }, el("span", { class: "words" }, el("b", { text: asked[offer.name] ?? offer.title }), el("small", { text: `${offer.group} · ${offer.title}` }), el("span", { class: "tip-values", text: values })));
    button.addEventListener("click", () => this.turn(offer.key));
    return button;
  }

  /** What the picture will be: every way through the values. */
  drawPreview() {
    const axes = this.pictured();
    const begun = axes.length > 0;
    mark(this.preview, "data-example", !begun);
    mark(this.example, "hidden", begun);
    const shown = begun ? axes : this.data.tips.map((key) => this.byKey.get(key));
    mark(this.preview, "hidden", !shown.length);
    if (!shown.length) return;
    const ways = this.draft.method === "grid" && begun ? grid(shown, MOST) : scattered(shown, begun ? size(this.draft) : 16);
    const rows = ways.map((chosen, n) => ({ number: n + 1, chosen, value: begun ? null : ((n * 7) % 16) / 16, state: begun ? "planned" : "done" }));
    const goal = { group: t("Validation"), title: begun ? t("What is reached") : t("Accuracy"), rises: true, bare: !begun };
    this.lines.show({ axes: shown, rows, goal, best: begun ? null : rows.find(({ value }) => value === 15 / 16)?.number, shown: null });
  }

  pictured() {
    const { draft } = this;
    return draft.axes.map((axis) => ({ ...this.byKey.get(axis.key), ...axis, values: isRange(draft, axis) ? null : axis.values }))
      .filter(({ values }) => !values || values.length);
  }

  get hindered() {
    const { hindrance, refused } = this.data;
    if (hindrance) return hindrance;
    if (!this.draft.axes.length) return t("Choose what to vary: a card, a setting, or a brick of the tower.");
    if (!this.sound) return t("Each setting needs a value at least.");
    const number = size(this.draft);
    if (number > MOST) return t("These are {count} variants, at most {most} can be tried: take fewer values, or search.", { count: count(number), most: MOST });
    const { going } = this.bench.data;
    if (going) return t("Variants of {name} are being tried: wait for their end, or stop them.", { name: going });
    return refused;
  }

  drawBar() {
    const wrong = this.hindered;
    const asking = this.bench.outbox.ops.some(({ op }) => op === "ask_variants");
    mark(this.try, "disabled", Boolean(wrong) || asking);
    mark(this.try, "aria-busy", asking ? "true" : null);
    mark(this.sum, "data-wrong", Boolean(wrong && (this.draft.axes.length || this.data.hindrance)));
    if (wrong) return write(this.sum, wrong);
    const number = size(this.draft);
    const { epochs } = this.draft;
    const { outlook } = this.data;
    const many = number === 1 ? t("1 variant") : t("{count} variants", { count: count(number) });
    const long = epochs === 1 ? t("1 epoch each") : t("{count} epochs each", { count: count(epochs) });
    const fresh = outlook.count === number;
    const time = fresh && outlook.seconds ? t("about {time}", { time: seconds(outlook.seconds) }) : null;
    const off = fresh && outlook.misfits ? t("{count} of them do not hold and are passed over", { count: outlook.misfits }) : null;
    return write(this.sum, [many, long, time, off].filter(Boolean).join(" · "));
  }

  stand() {
    const { draft } = this;
    const pills = draft.axes.map((axis) => {
      const offer = this.byKey.get(axis.key);
      const values = isRange(draft, axis) ? `${told(axis.low)} – ${told(axis.high)}` : axis.values.map((value) => told(value, offer)).join(" · ");
      return { id: offer.brick, title: offer.title, text: values || "–" };
    });
    return { stages: this.data.tower, pills, offered: new Set(this.offers.map(({ brick }) => brick).filter(Boolean)), picked: this.picker.group, caption: "" };
  }

  leave() {
    this.lines.leave();
    for (const field of Object.values(this.fields)) field.leave();
  }
}
