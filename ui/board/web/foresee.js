/** What a changed tower will be like, guessed until the server has said. */

import { own } from "./draw/own.js";
import { same } from "./settings.js";

/**
 * Mark as `pending` every stage whose figures a change may alter, with a guess at its
 * shapes for the drawing; stages below the change stay the same objects.
 * @param {Object[]} before the stages as they were
 * @param {Object[]} after the same with something changed
 * @param {Object} kinds the catalogue's kinds
 */
export function foresee(before, after, kinds) {
  return pass({ before, after, kinds, gets: null, dirty: false, values: {} });
}

function pass({ before, after, kinds, gets, dirty, values }) {
  let below = gets;
  let unsure = dirty;
  return after.map((stage, at) => {
    const old = before?.[at];
    const shaky = unsure; // from below, not by a change in the stage itself
    unsure ||= stage !== old;
    const now = unsure ? renewed(stage, { old, kinds, gets: below, values, shaky }) : stage;
    below = now.gives;
    return now;
  });
}

function renewed(stage, { old, kinds, gets, values, shaky }) {
  const looks = own(kinds, stage.kind)?.looks;
  const found = gets ?? stage.gets;
  const now = { ...stage, gets: found, pending: true };
  if (stage.inner) now.inner = inside(stage, { old, kinds, gets: found, values, shaky });
  const gives = now.inner ? joined(now, found) : foreseen(looks, now, gets, values);
  now.gives = gives ?? stage.gives;
  return now;
}

function inside(stage, { old, kinds, gets, values, shaky }) {
  const enters = stage.kind === "TimeDistributed" ? (gets?.slice(1) ?? null) : gets;
  const alike = !shaky && old?.id === stage.id && same(old.gets, gets)
    && same(old.parameters, stage.parameters);
  const known = { ...values, ...stage.parameters };
  return stage.inner.map((tower, n) => {
    const before = alike ? old.inner?.[n] : null;
    return pass({ before, after: tower, kinds, gets: enters, dirty: !alike, values: known });
  });
}

/** What a container gives: what its towers give, put together. */
function joined(stage, gets) {
  const ends = stage.inner.map((tower) => (tower.length ? tower.at(-1).gives : gets));
  const [first] = ends;
  if (!first) return null;
  if (stage.kind === "TimeDistributed") return gets ? [gets[0], ...first] : null;
  const beside = stage.kind === "Parallel" && (stage.settings.merge ?? "concatenate");
  if (beside !== "concatenate" || ends.some((end) => !end)) return first;
  return [...first.slice(0, -1), ends.reduce((sum, end) => sum + end.at(-1), 0)];
}

/** A guess at what a brick gives. */
function foreseen(looks, stage, gets, values) {
  if (!gets) return null;
  const profile = looks?.profile;
  const size = (name) => resolved(stage.settings[name], values);
  if (profile === "roof") return [gets.reduce((product, one) => product * one, 1)];
  if (profile === "wedge") return gets.slice(-1);
  if (profile === "slope") return channelled(gets, size("units"));
  if (profile === "slots") return channelled(gets, size("filters"));
  return looks?.plate ? gets : null;
}

/** A setting's value, where it may follow a parameter of a Block around it. */
function resolved(value, values) {
  return value?.parameter === undefined ? value : own(values, value.parameter);
}

/** A shape with another last size; null where that is none. */
function channelled(gets, size = gets.at(-1)) {
  return size >= 1 ? [...gets.slice(0, -1), size] : null;
}
