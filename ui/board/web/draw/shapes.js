/** What a shape means for a brick: its rank, its footprint, its figures. */

export const TIMES = "\u00d7";

/** "map", "vector" or "value" for a shape; null where it is not known. */
export function rank(shape) {
  if (!Array.isArray(shape)) return null;
  if (shape.length >= 2) return "map";
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

/** The footprint {wide, deep} in studs: wide along the right face, deep along the left. */
export function footprint(ranked, shape) {
  if (ranked === "map") return { wide: 2, deep: 2 };
  if (ranked === "value") return { wide: 1, deep: 1 };
  return { wide: 1, deep: rank(shape) === "vector" ? length(shape[0]) : 1.7 };
}

/** A shape as it is printed: 26×26×32. */
export const told = (shape) => shape.join(TIMES);

// XML 1.0 forbids these signs even when they are escaped.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text made safe inside SVG. */
export function safe(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return String(text).replace(FORBIDDEN, " ").replace(/[&<>"']/g, (sign) => names[sign]);
}
