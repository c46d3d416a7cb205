/** A high tower on a slide: cut into pieces that stand side by side. */

import { file, panel } from "./standalone.js";
import { tower } from "./tower.js";

const WIDE = 16 / 9;
const MOST = 8;
const ROOM = 30; // pixels for the marks above and below a piece

/**
 * A complete SVG file about as wide as a slide; what goes on in the next piece is marked
 * with the same number above the one and below the other.
 *
 * @param {object[]} stages
 * @param {object} kinds
 * @param {{theme: "light"|"dark", title: string, folded: Set<string>}} options
 */
export function slide(stages, kinds, { theme = "light", title = "", folded } = {}) {
  const whole = panel(stages, kinds, { folded });
  const count = Math.min(MOST, Math.max(1, Math.round(Math.sqrt((WIDE * whole.height) / whole.width))));
  if (count === 1) return file([whole], { theme, title });
  const panels = pieces(stages, kinds, folded, count)
    .map((piece, i, all) => marked(panel(piece, kinds, { folded }), i, all.length));
  return file(panels, { theme, title });
}

/** The stages in as many runs of nearly one height. */
function pieces(stages, kinds, folded, count) {
  const lifts = new Map(tower(stages, kinds, { folded }).places.map(({ id, lift }) => [id, lift]));
  const whole = stages.reduce((sum, { id }) => sum + lifts.get(id), 0);
  const runs = [[]];
  let height = 0;
  for (const stage of stages) {
    const middle = height + lifts.get(stage.id) / 2;
    // A misfit hangs above what it does not fit on: they stay together.
    if (middle > (whole * runs.length) / count && !stage.problem) runs.push([]);
    runs[runs.length - 1].push(stage);
    height += lifts.get(stage.id);
  }
  return runs;
}

/** A piece with the numbers of its cuts: from the piece before, and to the next. */
function marked({ markup, width, height, axis }, i, count) {
  const from = i > 0 ? badge(axis, height + ROOM * 1.4, i) : "";
  const to = i < count - 1 ? badge(axis, ROOM / 2, i + 1) : "";
  return { width, height: height + 2 * ROOM,
    markup: `<g transform="translate(0,${ROOM})">${markup}</g>${to}${from}` };
}

const badge = (x, y, number) => `<g transform="translate(${x},${y})"><circle class="by-badge" r="11"/>`
  + `<text class="by-figure" y="4.6" font-size="13" text-anchor="middle">${number}</text></g>`;
