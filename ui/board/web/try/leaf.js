/** The test set, example by example: by arrow keys, by its strip, by a number, by chance. */

import { arrange, el, icon, iconButton, mark, write } from "../dom.js";
import { look, tile } from "../looking.js";
import { count, figure, t } from "../words.js";
import { dice } from "./signs.js";

const WINDOW = 60; // examples that are fetched at once
const BESIDE = 4; // small pictures on each side of the one that is looked at
const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, PageUp: -10, PageDown: 10 };

/** Where the window begins that holds example `n`. */
export const windowOf = (n) => Math.floor(n / WINDOW) * WINDOW;

/** The numbers of the strip around `n`, of so many examples. */
export function around(n, of) {
  const first = Math.max(0, Math.min(n - BESIDE, of - 2 * BESIDE - 1));
  const last = Math.min(of, first + 2 * BESIDE + 1);
  return Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
}

export class Leaf {
  /**
   * @param {{n: number}} kept what outlives this element
   * @param {() => void} changed told when another example is looked at
   */
  constructor(kept, changed) {
    Object.assign(this, { kept, changed, windows: new Map(), of: null, big: null });
    this.stage = el("div", { class: "stage" });
    this.strip = el("div", { class: "strip-of", role: "group", "aria-label": t("Examples beside it") });
    this.field = el("input", { type: "number", min: 0, inputmode: "numeric", "aria-label": t("Number of the test example") });
    this.field.addEventListener("change", () => this.go(this.field.value === "" ? NaN : Number(this.field.value)));
    this.total = el("span", { class: "total" });
    const back = iconButton("left", t("Example before"), () => this.go(this.kept.n - 1));
    const on = iconButton("left", t("Next example"), () => this.go(this.kept.n + 1), { class: "tool turned" });
    const chance = el("button", { type: "button", class: "quiet strong", onclick: () => this.chance() }, dice(), el("span", { text: t("Any one") }));
    const tools = el("div", { class: "leaf-tools" }, back, el("label", { class: "number-of" }, this.field, this.total), on, el("span", { class: "spring" }), chance);
    const keys = t("Test examples. Arrow keys go on and back, Home to the first, End to the last.");
    this.failed = el("p", { class: "card-failed", role: "alert", hidden: true });
    this.element = el("div", { class: "leaf", tabindex: "0", role: "group", "aria-label": keys }, this.stage, this.strip, this.failed, tools);
    this.element.addEventListener("keydown", (event) => this.turns(event));
  }

  /** Whose test examples these are. */
  settle(choice, ground) {
    const key = `${choice.run} ${choice.which}`;
    this.ground = ground;
    if (this.choice?.run !== choice.run) this.windows.clear();
    this.choice = choice;
    if (this.key_ !== key || !this.windows.size) this.fetch();
    this.key_ = key;
    this.draw();
  }

  /** Keys go from example to example, here and on the button that opened this. */
  turns(event) {
    if (event.target === this.field || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key in STEPS) this.go(this.kept.n + STEPS[key]);
    else if (key === "Home") this.go(0);
    else if (key === "End") this.go((this.of ?? 1) - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  chance() {
    if (this.of) this.go(Math.floor(Math.random() * this.of));
  }

  go(n) {
    if (!Number.isFinite(n)) return this.draw();
    const last = (this.of ?? Infinity) - 1;
    this.kept.n = Math.round(Math.min(last, Math.max(0, n)));
    this.big = null;
    this.fetch();
    this.draw();
    this.changed();
  }

  /** The window that the example lies in, and the one that comes next. */
  async fetch() {
    const first = windowOf(this.kept.n);
    const wanted = around(this.kept.n, this.of ?? Infinity).map(windowOf);
    for (const begin of new Set([first, ...wanted])) await this.fetchFrom(begin);
  }

  async fetchFrom(first) {
    const { windows, choice } = this;
    if (windows.has(first)) return;
    windows.set(first, null); // on its way
    const told = await look({ what: "rows", run: choice.run, which: choice.which, first, count: WINDOW });
    if (this.choice.run !== choice.run || this.left) return;
    mark(this.failed, "hidden", told.state === "done");
    mark(this.stage, "hidden", told.state !== "done");
    write(this.failed, told.state === "done" ? "" : told.said);
    if (told.state !== "done") return void windows.delete(first);
    windows.set(first, told);
    this.of = told.of;
    if (this.kept.n >= told.of) this.kept.n = told.of - 1;
    this.draw();
  }

  /** Example `n` as it was fetched, or null where it is not here yet. */
  example(n) {
    const told = this.windows.get(windowOf(n));
    if (!told) return null;
    const at = n - told.first;
    return { sprite: told.pictures, at, cells: told.cells?.[at], truth: told.true?.[at] };
  }

  /** A larger picture of the example came with its answer. */
  enlarge(sprite, n) {
    if (n !== this.kept.n || !sprite) return;
    this.big = sprite;
    this.drawStage();
  }

  draw() {
    write(this.total, this.of ? t("of 0 to {last}", { last: count(this.of - 1) }) : "");
    if (this.field.getRootNode().activeElement !== this.field || this.field.value === "" || Number(this.field.value) !== this.kept.n) this.field.value = this.kept.n;
    this.field.max = this.of ? this.of - 1 : "";
    this.drawStage();
    this.drawStrip();
  }

  drawStage() {
    const one = this.example(this.kept.n);
    if (!one) return this.stage.replaceChildren();
    const label = t("Test example {number}", { number: count(this.kept.n) });
    if (one.sprite) this.stage.replaceChildren(tile(this.big ?? one.sprite, this.big ? 0 : one.at, { label }));
    else this.stage.replaceChildren(cells(one.cells ?? []));
  }

  drawStrip() {
    const pictures = Boolean(this.example(this.kept.n)?.sprite);
    mark(this.strip, "hidden", !pictures);
    if (!pictures || !this.of) return;
    arrange(this.strip, around(this.kept.n, this.of).map((n) => this.small(n)));
  }

  small(n) {
    const one = this.example(n);
    const label = t("Test example {number}", { number: count(n) });
    const button = el("button", { type: "button", class: "small-one", tabindex: "-1", "aria-label": label, "aria-current": n === this.kept.n ? "true" : null }, one?.sprite ? tile(one.sprite, one.at) : null);
    button.addEventListener("click", () => {
      this.element.focus({ preventScroll: true }); // the strip is drawn anew, its buttons with it
      this.go(n);
    });
    return button;
  }

  leave() {
    this.left = true;
  }
}

/** A row of a table, or a review's words. */
function cells(list) {
  if (list.some(([name]) => name != null)) return el("dl", { class: "cells" }, ...list.map(([name, cell]) => el("div", {}, el("dt", { text: name }), el("dd", { text: /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(cell) ? figure(Number(cell)) : cell }))));
  return el("p", { class: "words-of", text: list.map(([, word]) => word).join(" ") });
}
