/** A container in its column: inner columns between a base and a roof, or one folded brick. */

import { GAP } from "./ajar.js";
import { emit as write, column } from "./column.js";
import { folded } from "./folded.js";
import { FRAMES } from "./frames.js";
import { own } from "./own.js";
import { bounds, moved } from "./projection.js";
import { resolved, settled } from "./settled.js";
import { footprint, rank, safe } from "./shapes.js";
import { reach, shell } from "./slab.js";

const HOLLOW = 44; // how high the room is where nothing stands in it
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
  return { ...values, ...resolved(stage.parameters, values ?? {}) };
}

function inner(stage, look, ground) {
  return stage.inner.map((stages, n) =>
    column(stages, look, { ...ground, id: `${stage.id}:${n}` }));
}

function framed({ stage, settings, frame, columns, at }) {
  const room = Math.max(HOLLOW, ...columns.map((c) => c.lift + (frame.arch ?? 0)));
  const plan = frame.plan(columns);
  const ajar = Boolean(stage.problem);
  const open = ajar ? GAP + OPEN : 0;
  const lift = frame.base + room + open + frame.roof;
  const top = (stage.words ? "words" : rank(stage.gives)) ?? columns[0]?.top ?? at.top ?? "map";
  const edge = shell(plan.core, 0, lift);
  const box = bounds(edge);
  return { stage, settings, frame, columns, plan, room, open, ajar, edge, box, lift, emit, top,
    over: footprint(top, stage.gives), core: plan.core, closed: false, bare: bare(at, stage),
    left: reach(plan.core) + plan.core.a, right: reach(plan.core) + plan.core.b };
}

/** Studs are drawn on a roof that nothing covers. */
const bare = ({ above }) => !above || Boolean(above.problem);

function emit(node, x, y, out, { depth, column: middle, width, lined }) {
  const { stage, frame, columns, plan, lift, edge, box } = node;
  out.places.push({ id: stage.id, y, lift, box: moved(box, x, y), edge, at: [x, y], depth,
    column: middle, width, holds: true });
  out.parts.push(`<g class="by-brick by-container" data-id="${safe(stage.id)}" `
    + `data-kind="${safe(stage.kind)}">${frame.back(node, x, y)}`);
  columns.forEach((list, n) => {
    const side = frame.sides && columns.length > 1;
    out.parts.push(frame.floor?.(node, n, x, y) ?? "");
    write(list, x + plan.at[n], y - frame.base, out, { depth: depth + 1, lined: lined && !side });
  });
  out.parts.push(`${frame.front(node, x, y)}</g>`);
}
