/** The visible way up: a post from a short column to the roof, with arrows on it. */

import { block } from "./body.js";

const POST = { wide: 0.42, deep: 0.42 };
const STEP = 26;

/** A post at `x` from the height `from` up to `to`; "" where there is no way to go. */
export function riser(x, from, to) {
  if (to - from < 3) return "";
  return `<g transform="translate(${x},0)">${block(POST, POST, from, to - from, "by-frame")}`
    + `${arrows(0, from + 14, to - 8)}</g>`;
}

/** Arrow heads one above the other at `x`, between two heights. */
export function arrows(x, from, to) {
  const count = to - from < 8 ? 0 : Math.max(1, Math.floor((to - from) / STEP));
  const first = from + ((to - from) - (count - 1) * STEP) / 2;
  const heads = Array.from({ length: count }, (_, i) =>
    `M${x - 5},${-Math.round(first + i * STEP) + 4}l5,-5l5,5`);
  return heads.length ? `<path class="by-arrow" d="${heads.join("")}"/>` : "";
}
