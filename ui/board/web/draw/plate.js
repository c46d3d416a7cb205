/** Glass: the thin translucent plate of a function without weights. */

import { corners } from "./body.js";
import { onLeftFace } from "./figures.js";
import { own } from "./own.js";
import { STUD, onRight, polygon } from "./projection.js";

export const GLASS = 12;

/** The functions that have a colour of their own. */
export const TINTS = ["relu", "leaky_relu", "elu", "gelu", "silu", "softmax", "sigmoid", "tanh", "hard_sigmoid"];

/** Each function's own curve, one repeat in a 16x8 cell, y downwards. */
const CURVES = {
  relu: "M0,7h7l7,-6",
  leaky_relu: "M0,8.5l7,-2l7,-6",
  elu: "M0,8.5c4,0 5,-1 7,-2.5l7,-5.5",
  gelu: "M0,6.5c4,0 4,2 6,1.4c2,-.6 4,-4 7,-7.4M0,6.5h3M7,6.5h6",
  silu: "M0,4.5c3,.5 4,4 7,3c2.5,-.8 4,-4 6.5,-7M4,9.4h3",
  softmax: "M2,8v-2M5.5,8v-7M9,8v-3.5M12.5,8v-1.2",
  sigmoid: "M0,7.5c7,0 5,-7 13,-7",
  tanh: "M0,7.5h4c3,0 2,-7 5,-7h4M0,4h13",
  hard_sigmoid: "M0,7.5h4l5,-7h4",
};

/** A translucent block with thin edges. */
export function pane(size, y, height, tint) {
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
  const said = TINTS.includes(name) ? name.replace("_", " ") : name;
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
