/** The sheet: every class with its pictures, to be looked at and put right. */

import { ask } from "../dialog.js";
import { arrange, el, iconButton, mark, write } from "../dom.js";
import { reach } from "../history.js";
import { count, t } from "../words.js";
import { ClassRow } from "./classrow.js";
import { cleaned, dropped, grouped, labelOf, pictures, settled } from "./found.js";
import { many, Panel, partName } from "./panel.js";
import { Picked } from "./picked.js";
import { Viewer } from "./viewer.js";

const lists = new Map(); // of data sets, each fetched once

export class Sheet extends Panel {
  constructor(parent) {
    super(parent);
    this.picked = new Picked();
    this.rows = new Map();
    this.off = new AbortController();
    document.addEventListener("keydown", (event) => this.pageKey(event), { signal: this.off.signal });
  }

  /** The list of what was found, before anything is shown. */
  async fetch({ dataset, added }) {
    const address = new URL(`brickyard/found/${dataset}/${added}.json`, document.baseURI).href;
    if (!lists.has(address)) {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      lists.set(address, pictures(await answer.json()));
    }
    if (this.all !== lists.get(address)) this.picked.none();
    this.all = lists.get(address);
  }

  build() {
    for (const row of this.rows.values()) row.leave();
    this.rows = new Map();
    this.legend = el("p", { class: "legend" });
    this.undo = iconButton("undo", t("Undo"), () => this.step("undo"), { "data-act": "undo" });
    this.redo = iconButton("redo", t("Redo"), () => this.step("redo"), { "data-act": "redo" });
    const top = el("div", { class: "sheet-tools" }, this.legend, el("span", { class: "spring" }), this.undo, this.redo);
    this.list = el("div", { class: "classes" });
    this.gone = el("div", { class: "gone-classes" });
    this.bar = this.picking();
    this.viewer = new Viewer(this);
    return [top, this.list, this.gone, this.bar];
  }

  /** What can be done with the pictures that are picked. */
  picking() {
    this.many = el("b", { role: "status" });
    this.move_ = this.mover((name) => this.move(this.chosen, name));
    const look = el("button", { type: "button", class: "quiet", "data-act": "look", text: t("Look closer") });
    look.addEventListener("click", () => this.enlarge(this.chosen, 0));
    const out = el("button", { type: "button", class: "quiet", "data-act": "leave-out", text: t("Leave out") });
    out.addEventListener("click", () => this.leaveOut(this.chosen));
    this.back = el("button", { type: "button", class: "quiet", "data-act": "put-back", text: t("As found") });
    this.back.addEventListener("click", () => this.putBack(this.chosen));
    mark(this.back, "title", t("Let them be again what they were found to be"));
    const none = iconButton("close", t("Pick none"), () => this.pick((picked) => picked.none()));
    return el("div", { class: "picked-bar", hidden: true }, this.many, this.move_.element, out, this.back, look, none);
  }

  /** A field to choose another class in; it goes back to its first line. */
  mover(moved) {
    const element = el("select", { "aria-label": t("Move to another class"), "data-act": "move" });
    element.addEventListener("change", () => {
      const { value: name, selectedIndex } = element;
      const made = selectedIndex === element.length - 1;
      element.selectedIndex = 0;
      if (made) this.newClass(moved);
      else if (name) moved(name);
    });
    const draw = () => {
      const { names } = this.state;
      const key = JSON.stringify(names);
      mark(element, "hidden", !names.length);
      if (element.key === key) return;
      element.key = key;
      const first = el("option", { value: "", text: t("Move to …") });
      const last = el("option", { value: "", text: t("New class …") });
      element.replaceChildren(first, ...names.map((name) => el("option", { value: name, text: name })), last);
    };
    return { element, draw };
  }

  /** Ask what a new class is called; the pictures make it. */
  newClass(moved) {
    const words = { title: t("New class"), label: t("What is it called?"), most: 80, button: t("Move") };
    ask(this, words, (name) => moved(cleaned(name)));
  }

  get chosen() {
    return this.all.filter(({ at }) => this.picked.has(at));
  }

  settle() {
    this.state = settled(this.data, this.outbox.ops);
    this.folders = new Map(this.state.folders);
  }

  draw() {
    const groups = grouped(this.all, this.state);
    const names = [...this.state.names.length ? this.state.names : [""], ...(groups.get(null).length ? [null] : [])];
    const largest = Math.max(...names.filter((name) => name !== null).map((name) => groups.get(name).length));
    const lines = names.length <= 3 ? 3 : names.length <= 7 ? 2 : 1;
    const before = this.rows;
    this.rows = new Map(names.map((name) => [name, before.get(name) ?? new ClassRow(this, name)]));
    for (const [name, row] of before) if (!this.rows.has(name)) row.leave();
    const held = this.root.getRootNode().activeElement;
    arrange(this.list, [...this.rows.values()].map(({ element }) => element));
    if (this.list.contains(held)) held.focus({ preventScroll: true });
    for (const [name, row] of this.rows) row.show(groups.get(name), largest, lines);
    this.drawTools(groups);
    this.drawGone();
    this.drawPicked();
    this.viewer.draw();
    mark(this.root, "aria-busy", this.outbox.ops.length ? "true" : null);
  }

  drawTools() {
    const counts = { t: 0, v: 0, e: 0 };
    for (const picture of this.all) if (this.labelOf(picture) !== null) counts[this.partOf(picture)] += 1;
    const moved = this.state.changes.size > 0;
    const key = JSON.stringify([counts, moved]);
    if (this.legend.key !== key) {
      this.legend.key = key;
      const parts = Object.entries(counts).map(([part, number]) =>
        el("span", { "data-part": part }, el("i"), `${partName(part)} `, el("b", { text: count(number) })));
      if (moved) parts.push(el("span", { "data-moved": "" }, el("i"), t("put here by hand")));
      this.legend.replaceChildren(...parts);
    }
    const steps = reach(this.data, this.outbox.ops);
    mark(this.undo, "aria-disabled", String(!steps.undo));
    mark(this.redo, "aria-disabled", String(!steps.redo));
  }

  /** Classes that are left out, to be taken in again. */
  drawGone() {
    const names = dropped(this.state);
    const key = JSON.stringify(names);
    if (this.gone.key === key) return;
    this.gone.key = key;
    mark(this.gone, "hidden", !names.length);
    const buttons = names.map((found) => {
      const button = el("button", { type: "button", class: "quiet", "data-restore": found, text: t("Take {name} in again", { name: found }) });
      button.addEventListener("click", () => this.act({ op: "restore_class", dataset: this.data.dataset, found }));
      return button;
    });
    this.gone.replaceChildren(el("span", { text: t("Classes left out:") }), ...buttons);
  }

  drawPicked() {
    const number = this.picked.size;
    mark(this.bar, "hidden", !number);
    write(this.many, many(number));
    this.move_.draw();
    const changed = number > 0 && this.chosen.some(({ key }) => this.state.changes.has(key));
    mark(this.back, "hidden", !changed);
  }

  /** The part that a picture is in: t, v, e, or - while that is worked out. */
  partOf({ at }) {
    return this.data.parts[at] ?? "-";
  }

  labelOf(picture) {
    return labelOf(picture, this.state, this.folders);
  }

  /** The class that a picture was found in, where it is in another now; else null. */
  movedFrom(picture) {
    return this.state.changes.has(picture.key) ? picture.found : null;
  }

  pick(change) {
    change(this.picked);
    for (const row of this.rows.values()) if (row.open) row.tiles.look();
    this.drawPicked();
  }

  enlarge(row, place, name) {
    if (row.length) this.viewer.show(row, place, name);
  }

  keyed(op, some, more = {}) {
    const keys = [...new Set(some.map(({ key }) => key))];
    for (const { at } of some) this.picked.all.delete(at);
    if (keys.length) this.act({ op, dataset: this.data.dataset, keys, ...more });
    return keys.length;
  }

  move(some, name) {
    const number = this.keyed("move_pictures", some, { name });
    this.say(number === 1 ? t("1 picture is {name} now.", { name }) : t("{count} pictures are {name} now.", { count: count(number), name }));
  }

  leaveOut(some) {
    const number = this.keyed("move_pictures", some.filter((one) => this.labelOf(one) !== null), { name: "" });
    this.say(number === 1 ? t("1 picture is left out.") : t("{count} pictures are left out.", { count: count(number) }));
  }

  putBack(some) {
    const number = this.keyed("put_back", some.filter(({ key }) => this.state.changes.has(key)));
    this.say(number === 1 ? t("1 picture is as it was found.") : t("{count} pictures are as they were found.", { count: count(number) }));
  }

  rename(name, next) {
    const merged = this.state.names.includes(next) && next !== name;
    const open = this.rows.get(name)?.open;
    this.act({ op: "rename_class", dataset: this.data.dataset, name, new: next });
    if (open && this.rows.get(next)) this.rows.get(next).unfold(true);
    this.say(merged ? t("{name} and {other} are one class now.", { name, other: next }) : t("{name} is called {other} now.", { name, other: next }));
  }

  drop(name) {
    this.act({ op: "drop_class", dataset: this.data.dataset, name });
    this.say(t("The class {name} is left out.", { name }));
  }

  step(op) {
    const steps = reach(this.data, this.outbox.ops);
    if (steps[op]) this.act({ op });
  }

  pageKey(event) {
    const command = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
    const typing = event.composedPath()[0].matches?.("input, textarea, select, [contenteditable=true]");
    if (!command || typing || !this.data) return;
    event.preventDefault();
    this.step(event.shiftKey ? "redo" : "undo");
  }

  leave() {
    this.off.abort();
    for (const row of this.rows.values()) row.leave();
    this.viewer?.leave();
    super.leave();
  }
}
