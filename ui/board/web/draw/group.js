/** A container in its column: inner columns between a base and a roof, or one folded brick. */

import { GAP, mark } from "./ajar.js";
import { block } from "./body.js";
import { emit as write, column } from "./column.js";
import { folded } from "./folded.js";
import { FRAMES } from "./frames.js";
import { own } from "./own.js";
import { bounds, moved } from "./projection.js";
import { resolved, settled } from "./settled.js";
import { footprint, rank, safe } from "./shapes.js";
import { reach, shell } from "./slab.js";

const STAND = { wide: 1.5, deep: 1.5 };
const HOLLOW = 44; // how high the room is where nothing stands in it
const NECK = 20; // how far a wide base is held above what is narrower, so as not to hide it
const OPEN = 10; // how far an ajar roof's far end rises

/** True where a stage is a container. */
export const held = (stage, { kinds }) =>
  Array.isArray(stage.inner) && (stage.inner.length > 0 || own(kinds, stage.kind)?.container != null);

/** A container as a node of its column; see `leaf`. */
export function group(stage, look, at) {
  const kind = own(look.kinds, stage.kind);
  const settings = settled(stage, kind, look.values);
  const frame = own(FRAMES, kind?.looks?.profile) ?? FRAMES.crate;
  if (look.folded.has(stage.id)) return folded(stage, { looks: kind?.looks, settings }, at);
  const ground = { top: rank(stage.gets) ?? at.top ?? "map", over: at.over };
  const columns = inner(stage, { ...look, values: within(stage, look) }, ground);
  return framed({ stage, settings, frame, columns, at });
}

/** The values that names stand for inside of a container. */
function within(stage, { values }) {
  if (!stage.parameters) return values;
  return { ...values, ...resolved(stage.parameters, values) };
}

function inner(stage, look, ground) {
  const towers = stage.inner.length ? stage.inner : [[]];
  return towers.map((stages, n) =>
    column(stages, look, { ...ground, id: `${stage.id}:${n}` }));
}

function framed({ stage, settings, frame, columns, at }) {
  const plan = frame.plan(columns);
  const room = Math.max(HOLLOW, ...columns.map((c, n) => c.lift + above(c, n, frame, plan)));
  const neck = at.spread != null && broad(plan.core) > at.spread ? NECK : 0;
  const ajar = Boolean(stage.problem);
  const open = ajar ? GAP + OPEN : 0;
  const lift = neck + frame.base + room + open + frame.roof;
  const top = (stage.words ? "words" : rank(stage.gives)) ?? columns[0]?.top ?? at.top ?? "map";
  const edge = shell(plan.outer, neck, lift - neck);
  const box = bounds(edge);
  return { stage, settings, frame, columns, plan, room, neck, open, ajar, edge, box, lift, emit, top,
    over: footprint(top, stage.gives), core: plan.outer, roof: plan.core, closed: false, bare: bare(at, stage),
    left: reach(plan.outer) + plan.outer.a, right: reach(plan.outer) + plan.outer.b };
}

/** The room a column needs under the roof: for the bridge's arch, or to be seen at all. */
function above(list, n, frame, { core }) {
  if (n > 0 && frame.arch && list.lift) return frame.arch;
  const last = list.nodes[list.nodes.length - 1];
  return last && broad(last.core) > 0 && broad(core) > broad(last.roof ?? last.core) ? NECK : 0;
}

/** How many pixels a footprint is drawn out. */
const broad = ({ a, b }) => a + b;

/** Studs are drawn on a roof that nothing covers. */
const bare = ({ above }) => !above || Boolean(above.problem);

function emit(node, x, y, out, { depth, column: middle, width, lined, told = lined }) {
  const { stage, frame, columns, plan, neck, lift, edge, box } = node;
  out.places.push({ id: stage.id, y, lift, box: moved(box, x, y), edge, at: [x, y], depth,
    column: middle, width, lined: told, holds: true });
  const shift = `transform="translate(${x},${y - neck})"`;
  const stand = neck ? `<g transform="translate(${x},${y})">${block(STAND, STAND, 0, neck, "by-frame")}</g>` : "";
  out.parts.push(`<g class="by-brick by-container" data-id="${safe(stage.id)}" `
    + `data-kind="${safe(stage.kind)}">${stand}<g ${shift}>${frame.back(node)}</g>`);
  columns.forEach((list, n) => {
    const inline = lined && !(frame.sides && columns.length > 1);
    // The body of a bridge goes on upwards from what is below it; branches do not.
    const along = told && (inline || (Boolean(frame.arch) && n === 0));
    write(list, x + plan.at[n], y - neck - frame.base, out, { depth: depth + 1, lined: inline, told: along });
  });
  const sign = node.ajar ? mark(-node.left * 0.62, -frame.base - node.room) : "";
  out.parts.push(`<g ${shift}>${frame.front(node)}${sign}</g></g>`);
}
