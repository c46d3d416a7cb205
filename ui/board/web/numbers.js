/** Numbers as people type them; undefined where a text is none that can travel. */

/** A whole number that JavaScript holds exactly, whatever a setting's limits. */
export function whole(text) {
  const number = /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}

/** A number with a point or a comma; beyond the safe integers the server takes none. */
export function share(text) {
  const number = text.trim() === "" ? NaN : Number(text.trim().replace(",", "."));
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined;
}
