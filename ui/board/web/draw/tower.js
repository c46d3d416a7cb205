/** A whole tower: every brick on the one below, misfits ajar. */

import { corners } from "./body.js";
import { brick } from "./brick.js";
import { around, list, moved, polygon } from "./projection.js";
import { drawn } from "./scale.js";
import { safe, told } from "./shapes.js";

const GAP = 15;
const TILT = -5;
const MARGIN = 14;
const SEAM = 150;
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
    const last = i === stages.length - 1;
    const drawing = brick({ looks, settings, gets: stage.gets, gives: stage.gives, below,
      activation: looks.profile === "glass" ? null : settings.activation, studs: true, last });
    const ajar = Boolean(stage.problem) && i > 0;
    const lift = drawing.lift + (ajar ? GAP + 6 : 0);
    const at = { stage, drawn: drawing, ajar, y: ajar ? y - GAP : y, lift };
    at.box = moved(drawing.box, 0, at.y);
    at.seam = y - lift;
    y -= lift;
    below = drawing.top;
    return at;
  });
}

function placed({ stage, drawn: drawing, ajar, y }, axis, ground) {
  const id = `data-id="${safe(stage.id)}" data-kind="${safe(stage.kind)}"`;
  const tilt = ajar ? ` rotate(${TILT})` : "";
  const group = `<g class="by-brick${ajar ? " by-ajar" : ""}" ${id} transform="translate(${axis},${ground + y})${tilt}">${drawing.markup}</g>`;
  return group + (ajar ? warning(axis, ground + y + GAP) : "");
}

/** The warning mark in the gap: a triangle with its sign, so not by colour alone. */
function warning(x, y) {
  return `<g class="by-warning" transform="translate(${x},${y + 4})"><path class="by-alarm" d="M0,-18l11,19h-22z"/>`
    + '<path class="by-alarm-ink" d="M0,-12v7M0,-2.4v.2"/></g>';
}

function seam({ stage, seam: y }, axis, ground, right) {
  if (!stage.gives) return "";
  const [x, level] = [axis + right + 8, ground + y];
  const scaled = drawn(stage.gives);
  return `<text class="by-seam" x="${x}" y="${level + 4}" font-size="12">${safe(told(stage.gives))}</text>`
    + `<g transform="translate(${x + 74},${level - scaled.height / 2})">${scaled.markup}</g>`;
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
