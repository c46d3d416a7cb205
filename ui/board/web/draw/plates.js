/** The plates: thin, translucent bricks without weights, and what rules or thins. */

import { onLeftFace, onRightFace } from "./figures.js";
import { GLASS, glass, pane } from "./plate.js";
import { STUD, list, onLeft, onRight, point, polygon } from "./projection.js";
import { corners } from "./body.js";

const THIN = 20;
const WAVE = 14;

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

/** Large holes: whole maps drop out. */
function windows(form) {
  const width = form.under.deep * STUD;
  const count = Math.max(1, Math.floor(width / 27));
  const panes = Array.from({ length: count }, (_, i) =>
    `<rect class="by-cave" x="${(i - (count - 1) / 2) * 27 - 10}" y="${-THIN + 4}" width="20" height="${THIN - 8}" rx="3"/>`);
  return pane(form.under, 0, THIN, "by-clear") + onLeft([-form.under.wide / 2, 0, 0], panes.join(""))
    + onRightFace(form.figures.right, form.under, THIN / 2, THIN + 3);
}

// Where grains lie, as shares of a face; made once by chance.
const GRAINS = [[0.06, 0.3], [0.11, 0.72], [0.17, 0.48], [0.22, 0.2], [0.29, 0.62], [0.34, 0.35], [0.4, 0.8],
  [0.45, 0.5], [0.5, 0.2], [0.56, 0.68], [0.62, 0.4], [0.66, 0.78], [0.71, 0.25], [0.77, 0.55], [0.83, 0.34],
  [0.87, 0.74], [0.93, 0.48], [0.36, 0.6], [0.58, 0.26], [0.8, 0.82]];

/** Grains: chance is added to every number. */
function noise(form) {
  const { wide, deep } = form.under;
  const grains = (width) => GRAINS.map(([x, y], i) =>
    `<circle class="by-grain" cx="${Math.round((x - 0.5) * width)}" cy="${Math.round(-y * THIN)}" r="${1 + (i % 3) * 0.5}"/>`).join("");
  return pane(form.under, 0, THIN, "by-clear") + onLeft([-wide / 2, 0, 0], grains(deep * STUD))
    + (form.figures.right ? onRightFace(form.figures.right, form.under, THIN / 2, THIN + 3)
      : onRight([0, 0, -deep / 2], grains(wide * STUD)));
}

/** Waves: every picture comes a little different each time. */
function wavy(form) {
  const { wide, deep } = form.under;
  const [f, l, k, r] = corners(form.under, THIN);
  const { left, right } = form.figures;
  return polygon([f, l, k, r], "by-clear by-lid by-rim")
    + onLeft([-wide / 2, 0, 0], wave(deep * STUD, "by-clear by-pane by-rim", !left))
    + onRight([0, 0, -deep / 2], wave(wide * STUD, "by-clear by-pane by-rim", !right))
    + polygon(corners(form.under, 0), "by-clear by-bed")
    + onLeftFace(left, form.under, THIN / 2, THIN) + onRightFace(right, form.under, THIN / 2, THIN);
}

/** A face between two waves; the same once more in its middle, where nothing is written. */
function wave(width, paint, lined) {
  const count = Math.max(1, Math.round(width / WAVE));
  const half = Math.round((width / count / 2) * 100) / 100;
  const run = (sign) => `q${(sign * half) / 2},-4 ${sign * half},0${`t${sign * half},0`.repeat(2 * count - 1)}`;
  const edge = `M${-width / 2},0${run(1)}V${-THIN}${run(-1)}z`;
  const line = lined ? `<path class="by-tick" d="M${-width / 2},${-THIN / 2}${run(1)}"/>` : "";
  return `<path class="${paint}" d="${edge}"/>${line}`;
}

/** A frame with marks at its corners: the picture is brought to one size. */
function framed(form) {
  const size = form.figures.right || (form.gives?.length > 2 ? `${form.gives[0]}\u00d7${form.gives[1]}` : "");
  const { wide, deep } = form.under;
  const inset = corners({ wide: wide * 0.72, deep: deep * 0.72 }, THIN);
  return pane(form.under, 0, THIN, "by-clear") + `<polyline class="by-dashed" points="${list([...inset, inset[0]])}"/>`
    + onLeft([-wide / 2, 0, 0], marks(Math.min(deep * STUD, 70))) + onLeftFace(form.figures.left, form.under, THIN / 2, THIN - 3)
    + onRightFace(size, form.under, THIN / 2, THIN + 3);
}

function marks(width) {
  const [x, y] = [width / 2 - 6, THIN - 4];
  return `<path class="by-mark" d="M${-x},-9v5h7M${x},-9v5h-7M${-x},${5 - y}v-5h7M${x},${5 - y}v-5h-7"/>`;
}

export const PLATES = {
  holes: { draw: holes, height: THIN },
  holes_map: { draw: windows, height: THIN },
  noise: { draw: noise, height: THIN },
  ruled: { draw: ruled, height: THIN },
  wavy: { draw: wavy, height: THIN },
  frame: { draw: framed, height: THIN },
  glass: { draw: window, height: GLASS },
};
