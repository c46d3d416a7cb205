/** Looking up by a name that stands in somebody's file. */

/** A table's own entry; what every object has ("constructor" ...) is none. */
export function own(table, name) {
  return table != null && Object.hasOwn(table, name) ? table[name] : undefined;
}
