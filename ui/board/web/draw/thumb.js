/** The palette's picture of a brick. */

import { brick } from "./brick.js";

// A slope shows in the palette as it is met most often: it reduces.
const SLOPING = { gets: [4096], gives: [64] };

/**
 * Draw a brick as it comes from the palette.
 *
 * @param {object} looks  the kind's looks
 * @param {object} start  the settings it comes with
 * @returns {{markup: string, width: number, height: number}} a whole <svg>
 */
export function thumb(looks, start = {}) {
  const { activation = null, ...rest } = start ?? {};
  const own = looks.profile === "glass";
  const shown = brick({ looks, settings: own ? start : rest, activation: own ? null : activation,
    ...(looks.profile === "slope" ? SLOPING : {}) });
  const { x, y, width, height } = shown.box;
  const [w, h] = [Math.ceil(width + 4), Math.ceil(height + 4)];
  const markup = `<svg class="by-thumb" xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" `
    + `viewBox="${x - 2} ${y - 2} ${w} ${h}" aria-hidden="true">${shown.markup}</svg>`;
  return { markup, width: w, height: h };
}
