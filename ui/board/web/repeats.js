/** Runs of alike groups in a tower: they could be one Block that repeats. */

import { every, loose } from "./nest.js";
import { plan } from "./plant.js";

const LONGEST = 6; // bricks of one group

/**
 * The runs worth folding: at least two groups of two bricks and more, or three bricks
 * alike. Of runs that overlap the one that folds most bricks away is taken.
 * @param {Object[]} tower
 * @returns {{ids: string[], length: number, count: number}[]}
 */
export function repeats(tower) {
  const lists = [tower.filter(loose)];
  for (const stage of every(tower)) lists.push(...(stage.inner ?? []));
  return lists.flatMap(runs);
}

function runs(list) {
  if (list.length < 3) return [];
  const looks = list.map((stage) => plan([stage]));
  const found = [];
  for (let at = 0; at < list.length; ) {
    const best = bestAt(looks, at);
    if (best) found.push({ ...best, ids: list.slice(at, at + best.length * best.count).map(({ id }) => id) });
    at += best ? best.length * best.count : 1;
  }
  return found;
}

/** The run that begins here and folds most bricks away; a later start may do no better. */
function bestAt(looks, at) {
  let best = null;
  for (let length = 1; length <= LONGEST; length += 1) {
    const count = counted(looks, at, length);
    if (count < (length === 1 ? 3 : 2)) continue;
    const saved = length * (count - 1);
    if (!best || saved > best.saved) best = { length, count, saved };
  }
  return best && { length: best.length, count: best.count };
}

function counted(looks, at, length) {
  let count = 1;
  const same = (n) => looks[at + n] === looks[at + count * length + n];
  while (at + (count + 1) * length <= looks.length && Array.from({ length }, (_, n) => n).every(same)) count += 1;
  return count;
}
