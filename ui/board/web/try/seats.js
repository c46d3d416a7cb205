/** Which runs answer side by side, and what can be given to them. */

/** What a tower on these data can be given. */
export function ways({ draws, unit, asks }) {
  return [draws && "draw", unit === "pictures" && "picture", !asks && "test"].filter(Boolean);
}

/**
 * The seats whose runs are still there, all on the same data; the newest run in the first
 * one where there is none.
 * @param {{run: string, which: string}[]} taken
 * @param {{id: string, ground: number}[]} runs those of this tower first
 */
export function seats(taken, runs) {
  const known = new Map(runs.map((run) => [run.id, run]));
  const there = taken.filter(({ run }) => known.has(run));
  if (!there.length) return [{ run: runs[0].id, which: "best" }];
  const { ground } = known.get(there[0].run);
  return there.filter(({ run }) => known.get(run).ground === ground);
}

/** The seats with another run, or other weights, in one of them. */
export function change(taken, n, news, runs) {
  return seats(taken.map((seat, at) => (at === n ? { ...seat, ...(news.run ? { which: "best" } : {}), ...news } : seat)), runs);
}
