/** What stands beside the tower's bricks: rows from the ground up, and how high each is. */

import { own } from "../draw/own.js";
import { ownTitle } from "../draw/seal.js";

/** Stages and all that is in them. */
export const every = (stages) => stages.flatMap((stage) => [stage, ...(stage.inner ?? []).flatMap(every)]);

/** A brick's own name, of a base of one's own that of its run, or its kind's title. */
export const called = (stage, kinds) => stage?.name ?? ownTitle(stage) ?? own(kinds, stage?.kind)?.title ?? stage?.kind ?? "";

const HIGH = { maps: 68, units: 50, steps: 64, input: 78, answer: 92, crate: 30, none: 22 };

/**
 * The rows of a stage from the ground up: {id, what, high, depth, branch, gave}, the
 * layers of an opened base (`inner`) before it.
 * @param {Object} stage
 * @param {{gave: Map<string, Object[]>, insides: Map<string, Object[]>, time: (id: string) => number, first: string, last: string, seen: boolean}} known
 */
export function rowsOf(stage, known, depth = 0, branch = 0) {
  if (stage.id === known.first) return [row(stage, known.seen ? "input" : "none", { depth })];
  if (stage.id === known.last) return [row(stage, "answer", { depth })];
  const several = (stage.inner ?? []).filter((column) => column.length).length > 1;
  const inner = (stage.inner ?? []).flatMap((column, n) =>
    column.flatMap((one) => rowsOf(one, known, depth + 1, several ? n + 1 : 0)));
  const gave = known.gave.get(stage.id);
  if (gave) {
    const time = known.time(stage.id);
    const within = (known.insides.get(stage.id) ?? []).filter((one) => one.time === Math.min(time, gave.length - 1));
    const layers = within.map((one) => row(stage, one.kind, { depth: depth + 1, branch, gave: one, inner: one.inner }));
    return [...inner, ...layers, row(stage, gave[0].kind, { depth, branch, gave: at(gave, time) })];
  }
  if (stage.inner) return [...inner, row(stage, "crate", { depth, branch, times: times(stage, known.gave) })];
  return [row(stage, "none", { depth, branch })];
}

const row = (stage, what, more) => ({ id: stage.id, stage, what, high: HIGH[what], ...more });

/** A Block's bricks are there as often as it is repeated. */
const at = (gave, time) => gave[Math.min(time, gave.length - 1)];

const times = (stage, gave) =>
  Math.max(1, ...every(stage.inner.flat()).map(({ id }) => gave.get(id)?.length ?? 1));

/** What each brick gave, by its id; several where a Block repeats it. */
export function byBrick(bricks) {
  const found = new Map();
  bricks.forEach((gave, n) => {
    if (!found.has(gave.brick)) found.set(gave.brick, []);
    found.get(gave.brick).push({ ...gave, n });
  });
  return found;
}

const GAP = 8;

/**
 * Where everything stands when the tower is drawn apart: every stage of its line is as
 * high as its rows, or as itself.
 * @param {Object[]} blocks from the ground up: {id, rows, high} (pixels of the brick drawn)
 * @returns {{height: number, blocks: Object[]}} with `middle`, and rows with `y` (their middle)
 */
export function apart(blocks) {
  let y = GAP;
  const placed = [...blocks].reverse().map((block) => {
    const rows = block.rows.reduce((sum, { high }) => sum + high, 0);
    const high = Math.max(rows, block.high);
    let top = y + (high - rows) / 2;
    const told = [...block.rows].reverse().map((row) => {
      const middle = top + row.high / 2;
      top += row.high;
      return { ...row, y: middle };
    });
    const middle = y + high / 2;
    y += high + GAP;
    return { ...block, middle, rows: told };
  });
  return { height: y, blocks: placed };
}
