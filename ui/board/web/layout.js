/** Where bricks and seams stand, measured from the middle of the ground. */

import { tower } from "./draw/draw.js";
import { pieces } from "./pieces.js";

export const GAP = "·gap"; // stands for a brick that is still to come: its place, and no picture
const ROOF = 11; // pixels from a container's top to the middle of its roof's side

/**
 * @param {Object[]} stages from the ground up
 * @param {Object} kinds the catalogue's kinds
 * @param {{folded: Set<string>, upside: boolean}} options
 * @returns {{places: Map<string, Object>, seams: Object[], parts: Object[], left: number,
 *   right: number, height: number}} x from the tower's axis, y from its ground, upwards
 *   negative (downwards positive where it stands upside down)
 */
export function layout(stages, kinds, { folded = new Set(), upside = false } = {}) {
  const drawn = tower(stages, kinds, { folded, upside, numbers: false });
  const [dx, dy] = [drawn.axis, upside ? 0 : drawn.height];
  const places = drawn.places.map((place) => moved(place, dx, dy, upside));
  const seams = drawn.seams.map((seam) => ({ ...seam, x: seam.x - dx, y: seam.y - dy }));
  // The scene is turned upside down as a whole: in it, up is up.
  const parts = pieces(drawn.markup).filter(({ id }) => !id?.startsWith(GAP)).map((part) => ({ ...part, x: part.x - dx, y: part.y - drawn.height }));
  return {
    places: new Map(places.map((place) => [place.id, place])),
    seams: seams.filter(({ after }) => after !== "label" && !after.startsWith(GAP)),
    parts,
    left: -drawn.axis,
    right: drawn.width - drawn.axis,
    height: drawn.height,
  };
}

/** A place as measured from the middle of the ground; `top` is the seam on the brick. */
function moved(place, dx, dy, upside) {
  const y = place.y - dy;
  const box = { ...place.box, x: place.box.x - dx, y: place.box.y - dy };
  return {
    ...place, y, box, column: place.column - dx, top: upside ? y + place.lift : y - place.lift,
    roof: upside ? -ROOF : ROOF, at: [place.at[0] - dx, place.at[1] - dy], band: place.holds ? box : band(place, box, y, upside),
  };
}

/** The part of a brick that nothing in front of it covers: its front. */
function band({ lift }, box, y, upside) {
  const front = upside ? y - box.y : box.y + box.height - y;
  return { ...box, y: upside ? y - front : y + front - lift, height: lift };
}

/**
 * The seam that a point means: the nearest, where a wrong column counts more than a wrong
 * height.
 * @param {Object[]} seams
 * @param {number} x @param {number} y in the drawing's pixels
 * @returns {Object|null}
 */
export function nearest(seams, x, y) {
  let best = null;
  let least = Infinity;
  for (const seam of seams) {
    const aside = Math.max(0, Math.abs(x - seam.x) - seam.width / 2);
    const away = Math.abs(y - seam.y) + aside * 2 - seam.depth * 0.5;
    if (away < least) [best, least] = [seam, away];
  }
  return best;
}

/** The bricks that a frame touches; a container only where it lies in it as a whole. */
export function framed(places, frame, container) {
  const found = [];
  for (const { id, box } of places.values()) {
    const all = inside(box, frame);
    const core = { x: box.x + box.width * 0.3, y: box.y + box.height * 0.35,
      width: box.width * 0.4, height: box.height * 0.3 };
    if (container(id) ? all : all || touches(core, frame)) found.push(id);
  }
  return found;
}

const inside = (a, b) =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

const touches = (a, b) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Whether a box lies between two heights, at least in part. */
export const within = ({ y, height }, { from, to }) => y < to && y + height > from;
