/** The settings of a brick: their values, and which ones the server would take. */

import { own } from "./draw/own.js";

/** A setting's value on a placed brick: its own, else the default. */
export function valueOf(stage, setting) {
  return own(stage.settings, setting.name) ?? setting.default ?? null;
}

/** Whether two values are the same. */
export function same(a, b) {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** Whether a value is beyond a setting's limits: it is kept, and said to be. */
export function beyond(value, { least, most }) {
  const numbers = [value].flat().filter((each) => typeof each === "number");
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
    return sound && !same(value, setting.default) ? [setting.name, value] : null;
  });
  return Object.fromEntries(taken.filter(Boolean));
}

/** Whether a setting has no default, so that it must be said. */
function needed({ default: value, optional, choices }) {
  return value == null && !optional && !choices?.includes(null);
}

const isWhole = (value) => Number.isSafeInteger(value);
const TYPES = {
  whole: isWhole,
  share: (value) => Number.isFinite(value),
  flag: (value) => typeof value === "boolean",
  choice: (value) => typeof value === "string",
  pair: (value) => isWhole(value) || (value.length === 2 && [...value].every(isWhole)),
};

/** Whether a value is of a setting's type, limits aside. */
function typed(setting, value) {
  return TYPES[setting.kind]?.(value) ?? false;
}
