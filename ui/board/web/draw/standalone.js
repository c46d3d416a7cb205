/** The tower as a picture file of its own. */

import { tower } from "./tower.js";
import { inlined } from "./paint.js";
import { safe } from "./shapes.js";

const NAMES = 190;

/**
 * A complete SVG file with its colours written in.
 *
 * @param {object[]} stages
 * @param {object} kinds
 * @param {{theme: "light"|"dark", title: string}} options
 */
export function standalone(stages, kinds, { theme = "light", title = "" } = {}) {
  const built = tower(stages, kinds, { numbers: true });
  const width = built.width + NAMES;
  const names = built.places.map((place, i) => named(stages[i], kinds, place)).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${built.height}" `
    + `viewBox="0 0 ${width} ${built.height}" font-family="system-ui, sans-serif">`
    + `<title>${safe(title)}</title><rect class="by-ground" width="${width}" height="${built.height}"/>`
    + `${names}<g transform="translate(${NAMES},0)">${built.markup}</g></svg>`;
  return inlined(svg, theme);
}

function named(stage, kinds, place) {
  const title = kinds[stage.kind]?.title ?? stage.kind;
  const y = place.y - place.lift / 2 + 5;
  return `<text class="by-name" x="${NAMES - 6}" y="${y}" font-size="14" text-anchor="end">${safe(stage.name ?? title)}</text>`;
}
