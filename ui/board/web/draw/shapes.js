/** What a shape means for a brick: its rank, its footprint, its figures. */

export const TIMES = "\u00d7";

/** "map", "sequence", "vector" or "value" for a shape; null where it is not known. */
export function rank(shape) {
  if (!Array.isArray(shape) || shape.length === 0) return null;
  if (shape.length >= 3) return "map";
  if (shape.length === 2) return "sequence";
  return shape[0] === 1 ? "value" : "vector";
}

/**
 * How long a vector's brick is, in studs: its size on a bounded logarithmic scale.
 *
 * >>> length(10) < length(256) && length(256) < length(12544)   // true
 */
export function length(size) {
  const share = Math.log10(Math.max(size, 1)) / 4.2;
  return 1.15 + 0.85 * Math.min(1, share);
}

/** How long a sequence of so many steps is, in studs; always longer than a vector. */
export function stretch(steps) {
  return 2.5 + 0.5 * Math.min(1, Math.log10(Math.max(steps, 1)) / 3);
}

const FOOTPRINTS = {
  map: () => ({ wide: 2, deep: 2 }),
  sequence: (shape) => ({ wide: 1, deep: rank(shape) === "sequence" ? stretch(shape[0]) : 2.8 }),
  words: (shape) => ({ wide: 0.56, deep: shape?.length >= 1 ? stretch(shape[0]) : 2.8 }),
  vector: (shape) => ({ wide: 1, deep: rank(shape) === "vector" ? length(shape[0]) : 1.7 }),
  value: () => ({ wide: 1, deep: 1 }),
};

/** The footprint {wide, deep} in studs: wide along the right face, deep along the left. */
export const footprint = (ranked, shape) => FOOTPRINTS[ranked](shape);

/** A shape as it is printed: 26×26×32. */
export const told = (shape) => shape.join(TIMES);

// XML 1.0 forbids these signs even when they are escaped.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const SPECIAL = /[&<>"'\u0000-\u001f\ufffe\uffff]/;

/** Text made safe inside SVG. */
export function safe(text) {
  if (!SPECIAL.test(text)) return String(text);
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return String(text).replace(FORBIDDEN, " ").replace(/[&<>"']/g, (sign) => names[sign]);
}
