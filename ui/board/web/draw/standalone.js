/** The tower as a picture file of its own. */

import { own } from "./own.js";
import { inlined } from "./paint.js";
import { safe } from "./shapes.js";
import { tower } from "./tower.js";

const LONGEST = 28; // signs of a name, before it is cut
const GAP = 16;
const ROOF = 22; // how high a container's roof is

/**
 * A complete SVG file with its colours written in, names on the left, shapes on the right.
 *
 * @param {object[]} stages
 * @param {object} kinds
 * @param {{theme: "light"|"dark", title: string, folded: Set<string>, upside: boolean}} options
 */
export function standalone(stages, kinds, { theme = "light", title = "", ...more } = {}) {
  return file([panel(stages, kinds, more)], { theme, title });
}

/** A tower with its names: {markup, width, height, axis}. */
export function panel(stages, kinds, { folded, upside } = {}) {
  const built = tower(stages, kinds, { numbers: true, folded, upside });
  const labels = named(stages, kinds, built);
  const left = Math.ceil(Math.max(60, ...labels.map(({ name }) => breadth(name)))) + GAP;
  const names = labels.map((at) => label(at, left, upside ? -1 : 1)).join("");
  return { markup: `${names}<g transform="translate(${left},0)">${built.markup}</g>`,
    width: built.width + left, height: built.height, axis: built.axis + left, places: built.places };
}

/** Panels side by side on one ground, as a file. */
export function file(panels, { theme, title }) {
  const width = panels.reduce((sum, panel) => sum + panel.width, 0);
  const height = Math.max(...panels.map((panel) => panel.height));
  let x = 0;
  const bodies = panels.map((panel) => {
    const body = `<g transform="translate(${x},${height - panel.height})">${panel.markup}</g>`;
    x += panel.width;
    return panels.length > 1 ? body : panel.markup;
  });
  return inlined(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`
    + `<title>${safe(title)}</title><rect class="by-ground" width="${width}" height="${height}"/>${bodies.join("")}</svg>`, theme);
}

/** What stands in the tower's own line gets a name; branches beside it have no room for one. */
function named(stages, kinds, { places }) {
  const byId = new Map(every(stages).map((stage) => [stage.id, stage]));
  return places.filter(({ lined }) => lined)
    .map((place) => ({ place, name: nameOf(byId.get(place.id), kinds) }));
}

const every = (stages) =>
  stages.flatMap((stage) => [stage, ...(stage.inner ?? []).flatMap(every)]);

/** A brick's own name, or its kind's title. */
function nameOf(stage, kinds) {
  const signs = [...String(stage.name ?? own(kinds, stage.kind)?.title ?? stage.kind)];
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST - 1).join("")}\u2026` : signs.join("");
}

/** Pixels that a name may take at 14 pixels: Hangul and its like are square. */
const breadth = (name) =>
  [...name].reduce((sum, sign) => sum + (sign.codePointAt(0) > 0x10ff ? 14.5 : 9.4), 0);

/** Beside the middle of a brick, or beside the roof of what holds others. */
function label({ name, place }, left, up) {
  const middle = place.holds ? place.lift - ROOF / 2 : place.lift / 2;
  const y = place.y - up * middle + 5;
  return `<text class="by-name" x="${left - 4}" y="${y}" font-size="14" text-anchor="end">${safe(name)}</text>`;
}
