/** Where the data comes in, what the tower must answer, and bricks nobody knows. */

import { THICK, block, corners } from "./body.js";
import { onLeftFace, onRightFace } from "./figures.js";
import { STUD, onLeft, point, polygon } from "./projection.js";
import { told } from "./shapes.js";

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
    polygon(corners(form.under, 2), "by-crown-cave"),
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

export const ENDS = {
  data: { draw: grille, height: THICK, first: true },
  label: { draw: crown, height: 30, takes: ["vector", "value"], studs: false },
  unknown: { draw: unknown, height: THICK },
};
