/** What changes a map's edges: a rim around it, a rim taken away, a larger map. */

import { THICK, block, corners, foot } from "./body.js";
import { both } from "./figures.js";
import { list, polygon } from "./projection.js";

const LOW = 26;
const MAP = ["map", "sequence"];

const scaled = ({ wide, deep }, by) => ({ wide: wide * by, deep: deep * by });

/** A rim around the map: it sticks out on all sides. */
function rim(form) {
  const inner = scaled(form.under, 0.8);
  return block(inner, inner, 0, 9) + block(form.over, form.over, 9, LOW - 9)
    + dashed(scaled(form.over, 0.8), LOW) + both(form, 9 + (LOW - 9) / 2, LOW - 7);
}

/** A rim taken away: what is left stands within the old outline. */
function crop(form) {
  const inner = scaled(form.over, 0.8);
  return block(form.under, form.under, 0, 8) + dashed(scaled(form.under, 0.9), 8)
    + foot(inner, 8) + block(inner, inner, 8, LOW - 8)
    + both({ ...form, under: inner }, 8 + (LOW - 8) / 2, LOW - 7);
}

/** The outline of an edge, all around. */
function dashed(size, y) {
  const [f, l, k, r] = corners(size, y);
  return `<polyline class="by-dashed" points="${list([f, l, k, r, f])}"/>`;
}

/** An inverted slope: the map gets wider. */
function widen(form) {
  const small = scaled(form.under, 0.72);
  const lip = 8;
  return block(small, form.over, 0, THICK - lip) + block(form.over, form.over, THICK - lip, lip)
    + both({ ...form, under: scaled(form.under, 0.86) }, (THICK - lip) / 2, THICK - 6);
}

export const EDGES = {
  rim: { draw: rim, height: LOW, takes: MAP, stands: 0.8 },
  crop: { draw: crop, height: LOW, takes: MAP, tight: 0.8 },
  widen: { draw: widen, height: THICK, takes: MAP, stands: 0.72 },
};
