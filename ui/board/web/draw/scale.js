/** The small scale drawing of a shape's true size, for the seam. */

import { list } from "./projection.js";

const r = (number) => Math.round(number * 10) / 10;
const grown = (size) => Math.min(30, 2.5 * Math.sqrt(size));

/** The scale drawing {markup, width, height} with its corner at 0,0. */
export function drawn(shape) {
  if (!Array.isArray(shape) || shape.length === 0) return { markup: "", width: 0, height: 0 };
  return shape.length === 1 ? strip(shape[0]) : cuboid(shape);
}

/**
 * The small scale drawing of a shape as a whole <svg>; "" where it is not known.
 *
 * @param {?number[]} shape  (height, width, channels) or (size,)
 */
export function scale(shape) {
  const { markup, width, height } = drawn(shape);
  if (!markup) return "";
  return `<svg class="by-scale" xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" `
    + `viewBox="0 0 ${width} ${height}" aria-hidden="true">${markup}</svg>`;
}

/** Height and width stand in front, the channels run back: large and thin, or small and long. */
function cuboid(shape) {
  const [rows, columns, channels] = shape.length === 2 ? [1, ...shape] : shape;
  const [h, w, c] = [grown(rows), grown(columns), grown(channels)];
  const [dx, dy] = [c * 0.9, c * 0.32];
  const p = (x, y) => [r(x + 1), r(y + 1)];
  const front = [p(0, dy), p(w, dy), p(w, dy + h), p(0, dy + h)];
  const top = [p(0, dy), p(dx, 0), p(w + dx, 0), p(w, dy)];
  const side = [p(w, dy), p(w + dx, 0), p(w + dx, h), p(w, dy + h)];
  const face = (points, paint) => `<polygon class="${paint} by-rim" points="${list(points)}"/>`;
  return { markup: face(top, "by-top") + face(side, "by-right") + face(front, "by-left"),
    width: r(w + dx + 2), height: r(h + dy + 2) };
}

/** A vector is a strip, with cells as long as they can be counted. */
function strip(size) {
  const width = r(Math.min(100, 6.5 * Math.log2(size + 1)));
  const cells = size <= 16 ? size : 0;
  const cuts = Array.from({ length: Math.max(0, cells - 1) }, (_, i) =>
    `M${r(1 + ((i + 1) * width) / cells)},1v7`);
  return { markup: `<rect class="by-left by-rim" x="1" y="1" width="${width}" height="7"/>`
    + (cuts.length ? `<path class="by-cut" d="${cuts.join("")}"/>` : ""), width: r(width + 2), height: 9 };
}
