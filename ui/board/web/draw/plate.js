/** The thin translucent plates: functions without weights, and what rules or thins. */

import { corners } from "./body.js";
import { onLeftFace, onRightFace } from "./figures.js";
import { own } from "./own.js";
import { STUD, onLeft, onRight, polygon } from "./projection.js";

const THIN = 20;
export const GLASS = 12;

const SAID = { hard_sigmoid: "hard sigmoid" };
const TINTS = ["relu", "softmax", "sigmoid", "tanh", "hard_sigmoid"];

/** Each function's own curve, one repeat in a 16x8 cell, y downwards. */
const CURVES = {
  relu: "M0,7h7l7,-6",
  softmax: "M2,8v-2M5.5,8v-7M9,8v-3.5M12.5,8v-1.2",
  sigmoid: "M0,7.5c7,0 5,-7 13,-7",
  tanh: "M0,7.5h4c3,0 2,-7 5,-7h4M0,4h13",
  hard_sigmoid: "M0,7.5h4l5,-7h4",
};

/** A translucent block with thin edges. */
function pane(size, y, height, tint) {
  const [f, l, b, r] = corners(size, y);
  const [tf, tl, tb, tr] = corners(size, y + height);
  return polygon([f, l, b, r], `${tint} by-bed`)
    + polygon([tf, tl, tb, tr], `${tint} by-lid by-rim`)
    + polygon([f, l, tl, tf], `${tint} by-pane by-rim`)
    + polygon([f, r, tr, tf], `${tint} by-pane by-rim`)
    + polygon([f, r, tr, tf], "by-shade");
}

/** The paint of an activation's glass. */
export const tinted = (name) => `by-glass-${TINTS.includes(name) ? name : "plain"}`;

/** An activation's glass plate at a height on a footprint; "" for linear. */
export function glass(name, size, y) {
  // A brick that nobody knows may have anything there.
  if (typeof name !== "string" || !name || name === "linear") return "";
  const tint = tinted(name);
  const said = own(SAID, name) ?? name;
  return pane(size, y, GLASS, tint)
    + onLeftFace(said, size, y + GLASS / 2, GLASS + 2, `${tint}-ink by-word`)
    + onRight([0, y, -size.deep / 2], curves(own(CURVES, name), size.wide * STUD, `${tint}-curve`));
}

function curves(path, width, paint) {
  if (!path) return "";
  const count = Math.floor((width - 6) / 16);
  const start = -count * 8 + 1;
  return Array.from({ length: count }, (_, i) =>
    `<path class="${paint} by-curve" transform="translate(${start + i * 16},${-10})" d="${path}"/>`).join("");
}

/** An Activation brick: nothing but its plate. */
function window(form) {
  const name = form.settings.activation ?? "linear";
  if (name !== "linear") return glass(name, form.under, 0);
  return pane(form.under, 0, GLASS, "by-glass-plain")
    + onLeftFace("linear", form.under, GLASS / 2, GLASS + 2, "by-glass-plain-ink by-word");
}

/** Round holes: some of the connections drop out. */
function holes(form) {
  const width = form.under.deep * STUD;
  const count = Math.floor(width / 15);
  const first = -((count - 1) * 15) / 2;
  const rings = Array.from({ length: count }, (_, i) =>
    `<circle class="by-cave" cx="${first + i * 15}" cy="${-THIN / 2}" r="4.6"/>`);
  return pane(form.under, 0, THIN, "by-clear") + onLeft([-form.under.wide / 2, 0, 0], rings.join(""))
    + onRightFace(form.figures.right, form.under, THIN / 2, THIN + 3);
}

/** Ruled like a ruler: everything is brought to one measure. */
function ruled(form) {
  const { wide, deep } = form.under;
  return pane(form.under, 0, THIN, "by-clear")
    + onLeft([-wide / 2, 0, 0], ticks(deep * STUD)) + onRight([0, 0, -deep / 2], ticks(wide * STUD));
}

function ticks(width) {
  const count = Math.floor((width - 8) / 7 / 2) * 2 + 1;
  const first = -((count - 1) * 7) / 2;
  const marks = Array.from({ length: count }, (_, i) =>
    `M${first + i * 7},${-THIN + 1}v${i % 5 === (count >> 1) % 5 ? 11 : 6}`);
  return `<path class="by-tick" d="${marks.join("")}"/>`;
}

export const THIN_PROFILES = {
  holes: { draw: holes, height: THIN },
  ruled: { draw: ruled, height: THIN },
  glass: { draw: window, height: GLASS },
};
