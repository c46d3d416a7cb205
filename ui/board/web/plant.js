/** New stages: from a tree of bricks that somebody sends, and as twins of placed ones. */

import { own } from "./draw/own.js";
import { given } from "./settings.js";

const BLANK = { gets: null, gives: null, weights: null, madds: null, lines: null, problem: null };

/**
 * A stage from `{kind, id, settings?, name?, inner?, parameters?}`, whose figures the
 * server has still to say; null where the kind is unknown or its id is taken.
 * @param {Set<string>} taken ids, those given away included
 */
export function planted(tree, kinds, taken) {
  const kind = own(kinds, tree?.kind);
  if (!kind || taken.has(tree.id)) return null;
  taken.add(tree.id);
  const settings = tree.settings ? given(kind, tree.settings) : { ...kind.start };
  const stage = { id: tree.id, kind: tree.kind, name: tree.name || null, settings, ...BLANK };
  return kind.container ? { ...stage, ...contents(tree, kind, kinds, taken) } : stage;
}

function contents(tree, { container }, kinds, taken) {
  const towers = (tree.inner ?? []).slice(0, container.most);
  while (towers.length < container.least) towers.push([]);
  const inner = towers.map((tower) => tower.map((one) => planted(one, kinds, taken)).filter(Boolean));
  return { inner, parameters: { ...tree.parameters } };
}

/** A copy of a stage under another id; those inside are called after it, in order. */
export function twins(stage, id) {
  let count = 0;
  const twin = (each, own) => {
    const { kind, name, settings, inner, parameters } = each;
    const made = { id: own, kind, name, settings: { ...settings }, ...BLANK };
    if (!inner) return made;
    made.inner = inner.map((tower) => tower.map((one) => twin(one, `${id}x${(count += 1)}`)));
    return { ...made, parameters: { ...parameters } };
  };
  // A Block keeps its name: it is that of its function.
  return { ...twin(stage, id), name: stage.kind === "Block" ? stage.name : null };
}

/** What makes bricks look alike, as a text: kinds, settings, what is inside; no ids. */
export function plan(stages) {
  return JSON.stringify(stages.map((stage) => {
    const given = [stage.settings, stage.parameters ?? {}].map(sorted);
    return [stage.kind, ...given, (stage.inner ?? []).map(plan)];
  }));
}

const sorted = (table) => Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1));

/** A tree whose settings are only those that the server would take. */
export function cleaned(tree, kinds) {
  const kind = own(kinds, tree.kind);
  const clean = { ...tree, settings: tree.settings ? given(kind, tree.settings) : { ...kind.start } };
  if (tree.inner) clean.inner = tree.inner.map((tower) => tower.map((one) => cleaned(one, kinds)));
  return clean;
}

/** A stage as others may take it: what it is, without what the server says of it. */
export function tree({ kind, name, settings, inner, parameters }) {
  const plain = { kind, name, settings };
  if (!inner) return plain;
  return { ...plain, inner: inner.map((tower) => tower.map(tree)), parameters: parameters ?? {} };
}

/** A tree with an id for each brick, made by `fresh`. */
export function christened(plain, fresh) {
  const { inner, ...rest } = plain;
  const own = { ...rest, id: fresh() };
  if (inner) own.inner = inner.map((tower) => tower.map((one) => christened(one, fresh)));
  return own;
}
