/** A whole tower: every brick on the one below, containers with all that is inside. */

import { corners } from "./body.js";
import { column, emit } from "./column.js";
import { around, list, polygon } from "./projection.js";
import { prints, room } from "./seams.js";
import { turned } from "./turned.js";

const MARGIN = 14;
const LEAST = { x: -80, y: -40, width: 160, height: 70 };
const NONE = new Set();

/**
 * Stack all stages from the ground up.
 *
 * @param {object[]} stages  from the ground: data brick first, label brick last; a
 *   container's stage holds `inner`, a list of such lists
 * @param {object} kinds  the catalogue's kinds
 * @param {{numbers: boolean, folded: Set<string>, upside: boolean}} options
 *   numbers: print the shape at every seam; folded: ids of containers shown as one brick;
 *   upside: the data brick at the top
 * @returns {{markup: string, width: number, height: number, axis: number,
 *   places: object[], seams: object[]}}
 *   drawn for viewBox="0 0 width height"; axis: x of the tower's middle; see README.md
 */
export function tower(stages, kinds, options = {}) {
  const built = column(stages, { kinds, folded: options.folded ?? NONE, values: {} });
  const out = { parts: [], places: [], seams: [], prints: [] };
  emit(built, 0, 0, out);
  const whole = out.places.map((p) => p.box).reduce(around, LEAST);
  const [axis, ground] = [MARGIN - whole.x, MARGIN - whole.y];
  const drawn = {
    markup: markup(built, out, whole, { ...options, axis, ground }),
    width: Math.ceil(whole.width + 2 * MARGIN + (options.numbers ? room(out.prints) : 0)),
    height: Math.ceil(whole.height + 2 * MARGIN),
    axis,
    places: out.places.map((at) => placed(at, axis, ground)),
    seams: out.seams.map((seam) => ({ ...seam, x: seam.x + axis, y: seam.y + ground })),
  };
  return options.upside ? turned(drawn) : drawn;
}

function markup(built, out, whole, { numbers, upside, axis, ground }) {
  const parts = [upside ? "" : shadow(built), ...out.parts,
    numbers ? prints(out.prints, whole.x + whole.width) : ""];
  return `<g class="by-tower" transform="translate(${axis},${ground})">${parts.join("")}</g>`;
}

function placed({ edge, ...place }, axis, ground) {
  const { x, y, width, height } = place.box;
  return { ...place, y: place.y + ground, box: { x: x + axis, y: y + ground, width, height },
    outline: list(edge), at: [place.at[0] + axis, place.at[1] + ground], column: place.column + axis };
}

/** The soft shadow on the ground, in layers: no filter, so that every reader shows it. */
function shadow({ nodes: [first] }) {
  if (!first) return "";
  const { wide, deep } = first.core;
  return [0.34, 0.24, 0.15, 0.07].map((grow) => {
    const points = corners({ wide: wide + grow, deep: deep + grow }, -1);
    return polygon(points.map(([x, y]) => [x, y + grow * 8]), "by-shadow");
  }).join("");
}
