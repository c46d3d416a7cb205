/** Small pictures of one brick: in the palette, and beside its settings. */

import { brick } from "./brick.js";
import { counted } from "./folded.js";
import { UNKNOWN, asked, ended } from "./leaf.js";
import { own } from "./own.js";
import { settled } from "./settled.js";

// What is met most often: a slope reduces, words become vectors, a base knows its pictures.
const TYPICAL = {
  slope: { gets: [4096], gives: [64] },
  embedding: { gets: [80], gives: [80, 64], below: "words" },
};
// What the palette shows on a container that says nothing itself.
const COUNTS = { columns: "", bridge: "+" };

/**
 * Draw a brick as it comes from the palette, or as it stands in a tower.
 *
 * @param {object} of  the kind's looks; or a stage, with its settings and shapes
 * @param {object} more  the settings it comes with; or the catalogue's kinds
 * @returns {{markup: string, width: number, height: number}} a whole <svg>
 */
export function thumb(of, more = {}) {
  return pictured(brick(typeof of.kind === "string" ? standing(of, more) : fresh(of, more)));
}

/** A brick from the palette, in its typical shapes. */
function fresh(looks, start) {
  const rest = { ...start };
  delete rest.activation;
  const glass = looks.profile === "glass";
  const typical = own(TYPICAL, looks.profile) ?? {};
  const count = own(COUNTS, looks.profile);
  const shown = count === undefined ? looks : { ...looks, right: "count" };
  return { looks: shown, settings: glass ? start : { ...rest, count }, activation: ended(looks, start ?? {}), ...typical };
}

/** A brick as it stands: a container is shown folded. */
function standing(stage, kinds) {
  const kind = own(kinds, stage.kind);
  const looks = kind?.looks ?? UNKNOWN;
  if (!stage.inner?.length) return asked(stage, kind, settled(stage, kind, {}), {});
  const count = counted(stage, settled(stage, kind, {}), looks.profile);
  return { looks: { ...looks, left: "name", right: "count" }, settings: { name: stage.name, count },
    gets: stage.gets, gives: stage.gives };
}

function pictured({ markup, box: { x, y, width, height } }) {
  const [w, h] = [Math.ceil(width + 4), Math.ceil(height + 4)];
  return { width: w, height: h,
    markup: `<svg class="by-thumb" xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" `
      + `viewBox="${x - 2} ${y - 2} ${w} ${h}" aria-hidden="true">${markup}</svg>` };
}
