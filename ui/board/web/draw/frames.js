/** The frames of containers: a crate, a film, columns side by side, a bridge over the side. */

import { studs } from "./body.js";
import { footprint } from "./shapes.js";
import { reach, slab } from "./slab.js";

const BETWEEN = 14; // pixels between two columns

/** One column in the middle, with a margin around it. */
function boxed(margin) {
  return (columns) => {
    const { at, core } = beside(columns);
    return { at, core: { ...core, wide: core.wide + margin, deep: core.deep + margin } };
  };
}

/** Columns side by side, the whole in the middle. */
function beside(columns) {
  const widths = columns.map(({ left, right }) => left + right);
  const whole = widths.reduce((sum, width) => sum + width, 0) + BETWEEN * (columns.length - 1);
  let from = columns.length === 1 ? -columns[0].left : -whole / 2;
  const at = columns.map(({ left }, n) => {
    const middle = Math.round(from + left);
    from += widths[n] + BETWEEN;
    return middle;
  });
  return { at, core: union(columns, at) };
}

/** The footprint that holds all columns where they stand. */
function union(columns, at) {
  const most = (of) => Math.max(0, ...columns.map(of));
  const core = { wide: most((c) => c.core.wide), deep: most((c) => c.core.deep) };
  const half = reach(core);
  return { ...core, a: most((c, n) => Math.max(c.core.a, c.left - half) - at[n]),
    b: most((c, n) => Math.max(c.core.b, c.right - half) + at[n]) };
}

const back = ({ plan, frame }, x, y) => shift(slab(plan.core, 0, frame.base), x, y);

function front(node, x, y) {
  const { plan, frame, room, open, top, over, bare, lift } = node;
  return shift(slab(plan.core, frame.base + room + open, frame.roof)
    + (bare ? studs(top, over, lift) : ""), x, y);
}

const shift = (markup, x, y) => `<g transform="translate(${x},${y})">${markup}</g>`;

/** Profile of a container -> how it is built: plan, heights, what lies behind and before. */
export const FRAMES = {
  crate: { base: 10, roof: 22, plan: boxed(0.3), back, front },
  film: { base: 12, roof: 22, plan: boxed(0.3), back, front },
  columns: { base: 10, roof: 22, plan: boxed(0.16), back, front, sides: true },
  bridge: { base: 10, roof: 22, plan: boxed(0.16), back, front, sides: true },
};
