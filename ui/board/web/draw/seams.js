/** The shapes printed at the seams, right of the tower, with their scale drawings. */

import { drawn } from "./scale.js";
import { told } from "./shapes.js";
import { reach } from "./slab.js";

const LETTER = 8.4; // how wide a figure may get at 12 pixels, with the signs between
const SCALE = 104; // the widest scale drawing
const CLOSE = 18; // the same shape is not told again this near

/** How much room the seams take to the right of their tower. */
export const room = (prints) => 24 + widest(prints) + SCALE;

const print = ({ node: { stage: { gives } } }) => (gives ? told(gives) : "");

const widest = (prints) => LETTER * prints.reduce((most, at) => Math.max(most, print(at).length), 0);

/** All seams; a thin brick that changes nothing is passed over, a shape is drawn once. */
export function prints(all, right) {
  const scales = right + 10 + widest(all) + 8;
  let before = null;
  return all.map((at) => {
    const said = print(at);
    const same = before?.said === said;
    if (!said || (same && before.y - at.y < CLOSE + (at.node.frame ? 20 : 0))) return "";
    before = { said, y: at.y };
    return leader(at, right + 6) + number(said, right + 10, at.y, same)
      + (same ? "" : picture(at.node.stage.gives, scales, at.y));
  }).join("");
}

function leader({ node, x, y }, to) {
  const from = x + (node.frame ? node.right : reach(node.over)) + 4;
  return from < to ? `<path class="by-leader" d="M${from},${y}H${to}"/>` : "";
}

/** A text stands in a group of its own, around 0,0: so it can be turned on the spot. */
function number(said, x, y, same) {
  const paint = same ? "by-seam by-same" : "by-seam";
  return `<g transform="translate(${x},${y})"><text class="${paint}" y="4" font-size="12">${said}</text></g>`;
}

function picture(shape, x, level) {
  const { markup, height } = drawn(shape);
  return `<g transform="translate(${x},${level - height / 2})">${markup}</g>`;
}
