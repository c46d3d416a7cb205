/** Where a word has room beside a point of a curve. */

const HIGH = 14; // pixels of a line of words
const STEPS = [[0, 0], [-1, 0], [1, 0], [0, 14], [-1, 14], [1, 14]]; // to the side in widths, away in pixels

/** How much of some curves lies in a box, in pixels across. */
export function crossed({ left, right, top, bottom }, curves) {
  let many = 0;
  for (let x = left; x <= right; x += 2) {
    for (const curve of curves) {
      const y = height(curve, x);
      if (y != null && y > top && y < bottom) many += 2;
    }
  }
  return many;
}

/** How high a curve is at x; null beside it and where it breaks. */
function height(curve, x) {
  const to = curve.findIndex((place) => place && place[0] >= x);
  const [a, b] = [curve[to - 1], curve[to]];
  if (to < 0 || !b || (!a && b[0] !== x)) return null;
  return !a || b[0] === a[0] ? b[1] : a[1] + ((b[1] - a[1]) * (x - a[0])) / (b[0] - a[0]);
}

/**
 * The middle of a word's foot: above or below the point, or beside that, where curves cross it least.
 * @param {number[]} place the point
 * @param {Object} how
 * @param {number[][][]} how.curves each as places from left to right, null where it breaks
 * @param {Object} how.edges of the chart
 * @param {number} how.wide pixels of the word
 * @param {boolean} how.above whether above is tried first
 */
export function room([x, y], { curves, edges, wide, above }) {
  const sides = above ? [-1, 1] : [1, -1];
  const tried = STEPS.flatMap(([across, away]) => sides.map((side) => {
    const middle = Math.max(edges.left + wide / 2, Math.min(edges.right - wide / 2, x + across * wide));
    const foot = side < 0 ? y - 10 - away : y + 9 + HIGH - 3 + away;
    const box = { left: middle - wide / 2 - 2, right: middle + wide / 2 + 2, top: foot - HIGH + 2, bottom: foot + 4 };
    const within = box.top >= edges.top - 8 && box.bottom <= edges.bottom;
    return { x: middle, y: foot, cost: within ? crossed(box, curves) : Infinity };
  }));
  return tried.reduce((best, one) => (one.cost < best.cost ? one : best));
}
