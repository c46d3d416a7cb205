/** The keyboard: everything that dragging and clicking do. */

import { duplicate, redo, remove, shift, toggleLock, undo, wrap } from "./actions.js";
import { home, parted } from "./nest.js";

export class Keys {
  constructor(bench) {
    this.bench = bench;
    this.off = new AbortController();
    const { signal } = this.off;
    const board = bench.board.bricks;
    board.addEventListener("keydown", (event) => this.boardKey(event), { signal });
    document.addEventListener("keydown", (event) => this.pageKey(event), { signal });
    for (const type of ["keydown", "keypress", "keyup"]) {
      bench.root.addEventListener(type, (event) => this.keep(event), { signal });
    }
  }

  leave() {
    this.off.abort();
  }

  boardKey(event) {
    const { bench } = this;
    if (bench.drag.live) return;
    const command = event.ctrlKey || event.metaKey;
    const done = command ? this.command(event) : this.plain(event);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }

  command(event) {
    const { bench } = this;
    if (event.altKey) return false;
    const key = event.key.toLowerCase();
    if (key === "d" && !event.shiftKey) duplicate(bench, bench.picks);
    else if (key === "g" && !event.shiftKey) wrap(bench, bench.picks);
    else if (key === "a" && !event.shiftKey) bench.chooseBy((choice) => choice.whole(bench.tower));
    else if (key === " ") bench.chooseBy((choice) => choice.toggle(bench.chosen));
    else return false;
    return true;
  }

  plain(event) {
    const upwards = this.bench.board.flipped ? -1 : 1;
    const step = { ArrowUp: upwards, ArrowDown: -upwards }[event.key];
    const { picks, chosen } = this.bench;
    if (step && event.altKey) shift(this.bench, picks, step);
    else if (step) this.step(step, event.shiftKey);
    else if (event.key === "ArrowRight" && !event.altKey) this.inwards(chosen);
    else if (event.key === "ArrowLeft" && !event.altKey) this.outwards(chosen);
    else if (event.key === "Home") this.go(0, event.shiftKey);
    else if (event.key === "End") this.go(this.nodes.length - 1, event.shiftKey);
    else if (event.key === "Delete" || event.key === "Backspace") remove(this.bench, picks);
    else if (event.key === " ") this.space(chosen);
    else if (event.key === "Enter") this.open();
    else if (event.code === "KeyL" && !event.altKey) return toggleLock(this.bench, chosen);
    else if (event.key === "Escape" && this.bench.choice.all.size > 1) this.bench.choose(chosen);
    else return false;
    return true;
  }

  get nodes() {
    return this.bench.board.nodes;
  }

  step(by, more) {
    const at = this.nodes.findIndex(({ id }) => id === this.bench.chosen);
    this.go(Math.max(0, Math.min(this.nodes.length - 1, Math.max(0, at) + by)), more);
  }

  go(at, more = false) {
    const { id, stage } = this.nodes[at];
    if (more && stage) this.bench.chooseBy((choice) => choice.reach(this.bench.tower, id));
    else this.bench.choose(id, { focus: true });
  }

  /** Into a container; inside of one, to the next column. */
  inwards(id) {
    const { board, memory } = this.bench;
    const stage = this.bench.stage(id);
    if (stage?.inner && memory.folded.has(id)) return board.toggle(id, false);
    if (stage?.inner) return this.step(1);
    this.aside(id, 1);
  }

  /** To the column before, out of a container, or fold it. */
  outwards(id) {
    const stage = this.bench.stage(id);
    if (stage?.inner && !this.bench.memory.folded.has(id)) return this.bench.board.toggle(id, true);
    if (this.aside(id, -1)) return;
    const outer = this.outer(id);
    if (outer) this.bench.choose(outer, { focus: true });
  }

  outer(id) {
    return parted(id ?? "")?.id ?? home(this.bench.tower, id)?.inside.at(-1)?.id ?? null;
  }

  aside(id, by) {
    const floor = parted(parted(id ?? "") ? id : (home(this.bench.tower, id)?.floor ?? ""));
    if (!floor) return false;
    const next = `${floor.id}:${floor.inner + by}`;
    const node = this.nodes.find((each) => each.floor === next);
    if (node) this.bench.choose(node.id, { focus: true });
    return Boolean(node);
  }

  space(id) {
    if (this.bench.stage(id)?.inner) this.bench.board.toggle(id);
    else this.open();
  }

  /** From a brick on to its settings. */
  open() {
    this.bench.tabs.show("settings");
    this.bench.inspector.enter();
  }

  /**
   * Keys pressed here are none of the page's: it takes single letters for commands, and
   * from outside of the shadow root it cannot see that they are typed into a field.
   */
  keep(event) {
    if (event.type === "keydown") this.pageKey(event);
    event.stopPropagation();
  }

  pageKey(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !ours(this.bench, event)) return;
    const key = event.key.toLowerCase();
    if (key === "z" && event.shiftKey) redo(this.bench);
    else if (key === "z") undo(this.bench);
    else if (key === "y" && !event.shiftKey) redo(this.bench);
    else return;
    event.preventDefault();
  }
}

/** A key or clipboard event of ours: in the workbench or nowhere, not in a text field. */
export function ours(bench, event) {
  const [target] = event.composedPath();
  const here = bench.root.contains(target) || target === document.body;
  return here && !typing(event);
}

/** Whether an event is that of a text field, anywhere on the page. */
export function typing(event) {
  const [target] = event.composedPath();
  return Boolean(target.closest?.("input:not([type=range], [type=checkbox]), textarea"));
}
