/** What outlives a remount in one page: the choice, what is folded, and the outbox of each project. */

import { Choice } from "./choice.js";
import { Outbox } from "./outbox.js";

const memories = new Map();

/** The memory of a project in a mode; the same one for every bench that asks. */
export function memoryOf({ mode, project }) {
  const key = `${mode} ${project ?? ""}`;
  if (!memories.has(key)) memories.set(key, new Memory());
  return memories.get(key);
}

export class Memory {
  constructor(outbox = new Outbox()) {
    this.outbox = outbox;
    this.choice = new Choice();
    this.folded = new Set();
    this.holder = null;
  }

  /** A bench takes it up: from now on the outbox speaks through this one. */
  hold(bench, wires) {
    this.holder = bench;
    this.outbox.open(wires);
  }

  /** A bench lets go; a late one changes nothing where a newer one holds it. */
  release(bench) {
    if (this.holder !== bench) return;
    this.holder = null;
    this.outbox.close();
  }
}
