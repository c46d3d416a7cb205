/** What changes a map's edges: a rim around it, a rim taken away, a larger map. */

import { THICK, block, corners, foot } from "./body.js";
import { both, onLeftFace, onRightFace } from "./figures.js";
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

/** A brick that is shut: what it learned, it learned elsewhere. */
function sealed(form) {
  const face = { ...form.under };
  return block(form.under, form.over, 0, TALL, "by-seal") + band(form.under)
    + lock(Boolean(form.settings.trainable))
    + onLeftFace(form.figures.left, face, TALL / 2 + 4, 30, "by-figure by-seal-ink")
    + onRightFace(form.figures.right, face, 14, 20, "by-figure by-seal-ink");
}

const TALL = 72;

/** Two straps around a sealed brick. */
function band(size) {
  const [f, l, , r] = corners(size, 0);
  const strap = (y) => polygon([l, f, r, [r[0], r[1] - 5], [f[0], f[1] - 5], [l[0], l[1] - 5]]
    .map(([px, py]) => [px, py - y]), "by-seal-strap");
  return strap(8) + strap(TALL - 14);
}

/** A padlock on the right face: shut is frozen, open is trainable. */
function lock(open) {
  const bow = open ? "M-6,0v-7a6,6 0 0 1 11,-3.4" : "M-6,0v-6a6,6 0 0 1 12,0v6";
  return `<g transform="matrix(.9,-.25,0,1,38,-40)"><path class="by-lock-bow" d="${bow}"/>`
    + '<rect class="by-lock" x="-10" y="-1" width="20" height="15" rx="2.5"/>'
    + '<path class="by-lock-key" d="M0,4.5v5"/></g>';
}

export const EDGES = {
  rim: { draw: rim, height: LOW, takes: MAP, stands: 0.8 },
  crop: { draw: crop, height: LOW, takes: MAP, tight: 0.8 },
  widen: { draw: widen, height: THICK, takes: MAP, stands: 0.72 },
  sealed: { draw: sealed, height: TALL, takes: ["map"] },
};
