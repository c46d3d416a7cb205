/** The tower as the browser has it: the server's last word plus what is on its way. */

import { own } from "./draw/own.js";
import { given } from "./settings.js";

const OPERATIONS = { put, move, remove, set, name, copy, data, clear };

/**
 * The tower after one operation. Stages whose figures the server has still to say are
 * marked `pending`. What cannot be foreseen here (undo, recipe ...) changes nothing.
 * @param {Object[]} tower stages from the ground up
 * @param {Object} op an operation of the outbox
 * @param {Object} kinds the catalogue's kinds
 * @returns {Object[]} a new list; stages that did not change are the same objects
 */
export function apply(tower, op, kinds) {
  const operation = own(OPERATIONS, op.op);
  return operation ? operation(tower, op, kinds) : tower;
}

/** The tower after several operations. */
export function replay(tower, ops, kinds) {
  return ops.reduce((now, op) => apply(now, op, kinds), tower);
}

/** Where a brick stands, counted from the data brick (0); -1 where it is not. */
export function place(tower, id) {
  return tower.findIndex((stage) => stage.id === id);
}

/** Whether a brick may be moved, copied or removed. */
export function loose(stage) {
  return Boolean(stage) && stage.id !== "data" && stage.id !== "label";
}

/** The brick under `id`, or null. */
export function under(tower, id) {
  return tower[place(tower, id) - 1]?.id ?? null;
}

function put(tower, op, kinds) {
  const kind = own(kinds, op.kind);
  if (!kind || place(tower, op.id) >= 0) return tower;
  const settings = op.settings ? given(kind, op.settings) : { ...kind.start };
  const stage = { id: op.id, kind: op.kind, name: op.name || null, settings };
  return inserted(tower, stage, slot(tower, op.after), kinds);
}

function move(tower, op, kinds) {
  const stage = tower[place(tower, op.id)];
  if (!loose(stage) || op.after === op.id) return tower;
  if (under(tower, op.id) === op.after) return tower;
  const from = place(tower, op.id);
  const rest = tower.filter((other) => other !== stage);
  const to = slot(rest, op.after);
  const stands = [...rest.slice(0, to), stage, ...rest.slice(to)];
  return pending(stands, Math.min(from, to), kinds);
}

function remove(tower, op, kinds) {
  const from = place(tower, op.id);
  if (!loose(tower[from])) return tower;
  return pending(tower.toSpliced(from, 1), from, kinds);
}

function set(tower, op, kinds) {
  const at = place(tower, op.id);
  if (at < 0) return tower;
  const settings = { ...tower[at].settings };
  if (op.value == null) delete settings[op.setting]; // back to the default
  else settings[op.setting] = op.value;
  return pending(tower.with(at, { ...tower[at], settings }), at, kinds);
}

function name(tower, op) {
  const at = place(tower, op.id);
  return at < 0 ? tower : tower.with(at, { ...tower[at], name: op.name || null });
}

function copy(tower, op, kinds) {
  const at = place(tower, op.id);
  if (!loose(tower[at]) || place(tower, op.new) >= 0) return tower;
  const twin = { id: op.new, kind: tower[at].kind, name: null };
  twin.settings = { ...tower[at].settings };
  return inserted(tower, twin, at + 1, kinds);
}

function data(tower, op, kinds) {
  if (!own(kinds, op.kind) || tower[0]?.kind === op.kind) return tower;
  const ground = { ...tower[0], kind: op.kind, settings: {}, gives: null };
  return pending(tower.with(0, ground), 0, kinds);
}

function clear(tower, op, kinds) {
  return pending(tower.filter((stage) => !loose(stage)), 1, kinds);
}

function slot(tower, after) {
  const at = place(tower, after);
  if (at >= 0 && after !== "label") return at + 1;
  return tower.at(-1)?.id === "label" ? tower.length - 1 : tower.length;
}

function inserted(tower, stage, at, kinds) {
  const blank = { gets: null, gives: null, weights: null, madds: null };
  const fresh = { ...stage, ...blank, lines: null, problem: null };
  return pending(tower.toSpliced(at, 0, fresh), at, kinds);
}

function pending(tower, from, kinds) {
  const result = tower.slice(0, from);
  for (const stage of tower.slice(from)) {
    const below = result.at(-1);
    const gets = below ? below.gives : null;
    const gives = foreseen(own(kinds, stage.kind)?.looks, stage, gets) ?? stage.gives;
    result.push({ ...stage, gets: gets ?? stage.gets, gives, pending: true });
  }
  return result;
}

/** A guess at what a brick gives, for the drawing until the server has answered. */
function foreseen(looks, stage, gets) {
  if (!gets) return null;
  const profile = looks?.profile;
  if (profile === "roof") return [gets.reduce((product, size) => product * size, 1)];
  if (profile === "wedge") return gets.slice(-1);
  if (profile === "slope") return channelled(gets, stage.settings.units);
  if (profile === "slots") return channelled(gets, stage.settings.filters);
  return looks?.plate ? gets : null;
}

/** A shape with another last size; null where that is none. */
function channelled(gets, size = gets.at(-1)) {
  return size >= 1 ? [...gets.slice(0, -1), size] : null;
}
