/** Containers as one brick: what is folded, and what the palette shows. */

import { THICK, block, corners } from "./body.js";
import { both, onLeftFace, onRightFace } from "./figures.js";
import { perforated } from "./crate.js";
import { onRight, point, polygon } from "./projection.js";
import { slab } from "./slab.js";

const TALL = 46;
const [BASE, LID] = [8, 10];

const scaled = ({ wide, deep }, by) => ({ wide: wide * by, deep: deep * by });

/** A closed crate: boards between a tray and a lid. */
function crate(form) {
  const inner = scaled(form.under, 0.95);
  return slab(form.under, 0, BASE) + block(inner, inner, BASE, TALL - BASE - LID, "by-frame")
    + boards(inner) + slab(form.over, TALL - LID, LID) + named(form, inner);
}

const named = (form, size) => both({ ...form, under: size }, BASE + (TALL - BASE - LID) / 2, TALL - BASE - LID + 2);

function boards(size) {
  const step = (TALL - BASE - LID) / 3;
  const lines = [1, 2].map((i) => {
    const [f, l, , r] = corners(size, BASE + step * i);
    return `M${l}L${f}L${r}`;
  });
  return `<path class="by-slat" d="${lines.join("")}"/>`;
}

/** The same with the holes of a film along its edges. */
function film(form) {
  return slab(form.under, 0, TALL) + perforated(form.under, 0, 12) + perforated(form.under, TALL - 12, 12)
    + both(form, TALL / 2, 24);
}

/** Columns between a base and a roof. */
function columns(form) {
  const { wide, deep } = form.under;
  const [x, z] = [wide / 2 - 0.12, deep / 2 - 0.12];
  const back = [polygon(corners(form.under, BASE), "by-dusk")];
  const posts = [[-x, z], [-x, z / 3], [-x, -z / 3], [-x, -z], [-x / 3, -z], [x / 3, -z], [x, -z]];
  return slab(form.under, 0, BASE) + back.join("") + polygon(inside(form.under), "by-cave")
    + posts.map(([px, pz]) => post(px, pz)).join("") + slab(form.over, TALL - 20, 20)
    + onLeftFace(form.figures.left, form.under, TALL - 10, 20) + onRightFace(form.figures.right, form.under, TALL - 10, 20);
}

/** The dark between the columns. */
function inside(size) {
  const [f, l, , r] = corners(scaled(size, 0.8), BASE);
  const up = ([px, py]) => [px, py - (TALL - BASE - 20)];
  return [l, f, r, up(r), up(f), up(l)];
}

function post(x, z) {
  const size = { wide: 0.26, deep: 0.26 };
  const [dx, dy] = point(x, 0, z);
  return `<g transform="translate(${dx},${dy})">${block(size, size, BASE, TALL - BASE - 20)}</g>`;
}

/** A body with its bridge over the side. */
function bridge(form) {
  const { wide, deep } = form.under;
  const [from, y] = point(wide / 2, 0, -deep / 2);
  const path = `M${from - 6},${y - 6}h12q10,0 10,-10v${22 - TALL}q0,-10 -10,-10h-12`;
  const beam = `<path class="by-beam-edge" d="${path}"/><path class="by-beam" d="${path}"/>`;
  const inner = scaled(form.under, 0.95);
  return beam + slab(form.under, 0, BASE) + block(inner, inner, BASE, TALL - BASE - LID) + slab(form.over, TALL - LID, LID)
    + both({ ...form, under: inner, figures: { ...form.figures, right: form.figures.right === "+" ? "" : form.figures.right } }, BASE + (TALL - BASE - LID) / 2, TALL - BASE - LID + 2)
    + onRight([0, BASE, -deep / 2], plus());
}

const plus = () => `<g transform="translate(0,${-(TALL - BASE - LID) / 2})"><circle class="by-badge" r="9"/>`
  + '<path class="by-badge-ink" d="M-4.5,0h9M0,-4.5v9"/></g>';

/** The bridge stands out at the right. */
function aside({ under: { wide, deep } }) {
  const [x, y] = point(wide / 2, 0, -deep / 2);
  return [[x + 22, y - 4], [x + 22, y - TALL]];
}

export const FOLDS = {
  crate: { draw: crate, height: TALL },
  film: { draw: film, height: TALL },
  columns: { draw: columns, height: TALL },
  bridge: { draw: bridge, height: TALL, reach: aside },
};
