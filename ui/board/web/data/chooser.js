/** All that a tower can stand on: where own data are dropped, and cards to choose. */

import { el, mark, write } from "../dom.js";
import { likeness } from "../likeness.js";
import { count, shape, t } from "../words.js";
import { bringing } from "./bringing.js";
import { Drop } from "./drop.js";
import { many, Panel, pictured } from "./panel.js";

export class Chooser extends Panel {
  constructor(parent) {
    super(parent);
    this.unwatch = bringing.watch(() => this.changed());
  }

  build() {
    this.drop = new Drop(this);
    this.gone = el("p", { class: "data-note", role: "note" });
    this.own = section(t("Your data"));
    this.ready = section(t("Ready-made data"));
    return [this.gone, this.drop.element, this.own.element, this.ready.element];
  }

  draw() {
    const { into, sets, ready, gone } = this.data;
    mark(this.root, "data-slim", Boolean(into));
    mark(this.gone, "hidden", gone == null || Boolean(into));
    write(this.gone, gone == null ? "" : t("This tower was built for the data “{name}”, which are not here. Bring the same pictures again, and it knows them.", { name: gone }));
    this.drop.draw();
    this.fill(this.own, sets.map((set) => this.ownCard(set)), sets);
    this.fill(this.ready, ready.map((one) => this.readyCard(one)), ready);
    this.changed();
  }

  /** Only where something differs: pictures shall not flicker. */
  fill(part, cards, from) {
    const key = JSON.stringify([this.lang, from]);
    if (part.key !== key) part.list.replaceChildren(...cards);
    part.key = key;
    mark(part.element, "hidden", !cards.length);
  }

  /** News of what is being brought. */
  changed() {
    if (!this.data || this.left) return;
    this.drop.draw();
    const { state, project, dataset, name } = bringing;
    if (state !== "done" || !dataset || project !== this.data.project) return;
    bringing.reset();
    this.drop.draw();
    this.say(t("{name} is ready.", { name: name || t("Your data") }));
    this.act({ op: "put_on", dataset });
  }

  ownCard({ id, title, kind, count: items, columns, classes, more, thumbs, here }) {
    const pictures = el("span", { class: "fan", "aria-hidden": "true" });
    pictures.append(...thumbs.map((digest) => el("img", { src: pictured(id, digest), alt: "", loading: "lazy" })));
    if (kind === "table") pictures.append(grid());
    const names = more ? t("{names} and {count} more", { names: classes.join(", "), count: more }) : classes.join(", ");
    const size = kind === "table" ? t("{rows} rows, {columns} columns", { rows: count(items), columns })
      : many(items);
    const words = el("span", { class: "words" }, el("b", { text: title }), el("span", { text: names }), el("small", { text: size }));
    const press = () => this.choose({ op: "put_on", dataset: id }, title);
    return this.card({ "data-set": id }, press, here, pictures, words);
  }

  readyCard({ kind, about, shape: sizes, classes, missing, here }) {
    const picture = el("span", { class: "likeness", "aria-hidden": "true" }, likeness([{ kind, gives: sizes }], this.kinds));
    const facts = [shape(sizes).replaceAll(" ", "\u00a0")];
    if (classes) facts.push(t("{count} classes", { count: classes }));
    const words = el("span", { class: "words" }, el("b", { text: this.kinds[kind]?.title ?? kind }), el("span", { text: about }));
    words.append(el("small", { text: facts.join(" · ") }));
    if (missing) words.append(el("small", { class: "missing", text: t("Not on this server") }));
    const press = () => this.choose({ op: "data", kind }, kind);
    const card = this.card({ "data-ready-kind": kind }, press, here, picture, words);
    if (missing) card.title = missing;
    return card;
  }

  card(traits, press, here, ...children) {
    const card = el("button", { type: "button", class: "card data-card", "aria-pressed": String(here), ...traits }, ...children);
    if (here) card.append(el("span", { class: "here", text: t("Under the tower") }));
    card.addEventListener("click", press);
    return card;
  }

  choose(op, title) {
    this.act(op);
    this.say(t("The tower stands on {data} now.", { data: title }));
  }

  leave() {
    this.unwatch();
    super.leave();
  }
}

function section(title) {
  const list = el("div", { class: "data-cards-grid" });
  return { list, element: el("section", { class: "data-section", "aria-label": title }, el("h2", { text: title }), list) };
}

/** A little table, for data without pictures. */
function grid() {
  const cells = Array.from({ length: 12 }, () => el("i"));
  return el("span", { class: "cells" }, ...cells);
}
