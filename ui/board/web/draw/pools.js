/** Pooling: what comes in is brought together at a point, or levelled. */

import { THICK, block, carved } from "./body.js";
import { both } from "./figures.js";
import { point, polygon } from "./projection.js";

const LONG = ["sequence"];

/** A notch down to a point: only the largest comes through. */
function notch(form) {
  const z = form.under.deep / 2;
  const line = [[z, THICK], [0.46, THICK], [0, THICK - 27], [-0.46, THICK], [-z, THICK]];
  return carved(form.under, line) + both(form, THICK / 2, THICK);
}

/** A notch with a flat bottom: all of them, levelled. */
function flatnotch(form) {
  const z = form.under.deep / 2;
  const low = THICK - 20;
  const line = [[z, THICK], [0.46, THICK], [0.27, low], [-0.27, low], [-0.46, THICK], [-z, THICK]];
  return carved(form.under, line) + both(form, THICK / 2, THICK);
}

/** A long wedge on a slab: the whole map comes down to one figure a channel, levelled. */
const wedge = (form) => wedged(form, 0.12);

/** The same down to a point: only the largest of the whole map comes through. */
const wedgemax = (form) => wedged(form, 0);

function wedged(form, end) {
  const slab = 10;
  const neck = { wide: form.under.wide * 0.86, deep: form.under.deep * 0.94 };
  const rise = THICK - slab + 6;
  return block(form.under, form.under, 0, slab) + block(neck, form.over, slab, rise)
    + cut(neck, form.over, slab, rise, end);
}

/** The wedge itself, cut down the whole left slope to its end. */
function cut(under, over, y, rise, end) {
  const at = (share, z) => {
    const wide = under.wide + (over.wide - under.wide) * share;
    return point(-wide / 2, y + rise * share, z);
  };
  const wide = over.deep * 0.36;
  return polygon([at(1, wide), at(0.12, end), at(0.12, -end), at(1, -wide)], "by-hollow by-line")
    + polygon([at(1, wide), at(0.12, end), at(0.12, Math.max(0, end - 0.12)), at(1, wide - 0.16)], "by-cave");
}

const GLOBAL = { height: THICK + 6, takes: ["map", "sequence"], gives: "vector" };

export const POOLS = {
  notch: { draw: notch, height: THICK, takes: ["map"], spread: 1.44 },
  flatnotch: { draw: flatnotch, height: THICK, takes: ["map"], spread: 1.44 },
  notch1d: { draw: notch, height: THICK, takes: LONG, hollow: true },
  flatnotch1d: { draw: flatnotch, height: THICK, takes: LONG, hollow: true },
  wedge: { draw: wedge, ...GLOBAL },
  wedgemax: { draw: wedgemax, ...GLOBAL },
};
