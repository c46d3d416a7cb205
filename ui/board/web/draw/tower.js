/** A whole tower: every brick on the one below, misfits ajar. */

import { corners } from "./body.js";
import { brick } from "./brick.js";
import { STUD, TURN, around, moved, point, polygon } from "./projection.js";
import { drawn } from "./scale.js";
import { safe, told } from "./shapes.js";

const GAP = 14;
const TILT = 8;
const MARGIN = 14;
const SEAM = 190;
const UNKNOWN = { profile: "unknown", left: null, right: null, plate: false };

/** A stage's settings with what the catalogue says where they are left out. */
export function settled(stage, kind) {
  const defaults = {};
  for (const { name, default: value } of kind?.settings ?? []) {
    if (value !== null && value !== undefined) defaults[name] = value;
  }
  return { ...kind?.start, ...defaults, ...stage.settings };
}

/**
 * Stack all stages from the ground up.
 *
 * @param {object[]} stages  from the ground: data brick first, label brick last
 * @param {object} kinds  the catalogue's kinds
 * @param {{numbers: boolean}} options  numbers: print the shape at every seam
 * @returns {{markup, width, height, axis, places}} drawn for viewBox="0 0 width height"
 */
export function tower(stages, kinds, options = {}) {
  const built = stack(stages, kinds);
  const whole = built.map((b) => b.box).reduce(around, { x: -80, y: -40, width: 160, height: 70 });
  const axis = MARGIN - whole.x;
  const ground = MARGIN - whole.y;
  const right = whole.x + whole.width;
  const body = built.map((b) => placed(b, axis, ground)).join("");
  const seams = options.numbers ? built.map((b) => seam(b, axis, ground, right)).join("") : "";
  return {
    markup: `<g class="by-tower">${shadow(built, axis, ground)}${body}${seams}</g>`,
    width: Math.ceil(whole.width + 2 * MARGIN + (options.numbers ? SEAM : 0)),
    height: Math.ceil(whole.height + 2 * MARGIN),
    axis,
    places: built.map((b) => ({ id: b.stage.id, y: ground + b.y, lift: b.lift,
      box: moved(b.box, axis, ground), outline: b.drawn.outline, at: [axis, ground + b.y] })),
  };
}

/** The stages with their drawings and levels (y, negative upwards from the ground). */
function stack(stages, kinds) {
  let [y, below] = [0, null];
  return stages.map((stage, i) => {
    const kind = kinds[stage.kind];
    const settings = settled(stage, kind);
    const looks = kind?.looks ?? UNKNOWN;
    const bare = exposed(stages[i + 1], kinds);
    const drawing = brick({ looks, settings, gets: stage.gets, gives: stage.gives, below,
      activation: looks.profile === "glass" ? null : settings.activation, studs: bare });
    const ajar = Boolean(stage.problem) && i > 0;
    const rise = ajar ? GAP + hang(drawing) : 0;
    const lift = drawing.lift + rise;
    const at = { stage, drawn: drawing, ajar, y: ajar ? y - GAP : y, lift };
    at.box = moved(drawing.box, 0, at.y);
    at.seam = y - lift;
    y -= lift;
    below = drawing.top;
    return at;
  });
}

/** True where a brick's top is to be seen: nothing on it, a misfit, or glass. */
const exposed = (above, kinds) =>
  !above || above.problem || kinds[above.kind]?.looks.plate === true;

/** How much higher than its low corner a tilted brick's high corner hangs. */
const hang = ({ under }) =>
  Math.round((under.wide + under.deep) * STUD * TURN.along * Math.sin((TILT * Math.PI) / 180));

function placed({ stage, drawn: drawing, ajar, y }, axis, ground) {
  const id = `data-id="${safe(stage.id)}" data-kind="${safe(stage.kind)}"`;
  const low = corners(drawing.under, 0)[1];
  const tilt = ajar ? ` rotate(${-TILT},${low[0]},${low[1]})` : "";
  const cast = ajar ? under(drawing.under, axis, ground + y + GAP) : "";
  const group = `<g class="by-brick${ajar ? " by-ajar" : ""}" ${id} transform="translate(${axis},${ground + y})${tilt}">${drawing.markup}</g>`;
  return cast + group + (ajar ? warning(axis - low[0] * 0.62, ground + y) : "");
}

/** The shadow that a brick hanging ajar casts on the one below. */
function under(footprint, x, y) {
  const points = corners(footprint, 0).map(([px, py]) => [px + x, py + y]);
  return polygon(points, "by-cast");
}

/** The warning mark in the gap: a triangle with its sign, so not by colour alone. */
function warning(x, y) {
  return `<g class="by-warning" transform="translate(${x},${y})"><path class="by-alarm" d="M0,-18l11,19h-22z"/>`
    + '<path class="by-alarm-ink" d="M0,-12v7M0,-2.4v.2"/></g>';
}

function seam({ stage, drawn: { over }, seam: y }, axis, ground, right) {
  if (!stage.gives) return "";
  const [x, level] = [axis + right + 8, ground + y];
  const scaled = drawn(stage.gives);
  const [from] = point(over.wide / 2, 0, -over.deep / 2);
  return `<path class="by-leader" d="M${axis + from + 4},${level}H${x - 4}"/>`
    + `<text class="by-seam" x="${x}" y="${level + 4}" font-size="12">${safe(told(stage.gives))}</text>`
    + `<g transform="translate(${x + 78},${level - scaled.height / 2})">${scaled.markup}</g>`;
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
