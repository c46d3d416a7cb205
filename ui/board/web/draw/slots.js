/** Convolutions: a window slides over what comes in, so there are slots. */

import { THICK, block, carved, corners } from "./body.js";
import { both, onLeftPart, onRightPart } from "./figures.js";
import { point, polygon } from "./projection.js";

const MAP = ["map"];
const SIDES = [[1, 1], [-1, 1], [1, -1], [-1, -1]]; // of the posts, from the back to the front
const LEAN = 0.72; // how small the foot of an inverted slope is

/** A cross of two channels through the top: a window slides over the map. */
function slots(form) {
  const cross = { half: 0.24, floor: THICK - 12 };
  return topped(form.under, cross) + crossFace(form.under, cross)
    + both(form, cross.floor / 2 + 1, cross.floor + 2);
}

/** The slots cut right down: every channel stands alone, with a window of its own. */
function depthwise(form) {
  const cross = { half: 0.13, floor: 4 };
  const at = 0.56;
  return topped(form.under, cross) + crossFace(form.under, cross)
    + onLeftPart(form.figures.left, form.under, -at, THICK / 2)
    + onRightPart(form.figures.right, form.under, -at, THICK / 2);
}

/** Below, every channel alone; above, a plate that mixes them. */
function separable(form) {
  const cross = { half: 0.24, floor: THICK - 7 };
  const tunnel = 12;
  return topped(form.under, cross) + crossFace(form.under, cross) + tunnels(form.under, tunnel)
    + both(form, tunnel + 11.5, 25);
}

/** The gaps between the feet, on both faces, with their lit inner walls. */
function tunnels({ wide, deep }, height) {
  const gap = (at) => [at(-0.24, 0), at(0.24, 0), at(0.24, height), at(-0.24, height)];
  const split = (at, end) => [at(-end, height), at(end, height), at(end, height + 1.6), at(-end, height + 1.6)];
  const left = (across, y) => point(-wide / 2, y, across);
  const right = (across, y) => point(across, y, -deep / 2);
  return polygon(split(left, deep / 2), "by-hollow") + polygon(split(right, wide / 2), "by-hollow")
    + polygon(gap(left), "by-cave") + polygon(gap(right), "by-cave");
}

/** An inverted slope with slots: the window spreads out what comes in. */
function transpose(form) {
  const small = { wide: form.under.wide * LEAN, deep: form.under.deep * LEAN };
  const neck = 22;
  const cross = { half: 0.24, floor: THICK - 10, from: neck };
  const face = { wide: form.under.wide * 0.88, deep: form.under.deep * 0.88 };
  return block(small, form.under, 0, neck) + topped(form.under, cross) + crossFace(form.under, cross)
    + both({ ...form, under: face }, neck / 2 + 1, 27);
}

/** One slot across: a window slides along the steps. */
function single(form) {
  const z = form.under.deep / 2;
  const low = THICK - 12;
  const line = [[z, THICK], [0.26, THICK], [0.26, low], [-0.26, low], [-0.26, THICK], [-z, THICK]];
  return carved(form.under, line) + both(form, low / 2 + 1, low + 2);
}

/** The floor of a cross and the four posts around it. */
function topped(size, { half, floor }) {
  const posts = SIDES.map(([x, z]) => post(size, half, floor, x, z));
  return polygon(corners(size, floor), "by-hollow") + posts.join("");
}

function post({ wide, deep }, half, floor, sx, sz) {
  const xs = sx > 0 ? [half, wide / 2] : [-wide / 2, -half];
  const zs = sz > 0 ? [half, deep / 2] : [-deep / 2, -half];
  const at = (x, y, z) => point(xs[x], y, zs[z]);
  return polygon([at(0, floor, 0), at(0, floor, 1), at(0, THICK, 1), at(0, THICK, 0)], "by-cave")
    + polygon([at(0, floor, 0), at(1, floor, 0), at(1, THICK, 0), at(0, THICK, 0)], "by-hollow")
    + polygon([at(0, THICK, 0), at(0, THICK, 1), at(1, THICK, 1), at(1, THICK, 0)], "by-top by-line");
}

/** Both faces of a body with a cross cut into its top. */
function crossFace({ wide, deep }, { half, floor, from = 0 }) {
  const [x, z] = [wide / 2, deep / 2];
  const notched = (at, end) => [at(-end, from), at(end, from), at(end, THICK), at(half, THICK),
    at(half, floor), at(-half, floor), at(-half, THICK), at(-end, THICK)];
  const left = notched((across, y) => point(-x, y, across), z);
  const right = notched((across, y) => point(across, y, -z), x);
  return polygon(left, "by-left by-line") + polygon(right, "by-right by-line");
}

export const SLOTS = {
  slots: { draw: slots, height: THICK, takes: MAP },
  slots_separable: { draw: separable, height: THICK, takes: MAP },
  slots_depthwise: { draw: depthwise, height: THICK, takes: MAP },
  slots_transpose: { draw: transpose, height: THICK, takes: MAP, stands: LEAN },
  slot1d: { draw: single, height: THICK, takes: ["sequence"], hollow: true },
};
