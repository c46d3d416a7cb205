/**
 * The profiles: what a brick does is its shape. One entry draws one profile.
 *
 * Each takes a form {under, over, gives, settings, figures: {left, right}} and gives
 * its body as markup, standing on y = 0, `height` pixels thick.
 */

import { block, carved, corners } from "./body.js";
import { onLeftFace, onRightFace } from "./figures.js";
import { STUD, list, onLeft, point, polygon } from "./projection.js";
import { told } from "./shapes.js";

const THICK = 40;

const both = (form, y, room) =>
  onLeftFace(form.figures.left, form.under, y, room)
  + onRightFace(form.figures.right, form.under, y, room);

/** A straight body with its figures. */
function straight(form) {
  return block(form.under, form.over, 0, THICK) + both(form, THICK / 2, THICK);
}

/** A cross of two channels through the top: a window slides over the map. */
function slots(form) {
  const [half, floor] = [0.24, THICK - 12];
  const posts = [[1, 1], [-1, 1], [1, -1], [-1, -1]]
    .map(([x, z]) => post(form.under, half, floor, x, z));
  return polygon(corners(form.under, floor), "by-hollow") + posts.join("")
    + crossFace(form.under, half, floor) + both(form, floor / 2 + 1, floor + 2);
}

function post({ wide, deep }, half, floor, sx, sz) {
  const xs = sx > 0 ? [half, wide / 2] : [-wide / 2, -half];
  const zs = sz > 0 ? [half, deep / 2] : [-deep / 2, -half];
  const at = (x, y, z) => point(xs[x], y, zs[z]);
  return polygon([at(0, floor, 0), at(0, floor, 1), at(0, THICK, 1), at(0, THICK, 0)], "by-cave")
    + polygon([at(0, floor, 0), at(1, floor, 0), at(1, THICK, 0), at(0, THICK, 0)], "by-hollow")
    + polygon([at(0, THICK, 0), at(0, THICK, 1), at(1, THICK, 1), at(1, THICK, 0)], "by-top by-line");
}

function crossFace({ wide, deep }, half, floor) {
  const [x, z] = [wide / 2, deep / 2];
  const notched = (at, end) => [at(-end, 0), at(end, 0), at(end, THICK), at(half, THICK),
    at(half, floor), at(-half, floor), at(-half, THICK), at(-end, THICK)];
  const left = notched((across, y) => point(-x, y, across), z);
  const right = notched((across, y) => point(across, y, -z), x);
  return polygon(left, "by-left by-line") + polygon(right, "by-right by-line");
}

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

/** A long wedge on a slab: the whole map comes down to one figure a channel. */
function wedge(form) {
  const slab = 10;
  const neck = { wide: form.under.wide * 0.86, deep: form.under.deep * 0.94 };
  const rise = THICK - slab + 6;
  return block(form.under, form.under, 0, slab) + block(neck, form.over, slab, rise)
    + cut(neck, form.over, slab, rise);
}

/** The wedge itself, cut down the whole left slope to a short flat end. */
function cut(under, over, y, rise) {
  const at = (share, z) => {
    const wide = under.wide + (over.wide - under.wide) * share;
    return point(-wide / 2, y + rise * share, z);
  };
  const wide = over.deep * 0.36;
  return polygon([at(1, wide), at(0.12, 0.12), at(0.12, -0.12), at(1, -wide)], "by-hollow by-line")
    + polygon([at(1, wide), at(0.12, 0.12), at(0.12, 0), at(1, wide - 0.16)], "by-cave");
}

/** A roof from wide to narrow: the same numbers, in one line. */
function roof(form) {
  const courses = [0.34, 0.67].map((share) => course(form, share));
  return block(form.under, form.over, 0, THICK) + courses.join("");
}

/** One line of tiles around a roof, at a share of its height. */
function course({ under, over }, share) {
  const between = (a, b) => a + (b - a) * share;
  const at = { wide: between(under.wide, over.wide), deep: between(under.deep, over.deep) };
  const [f, l, , r] = corners(at, THICK * share);
  return `<polyline class="by-tile" points="${list([l, f, r])}"/>`;
}

/** A grille in front: where the data comes in. */
function grille(form) {
  const { deep, wide } = form.under;
  const width = deep * STUD;
  const bars = 7;
  const step = (width - 16) / bars;
  const slits = Array.from({ length: bars }, (_, i) =>
    `<rect class="by-cave" x="${8 - width / 2 + i * step + step * 0.22}" y="${10 - THICK}" width="${step * 0.56}" height="${THICK - 20}" rx="2"/>`);
  const size = form.gives ? told(form.gives.slice(0, 2)) : "";
  return block(form.under, form.over, 0, THICK) + onLeft([-wide / 2, 0, 0], slits.join(""))
    + onRightFace(size, form.under, THICK / 2, THICK);
}

/** The crown: what the tower must answer. */
function crown(form) {
  const [floor, peak] = [24, 38];
  const { wide, deep } = form.under;
  const [x, z] = [wide / 2, deep / 2];
  const teeth = [[1, peak], [0.5, floor], [0, peak], [-0.5, floor], [-1, peak]];
  const wall = (at) => [at(-1, 0), at(1, 0), ...teeth.map(([t, y]) => at(t, y))];
  const back = [
    polygon(wall((t, y) => point(t * x, y, z)), "by-crown-cave by-crown-line"),
    polygon(wall((t, y) => point(x, y, t * z)), "by-crown-cave by-crown-line"),
  ];
  const front = [
    polygon(wall((t, y) => point(-x, y, t * z)), "by-crown-left by-crown-line"),
    polygon(wall((t, y) => point(t * x, y, -z)), "by-crown-right by-crown-line"),
  ];
  const tips = [[-x, z], [-x, 0], [-x, -z], [0, -z], [x, -z]].map(([px, pz]) => pearl(point(px, peak, pz)));
  const count = form.gets?.length === 1 ? String(form.gets[0]) : "";
  return back.join("") + front.join("") + tips.join("") + onLeftFace(count, form.under, 13, 24, "by-figure by-crown-ink");
}

const pearl = ([x, y]) => `<circle class="by-crown-left by-crown-line" cx="${x}" cy="${y}" r="2.4"/>`;

/** A brick nobody knows. */
function unknown(form) {
  return block(form.under, form.over, 0, THICK, "by-grey")
    + onLeftFace("?", form.under, THICK / 2, THICK);
}

/** Profile name -> how it is drawn, its height, and the ranks it takes and gives. */
export const THICK_PROFILES = {
  data: { draw: grille, height: THICK, first: true },
  slots: { draw: slots, height: THICK, takes: ["map"] },
  notch: { draw: notch, height: THICK, takes: ["map"], spread: 1.44 },
  flatnotch: { draw: flatnotch, height: THICK, takes: ["map"], spread: 1.44 },
  wedge: { draw: wedge, height: THICK + 6, takes: ["map", "sequence"], gives: "vector" },
  roof: { draw: roof, height: THICK, takes: ["map", "sequence", "vector", "value"], gives: "vector" },
  slope: { draw: straight, height: THICK, takes: ["vector", "value", "sequence"], slopes: true },
  label: { draw: crown, height: 30, takes: ["vector", "value"], studs: false },
  unknown: { draw: unknown, height: THICK },
};
