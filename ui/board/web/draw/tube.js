/** Recurrence: a tube out of the side brings back what was. */

import { THICK, block } from "./body.js";
import { onLeftFace } from "./figures.js";
import { point } from "./projection.js";

const OUT = 26; // pixels that a tube stands out beyond its brick's corner
const [LOW, HIGH] = [12, 29];

function tube(form) {
  const { wide, deep } = form.under;
  const right = loop(point(0, 0, -deep / 2)[0], point(wide / 2, 0, -deep / 2)[0] + OUT, point(0, 0, -deep / 2)[1]);
  const place = [-wide / 2, 0, deep / 2 - 0.28];
  const left = form.settings.bidirectional
    ? loop(point(...place)[0], point(-wide / 2, 0, deep / 2)[0] - OUT, point(...place)[1]) : "";
  return block(form.under, form.over, 0, THICK) + onLeftFace(form.figures.left, form.under, THICK / 2, THICK - 2)
    + right + left;
}

/** Out of one hole at `x`, around at `far`, and back in at the other. */
function loop(x, far, y) {
  const [low, high] = [y - LOW, y - HIGH];
  const way = far > x ? 1 : -1;
  const path = `M${x},${low}H${far - 8 * way}q${8 * way},0 ${8 * way},${(high - low) / 2}t${-8 * way},${(high - low) / 2}H${x}`;
  const hole = (at) => `<ellipse class="by-cave" cx="${x}" cy="${at}" rx="4.6" ry="5.6"/>`;
  const head = `M${x + 13 * way},${high - 3.5}l${-5 * way},3.5l${5 * way},3.5`;
  return hole(low) + hole(high) + `<path class="by-tube-edge" d="${path}"/><path class="by-tube" d="${path}"/>`
    + `<path class="by-arrow" d="${head}"/>`;
}

/** How far the tubes reach, for the outline. */
function reach({ under: { wide, deep }, settings }) {
  const far = ((wide + deep) / 2) * point(1, 0, 0)[0] + OUT + 5;
  const y = point(0, 0, -deep / 2)[1];
  const right = [[far, y - LOW + 5], [far, y - HIGH - 5]];
  const side = point(-wide / 2, 0, deep / 2 - 0.28)[1];
  return settings.bidirectional ? [...right, [-far, side - LOW + 5], [-far, side - HIGH - 5]] : right;
}

const gives = (settings) => (settings.return_sequences ? "sequence" : "vector");

export const TUBES = {
  tube: { draw: tube, height: THICK, takes: ["sequence"], gives, reach },
};
