/** Where a container's columns stand, and the footprints of its base and of all of it. */

import { reach } from "./slab.js";

const BETWEEN = 14; // pixels between two columns
const BAND = 22; // pixels from a body to the middle of an empty bridge

/** Columns in the middle, side by side, with a margin in studs around them. */
export function middle(margin) {
  return (columns) => {
    const at = beside(columns);
    const core = roomy(union(columns, at), margin);
    return { at, core, outer: core };
  };
}

/** The first column in the tower's line, the second at its right. */
export function aside(margin) {
  return (columns) => {
    if (columns.length > 2) return middle(margin)(columns);
    const [body, shortcut] = columns;
    const core = roomy(union([body], [0]), margin);
    const edge = Math.max(reach(core) + core.b, body.right);
    if (!shortcut) return { at: [0], core, outer: core };
    const bare = shortcut.nodes.length === 0;
    const at = Math.round(edge + (bare ? BAND : BETWEEN + shortcut.left));
    const right = at + (bare ? BAND / 2 : reach(roomy(shortcut.core, margin)) + shortcut.core.b);
    return { at: [0, at], pads: [false, true], core, outer: { ...core, b: Math.max(core.b, right - reach(core)) } };
  };
}

/** A footprint with a margin all around, in studs. */
export const roomy = ({ wide, deep, ...more }, margin) =>
  ({ wide: wide + margin, deep: deep + margin, ...more });

/** The middles of columns side by side, the whole in the middle. */
function beside(columns) {
  const widths = columns.map(({ left, right }) => left + right);
  const whole = widths.reduce((sum, width) => sum + width, 0) + BETWEEN * (columns.length - 1);
  let from = columns.length === 1 ? -columns[0].left : -whole / 2;
  return columns.map(({ left }, n) => {
    const at = Math.round(from + left);
    from += widths[n] + BETWEEN;
    return at;
  });
}

/** The footprint that holds all columns where they stand. */
function union(columns, at) {
  const most = (of) => Math.max(0, ...columns.map(of));
  const core = { wide: most((c) => c.core.wide), deep: most((c) => c.core.deep) };
  const half = reach(core);
  return { ...core, a: most((c, n) => Math.max(c.core.a, c.left - half) - at[n]),
    b: most((c, n) => Math.max(c.core.b, c.right - half) + at[n]) };
}
