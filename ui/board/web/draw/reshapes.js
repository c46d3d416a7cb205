/** The same numbers in another order, and words that become numbers. */

import { THICK, block, corners } from "./body.js";
import { both, onLeftFace, onRightFace } from "./figures.js";
import { STUD, list, onLeft, onRight } from "./projection.js";

const ANY = ["map", "sequence", "vector", "value"];

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

/** Few wide cells below, many narrow ones above: the same numbers, laid out anew. */
function reshape(form) {
  const { wide, deep } = form.under;
  const body = block(form.under, form.over, 0, THICK);
  const { left, right } = form.figures;
  return body + (left ? onLeftFace(left, form.under, THICK / 2, THICK) : onLeft([-wide / 2, 0, 0], cells(deep * STUD)))
    + (right ? onRightFace(right, form.under, THICK / 2, THICK) : onRight([0, 0, -deep / 2], cells(wide * STUD)));
}

function cells(width) {
  const [half, middle] = [width / 2 - 5, THICK / 2];
  const quarter = half / 2;
  const cuts = [`M${-half},-5v${10 - THICK}h${2 * half}v${THICK - 10}z`, `M${-half},${-middle}h${2 * half}`,
    `M0,-5v${5 - middle}`, ...[-quarter, 0, quarter].map((x) => `M${x},${-middle}v${middle + 5 - THICK}`)];
  return `<path class="by-tick" d="${cuts.join("")}"/>`;
}

/** Two arrows that cross: the axes change places. */
function permute(form) {
  const { wide, deep } = form.under;
  const half = Math.min(deep * STUD * 0.32, 24);
  const cross = onLeft([-wide / 2, 0, 0], arrows(half));
  return block(form.under, form.over, 0, THICK) + cross
    + onRightFace(form.figures.right || form.figures.left, form.under, THICK / 2, THICK);
}

function arrows(half) {
  const [low, high] = [-9, 9 - THICK];
  const s = Math.round(half * 6) / 10;
  return `<path class="by-arrow" d="M${-half},${low}h${half - s / 2}l${s},${high - low}h${half - s / 2}l-5,-4m5,4l-5,4`
    + `M${-half},${high}h${half - s / 2}l${s},${low - high}h${half - s / 2}l-5,-4m5,4l-5,4"/>`;
}

/** A row of words comes in below; each is given its own numbers. */
function embedding(form) {
  const { wide, deep } = form.under;
  const face = { wide: (form.under.wide + form.over.wide) / 2, deep: (form.under.deep + form.over.deep) / 2 };
  const width = deep * STUD;
  const count = Math.floor((width - 8) / 13);
  const slits = Array.from({ length: count }, (_, i) =>
    `<rect class="by-cave" x="${Math.round((i - (count - 1) / 2) * 130 - 45) / 10}" y="-9" width="9" height="6" rx="1.5"/>`);
  return block(form.under, form.over, 0, THICK) + onLeft([-wide / 2 - 0.03, 0, 0], slits.join(""))
    + both({ ...form, under: face }, THICK / 2 + 5, 30);
}

export const RESHAPES = {
  roof: { draw: roof, height: THICK, takes: ANY, gives: "vector" },
  reshape: { draw: reshape, height: THICK, takes: ANY },
  permute: { draw: permute, height: THICK, takes: ANY },
  embedding: { draw: embedding, height: THICK, takes: ["words"], gives: "sequence" },
};
