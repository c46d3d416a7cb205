/** The tower as a picture file of its own. */

import { own } from "./own.js";
import { inlined } from "./paint.js";
import { safe } from "./shapes.js";
import { tower } from "./tower.js";

const LONGEST = 28; // signs of a name, before it is cut
const GAP = 16;

/**
 * A complete SVG file with its colours written in, names on the left, shapes on the right.
 *
 * @param {object[]} stages
 * @param {object} kinds
 * @param {{theme: "light"|"dark", title: string}} options
 */
export function standalone(stages, kinds, { theme = "light", title = "" } = {}) {
  const built = tower(stages, kinds, { numbers: true });
  const names = stages.map((stage) => nameOf(stage, kinds));
  const left = Math.ceil(Math.max(60, ...names.map(breadth))) + GAP;
  const [width, height] = [built.width + left, built.height];
  const labels = built.places.map((place, i) => label(names[i], place, left)).join("");
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`;
  const ground = `<title>${safe(title)}</title><rect class="by-ground" width="${width}" height="${height}"/>`;
  const body = `<g transform="translate(${left},0)">${built.markup}</g>`;
  return inlined(`${head}${ground}${labels}${body}</svg>`, theme);
}

/** A brick's own name, or its kind's title. */
function nameOf(stage, kinds) {
  const signs = [...String(stage.name ?? own(kinds, stage.kind)?.title ?? stage.kind)];
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST - 1).join("")}\u2026` : signs.join("");
}

/** Pixels that a name may take at 14 pixels: Hangul and its like are square. */
const breadth = (name) =>
  [...name].reduce((sum, sign) => sum + (sign.codePointAt(0) > 0x10ff ? 14.5 : 9.4), 0);

function label(name, place, left) {
  const y = place.y - place.lift / 2 + 5;
  return `<text class="by-name" x="${left - 4}" y="${y}" font-size="14" text-anchor="end">${safe(name)}</text>`;
}
