/** The crate around a Block's bricks, and the film around what runs for every step. */

import { STUD, onLeft, onRight, polygon } from "./projection.js";
import { spread } from "./slab.js";

const POST = 7;

/** The three walls behind. */
function back({ plan, frame, room }) {
  const [low, top] = [spread(plan.core, frame.base), spread(plan.core, frame.base + room)];
  const wall = (a, b) => polygon([low[a], low[b], top[b], top[a]], "by-wall");
  return wall("l", "k1") + (plan.core.a + plan.core.b > 0 ? wall("k1", "k2") : "") + wall("k2", "r")
    + slats(plan.core, frame.base, room);
}

/** Boards, told by the lines between them. */
function slats(core, base, room) {
  const count = Math.round(room / 24);
  const lines = Array.from({ length: Math.max(0, count - 1) }, (_, i) => {
    const { l, k1, k2, r } = spread(core, base + (room * (i + 1)) / count);
    return `M${l}L${k1}L${k2}L${r}`;
  });
  return lines.length ? `<path class="by-slat" d="${lines.join("")}"/>` : "";
}

/** The posts at both sides that carry the lid. */
function front({ plan, frame, room }) {
  const [low, top] = [spread(plan.core, frame.base), spread(plan.core, frame.base + room)];
  const rise = POST * 0.28;
  const left = [low.l, [low.l[0] + POST, low.l[1] + rise], [top.l[0] + POST, top.l[1] + rise], top.l];
  const right = [low.r, [low.r[0] - POST, low.r[1] + rise], [top.r[0] - POST, top.r[1] + rise], top.r];
  return polygon(left, "by-frame-left by-line") + polygon(right, "by-frame-right by-line");
}

export const crate = { back, front };

/** The holes along the edges of a film. */
export function perforated(core, y, height) {
  const { wide, deep, a = 0, b = 0 } = core;
  const [rows, size] = height > 20 ? [[3.5, height - 7.5], 4] : [[height / 2 - 2.5], 5];
  const along = (width) => rows.map((row) => holes(width, row, size)).join("");
  const level = -y - height;
  const shifted = (dx, inner) => (dx ? `<g transform="translate(${dx},0)">${inner}</g>` : inner);
  const { f1, f2 } = spread(core, 0);
  return shifted(-a, onLeft([-wide / 2, 0, 0], lowered(level, along(deep * STUD))))
    + shifted(b, onRight([0, 0, -deep / 2], lowered(level, along(wide * STUD))))
    + (a + b > 0 ? `<g transform="translate(${(f1[0] + f2[0]) / 2},${f1[1]})">${lowered(level, along(f2[0] - f1[0]))}</g>` : "");
}

const lowered = (y, inner) => `<g transform="translate(0,${y})">${inner}</g>`;

function holes(width, y, size) {
  const count = Math.max(1, Math.floor((width - 6) / 10));
  const first = -((count - 1) * 10) / 2;
  return Array.from({ length: count }, (_, i) =>
    `<rect class="by-cave" x="${Math.round((first + i * 10 - 2.5) * 10) / 10}" y="${y}" width="5" height="${size}" rx="1.2"/>`).join("");
}
