/** All variants as a table, the best first. */

import { arrange, el, icon, iconButton, mark, write } from "../dom.js";
import { lasted, t } from "../words.js";
import { goalScale, shade } from "./scales.js";
import { reached, told } from "./told.js";

export class Trials {
  /** @param {{light: Function, pick: Function, open: Function}} does */
  constructor(does) {
    this.does = does;
    this.order = { by: "value", down: true };
    this.lines = new Map();
    this.head = el("thead");
    this.body = el("tbody");
    const table = el("table", { class: "trials" }, this.head, this.body);
    this.element = el("div", { class: "trials-frame", tabindex: "0", role: "region", "aria-label": t("Variants") }, table);
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("pointerleave", () => does.light(null));
  }

  show(study, rows, picked) {
    if (this.study !== study.id || this.titles !== JSON.stringify(study.axes.map(({ group, title }) => [group, title]))) this.rebuild(study);
    Object.assign(this, { data: study, rows, picked });
    this.draw();
  }

  rebuild(study) {
    this.study = study.id;
    this.titles = JSON.stringify(study.axes.map(({ group, title }) => [group, title]));
    this.order = { by: "value", down: true };
    this.lines.clear();
    const axes = study.axes.map(({ group, title }, n) => this.column(`a${n}`, title, group));
    this.heads = [this.column("number", t("Number")), this.column("value", study.goal.title), ...axes, this.column("epoch", t("Epochs")), this.column("seconds", t("Time"))];
    this.head.replaceChildren(el("tr", {}, ...this.heads, el("th", { scope: "col", class: "open" }, el("span", { class: "unseen", text: t("Open") }))));
    this.body.replaceChildren();
  }

  column(by, text, group = null) {
    const label = group ? [el("small", { text: group }), el("span", { text })] : [el("span", { text })];
    const button = el("button", { type: "button", "data-sort": by, onclick: () => this.sort(by) }, el("span", { class: "head-words" }, ...label), icon("chevron"));
    return el("th", { scope: "col", class: by.startsWith("a") ? "axis-value" : by, "data-by": by, title: group ? `${group} · ${text}` : null }, button);
  }

  sort(by) {
    this.order = { by, down: this.order.by === by ? !this.order.down : by === "value" };
    this.draw();
  }

  /** By what was reached the better one stands first, whichever way is better. */
  sorted() {
    const { by, down } = this.order;
    if (by === "value") return down ? this.rows : [...this.rows].reverse();
    const key = by.startsWith("a") ? this.data.axes[Number(by.slice(1))].key : null;
    const weight = (row) => (key ? row.chosen[key] : row[by]) ?? -Infinity;
    const order = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true }));
    return [...this.rows].sort((a, b) => (down ? -1 : 1) * order(weight(a), weight(b)));
  }

  draw() {
    const { data, picked } = this;
    const scale = goalScale(data.goal, this.rows.map(({ value }) => value), 0, 1);
    const before = this.lines;
    this.lines = new Map();
    const rows = this.sorted();
    for (const row of rows) {
      const line = before.get(row.number) ?? new Line(this, row.number, data.axes.length);
      line.show(row, data, scale, picked);
      this.lines.set(row.number, line);
    }
    for (const head of this.heads) {
      const here = head.dataset.by === this.order.by;
      mark(head, "aria-sort", here ? (this.order.down ? "descending" : "ascending") : null);
      mark(head.firstChild, "data-way", here ? (this.order.down ? "down" : "up") : null);
    }
    const held = this.element.getRootNode().activeElement;
    arrange(this.body, rows.map(({ number }) => this.lines.get(number).element));
    if (this.body.contains(held)) held.focus({ preventScroll: true });
  }

  light(number) {
    for (const [one, { element }] of this.lines) mark(element, "data-lit", one === number);
  }

  reveal(number) {
    const row = this.lines.get(number)?.element;
    if (!row) return;
    const [top, bottom] = [row.offsetTop - this.head.offsetHeight, row.offsetTop + row.offsetHeight];
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    else if (bottom > this.element.scrollTop + this.element.clientHeight) this.element.scrollTop = bottom - this.element.clientHeight;
  }

  /** Up and down go from one variant to the next. */
  key(event) {
    const step = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
    const next = step && event.target.closest("tr")?.[step];
    if (!next) return;
    event.preventDefault();
    next.querySelector("button").focus();
  }
}

class Line {
  constructor(table, number, axes) {
    const { does } = table;
    this.dot = el("i", { class: "dot", "aria-hidden": "true" });
    this.button = el("button", { type: "button", class: "number", onclick: () => does.pick(number) }, this.dot, el("span", { text: String(number) }));
    this.button.addEventListener("focus", () => does.light(number));
    this.button.addEventListener("blur", () => does.light(null));
    this.value = el("b");
    this.bar = el("i", { class: "bar", "aria-hidden": "true" });
    this.mine = el("span", { class: "mine", title: t("Your tower is set like this") }, icon("tick"), el("span", { class: "unseen", text: t("Your tower is set like this") }));
    this.axes = Array.from({ length: axes }, () => el("td", { class: "axis-value" }));
    this.far = el("span");
    this.word = el("small");
    this.epoch = el("td", { class: "epoch" }, this.far, this.word);
    this.seconds = el("td", { class: "seconds" });
    this.open = iconButton("follow", t("Open as a new tower"), () => does.open(this.row.run), { "data-act": "open" });
    const first = el("th", { scope: "row", class: "number" }, this.button);
    this.element = el("tr", { "data-number": number }, first, el("td", { class: "value" }, el("span", { class: "reached" }, this.mine, this.bar, this.value)), ...this.axes, this.epoch, this.seconds, el("td", { class: "open" }, this.open));
    this.element.addEventListener("pointerenter", () => does.light(number));
    this.element.addEventListener("click", (event) => event.target.closest("button") || does.pick(number));
  }

  show(row, { axes, goal, best }, scale, picked) {
    this.row = row;
    const good = row.value != null && scale ? scale.good(row.value) : null;
    const { half, part } = shade(good ?? 0);
    for (const thing of [this.dot, this.bar]) {
      mark(thing, "data-half", good == null ? null : half);
      thing.style.setProperty("--part", part);
    }
    this.bar.style.width = good == null ? "0" : `${Math.round(5 + 35 * good)}px`;
    mark(this.element, "data-state", row.state);
    mark(this.element, "data-best", row.number === best);
    mark(this.element, "data-picked", row.number === picked);
    mark(this.button, "aria-pressed", String(row.number === picked));
    write(this.value, reached(row.value, goal));
    mark(this.mine, "hidden", !row.mine);
    axes.forEach((axis, n) => write(this.axes[n], told(row.chosen[axis.key], axis)));
    const [far, word] = epochs(row);
    write(this.far, far);
    write(this.word, word);
    mark(this.epoch, "title", row.said || null);
    write(this.seconds, row.seconds ? lasted(row.seconds) : "–");
    mark(this.open, "hidden", !row.run);
  }
}

/** How far it came, and in a word how that ended where it was not the end. */
function epochs({ state, epoch, epochs: all }) {
  const words = { waiting: t("waits"), running: t("training now"), stopped: t("stopped"), failed: t("failed"), pruned: t("stopped early"), misfit: t("does not hold"), paused: t("paused") };
  if (state === "misfit" || state === "waiting") return ["–", words[state]];
  return [epoch === all ? String(epoch) : `${epoch} / ${all}`, words[state] ?? ""];
}
