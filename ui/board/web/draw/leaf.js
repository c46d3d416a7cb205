/** One brick in its column: how it stands there, or hangs ajar. */

import { GAP, cast, hang, tilt, tilted, warning } from "./ajar.js";
import { brick } from "./brick.js";
import { own } from "./own.js";
import { bounds, moved } from "./projection.js";
import { bindings, settled } from "./settled.js";
import { safe } from "./shapes.js";

export const UNKNOWN = { profile: "unknown", left: null, right: null, plate: false };

/**
 * A brick as a node of its column.
 *
 * @param {object} stage
 * @param {{kinds: object, values: ?object}} look
 * @param {{top: ?string, over: ?object, above: ?object, ground: boolean}} at
 *   what it stands on, the stage above it, and whether it stands on the very ground
 */
export function leaf(stage, look, { top, over, above, ground }) {
  const drawn = shown(stage, look, above, top);
  return standing(stage, drawn, { over, ajar: Boolean(stage.problem) && !ground });
}

/** A drawing with its room: it hangs over a gap where it is ajar. */
export function standing(stage, drawn, { over, ajar }) {
  const edge = ajar ? tilted(drawn.edge, drawn) : drawn.edge;
  const box = bounds(edge);
  const gap = ajar ? GAP : 0;
  return { stage, drawn, ajar, gap, edge, box, on: over, emit,
    lift: drawn.lift + (ajar ? gap + hang(drawn) : 0), closed: drawn.closed,
    left: -box.x, right: box.x + box.width, top: drawn.top, over: drawn.over,
    core: { wide: Math.max(drawn.under.wide, drawn.over.wide), a: 0,
      deep: Math.max(drawn.under.deep, drawn.over.deep), b: 0 } };
}

function shown(stage, { kinds, values }, above, below) {
  const kind = own(kinds, stage.kind);
  const more = { below, studs: exposed(above, kinds) };
  return brick({ ...asked(stage, kind, settled(stage, kind, values), more), bound: bindings(stage) });
}

/** What `brick` is asked for, to draw a stage of some kind. */
export function asked(stage, kind, settings, more) {
  const looks = kind?.looks ?? UNKNOWN;
  return { looks, settings, gets: stage.gets, gives: stage.gives, words: Boolean(stage.words),
    activation: ended(looks, settings), layers: stage.layers ?? null,
    fits: Boolean(stage.gets) && !stage.problem, ...more };
}

/** The function whose glass lies on a brick: a base with its own top ends in softmax. */
export function ended({ profile }, { activation, include_top: top }) {
  if (profile === "sealed") return top ? "softmax" : null;
  return profile === "glass" ? null : activation;
}

/** True where a brick's top is to be seen: nothing on it, a misfit, or glass. */
const exposed = (above, kinds) =>
  !above || Boolean(above.problem) || own(kinds, above.kind)?.looks?.plate === true;

function emit(node, x, level, out, { depth, column, width, told }) {
  const y = level - node.gap;
  const { stage, drawn, ajar, lift, edge, box } = node;
  const at = `transform="translate(${x},${y})${ajar ? tilt(drawn) : ""}"`;
  const group = `<g class="by-brick${ajar ? " by-ajar" : ""}" data-id="${safe(stage.id)}" `
    + `data-kind="${safe(stage.kind)}" ${at}>${drawn.markup}</g>`;
  out.parts.push(ajar ? cast(drawn, node.on ?? drawn.under, x, level) + group + warning(drawn, x, y) : group);
  const place = { id: stage.id, y, lift, box: moved(box, x, y), edge, at: [x, y], depth, column, width, lined: told,
    ...(drawn.lock && !ajar ? { lock: drawn.lock } : {}) };
  out.places.push(node.folded ? { ...place, folded: true } : place);
}
