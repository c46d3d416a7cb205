/** A stage's settings as they hold: defaults filled in, a Block's parameters looked up. */

import { own } from "./own.js";

/** A stage's settings, with the catalogue's defaults where they are left out. */
export function settled(stage, kind, values = null) {
  const all = { ...defaults(kind), ...stage.settings };
  return values ? resolved(all, values) : all;
}

const known = new WeakMap();

/** The defaults of a kind, collected once. */
function defaults(kind) {
  if (!kind?.settings) return {};
  if (!known.has(kind)) {
    known.set(kind, Object.fromEntries(kind.settings.map(({ name, default: value }) => [name, value])));
  }
  return known.get(kind);
}

/** The settings with the values of the enclosing Blocks' parameters in place of their names. */
export function resolved(settings, values) {
  if (!Object.values(settings).some(bound)) return settings;
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, looked(value, values)]));
}

function looked(value, values) {
  if (!bound(value)) return value;
  const found = own(values, value.parameter);
  return found === undefined ? value.parameter : found;
}

const bound = (value) => typeof value?.parameter === "string";

/** The names of the settings that follow a parameter. */
export const bindings = ({ settings }) =>
  Object.keys(settings ?? {}).filter((name) => bound(settings[name]));
