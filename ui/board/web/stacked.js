/** Where cards stand beside what they speak of: none on another, none beyond the edges. */

const APART = 8; // pixels between two cards

/** What cards need above one another. */
export const needed = (cards) => cards.reduce((sum, { height }) => sum + height + APART, -APART);

/**
 * The tops of cards, each as near to its own middle as can be.
 * @param {{middle: number, height: number}[]} cards from the lowest up
 * @param {number} from the upper edge  @param {number} to the lower edge
 */
export function stacked(cards, from, to) {
  let limit = to;
  const tops = cards.map(({ middle, height }) => {
    const top = Math.min(middle - height / 2, limit - height);
    limit = top - APART;
    return top;
  });
  let least = from;
  for (let n = cards.length - 1; n >= 0; n -= 1) {
    tops[n] = Math.max(tops[n], least);
    least = tops[n] + cards[n].height + APART;
  }
  return tops;
}

/**
 * The same; those that speak of what is in sight stand wholly in sight, where they can.
 * @param {{from: number, to: number}} whole  @param {{from: number, to: number}} sight
 */
export function inSight(cards, whole, sight) {
  const seen = cards.filter(({ middle }) => middle >= sight.from && middle <= sight.to);
  const first = cards.indexOf(seen[0]);
  const [below, above] = [cards.slice(0, Math.max(first, 0)), cards.slice(first + seen.length)];
  const fits = seen.length && needed(seen) <= sight.to - sight.from;
  if (!fits) return stacked(cards, whole.from, whole.to);
  const tops = stacked(seen, sight.from, sight.to);
  const [top, bottom] = [tops.at(-1) - APART, tops[0] + seen[0].height + APART];
  const room = needed(above) <= top - whole.from && needed(below) <= whole.to - bottom;
  if (!room) return stacked(cards, whole.from, whole.to);
  return [...stacked(below, bottom, whole.to), ...tops, ...stacked(above, whole.from, top)];
}
