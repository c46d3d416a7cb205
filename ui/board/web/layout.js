/** Where bricks and seams stand: heights from the ground, in the drawing's pixels. */

/**
 * @param {{id: string, lift: number, gap: number}[]} rows from the ground up; `gap` is
 *   the air under a brick that hangs ajar
 * @param {{skip?: string, open?: {after: string, lift: number}}} [drag] a brick that
 *   is in the hand, and the seam that makes room
 * @returns {{places: Map, seams: Map, height: number}} the underside of each brick, the
 *   seam above each brick, and the height of all
 */
export function stack(rows, { skip, open } = {}) {
  const places = new Map();
  const seams = new Map();
  let height = 0;
  for (const { id, lift, gap } of rows) {
    if (id === skip) continue;
    height += gap;
    places.set(id, height);
    height += lift;
    seams.set(id, height);
    if (open?.after === id) height += open.lift;
  }
  return { places, seams, height };
}

/**
 * The seam nearest to a height, as the tower stands on the screen: both edges of an open
 * seam are the same seam, so that it does not snap shut under the pointer. The one on
 * top of the label brick is none.
 */
export function nearest(seams, height, open) {
  let best = null;
  let distance = Infinity;
  for (const [id, at] of seams) {
    if (id === "label") continue;
    const upper = at + (open?.after === id ? open.lift : 0);
    const away = Math.max(at - height, height - upper, 0);
    if (away < distance) [best, distance] = [id, away];
  }
  return best;
}
