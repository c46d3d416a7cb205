/** Which bricks are chosen: one that has the focus, and maybe others with it. */

import { every, loose, outermost, span } from "./nest.js";

export class Choice {
  constructor() {
    this.one = null; // the brick (or empty floor) that the keys and the inspector mean
    this.all = new Set();
    this.anchor = null;
  }

  /** One alone (null: none). */
  only(id) {
    this.one = this.anchor = id;
    this.all = new Set(id == null ? [] : [id]);
  }

  /** These; the last of them has the focus. */
  these(ids, one = ids.at(-1) ?? null) {
    this.one = one;
    this.anchor = ids[0] ?? null;
    this.all = new Set(ids);
  }

  /** One more, or one less. */
  toggle(id) {
    if (this.all.has(id)) this.all.delete(id);
    else this.all.add(id);
    this.one = this.all.has(id) ? id : ([...this.all].at(-1) ?? null);
    this.anchor = this.one;
  }

  /** All from the one that was chosen first up to this one. */
  reach(tower, id) {
    const run = span(tower, this.anchor ?? id, id).filter((each) => each !== "label");
    this.all = new Set(run.length ? run : [id]);
    this.one = id;
  }

  /** Forget what is not there any more; true where something was forgotten. */
  settle(has) {
    if (this.one != null && !has(this.one)) this.one = null;
    if (this.anchor != null && !has(this.anchor)) this.anchor = this.one;
    for (const id of [...this.all]) if (!has(id)) this.all.delete(id);
  }

  /** The chosen bricks that can be moved, from the ground up, the outermost ones. */
  picks(tower) {
    return outermost(tower, this.all);
  }

  /** Every loose brick of the outer tower. */
  whole(tower) {
    this.these(tower.filter(loose).map(({ id }) => id));
  }
}

/** Whether some bricks stand on one another in one list. */
export function contiguous(tower, ids) {
  if (ids.length < 2) return ids.length === 1;
  return String(span(tower, ids[0], ids.at(-1))) === String(ids);
}

/** The ids of all bricks of a tower that a predicate takes. */
export const having = (tower, takes) => [...every(tower)].filter(takes).map(({ id }) => id);
