/** The words beside the bricks: none lies on another. */

const LINE = 18; // pixels of a line of words
const FAR = 24; // pixels that words may stand away from their brick

/**
 * Shift every row's words as little as it takes, so that none lies on others. Where there
 * are too many, those that say least wait until their brick is meant.
 * @param {Object[]} rows those whose words stand in the column at the left
 * @param {number} scale
 */
export function captions(rows, scale) {
  let told = rows.map((row) => ({ row, y: row.caption * scale })).sort((a, b) => a.y - b.y);
  let places = settled(told);
  for (let weight = 0; weight < 4; weight += 1) {
    const tight = crowded(told, places);
    if (!tight.size) break;
    // Plates are left out everywhere or nowhere, the others only where it is crowded.
    told = told.filter(({ row }, n) => row.weight > weight || (weight > 0 && !tight.has(n)));
    places = settled(told);
  }
  const seen = new Map(told.map(({ row, y }, n) => [row, Math.round(places[n] - y)]));
  for (const row of rows) row.say(seen.get(row) ?? null);
}

/** The lines of every crowd in which one stands far from its brick. */
function crowded(told, places) {
  const found = new Set();
  for (let from = 0; from < told.length; ) {
    let to = from + 1;
    while (to < told.length && places[to] - places[to - 1] < LINE + 0.5) to += 1;
    const far = told.slice(from, to).some(({ y }, n) => Math.abs(places[from + n] - y) > FAR);
    for (let n = from; far && n < to; n += 1) found.add(n);
    from = to;
  }
  return found;
}

/** Heights a line apart, as near as can be to those that are wanted: lines that meet share the way. */
function settled(told) {
  const groups = [];
  told.forEach(({ y }, n) => {
    let group = { sum: y - n * LINE, count: 1 };
    while (groups.length && mean(groups.at(-1)) >= mean(group)) {
      const { sum, count } = groups.pop();
      group = { sum: sum + group.sum, count: count + group.count };
    }
    groups.push(group);
  });
  return groups.flatMap((group) => Array(group.count).fill(mean(group))).map((y, n) => y + n * LINE);
}

const mean = ({ sum, count }) => sum / count;
