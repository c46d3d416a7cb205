/** How a brick that does not fit hangs: tilted over a gap, with a mark in it. */

import { corners } from "./body.js";
import { STUD, TURN, polygon } from "./projection.js";

/** Pixels between a misfit's low corner and what it should sit on. */
export const GAP = 14;
const TILT = 8;

const turn = (TILT * Math.PI) / 180;
const lowest = ({ under }) => corners(under, 0)[1];

/** How much higher than its low corner a tilted brick's high corner hangs. */
export const hang = ({ under }) =>
  Math.round((under.wide + under.deep) * STUD * TURN.along * Math.sin(turn));

/** The transform that tilts a brick about its left corner. */
export function tilt(drawing) {
  const [x, y] = lowest(drawing);
  return ` rotate(${-TILT},${x},${y})`;
}

/** Paper points of a brick after the same tilt. */
export function tilted(points, drawing) {
  const [cx, cy] = lowest(drawing);
  const [sin, cos] = [Math.sin(-turn), Math.cos(turn)];
  return points.map(([x, y]) => [
    Math.round(cx + (x - cx) * cos - (y - cy) * sin),
    Math.round(cy + (x - cx) * sin + (y - cy) * cos),
  ]);
}

/** The shadow it casts on the brick below, whose top is `standing`. */
export function cast({ under }, standing, x, y) {
  const size = { wide: Math.min(under.wide, standing.wide), deep: Math.min(under.deep, standing.deep) };
  return polygon(corners(size, 0).map(([px, py]) => [px + x, py + y]), "by-cast");
}

const SIGN = '<g class="by-upright"><path class="by-alarm" d="M0,-19l12,21h-24z"/>'
  + '<path class="by-alarm-ink" d="M0,-12v7M0,-2v.2"/></g>';

/** The warning mark: a triangle with its sign, so not by colour alone. */
export const mark = (x, y) => `<g class="by-warning" transform="translate(${x},${y})">${SIGN}</g>`;

/** The same in the gap under a misfit. */
export const warning = (drawn, x, y) => mark(x - lowest(drawn)[0] * 0.62, y);
