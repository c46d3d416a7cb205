/** The words beside the bricks: none lies on another. */

const LINE = 19; // pixels of a line of words
const TWO = 37;

/**
 * Give every row's words one line or two, and a shift where they would lie on others.
 * @param {Object[]} rows those whose words stand in the column at the left
 * @param {number} scale
 */
export function captions(rows, scale) {
  const wanted = rows.map((row) => ({ row, y: row.caption * scale })).sort((a, b) => a.y - b.y);
  let edge = -Infinity;
  wanted.forEach(({ row, y }, n) => {
    const room = Math.min(y - (wanted[n - 1]?.y ?? -Infinity), (wanted[n + 1]?.y ?? Infinity) - y);
    const slim = row.stout ? room < TWO : true;
    const half = (slim ? LINE : TWO) / 2;
    const top = Math.max(y - half, edge);
    row.say(slim, Math.round(top + half - y));
    edge = top + 2 * half;
  });
}
