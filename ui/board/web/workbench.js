/** The workbench: one tower, what is chosen, and the parts that show them. */

import { Board } from "./board.js";
import { beside, catalogue, entry, use, VERSION } from "./catalogue.js";
import { Code } from "./code.js";
import { el, mark } from "./dom.js";
import { Drag } from "./drag.js";
import { Inspector } from "./inspector.js";
import { Keys } from "./keys.js";
import { frame, measure } from "./frame.js";
import { memoryOf } from "./memory.js";
import { place, replay } from "./model.js";
import { Notices } from "./notices.js";
import { Palette } from "./palette.js";
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
    this.drag = new Drag(this);
    this.keys = new Keys(this);
    const { palette, toolbar, board, strip, inspector, code, notices } = this;
    return [palette, toolbar, board, strip, inspector, code, notices, this.drag, this.keys];
  }

  /** The tower as it stands when all that is on its way has arrived. */
  settle() {
    this.tower = replay(this.data.tower, this.outbox.ops, this.kinds);
    if (place(this.tower, this.chosen) < 0) this.memory.chosen = null;
  }

  get chosen() {
    return this.memory?.chosen ?? null;
  }

  get readonly() {
    return this.mode === "tower";
  }

  get empty() {
    return this.tower.length <= 2;
  }

  stage(id) {
    return this.tower[place(this.tower, id)] ?? null;
  }

  kind(name) {
    return entry(this.kinds, name);
  }

  /** What a brick is called: its own name, else its kind's. */
  called(id) {
    const stage = this.stage(id);
    return stage ? stage.name || this.kind(stage.kind).title : t("the ground");
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
    const other = this.chosen !== id;
    this.memory.chosen = id;
    if (other) for (const part of this.parts) part.drawChoice?.();
    if (focus) this.board.focus(id);
  }

  /** Say a sentence to screen readers. */
  say(sentence) {
    this.notices.say(sentence);
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
