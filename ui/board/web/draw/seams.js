/** The shapes printed at the seams, right of the tower, with their scale drawings. */

import { point } from "./projection.js";
import { drawn } from "./scale.js";
import { told } from "./shapes.js";

const LETTER = 8.4; // how wide a figure may get at 12 pixels, with the signs between
const SCALE = 104; // the widest scale drawing

/** How much room the seams of some stages take to the right of their tower. */
export const room = (stages) => 24 + widest(stages) + SCALE;

const print = ({ gives }) => (gives ? told(gives) : "");

const widest = (stages) => LETTER * Math.max(0, ...stages.map((s) => print(s).length));

/** All seams; a thin brick that changes nothing is passed over, a shape is drawn once. */
export function seams(built, axis, ground, right) {
  const column = axis + right + 10 + widest(built.map((b) => b.stage)) + 8;
  return built.map((at, i) => {
    const same = i > 0 && print(at.stage) === print(built[i - 1].stage);
    if (!at.stage.gives || at.drawn.closed || (same && at.lift < 18)) return "";
    const level = ground + at.seam;
    return leader(at.drawn, axis, level, axis + right + 6)
      + number(at.stage.gives, axis + right + 10, level, same)
      + (same ? "" : picture(at.stage.gives, column, level));
  }).join("");
}

function leader({ over }, axis, level, to) {
  const [from] = point(over.wide / 2, 0, -over.deep / 2);
  return `<path class="by-leader" d="M${axis + from + 4},${level}H${to}"/>`;
}

function number(shape, x, level, same) {
  const paint = same ? "by-seam by-same" : "by-seam";
  return `<text class="${paint}" x="${x}" y="${level + 4}" font-size="12">${told(shape)}</text>`;
}

function picture(shape, x, level) {
  const { markup, height } = drawn(shape);
  return `<g transform="translate(${x},${level - height / 2})">${markup}</g>`;
}
