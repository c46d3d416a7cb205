/** A whole tower: every brick on the one below, misfits ajar. */

import { GAP, cast, hang, tilt, tilted, warning } from "./ajar.js";
import { corners } from "./body.js";
import { brick } from "./brick.js";
import { own } from "./own.js";
import { around, bounds, list, moved, polygon } from "./projection.js";
import { room, seams } from "./seams.js";
import { safe } from "./shapes.js";

const MARGIN = 14;
const LEAST = { x: -80, y: -40, width: 160, height: 70 };
const UNKNOWN = { profile: "unknown", left: null, right: null, plate: false };

/** A stage's settings, with the catalogue's defaults where they are left out. */
export function settled(stage, kind) {
  const defaults = (kind?.settings ?? []).map(({ name, default: value }) => [name, value]);
  return { ...Object.fromEntries(defaults), ...stage.settings };
}

/**
 * Stack all stages from the ground up.
 *
 * @param {object[]} stages  from the ground: data brick first, label brick last
 * @param {object} kinds  the catalogue's kinds
 * @param {{numbers: boolean}} options  numbers: print the shape at every seam
 * @returns {{markup: string, width: number, height: number, axis: number, places: object[]}}
 *   drawn for viewBox="0 0 width height"; axis: x of the tower's middle
 */
export function tower(stages, kinds, options = {}) {
  const built = stack(stages, kinds);
  const whole = built.map((b) => b.box).reduce(around, LEAST);
  const [axis, ground, right] = [MARGIN - whole.x, MARGIN - whole.y, whole.x + whole.width];
  const parts = [
    shadow(built, axis, ground),
    ...built.map((at) => placed(at, axis, ground + at.y)),
    options.numbers ? seams(built, axis, ground, right) : "",
  ];
  return {
    markup: `<g class="by-tower">${parts.join("")}</g>`,
    width: Math.ceil(whole.width + 2 * MARGIN + (options.numbers ? room(stages) : 0)),
    height: Math.ceil(whole.height + 2 * MARGIN),
    axis,
    places: built.map((at) => place(at, axis, ground)),
  };
}

/** The stages with their drawings and levels (y, negative upwards from the ground). */
function stack(stages, kinds) {
  let level = 0;
  let under = null;
  return stages.map((stage, i) => {
    const drawn = shown(stage, kinds, stages[i + 1], under?.drawn.top);
    const ajar = Boolean(stage.problem) && i > 0;
    const lift = drawn.lift + (ajar ? GAP + hang(drawn) : 0);
    const edge = ajar ? tilted(drawn.edge, drawn) : drawn.edge;
    const y = ajar ? level - GAP : level;
    level -= lift;
    under = { stage, drawn, ajar, lift, edge, y, seam: level, standing: under?.drawn.over };
    under.box = moved(bounds(edge), 0, y);
    return under;
  });
}

function shown(stage, kinds, above, below) {
  const kind = own(kinds, stage.kind);
  const looks = kind?.looks ?? UNKNOWN;
  const settings = settled(stage, kind);
  return brick({
    looks, settings, gets: stage.gets, gives: stage.gives, below,
    activation: looks.profile === "glass" ? null : settings.activation,
    studs: exposed(above, kinds),
  });
}

/** True where a brick's top is to be seen: nothing on it, a misfit, or glass. */
const exposed = (above, kinds) =>
  !above || Boolean(above.problem) || own(kinds, above.kind)?.looks.plate === true;

function placed({ stage, drawn, ajar, standing }, x, y) {
  const at = `transform="translate(${x},${y})${ajar ? tilt(drawn) : ""}"`;
  const group = `<g class="by-brick${ajar ? " by-ajar" : ""}" data-id="${safe(stage.id)}" `
    + `data-kind="${safe(stage.kind)}" ${at}>${drawn.markup}</g>`;
  return ajar ? cast(drawn, standing, x, y + GAP) + group + warning(drawn, x, y) : group;
}

function place({ stage, y, lift, box, edge }, axis, ground) {
  return { id: stage.id, y: ground + y, lift, box: moved(box, axis, ground),
    outline: list(edge), at: [axis, ground + y] };
}

/** The soft shadow on the ground, in layers: no filter, so that every reader shows it. */
function shadow(built, axis, ground) {
  if (!built.length) return "";
  const { wide, deep } = built[0].drawn.under;
  return [0.34, 0.24, 0.15, 0.07].map((grow) => {
    const points = corners({ wide: wide + grow, deep: deep + grow }, -1);
    return polygon(points.map(([x, y]) => [x + axis, y + ground + grow * 8]), "by-shadow");
  }).join("");
}
