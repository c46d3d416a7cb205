/** The keyboard: everything that dragging and clicking do, and bricks as text. */

import { above, add, duplicate, redo, remove, shift, undo } from "./actions.js";
import { place } from "./model.js";
import { t } from "./words.js";

const FORMAT = "brickyard/bricks";

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
    for (const type of ["copy", "cut", "paste"]) {
      document.addEventListener(type, (event) => this.clipboard(type, event), { signal });
    }
  }

  leave() {
    this.off.abort();
  }

  boardKey(event) {
    const { bench } = this;
    if (bench.drag.live) return;
    const command = event.ctrlKey || event.metaKey;
    const done = command ? this.command(event) : this.plain(event, bench.chosen);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }

  command(event) {
    if (event.key.toLowerCase() !== "d" || event.shiftKey || event.altKey) return false;
    duplicate(this.bench, this.bench.chosen);
    return true;
  }

  plain(event, chosen) {
    const upwards = this.bench.board.flipped ? -1 : 1;
    const step = { ArrowUp: upwards, ArrowDown: -upwards }[event.key];
    if (step && event.altKey) shift(this.bench, chosen, step);
    else if (step) this.step(step);
    else if (event.key === "Home") this.go(0);
    else if (event.key === "End") this.go(this.bench.tower.length - 1);
    else if (event.key === "Delete" || event.key === "Backspace") remove(this.bench, chosen);
    else if (event.key === "Enter" || event.key === " ") this.open();
    else return false;
    return true;
  }

  step(by) {
    const { tower, chosen } = this.bench;
    const last = tower.length - 1;
    this.go(Math.max(0, Math.min(last, Math.max(0, place(tower, chosen)) + by)));
  }

  go(at) {
    this.bench.choose(this.bench.tower[at].id, { focus: true });
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
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !this.ours(event)) return;
    const key = event.key.toLowerCase();
    if (key === "z" && event.shiftKey) redo(this.bench);
    else if (key === "z") undo(this.bench);
    else if (key === "y" && !event.shiftKey) redo(this.bench);
    else return;
    event.preventDefault();
  }

  /** A key or clipboard event of ours: in the workbench or nowhere, not in a text field. */
  ours(event) {
    const [target] = event.composedPath();
    const here = this.bench.root.contains(target) || target === document.body;
    return here && !target.closest?.("input:not([type=range], [type=checkbox]), textarea");
  }

  clipboard(type, event) {
    if (!this.ours(event) || this.selecting()) return;
    if (type === "paste") return this.paste(event);
    const stage = this.bench.stage(this.bench.chosen);
    if (!stage || stage.id === "data" || stage.id === "label") return;
    event.clipboardData.setData("text/plain", written(stage));
    event.preventDefault();
    if (type === "cut") remove(this.bench, stage.id);
    else this.bench.say(t("{brick} copied.", { brick: this.bench.called(stage.id) }));
  }

  selecting() {
    const root = this.bench.root.getRootNode();
    const selection = root.getSelection?.() ?? document.getSelection();
    return Boolean(selection) && !selection.isCollapsed;
  }

  paste(event) {
    const bricks = read(event.clipboardData.getData("text/plain"), this.bench.kinds);
    if (!bricks) return;
    event.preventDefault();
    let after = above(this.bench);
    for (const { kind, settings, name } of bricks) {
      after = add(this.bench, kind, after, name ? { settings, name } : { settings });
    }
  }
}

/** Bricks as text, for other windows and projects. */
export function written(...stages) {
  const bricks = stages.map(({ kind, settings, name }) => ({ kind, settings, name }));
  return JSON.stringify({ format: FORMAT, version: 1, bricks }, null, 1);
}

/** The bricks in a text, or null where it holds none that we know. */
export function read(text, kinds) {
  let sheet = null;
  try {
    sheet = JSON.parse(text);
  } catch {
    return null;
  }
  if (sheet?.format !== FORMAT || !Array.isArray(sheet.bricks)) return null;
  const bricks = sheet.bricks.slice(0, 200).filter((brick) => sound(brick, kinds));
  return bricks.length ? bricks : null;
}

function sound(brick, kinds) {
  const kind = Object.hasOwn(kinds, brick?.kind) && kinds[brick.kind];
  if (!kind || kind.family === "data" || kind.family === "label") return false;
  const { settings, name } = brick;
  return settings?.constructor === Object && (name == null || typeof name === "string");
}
