/** The settings of a brick: their values, and which ones the server would take. */

import { own } from "./draw/own.js";

/** A setting's value on a placed brick: its own, else the default. */
export function valueOf(stage, setting) {
  const value = own(stage.settings, setting.name);
  return value === undefined ? (setting.default ?? null) : value;
}

/** Whether two values are the same. */
export function same(a, b) {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** Whether a value is beyond a setting's limits: it is kept, and said to be. */
export function beyond(value, { least, most }) {
  const numbers = [value].flat(2).filter((each) => typeof each === "number");
  return numbers.some((number) => number < least || number > most);
}

/**
 * The settings of a brick that comes with its own: these are the whole truth, and only
 * what a brick cannot be without is filled in.
 * @param {Object} kind the catalogue's entry
 * @param {Object} settings from another window, or from anywhere
 */
export function given(kind, settings) {
  const taken = kind.settings.map((setting) => {
    const value = own(settings, setting.name);
    const sound = value != null && typed(setting, value);
    if (needed(setting)) return [setting.name, sound ? value : kind.start[setting.name]];
    if (value === null && nullable(setting) && setting.default != null) return [setting.name, null];
    return sound && !same(value, setting.default) ? [setting.name, value] : null;
  });
  return Object.fromEntries(taken.filter(Boolean));
}

/** Whether a setting has no default, so that it must be said. */
export function needed(setting) {
  if (!setting) return false;
  return setting.default == null && !nullable(setting);
}

/** Whether None is a value of a setting. */
export const nullable = (setting) => Boolean(setting?.optional || setting?.choices?.includes(null));

/** The parameter that a value follows, or null. */
export function followed(value) {
  return typeof value?.parameter === "string" ? value.parameter : null;
}

const isWhole = (value) => Number.isSafeInteger(value);
const isList = (value, sound) => Array.isArray(value) && value.every(sound);
const isPair = (value, sound) => value.length === 2 && isList(value, sound);
const PENALTIES = ["l1", "l2"];
const TYPES = {
  whole: isWhole,
  share: Number.isFinite,
  real: Number.isFinite,
  flag: (value) => typeof value === "boolean",
  choice: (value) => typeof value === "string" || Number.isFinite(value),
  text: (value) => typeof value === "string",
  sealed: (value) => typeof value === "string", // a tower of one's own
  pair: (value) => isWhole(value) || isPair(value, isWhole),
  sizes: (value) => isList(value, isWhole),
  sides: (value) => TYPES.pair(value) || isPair(value, (side) => isPair(side, isWhole)),
  range: (value) => Number.isFinite(value) || isPair(value, Number.isFinite),
  padlock: (value) => typeof value === "boolean" || (isWhole(value) && value >= 0),
  penalty: (value) => value.length === 2 && PENALTIES.includes(value[0]) && Number.isFinite(value[1]),
};

/** Whether a value is of a setting's type, limits aside. */
function typed(setting, value) {
  return Boolean(followed(value) || TYPES[setting.kind]?.(value));
}

/** Whether a setting may follow a parameter: only one that is a number. */
export const mayFollow = ({ kind }) => ["whole", "real", "share", "pair"].includes(kind);
