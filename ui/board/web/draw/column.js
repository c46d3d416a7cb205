/** A column: one list of bricks, each on the one below, from its floor upwards. */

import { group, held } from "./group.js";
import { leaf } from "./leaf.js";

const NARROW = 46; // half the width of a column nothing stands in

/**
 * Measure a list of stages and all that is inside of them.
 *
 * @param {object[]} stages  from the floor upwards
 * @param {{kinds: object, folded: Set<string>, values: ?object}} look
 * @param {{id: ?string, top: ?string, over: ?object}} floor  what the list stands on;
 *   no id: the ground, whose first brick is the data brick
 */
export function column(stages, look, floor = { id: null, top: null, over: null }) {
  let level = 0;
  let under = floor;
  const nodes = stages.map((stage, i) => {
    const at = { top: under.top, over: under.over, spread: under.roof ? under.roof.a + under.roof.b : spread(under),
      above: stages[i + 1], ground: !floor.id && i === 0 };
    const node = held(stage, look) ? group(stage, look, at) : leaf(stage, look, at);
    node.level = level;
    level -= node.lift;
    under = node;
    return node;
  });
  return { floor: floor.id, nodes, lift: -level, ...room(nodes), top: under.top, over: under.over };
}

/** How far what lies below is drawn out, null for a floor: on it, everything has room. */
const spread = (under) => (under.stage ? 0 : null);

/** What a list takes to both sides, and the footprint that holds all of it. */
function room(nodes) {
  const most = (of, least) => nodes.reduce((found, node) => Math.max(found, of(node)), least);
  return {
    left: most((n) => n.left, NARROW),
    right: most((n) => n.right, NARROW),
    core: { wide: most((n) => n.core.wide, 1), deep: most((n) => n.core.deep, 1),
      a: most((n) => n.core.a, 0), b: most((n) => n.core.b, 0) },
  };
}

/** Write a measured column at (x, y) into `out`: its parts, places, seams and prints. */
export function emit(list, x, y, out, { depth = 0, lined = true, told = lined } = {}) {
  const width = list.left + list.right;
  const seam = (after, level) => out.seams.push({ after, x, y: level, width, depth });
  if (list.floor) seam(list.floor, y);
  for (const node of list.nodes) {
    node.emit(node, x, y + node.level, out, { depth, column: x, width, lined, told });
    const top = y + node.level - node.lift;
    if (!node.closed) seam(node.stage.id, top);
    if (lined && !node.closed) out.prints.push({ node, x, y: top });
  }
}
