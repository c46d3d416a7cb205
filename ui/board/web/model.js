/** The tower as the browser has it: the server's last word plus what is on its way. */

import { own } from "./draw/own.js";
import { foresee } from "./foresee.js";
import * as nest from "./nest.js";
import { plan, planted, twins } from "./plant.js";
import { mayFollow, needed, nullable, same } from "./settings.js";

const OPERATIONS = {
  put, paste, move, remove, set, name, copy, data, clear,
  wrap, fold, unwrap, branch, unbranch, parameter, bind,
};

/**
 * The tower after one operation. Stages whose figures the server has still to say are
 * marked `pending`. What cannot be foreseen here (undo, recipe ...) changes nothing.
 * @param {Object[]} tower stages from the ground up
 * @param {Object} op an operation of the outbox
 * @param {Object} kinds the catalogue's kinds
 * @returns {Object[]} a new list; stages that did not change are the same objects
 */
export function apply(tower, op, kinds) {
  const after = arranged(tower, op, kinds);
  if (after === tower || op.op === "name") return after;
  return foresee(tower, after, kinds);
}

/** The tower after one operation, with every figure as it was before. */
export function arranged(tower, op, kinds) {
  const operation = own(OPERATIONS, op.op);
  return operation ? operation(tower, op, kinds) : tower;
}

/** The tower after several operations. */
export function replay(tower, ops, kinds) {
  return ops.reduce((now, op) => apply(now, op, kinds), tower);
}

/** The ids that an operation names, as a list. */
export const named = (op) => op.ids ?? (op.id == null ? [] : [op.id]);

function put(tower, op, kinds) {
  return planting(tower, op.after, [op], kinds);
}

function paste(tower, op, kinds) {
  return planting(tower, op.after, op.bricks ?? [], kinds);
}

function planting(tower, after, trees, kinds) {
  const taken = new Set([...nest.every(tower)].map((stage) => stage.id));
  const fresh = trees.map((tree) => planted(tree, kinds, taken)).filter(Boolean);
  return inserted(tower, fresh, after);
}

function inserted(tower, fresh, after) {
  if (!fresh.length) return tower;
  const { floor, at } = nest.slot(tower, after);
  const result = nest.changed(tower, floor, (list) => list.toSpliced(at, 0, ...fresh));
  return nest.depth(result) > nest.MOST_DEEP ? tower : result;
}

function move(tower, op) {
  const ids = nest.outermost(tower, named(op));
  if (!ids.length || ids.includes(op.after)) return tower;
  const lifted = ids.map((id) => nest.find(tower, id));
  const rest = nest.without(tower, ids);
  // A container cannot go into itself: its floors are then gone with it.
  if (nest.parted(op.after) && !nest.listOn(rest, op.after)) return tower;
  if (nest.find(tower, op.after) && !nest.find(rest, op.after)) return tower;
  return unless(tower, inserted(rest, lifted, op.after));
}

/** The old tower where the new one has the same bricks in the same places. */
function unless(before, after) {
  const order = (tower) => nest.visible(tower).map(({ id, floor }) => `${id} ${floor}`).join();
  return order(before) === order(after) ? before : after;
}

function remove(tower, op) {
  return nest.without(tower, named(op));
}

function set(tower, op, kinds) {
  return nest.swapped(tower, op.id, (stage) => {
    const about = settingOf(kinds, stage, op.setting);
    if (op.value == null && needed(about)) return stage;
    const settings = { ...stage.settings };
    // Back to the default, which need not be said.
    const none = op.value == null && !nullable(about);
    if (none || usual(about, op.value)) delete settings[op.setting];
    else settings[op.setting] = op.value ?? null;
    return { ...stage, settings };
  });
}

const settingOf = (kinds, stage, name) =>
  own(kinds, stage.kind)?.settings?.find((each) => each.name === name);

const usual = (about, value) => about && !needed(about) && same(about.default, value);

function name(tower, op) {
  return nest.swapped(tower, op.id, (stage) => ({ ...stage, name: op.name || null }));
}

function copy(tower, op) {
  const names = [op.new].flat();
  const ids = nest.outermost(tower, named(op));
  if (ids.length !== names.length || names.some((id) => nest.find(tower, id))) return tower;
  const fresh = ids.map((id, n) => twins(nest.find(tower, id), names[n]));
  return inserted(tower, fresh, ids.at(-1));
}

function data(tower, op, kinds) {
  if (!own(kinds, op.kind) || tower[0]?.kind === op.kind) return tower;
  return tower.with(0, { ...tower[0], kind: op.kind, settings: {}, gives: null });
}

function clear(tower) {
  return tower.filter((stage) => !nest.loose(stage));
}

/** Bricks that stand on one another, in any order named; null where they do not. */
function run(tower, ids) {
  const sorted = nest.outermost(tower, ids ?? []);
  const first = nest.home(tower, sorted[0]);
  const stands = first?.list.slice(first.at, first.at + sorted.length);
  const whole = sorted.length === new Set(ids).size;
  return whole && stands && String(stands.map(({ id }) => id)) === String(sorted) ? { ...first, stands } : null;
}

function wrap(tower, op, kinds) {
  const found = run(tower, op.ids);
  if (!found || !own(kinds, op.kind)?.container || nest.find(tower, op.id)) return tower;
  const crate = planted({ kind: op.kind, id: op.id }, kinds, new Set());
  const { repeat: _, ...settings } = crate.settings; // wrapped once: the tower stays as it is
  return boxed(tower, found, { ...crate, settings, inner: crate.inner.with(0, found.stands) });
}

function fold(tower, op, kinds) {
  const found = run(tower, op.ids);
  const count = (op.ids?.length ?? 0) / op.length;
  if (!found || !Number.isInteger(count) || count < 2 || nest.find(tower, op.id)) return tower;
  const crate = planted({ kind: "Block", id: op.id }, kinds, new Set());
  const groups = Array.from({ length: count }, (_, n) =>
    found.stands.slice(n * op.length, (n + 1) * op.length));
  if (!crate || groups.some((group) => plan(group) !== plan(groups[0]))) return tower;
  const body = groups[0].map((stage) => (stage.name ? { ...stage, name: null } : stage));
  return boxed(tower, found, { ...crate, settings: { repeat: count }, inner: [body] });
}

function boxed(tower, { floor, at, stands }, crate) {
  const result = nest.changed(tower, floor, (list) => list.toSpliced(at, stands.length, crate));
  return nest.depth(result) > nest.MOST_DEEP ? tower : result;
}

function unwrap(tower, op) {
  const found = nest.home(tower, op.id);
  const stage = found?.list[found.at];
  // What repeats or has parameters comes out as the server makes it.
  const plain = (stage?.settings.repeat ?? 1) === 1 && !Object.keys(stage?.parameters ?? {}).length;
  const loses = stage?.inner?.slice(1).some((inner) => inner.length);
  if (!stage?.inner || !plain || loses) return tower;
  return nest.changed(tower, found.floor, (list) => list.toSpliced(found.at, 1, ...stage.inner[0]));
}

function branch(tower, op, kinds) {
  return nest.swapped(tower, op.id, (stage) => {
    const most = own(kinds, stage.kind)?.container?.most ?? 0;
    if (!stage.inner || stage.inner.length >= most) return stage;
    return { ...stage, inner: stage.inner.toSpliced(op.at ?? stage.inner.length, 0, []) };
  });
}

function unbranch(tower, op, kinds) {
  return nest.swapped(tower, op.id, (stage) => {
    const least = own(kinds, stage.kind)?.container?.least ?? Infinity;
    if (!stage.inner?.[op.at] || stage.inner.length <= least) return stage;
    return { ...stage, inner: stage.inner.toSpliced(op.at, 1) };
  });
}

const PARAMETER = /^[a-z][a-z0-9_]{0,29}$/;

function parameter(tower, op) {
  if (!PARAMETER.test(op.name)) return tower;
  return nest.swapped(tower, op.id, (stage) => {
    if (stage.kind !== "Block") return stage;
    const { [op.name]: was, ...rest } = stage.parameters ?? {};
    if (op.value != null && typeof op.value !== "number") return stage;
    if (op.value != null) return { ...stage, parameters: { ...stage.parameters, [op.name]: op.value } };
    if (was === undefined) return stage;
    return { ...stage, parameters: rest, inner: stage.inner.map((tower) => freed(tower, op.name, was)) };
  });
}

/** Bricks with a value in place of a parameter's name; an inner Block may have its own. */
function freed(stages, name, value) {
  return stages.map((stage) => {
    const free = ([key, given]) => [key, given?.parameter === name ? value : given];
    const settings = Object.fromEntries(Object.entries(stage.settings).map(free));
    if (!stage.inner) return { ...stage, settings };
    const hidden = own(stage.parameters, name) !== undefined;
    const inner = hidden ? stage.inner : stage.inner.map((tower) => freed(tower, name, value));
    return { ...stage, settings, inner };
  });
}

function bind(tower, op, kinds) {
  const blocks = (nest.home(tower, op.id)?.inside ?? []).filter(({ kind }) => kind === "Block");
  const stage = nest.find(tower, op.id);
  const about = stage && settingOf(kinds, stage, op.setting);
  if (!blocks.length || !about || !PARAMETER.test(op.parameter)) return tower;
  if (!mayFollow(about)) return tower;
  const known = blocks.some((block) => own(block.parameters, op.parameter) !== undefined);
  const now = stage.settings[op.setting] ?? about.default;
  if (!known && typeof now !== "number") return tower;
  const made = { id: blocks.at(-1).id, name: op.parameter, value: now };
  const ready = known ? tower : parameter(tower, made);
  return nest.swapped(ready, op.id, (one) => ({
    ...one, settings: { ...one.settings, [op.setting]: { parameter: op.parameter } },
  }));
}
