/** The frames of containers: a crate, a film, columns side by side, a bridge over the side. */

import { studs } from "./body.js";
import { bridge, joint } from "./bridge.js";
import { crate, perforated } from "./crate.js";
import { inscribed } from "./figures.js";
import { aside, middle } from "./plan.js";
import { polygon } from "./projection.js";
import { riser } from "./riser.js";
import { TIMES } from "./shapes.js";
import { reach, slab, spread } from "./slab.js";

/** The base of a frame, and studs where nothing stands on it yet. */
function base({ plan, frame, columns }) {
  const bare = columns.map((list, n) => (list.nodes.length || plan.pads?.[n] ? ""
    : shift(studs(list.top, list.over, frame.base), plan.at[n], 0)));
  return slab(plan.core, 0, frame.base) + shade(plan.core, frame.base) + bare.join("");
}

/** The dusk under the roof, on the base. */
function shade(core, y) {
  const at = spread({ ...core, wide: core.wide * 0.94, deep: core.deep * 0.94 }, y);
  return polygon([at.l, at.k1, at.k2, at.r, at.f2, at.f1], "by-dusk");
}

/** The roof, ajar where the container has a problem of its own. */
function roof({ plan, frame, room, open, top, over, bare, ajar }, words) {
  const y = frame.base + room + open;
  const whole = slab(plan.core, y, frame.roof) + inscribed(plan.core, y, frame.roof, words)
    + (frame.marks?.(plan.core, y, frame.roof) ?? "")
    + (bare ? studs(top, over, y + frame.roof) : "");
  return ajar ? `<g class="by-ajar" transform="${lean(plan.core, y)}">${whole}</g>` : whole;
}

/** The transform that lets a roof of any width rise by a few pixels to its right. */
function lean(core, y) {
  const width = 2 * reach(core) + core.a + core.b;
  const angle = Math.round((Math.atan2(12, width) * 18000) / Math.PI) / 100;
  return `rotate(${-angle},${Math.round(-reach(core) - core.a)},${-y})`;
}

/** Posts from short columns up to the roof. */
const risers = ({ columns, plan, frame, room }) => columns.map((list, n) =>
  (plan.pads?.[n] ? "" : riser(plan.at[n], frame.base + list.lift, frame.base + room))).join("");

const shift = (markup, x, y) => (markup ? `<g transform="translate(${x},${y})">${markup}</g>` : "");

const SIGNS = { add: "+ add", multiply: `${TIMES} multiply` };

const counted = ({ stage, settings }) => ({ left: stage.name ?? "",
  right: settings.repeat > 1 ? `${TIMES}${settings.repeat}` : "" });

const merged = ({ stage, settings }) => ({ left: stage.name ?? "",
  right: SIGNS[settings.merge] ?? String(settings.merge ?? "") });

const stepped = ({ stage }) => ({ left: stage.name ?? "",
  right: stage.gets?.length ? `${TIMES}${stage.gets[0]}` : "" });

/**
 * Profile of a container -> how it is built. `back` lies behind its columns, `front`
 * before them; both are drawn around the middle of its underside.
 */
export const FRAMES = {
  crate: { base: 10, roof: 22, plan: middle(0.3),
    back: (node) => base(node) + crate.back(node),
    front: (node) => crate.front(node) + roof(node, counted(node)) },
  film: { base: 14, roof: 24, plan: middle(0.3), marks: perforated,
    back: (node) => base(node) + perforated(node.plan.core, 0, 14) + crate.back(node),
    front: (node) => crate.front(node) + roof(node, stepped(node)) },
  columns: { base: 10, roof: 20, plan: middle(0.16), sides: true,
    back: base, front: (node) => risers(node) + roof(node, merged(node)) },
  bridge: { base: 10, roof: 18, plan: aside(0.16), sides: true, arch: 30,
    back: (node) => bridge.back(node) + base(node),
    front: (node) => risers(node) + bridge.front(node) + roof(node, { left: node.stage.name ?? "" }) + joint(node) },
};
