/** Heatmaps: what in the picture spoke for the answer, by four methods side by side. */

import { el, mark, write } from "../dom.js";
import { Newest, tile } from "../looking.js";
import { recall, remember } from "../remember.js";
import { figure, percent, t } from "../words.js";
import { SCALE, paint } from "./palette.js";
import { Finder } from "./finder.js";

const MANY = 20; // classes, from which the likeliest stand first

/** A method's map: a small one to choose it by, and what the large one is made of. */
class Card {
  constructor(view, method) {
    Object.assign(this, { view, method });
    this.question = new Newest();
    this.canvas = el("canvas", { class: "heat-layer", "aria-hidden": "true" });
    this.ground = el("span", { class: "heat-ground" });
    this.bar = el("span", { class: "heat-bar" }, el("i"));
    this.said = el("small", { class: "heat-said" });
    const words = el("span", { class: "words" }, el("b", { text: method.title }), el("small", { text: method.source }), el("span", { class: "says", text: method.says }), this.said);
    this.element = el("button", { type: "button", class: "heat-card", onclick: () => view.choose(method.name) }, el("span", { class: "heat-stack" }, this.ground, this.canvas, this.bar), words);
  }

  async look(ask) {
    this.found = null;
    this.failed = null;
    mark(this.element, "aria-busy", "true");
    const answer = await this.question.look({ ...ask, method: this.method.name }, { body: this.view.panel.picture, told: (part) => part.heat && this.take(part) });
    if (!answer) return;
    mark(this.element, "aria-busy", null);
    this.failed = answer.state === "failed" ? answer.said : null;
    write(this.said, this.failed ?? "");
    mark(this.element, "data-failed", Boolean(this.failed));
    if (answer.classes) this.view.classes(answer.classes);
    if (!this.failed) await this.take(answer);
    else this.view.yields(this.method.name);
    if (this.view.card.failed) this.view.drawLarge(); // what there is instead may be there now
  }

  async take(part) {
    this.found = part;
    if (part.classes && this.view.wanted != null) this.view.classes(part.classes);
    this.bar.firstElementChild.style.width = `${100 * part.share}%`;
    mark(this.bar, "hidden", part.share >= 1);
    if (part.seen) this.ground.replaceChildren(tile(part.seen, 0));
    await paint(this.canvas, part.heat);
    if (this.view.method === this.method.name) await this.view.drawLarge();
  }
}

export class Heat {
  constructor(panel) {
    this.panel = panel;
    this.method = recall("inside-method") ?? "grad_cam";
    const methods = panel.data.methods;
    this.cards = methods.map((method) => new Card(this, method));
    if (!methods.some(({ name }) => name === this.method)) this.method = methods[0].name;
    this.target = el("select", { "aria-label": t("What speaks for"), onchange: () => this.draw(true) });
    this.canvas = el("canvas", { class: "heat-layer" });
    this.ground = el("span", { class: "heat-ground" });
    this.large = el("div", { class: "heat-stack heat-large", role: "img" }, this.ground, this.canvas);
    const how = Number(recall("inside-heat") ?? 65);
    this.slider = el("input", { type: "range", min: 0, max: 100, value: how, "aria-label": t("How strongly the heat lies over the picture") });
    this.slider.addEventListener("input", () => this.lay());
    this.scale = el("span", { class: "heat-scale", "aria-hidden": "true" });
    this.scale.style.background = SCALE;
    this.title = el("h2");
    this.finder = new Finder(panel, { of: "maps", whole: false });
    this.facts = el("p", { class: "facts-line" });
    this.failed = el("div", { class: "heat-failed", role: "status", hidden: true });
    this.slide = el("label", { class: "heat-slide" }, el("span", { text: t("Picture") }), this.slider, el("span", { text: t("Heat") }));
    this.legend = el("p", { class: "heat-legend" }, el("small", { text: t("says little") }), this.scale, el("small", { text: t("speaks for it") }));
    const stage = el("div", { class: "heat-stage" }, this.title, el("label", { class: "heat-target" }, el("span", { text: t("What speaks for") }), el("span", { class: "select" }, this.target)), this.finder.element, this.failed, this.large, this.slide, this.legend, this.facts);
    this.element = el("div", { class: "heat" }, stage, el("div", { class: "heat-cards", role: "group", "aria-label": t("Method") }, ...this.cards.map((card) => card.element)));
    this.lay();
  }

  lay() {
    this.element.style.setProperty("--heat", String(this.slider.value / 100));
    remember("inside-heat", this.slider.value);
  }

  /** A method that can't be leaves the large picture to one that can, unless it was meant. */
  yields(name) {
    const other = this.cards.find(({ method, failed }) => !method.at_layer && !failed);
    if (name !== this.method || this.meant || !other) return;
    this.method = other.method.name;
    this.draw();
    this.drawLarge();
  }

  /** Have the heat of this class, by its number, instead of that of the answer. */
  want(number) {
    this.wanted = String(number);
    this.target.value = this.wanted; // where the classes are known already
    if (this.target.value === this.wanted) this.wanted = null;
  }

  choose(name) {
    this.method = name;
    this.meant = true;
    remember("inside-method", name);
    this.draw();
    this.drawLarge();
  }

  /** The classes that one can ask about: the answer itself, where they are many the likeliest, then all. */
  classes(names) {
    const told = names.length > MANY ? (this.panel.looked?.answer.told ?? []) : [];
    const key = JSON.stringify([names, told.map(([n]) => n)]);
    if (this.target.key === key) return;
    this.target.key = key;
    const before = this.wanted ?? this.target.value;
    this.wanted = null;
    const all = names.map((name, n) => [n, name]);
    if (told.length) all.sort(([, a], [, b]) => a.localeCompare(b)); // who looks for one knows its name
    const first = [el("option", { value: "", text: t("the answer itself") })];
    const groups = told.length ? [group(t("The likeliest"), told), group(t("All classes"), all)] : all.map(option);
    this.target.replaceChildren(...first, ...groups);
    this.target.value = names[before] == null ? "" : before;
  }

  /** The layer that was chosen in a base, where it gives maps. */
  get inner() {
    const { state, looked } = this.panel;
    const inner = this.panel.innerOf(state.brick);
    return looked.bases?.[state.brick]?.maps.includes(inner) ? inner : null;
  }

  /** The brick whose maps are looked at, where the chosen one gives maps. */
  get brick() {
    const { state, looked } = this.panel;
    const gave = looked.bricks.find(({ brick }) => brick === state.brick);
    const within = this.inner != null;
    return (gave?.kind === "maps" || within) && state.heat ? gave : null;
  }

  draw() {
    for (const card of this.cards) mark(card.element, "aria-pressed", String(card.method.name === this.method));
    const chosen = this.wanted ?? this.target.value;
    const target = chosen ? Number(chosen) : null;
    const brick = this.brick;
    const { run, which } = this.panel.data.looking;
    const ask = this.panel.ask("heat", { target, run, which });
    const key = JSON.stringify([ask, this.panel.turn]);
    const layer = brick ? { brick: brick.brick, time: this.panel.yard.timeOf(brick.brick), inner: this.inner } : {};
    const first = [...this.cards].sort((a, b) => (b.method.name === this.method) - (a.method.name === this.method));
    for (const card of first) {
      const mine = card.method.at_layer ? `${key} ${JSON.stringify(layer)}` : key;
      if (card.key === mine) continue;
      card.key = mine;
      card.look({ ...ask, ...(card.method.at_layer ? layer : {}) });
    }
  }

  get card() {
    return this.cards.find(({ method }) => method.name === this.method);
  }

  async drawLarge() {
    const { card, panel } = this;
    write(this.title, card.method.title);
    mark(this.failed, "hidden", !card.failed);
    for (const part of [this.large, this.slide, this.legend]) mark(part, "hidden", Boolean(card.failed));
    if (card.failed) return this.drawFailed(card);
    const { found } = card;
    if (!found) return;
    if (found.seen) this.ground.replaceChildren(tile(found.seen, 0));
    const points = card.method.name === "integrated_gradients";
    mark(this.large, "data-points", points);
    await paint(this.canvas, found.heat);
    const name = this.target.value ? this.target.selectedOptions[0].text : (panel.looked.answer.told?.[0][1] ?? t("the answer"));
    mark(this.large, "aria-label", t("{method}: what speaks for {name}", { method: card.method.title, name }));
    const parts = [t("Score of {name}: {score}", { name, score: figure(found.score, false, 3) })];
    if (found.brick) parts.push(t("seen at {brick}", { brick: panel.nameOf(found.brick, found.inner) }));
    if (found.share < 1) parts.push(percent(found.share, 0));
    write(this.facts, parts.join(" · "));
    this.panel.yard.at(found.brick ?? null, found.inner ?? null);
    this.finder.draw(found.brick ?? null, found.inner ?? null);
  }

  /** Why there is none, and what there is instead. */
  drawFailed(card) {
    write(this.facts, "");
    const others = this.cards.filter(({ failed, found }) => !failed && found);
    const buttons = others.map(({ method }) => el("button", { type: "button", class: "quiet", text: method.title, onclick: () => this.choose(method.name) }));
    const maps = el("button", { type: "button", class: "quiet", text: t("Feature maps"), onclick: () => this.panel.open("maps") });
    this.failed.replaceChildren(el("p", { text: card.failed }), el("p", { class: "failed-acts" }, ...buttons, maps));
    this.panel.yard.at(null);
  }

  /** Nobody looks at heatmaps just now: what is not done begins again when somebody does. */
  rest() {
    for (const card of this.cards.filter(({ element }) => element.hasAttribute("aria-busy"))) {
      card.question.drop();
      card.key = null;
    }
  }

  forget() {
    this.meant = false;
    for (const card of this.cards) {
      card.question.drop();
      card.key = null;
      card.failed = null;
    }
  }
}

const option = ([n, name]) => el("option", { value: String(n), text: name });

const group = (label, classes) => el("optgroup", { label }, ...classes.map(option));
