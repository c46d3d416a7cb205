/** Slabs: what columns stand on and under. A footprint drawn out to both sides. */

import { corners, gleam } from "./body.js";
import { STUD, TURN, polygon } from "./projection.js";

const AX = STUD * TURN.along;

/** Pixels from a footprint's middle to its left and right corner, on the paper. */
export const reach = ({ wide, deep }) => ((wide + deep) / 2) * AX;

/**
 * The corners of a footprint at a height: a diamond, drawn out `a` pixels to the left
 * and `b` to the right: left, front (two), right, back (two), clockwise on the paper.
 */
export function spread({ wide, deep, a = 0, b = 0 }, y) {
  const [f, l, k, r] = corners({ wide, deep }, y);
  const by = ([px, py], dx) => [px + dx, py];
  return { l: by(l, -a), f1: by(f, -a), f2: by(f, b), r: by(r, b), k2: by(k, b), k1: by(k, -a) };
}

/** A slab of such a footprint, standing at `y`, `height` pixels thick. */
export function slab(foot, y, height, tint = "by-frame") {
  const [low, top] = [spread(foot, y), spread(foot, y + height)];
  const front = foot.a + foot.b > 0
    ? polygon([low.f1, low.f2, top.f2, top.f1], `${tint}-front by-line`) : "";
  return polygon([top.l, top.k1, top.k2, top.r, top.f2, top.f1], `${tint}-top by-line`)
    + polygon([low.l, low.f1, top.f1, top.l], `${tint}-left by-line`) + front
    + polygon([low.f2, low.r, top.r, top.f2], `${tint}-right by-line`)
    + gleam([top.l, top.f1, top.f2, top.r]);
}

/** The silhouette of such a footprint from `y` up to `height` above it. */
export function shell(foot, y, height) {
  const [low, top] = [spread(foot, y), spread(foot, y + height)];
  return [top.l, top.k1, top.k2, top.r, low.r, low.f2, low.f1, low.l];
}
