/** The bridge of a Residual: a beam from its base over the side into its roof. */

import { roomy } from "./plan.js";
import { arrows } from "./riser.js";
import { reach, slab } from "./slab.js";

const ROUND = 16;
const DEEP = 6; // how much of the beam's upper side is seen
const MARGIN = 0.16;
const BADGE = 10;

const foot = ({ plan }) => Math.round(reach(plan.core) + plan.core.b) - 5;
const laden = ({ columns }) => columns[1]?.nodes.length > 0;

/** The beam as far as it lies behind; where bricks stand on it, only their base. */
function back(node) {
  const { plan, frame, columns } = node;
  if (columns.length !== 2) return "";
  const [from, to, y] = [foot(node), plan.at[1], -frame.base / 2];
  if (!laden(node)) return beam(`M${from},${y}H${to - ROUND}q${ROUND},0 ${ROUND},${-ROUND}V${-top(node) + ROUND}`)
    + upper(node, -top(node) + ROUND);
  const pad = slab(roomy(columns[1].core, MARGIN), 0, frame.base);
  return `${beam(`M${from},${y}H${to}`)}<g transform="translate(${to},0)">${pad}</g>`;
}

/** From the bricks on the shortcut up, and over into the roof. */
function front(node) {
  const { frame, columns, plan } = node;
  if (columns.length !== 2) return "";
  const low = frame.base + columns[1].lift;
  if (laden(node)) return upper(node, -low) + arrows(plan.at[1], low + 6, top(node) - ROUND);
  return arrows(plan.at[1], low + ROUND, top(node) - ROUND);
}

/** The height of the beam's upper stretch: the middle of the roof, shut. */
const top = ({ frame, room }) => frame.base + room + frame.roof / 2;

function upper(node, from) {
  const x = node.plan.at[1];
  return beam(`M${x},${from}V${-top(node) + ROUND}q0,${-ROUND} ${-ROUND},${-ROUND}H${foot(node)}`);
}

/** A stroke with a body: its upper side shows above its front. */
function beam(path) {
  return `<path class="by-beam-edge" transform="translate(0,${-DEEP})" d="${path}"/>`
    + `<path class="by-beam-top" transform="translate(0,${-DEEP})" d="${path}"/>`
    + `<path class="by-beam-edge" d="${path}"/><path class="by-beam" d="${path}"/>`;
}

/** The mark where body and shortcut are added. */
export function joint(node) {
  if (node.columns.length !== 2) return "";
  const at = `translate(${foot(node) + 4},${-top(node) - node.open})`;
  return `<g transform="${at}"><circle class="by-badge" r="${BADGE}"/>`
    + '<path class="by-badge-ink" d="M-5,0h10M0,-5v10"/></g>';
}

export const bridge = { back, front };
