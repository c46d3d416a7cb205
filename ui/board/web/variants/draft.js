/** What is going to be tried, while somebody still chooses it. */

import { same } from "../settings.js";
import { ranged } from "./told.js";

export const MOST_AXES = 8; // lines that a picture has room for
export const SEED = 42;

/** A draft with nothing chosen yet. */
export const blank = (epochs) => ({ axes: [], method: "grid", trials: 20, epochs, minutes: null, prune: true });

/** The draft with an offer's setting as well, or without it where it was chosen. */
export function turned(draft, offer) {
  const others = draft.axes.filter(({ key }) => key !== offer.key);
  if (others.length < draft.axes.length) return { ...draft, axes: others };
  if (draft.axes.length >= MOST_AXES) return draft;
  return { ...draft, axes: [...draft.axes, begun(offer)] };
}

function begun({ key, values, low, high, log }) {
  return { key, values, low, high, log: Boolean(log), ranged: false };
}

/** The draft with something of one axis changed. */
export function changed(draft, key, news) {
  return { ...draft, axes: draft.axes.map((axis) => (axis.key === key ? { ...axis, ...news } : axis)) };
}

/** The draft without what this tower does not offer any more. */
export function kept(draft, offers) {
  const known = new Map(offers.map((offer) => [offer.key, offer]));
  return { ...draft, axes: draft.axes.filter(({ key }) => known.has(key)) };
}

/** Whether an axis is a range now: a grid has none. */
export const isRange = (draft, axis) => draft.method === "search" && axis.ranged;

/** How many variants these are. */
export function size(draft) {
  if (!draft.axes.length) return 0;
  const grid = draft.axes.reduce((product, { values }) => product * values.length, 1);
  if (draft.method === "grid") return grid;
  return draft.axes.some((axis) => isRange(draft, axis)) ? draft.trials : Math.min(draft.trials, grid);
}

/** The draft as the server takes it. */
export function planned(draft, offers) {
  const known = new Map(offers.map((offer) => [offer.key, offer]));
  return {
    axes: draft.axes.map((axis) => axisOf(draft, axis, known.get(axis.key))),
    method: draft.method,
    trials: draft.trials,
    epochs: draft.epochs,
    prune: draft.prune,
    minutes: draft.minutes,
    seed: SEED,
  };
}

function axisOf(draft, axis, { brick, name }) {
  const { low, high, log } = axis;
  return isRange(draft, axis) ? { brick, name, low, high, log } : { brick, name, values: axis.values };
}

/** The values with one more, numbers in order, or without it where it was there. */
export function toggled(values, value) {
  const others = values.filter((one) => !same(one, value));
  if (others.length < values.length) return others;
  const all = [...others, value];
  const sorted = all.every((one) => one === null || typeof one === "number" || typeof one[0] === "number");
  return sorted ? all.sort((a, b) => weight(a) - weight(b)) : all;
}

/** None comes first; a pair stands by its area. */
const weight = (one) => (Array.isArray(one) ? Math.sqrt(one[0] * one[1]) : (one ?? -Infinity));

/** What this browser kept of a draft, if that is one. */
export function recalled(text, epochs) {
  try {
    const found = JSON.parse(text);
    const sound = Array.isArray(found?.axes) && found.axes.every(({ key, values }) => key && Array.isArray(values));
    return sound ? { ...blank(epochs), ...found } : null;
  } catch {
    return null;
  }
}

/** Whether an axis can be a range. */
export const canRange = (offer) => ranged(offer) && offer.low != null && offer.high != null;
