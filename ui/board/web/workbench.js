/** The workbench: one tower, what is chosen, and the parts that show them. */

import { Bases } from "./bases.js";
import { Board } from "./board.js";
import { beside, catalogue, entry, use, VERSION } from "./catalogue.js";
import { Clipboard } from "./clipboard.js";
import { Code } from "./code.js";
import { el, mark } from "./dom.js";
import { Drag } from "./drag.js";
import { Ideas } from "./ideas.js";
import { Inspector } from "./inspector.js";
import { Keys } from "./keys.js";
import { Lasso } from "./lasso.js";
import { frame, measure } from "./frame.js";
import { memoryOf } from "./memory.js";
import { replay } from "./model.js";
import { ownTitle } from "./draw/seal.js";
import { every, find, home, parted } from "./nest.js";
import { Notices } from "./notices.js";
import { Palette } from "./palette.js";
import { Reading } from "./reading.js";
import { Shelf } from "./recipes.js";
import { Strip } from "./strip.js";
import { Toolbar } from "./toolbar.js";
import { follow } from "./theme.js";
import { t } from "./words.js";

const STYLES = ["draw/draw.css", "workbench.css", "board.css", "panels.css"];

export class Workbench {
  constructor(parent) {
    this.parent = parent;
    this.root = el("div", { class: "by-board workbench", "data-ready": "no" });
    this.styled = Promise.all(STYLES.map((file) => this.dress(file)));
    parent.append(this.root);
    this.sizes = new ResizeObserver(() => this.fit());
    this.sizes.observe(this.root);
    window.addEventListener("resize", (this.refit = () => this.fit()));
    this.parts = [];
    this.tower = [];
    this.data = null;
    this.lang = null;
    this.arrivals = 0;
  }

  dress(file) {
    const link = el("link", { rel: "stylesheet", href: beside(file) });
    this.root.append(link);
    return new Promise((done) => {
      link.onload = link.onerror = done;
    });
  }

  /** Take Streamlit's next word: new data, new ways to answer, maybe a new theme. */
  async answer(component) {
    this.component = component;
    follow(this.root);
    const arrival = ++this.arrivals;
    const data = component.data;
    if (!data) return;
    try {
      const book = await catalogue(data.lang);
      await this.styled;
      if (arrival === this.arrivals && !this.left) this.take(data, book);
    } catch (problem) {
      console.warn(problem);
      setTimeout(() => arrival === this.arrivals && this.answer(component), 3000);
    }
  }

  take(data, book) {
    const met = this.meet(data);
    if (!this.outbox.answered(data.acks)) return;
    if (!met) this.outbox.post();
    const before = this.data;
    this.data = data;
    this.kinds = book.kinds;
    this.families = book.families;
    this.recipes = book.recipes ?? [];
    this.rules = book.rules ?? {};
    if (this.lang !== data.lang || this.mode !== data.mode) this.build(data, book);
    this.settle();
    this.draw();
    this.notices.answered(before);
  }

  /** Take up what is remembered of this project; true where that was done before. */
  meet(data) {
    const memory = memoryOf(data);
    if (this.memory === memory) return true;
    this.memory?.release(this);
    this.memory = memory;
    this.outbox = memory.outbox;
    memory.hold(this, {
      send: (value) => this.component.setStateValue("outbox", value),
      changed: () => this.parts.forEach((part) => part.drawState?.()),
    });
    return false;
  }

  build(data, book) {
    this.lang = data.lang;
    this.mode = data.mode;
    use(data.lang, book);
    for (const part of this.parts) part.leave?.();
    this.root.querySelectorAll(":scope > :not(link)").forEach((child) => child.remove());
    mark(this.root, "lang", data.lang);
    mark(this.root, "data-mode", data.mode);
    this.parts = this.mode === "tower" ? this.showOnly() : this.workshop();
    this.root.append(...frame(this));
    this.fit();
    mark(this.root, "data-ready", "yes");
  }

  showOnly() {
    this.notices = new Notices(this);
    this.board = new Board(this);
    return [this.board, this.notices];
  }

  workshop() {
    this.notices = new Notices(this);
    this.palette = new Palette(this);
    this.board = new Board(this);
    this.toolbar = new Toolbar(this);
    this.strip = new Strip(this);
    this.inspector = new Inspector(this);
    this.code = new Code(this);
    this.ideas = new Ideas(this);
    this.reading = new Reading(this);
    this.recipesShelf = new Shelf(this);
    this.bases = new Bases(this);
    this.drag = new Drag(this);
    this.lasso = new Lasso(this);
    this.keys = new Keys(this);
    this.clipboard = new Clipboard(this);
    const { palette, toolbar, board, strip, inspector, code, notices } = this;
    const shown = [palette, toolbar, board, strip, inspector, code, notices];
    shown.push(this.ideas, this.reading, this.recipesShelf, this.bases);
    return [...shown, this.drag, this.lasso, this.keys, this.clipboard];
  }

  /** The tower as it stands when all that is on its way has arrived. */
  settle() {
    this.tower = replay(this.data.tower, this.outbox.ops, this.kinds);
    this.known = new Map([...every(this.tower)].map((stage) => [stage.id, stage]));
    this.choice.settle((id) => this.there(id));
  }

  /** Whether a brick, or an empty floor, is there. */
  there(id) {
    if (this.known.has(id)) return true;
    const floor = parted(id);
    return Boolean(floor) && this.known.get(floor.id)?.inner?.[floor.inner]?.length === 0;
  }

  get choice() {
    return this.memory.choice;
  }

  /** The one brick that is meant, or the last of several. */
  get chosen() {
    return this.memory?.choice.one ?? null;
  }

  /** The chosen bricks that can be moved, the outermost, from the ground up. */
  get picks() {
    return this.choice.picks(this.tower);
  }

  get readonly() {
    return this.mode === "tower";
  }

  get empty() {
    return this.tower.length <= 2;
  }

  stage(id) {
    return this.known?.get(id) ?? null;
  }

  kind(name) {
    return entry(this.kinds, name);
  }

  /** What a brick is called: its own name, else its kind's. */
  called(id) {
    const stage = this.stage(id) ?? find(this.tower, parted(id ?? "")?.id);
    return stage ? stage.name || ownTitle(stage) || this.kind(stage.kind).title : t("the ground");
  }

  /** Do something to the tower: shown now, sent now, answered later. */
  act(op) {
    this.outbox.add(op);
    this.settle();
    this.draw();
  }

  /** Whether an operation (on a brick, or of a name) is not yet answered. */
  awaits(what, whom) {
    return this.outbox.ops.some((op) => op.op === what && (op.id ?? op.name) === whom);
  }

  /** Choose a brick (null: none), and take the focus to it where asked. */
  choose(id, { focus = false } = {}) {
    const alone = this.choice.all.size <= 1;
    const other = this.chosen !== id || !alone;
    this.choice.only(id);
    if (other) this.showChoice();
    if (focus) this.board.focus(id);
  }

  /** Change the choice by a function of it, and say how many are chosen. */
  chooseBy(change, { focus = true } = {}) {
    change(this.choice);
    this.showChoice();
    if (focus && this.chosen) this.board.focus(this.chosen);
    const count = this.choice.all.size;
    this.say(count === 1 ? t("{brick} chosen.", { brick: this.called(this.chosen) })
      : t("{count} bricks chosen.", { count }));
  }

  showChoice() {
    for (const part of this.parts) part.drawChoice?.();
  }

  /** Say a sentence to screen readers. */
  say(sentence) {
    this.notices.say(sentence);
  }

  /** Say a sentence to everybody, until it is dismissed or another comes. */
  tell(sentence) {
    this.notices.tell(sentence);
  }

  /** Python was pasted: it can be read. */
  onCode(text) {
    this.reading.show(text);
  }

  /** Choose a brick that may be in a folded container. */
  reveal(id) {
    for (const { id: outer } of home(this.tower, id)?.inside ?? []) this.board.toggle(outer, false);
    this.choose(id, { focus: true });
  }

  draw() {
    for (const part of this.parts) part.draw?.();
  }

  /** As much room as the page gives. */
  fit() {
    measure(this.root);
    this.tabs?.fit();
  }

  get outdated() {
    return Boolean(this.data.version) && this.data.version !== VERSION;
  }

  /** Taken off the page. */
  leave() {
    this.left = true;
    this.sizes.disconnect();
    window.removeEventListener("resize", this.refit);
    this.memory?.release(this);
    for (const part of this.parts) part.leave?.();
    this.root.remove();
  }
}
