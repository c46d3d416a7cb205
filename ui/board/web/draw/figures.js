/** The large figures on the faces: how many on the left, how big on the right. */

import { STUD, onLeft, onRight, point } from "./projection.js";
import { TIMES, safe } from "./shapes.js";

// Before a figure that follows a parameter: it is not printed, but makes it lean.
export const BOUND = "\u2060";
// How wide a slab's front must be before it bears words.
const FRONT = 60;
// How wide a sign is in parts of the type size: generous, since the face varies.
const WIDTHS = { [TIMES]: 0.84, ".": 0.36, "-": 0.42, " ": 0.35 };

/** A setting's value as it is printed: 3×3 for a pair, 1+0×1+0 for sides. */
export function figure(name, value, flat = false) {
  if (value === null || value === undefined || value === "") return "";
  if (name === "repeat") return `${TIMES}${value}`;
  if (name === "dims") return value.join?.(", ") ?? String(value);
  if (Array.isArray(value)) return value.map(sided).join(TIMES);
  if (!flat && /(_size|^strides|^size)$/.test(name)) return `${value}${TIMES}${value}`;
  return String(value);
}

const sided = (value) => (Array.isArray(value) ? value.join("+") : value);

/** The size in pixels at which a text fits a face of some width and height. */
export function fitting(text, width, height, most = 24) {
  const ems = [...text].reduce((sum, sign) => sum + (WIDTHS[sign] ?? 0.68), 0);
  const room = (width * 0.84) / Math.max(ems, 0.68);
  return Math.round(Math.min(most, height * 0.74, room) * 10) / 10;
}

/** A text in the middle of the left face of a footprint, `y` up, `room` high. */
export function onLeftFace(text, { wide, deep }, y, room, paint = "by-figure") {
  return text && onLeft([-wide / 2, y, 0], written(text, deep * STUD, room, paint));
}

/** The same on the right face. */
export function onRightFace(text, { wide, deep }, y, room, paint = "by-figure") {
  return text && onRight([0, y, -deep / 2], written(text, wide * STUD, room, paint));
}

/** The figures of a form on both faces. */
export const both = (form, y, room) =>
  onLeftFace(form.figures.left, form.under, y, room) + onRightFace(form.figures.right, form.under, y, room);

/** A text on a part of the left face, its middle at `z`. */
export const onLeftPart = (text, { wide, deep }, z, y) =>
  text && onLeft([-wide / 2, y, z], written(text, (deep / 2 - 0.1) * STUD, 30));

/** The same on the right face, its middle at `x`. */
export const onRightPart = (text, { wide, deep }, x, y) =>
  text && onRight([x, y, -deep / 2], written(text, (wide / 2 - 0.1) * STUD, 30));

function written(marked, width, room, paint = "by-figure") {
  const leans = marked.startsWith(BOUND);
  const text = leans ? marked.slice(BOUND.length) : marked;
  const size = fitting(text, width, room);
  const drop = Math.round(size * 35) / 100;
  return `<text class="${paint}${leans ? " by-bound" : ""}" font-size="${size}" text-anchor="middle" y="${drop}">${safe(text)}</text>`;
}

/** Words on a slab: on its two faces, or in one line on its front where it has one. */
export function inscribed(foot, y, height, { left = "", right = "" }) {
  const { a = 0, b = 0 } = foot;
  const middle = y + height / 2;
  if (a + b < FRONT) {
    return shifted(-a, onLeftFace(left, foot, middle, height)) + shifted(b, onRightFace(right, foot, middle, height));
  }
  const [x, front] = point(-foot.wide / 2, middle, -foot.deep / 2);
  const words = [left, right].filter(Boolean).join("\u2002");
  return words && `<g transform="translate(${x + (b - a) / 2},${front})">${written(words, a + b, height)}</g>`;
}

const shifted = (x, markup) => (x && markup ? `<g transform="translate(${x},0)">${markup}</g>` : markup);
