/** The bodies bricks are cut from: frustums, carved blocks and studs. */

import { faces, lying, list, point, polygon } from "./projection.js";

/** How high a brick with weights is. */
export const THICK = 40;

/** The four corners of a footprint at a height: front, left, back, right. */
export function corners({ wide, deep }, y, lean = 0) {
  const [x, z] = [wide / 2, deep / 2];
  return [point(lean - x, y, -z), point(lean - x, y, z), point(lean + x, y, z), point(lean + x, y, -z)];
}

/** A block from one footprint at height `y` to another `height` above it. */
export function block(under, over, y, height, tint = "by") {
  const [f, l, , r] = corners(under, y);
  const [tf, tl, tb, tr] = corners(over, y + height);
  const sides = [
    polygon([f, l, tl, tf], `${tint}-left by-line`),
    polygon([f, r, tr, tf], `${tint}-right by-line`),
  ];
  return polygon([tf, tl, tb, tr], `${tint}-top by-line`) + sides.join("") + gleam([tl, tf, tr]);
}

/** The light that catches the upper edge. */
export function gleam(points) {
  return `<polyline class="by-gleam" points="${list(points)}"/>`;
}

/** The soft dark at a body's foot, where it meets what it stands on. */
export function foot(under, y = 0, height = 3) {
  const [f, l, , r] = corners(under, y);
  const [tf, tl, , tr] = corners(under, y + height);
  return polygon([l, f, r, tr, tf, tl], "by-dusk");
}

/**
 * A block whose top follows a line across the left face, the same all the way back.
 *
 * `line` holds [z, y] from the back (z large) to the front.
 */
export function carved({ wide, deep }, line, tint = "by") {
  const [x, z] = [wide / 2, deep / 2];
  const strips = line.slice(1).map((to, i) => strip(x, line[0][1], line[i], to, tint));
  const front = line[line.length - 1][1];
  const right = [point(-x, 0, -z), point(x, 0, -z), point(x, front, -z), point(-x, front, -z)];
  const crest = line.map(([at, y]) => point(-x, y, at));
  const left = [point(-x, 0, -z), point(-x, 0, z), ...crest];
  return strips.join("") + polygon(right, `${tint}-right by-line`)
    + polygon(left, `${tint}-left by-line`) + gleam([...crest, right[2]]);
}

function strip(x, top, [z0, y0], [z1, y1], tint) {
  const quad = [point(-x, y0, z0), point(x, y0, z0), point(x, y1, z1), point(-x, y1, z1)];
  if (!faces(quad)) return "";
  return polygon(quad, y0 !== y1 ? "by-hollow by-line" : y0 < top ? "by-floor" : `${tint}-top by-line`);
}

const MATTE = (tint) => ({ side: `${tint}-right by-line`, lid: `${tint}-top by-line` });
const GLASSY = (tint) => ({ side: `${tint} by-pane by-rim`, lid: `${tint} by-lid by-rim` });

/** One stud standing at (x, z) on the height y. */
function stud(x, y, z, paint, radius = 0.27) {
  const [rx, ry] = lying(radius);
  const height = radius < 0.2 ? 3 : 6;
  const [cx, cy] = point(x, y, z);
  const side = `M${cx - rx},${cy - height}v${height}a${rx},${ry} 0 0 0 ${2 * rx},0v${-height}z`;
  return `<path class="${paint.side}" d="${side}"/>`
    + `<ellipse class="${paint.lid}" cx="${cx}" cy="${cy - height}" rx="${rx}" ry="${ry}"/>`;
}

// From the back to the front, as shares of the half footprint.
const STUDS = {
  map: [[0.5, 0.5], [-0.5, 0.5], [0.5, -0.5], [-0.5, -0.5]],
  sequence: [[0, 0.68], [0, 0], [0, -0.68]],
  words: [[0, 0.8], [0, 0.48], [0, 0.16], [0, -0.16], [0, -0.48], [0, -0.8]],
  vector: [[0, 0.5], [0, -0.5]],
  value: [[0, 0]],
};

/**
 * The studs of a footprint: 2x2 on a map, 1x2 on a vector, one on a value, three in a
 * row on a sequence, many small ones on a row of words.
 *
 * `tint` is the glass they are made of, null for matte ones, which are of `matter`;
 * `spread` moves them outwards; `hollow` leaves out what would stand over a notch.
 */
export function studs(ranked, { wide, deep }, y, { tint = null, spread = 1, hollow = false, matter = "by" } = {}) {
  const paint = tint ? GLASSY(tint) : MATTE(matter);
  const radius = ranked === "words" ? 0.15 : 0.27;
  return STUDS[ranked].filter(([x, z]) => !hollow || x || z).map(([x, z]) =>
    stud((x * wide) / 2, y, (z * deep * spread) / 2, paint, radius)).join("");
}

/** The silhouette of two stacked footprints, and of `more` points, clockwise on the paper. */
export function outline(under, over, height, more = []) {
  const [f, l, b, r] = corners(under, 0);
  const [tf, tl, tb, tr] = corners(over, height);
  return hull([f, l, b, r, tf, tl, tb, tr, ...more]);
}

function hull(points) {
  const sorted = [...points].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  return [...chain(sorted), ...chain(sorted.reverse())];
}

function chain(points) {
  const kept = [];
  for (const p of points) {
    while (kept.length > 1 && !bends(kept[kept.length - 2], kept[kept.length - 1], p)) kept.pop();
    kept.push(p);
  }
  return kept.slice(0, -1);
}

const bends = (a, b, c) =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0;
