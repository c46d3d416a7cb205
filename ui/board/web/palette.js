/** The palette: every kind of brick, by family, found by typing. */

import { add, plant, TRAINED } from "./actions.js";
import { catalogue } from "./catalogue.js";
import { arrange, el, focused, icon, iconButton, mark, write } from "./dom.js";
import { thumb } from "./draw/draw.js";
import { ranked } from "./finding.js";
import { likeness } from "./likeness.js";
import { download, drop, open, trees } from "./own.js";
import { own } from "./draw/own.js";
import { Family } from "./family.js";
import { bytes, short, t } from "./words.js";

const APART = ["data", "label"];
const FOLDED = ["base"]; // many of one sort: they open when they are wanted
const OTHERS = { en: "ko", ko: "en" }; // bricks are found in the other language, too

export class Palette {
  constructor(bench) {
    this.bench = bench;
    this.things = [];
    this.search = this.searchField();
    this.list = el("div", { class: "palette-list" });
    this.none = el("p", { class: "none", hidden: true, role: "status" });
    this.results = el("ul", { class: "results", "aria-label": t("Found"), hidden: true });
    this.mine = this.ownFamily();
    this.sections = bench.families
      .filter((family) => !APART.includes(family.name))
      .map((family) => this.section(family))
      .filter(Boolean);
    this.list.append(this.results, this.mine.element, ...this.sections.map(({ element }) => element));
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.element = el("nav", { class: "palette", "aria-label": t("Bricks") });
    this.element.append(this.search.element, this.shelf(), this.list, this.none);
    this.rove(this.things[0]?.item);
  }

  searchField() {
    const input = el("input", { type: "search", placeholder: t("Find a brick") });
    mark(input, "aria-label", t("Find a brick"));
    mark(input, "autocomplete", "off");
    input.addEventListener("input", () => this.filter());
    input.addEventListener("focus", () => this.learn());
    input.addEventListener("keydown", (event) => this.searchKey(event));
    return { input, element: el("div", { class: "search" }, icon("search"), input) };
  }

  shelf() {
    const button = el("button", { type: "button", class: "quiet shelf-button", "data-act": "recipes" });
    button.append(icon("shelf"), t("Ready towers"));
    button.addEventListener("click", () => this.bench.recipesShelf.show());
    return button;
  }

  section({ name, title }) {
    const kinds = Object.entries(this.bench.kinds).filter(([, kind]) => kind.family === name);
    if (!kinds.length) return null;
    const family = new Family(name, title, FOLDED.includes(name));
    if (FOLDED.includes(name)) family.button.append(el("span", { class: "many", text: String(kinds.length) }));
    for (const [kind, entry] of kinds) {
      const said = entry.weights ? sized(entry.weights) : entry.said;
      const item = kind === TRAINED ? this.item(entry.said, t("an earlier run, or a file"), kindPicture(entry)) : this.item(entry.title, said, kindPicture(entry));
      mark(item, "data-kind", kind);
      mark(item, "title", entry.about);
      item.addEventListener("click", () => add(this.bench, kind));
      const row = el("li", {}, item);
      family.list.append(row);
      const does = [entry.search];
      const about = [entry.about];
      this.things.push({ item, row, family, kind, names: [kind, entry.title, entry.said], does, about, ...{ familyTitle: title } });
    }
    return family;
  }

  item(title, said, picture) {
    const words = [el("b", {}, ...breakable(title))];
    if (said && said !== title) words.push(el("small", { text: said }));
    const item = el("button", { type: "button", class: "item" });
    item.append(picture, el("span", { class: "words" }, ...words));
    item.addEventListener("focus", () => this.rove(item));
    return item;
  }

  /** The person's own bricks, on top. */
  ownFamily() {
    const family = new Family("own", t("Your own bricks"));
    const file = iconButton("open", t("Open bricks from a file"), () => open(this.bench), { "data-act": "open-bricks" });
    family.head.append(file);
    return family;
  }

  draw() {
    this.drawAtHand();
    const pieces = this.bench.data.pieces ?? [];
    const key = JSON.stringify(pieces);
    if (key === this.pieces) return;
    this.pieces = key;
    this.things = this.things.filter(({ piece }) => !piece);
    const rows = pieces.map((piece) => this.pieceRow(piece));
    const none = el("li", { class: "none small", text: t("Choose bricks and save them: they then stand here in every project.") });
    this.mine.list.replaceChildren(...(rows.length ? rows : [none]));
    if (this.search.input.value) this.filter();
  }

  /** Without a network only some bases have their weights: which. */
  drawAtHand() {
    const here = this.bench.data.at_hand ?? null;
    const key = JSON.stringify(here);
    if (key === this.hand) return;
    this.hand = key;
    for (const { item, kind } of this.things.filter(({ kind }) => this.bench.kinds[kind]?.weights)) {
      const said = here && own(here, kind) ? atHand(here[kind]) : "";
      item.querySelector(".at-hand")?.remove();
      if (said) item.querySelector(".words").append(el("small", { class: "at-hand", text: said }));
    }
  }

  pieceRow(piece) {
    const { bench } = this;
    const folded = new Set(trees(piece).map(({ id }) => id));
    const drawn = el("span", { class: "thumb" }, likeness(trees(piece), bench.kinds, { folded }));
    const item = this.item(piece.name, "", drawn);
    mark(item, "data-piece", piece.id);
    item.addEventListener("click", () => plant(bench, trees(piece)));
    const row = el("li", { class: "piece-row" }, item);
    row.append(
      iconButton("save", t("Download {name} as a file", { name: piece.name }), () => download(bench, piece)),
      iconButton("clear", t("Delete {name}", { name: piece.name }), () => drop(bench, piece)),
    );
    this.things.unshift({ item, row, family: this.mine, piece, names: [piece.name], familyTitle: "" });
    return row;
  }

  /** The trees of a piece, for the hand that drags it. */
  pieceOf(id) {
    const piece = (this.bench.data.pieces ?? []).find((one) => one.id === id);
    return piece ? trees(piece) : null;
  }

  /** Learn what bricks are called in the other language. */
  async learn() {
    if (this.learned) return;
    this.learned = true;
    try {
      const { kinds } = await catalogue(OTHERS[this.bench.lang] ?? "en");
      for (const thing of this.things.filter(({ kind }) => kinds[kind])) {
        const { said, search, about } = kinds[thing.kind];
        Object.assign(thing, { names: [...thing.names, said], does: [...thing.does, search], about: [...thing.about, about] });
      }
      this.asked = null; // what was prepared is out of date
      this.filter();
    } catch {
      this.learned = false;
    }
  }

  filter() {
    const sought = this.search.input.value.trim();
    const asked = (this.asked ??= this.things.map((thing) => ({ ...thing, family: thing.familyTitle, thing })));
    if (asked.length !== this.things.length) this.asked = null;
    const found = sought ? ranked(sought, this.asked ?? this.questioned()).map(({ thing }) => thing) : [];
    arrange(this.results, found.map(({ row }) => row));
    mark(this.results, "hidden", !sought);
    for (const family of [this.mine, ...this.sections]) mark(family.element, "hidden", Boolean(sought));
    if (!sought) this.restore();
    mark(this.none, "hidden", !sought || found.length > 0);
    write(this.none, sought && !found.length ? t("No brick is called “{name}”.", { name: sought }) : "");
    this.rove(found[0]?.item ?? this.things[0]?.item);
  }

  questioned() {
    this.asked = this.things.map((thing) => ({ ...thing, family: thing.familyTitle, thing }));
    return this.asked;
  }

  /** Every row back into its family. */
  restore() {
    const rows = (family) => this.things.filter((thing) => thing.family === family).map(({ row }) => row);
    for (const family of this.sections) arrange(family.list, rows(family));
    if (this.bench.data?.pieces?.length) arrange(this.mine.list, rows(this.mine).reverse());
  }

  seen() {
    return [...this.list.querySelectorAll(".item")].filter((item) => item.offsetParent !== null);
  }

  /** Only one item stands in the Tab order. */
  rove(item) {
    if (!item) return;
    for (const { item: other } of this.things) mark(other, "tabindex", other === item ? "0" : "-1");
  }

  searchKey(event) {
    const [first] = this.seen();
    if (event.key === "ArrowDown") first?.focus();
    else if (event.key === "Enter" && first) first.click();
    else if (event.key === "Escape" && this.search.input.value) this.search.input.value = "";
    else return;
    this.filter();
    event.preventDefault();
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    const step = steps[event.key];
    const seen = this.seen();
    const here = seen.indexOf(focused(this.list));
    if (!step || here < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    if (here + step < 0) this.search.input.focus();
    else seen[Math.min(here + step, seen.length - 1)].focus();
    event.preventDefault();
  }
}

const FLOAT = 4; // bytes of a weight in its file
const MEGA = 1e6;

/** That its weights are on the server, and in which widths. */
function atHand(widths) {
  const told = widths.filter((alpha) => alpha !== null).join(", ");
  return told ? t("weights here: alpha {widths}", { widths: told }) : t("weights here");
}

/** How large a pretrained base is, in weights and as a file. */
function sized(weights) {
  const size = bytes(MEGA * Math.round((weights * FLOAT) / MEGA)).replace(" ", "\u00a0");
  return t("{count} weights, {size}", { count: short(weights), size });
}

function kindPicture(entry) {
  const picture = el("span", { class: "thumb" });
  // Our own drawing's markup: no user's text in it.
  picture.innerHTML = thumb(entry.looks, entry.start).markup;
  picture.firstElementChild?.setAttribute("aria-hidden", "true");
  return picture;
}

/** A name in camel case, which may break before a capital. */
function breakable(name) {
  return name.split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z\d])(?=[A-Z][a-z])/).flatMap((part, at) => (at ? [el("wbr"), part] : [part]));
}
