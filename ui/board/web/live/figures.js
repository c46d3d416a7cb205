/** Which figures a run tells, and each as points by epoch. */

const KEPT = new Set(["epoch", "loss", "learning_rate", "seconds", "images_per_second"]);
const FIRST = ["accuracy", "mae"];

/** The metrics of some runs beside the loss, the one that says most first. */
export function metrics(runs) {
  const names = new Set();
  for (const run of runs) {
    for (const name of [...(run.measures ?? []), ...Object.keys(run.rows.at(-1) ?? {})]) {
      if (!KEPT.has(name) && !name.startsWith("val_")) names.add(name);
    }
  }
  const place = (name) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return [...names].sort((a, b) => place(a) - place(b));
}

/** A figure of a run by finished epoch: [[1, 0.93], [2, 0.95]]; null where it was none. */
export const points = (run, name) => run.rows.filter((row) => name in row).map((row) => [row.epoch, row[name]]);

/** The same within the epoch that goes on, from the end of the last one. */
export function trail(run, name) {
  const told = run.trail.filter((one) => one[name] != null).map((one) => [one.at, one[name]]);
  const last = points(run, name).at(-1);
  return told.length && last ? [last, ...told] : told;
}

/** The value at an epoch, or that of this moment. */
export function valueAt(run, name, epoch) {
  if (epoch == null) return run.trail.at(-1)?.[name] ?? run.rows.at(-1)?.[name] ?? null;
  return run.rows.find((one) => one.epoch === epoch)?.[name] ?? null;
}

/** The epoch whose value on validation was best, where there are several. */
export function bestEpoch(run, name, rises) {
  let best = null;
  for (const [epoch, value] of points(run, `val_${name}`)) {
    if (value != null && (!best || (rises ? value > best.value : value < best.value))) best = { epoch, value, rises };
  }
  return run.rows.length > 1 ? best : null;
}

/** The learning rate of each epoch, and of this moment. */
export function rates(run) {
  const told = points(run, "learning_rate");
  const now = run.trail.length ? run.progress.learning_rate : null;
  // A point stands at its epoch's beginning, where that rate was set.
  const known = told.flatMap(([epoch, rate], at) => {
    const point = [epoch - 1, rate];
    // Fine-tuning begins with another rate at once: no slope leads there.
    return at > 0 && epoch - 1 === run.thaws ? [[epoch - 1, told[at - 1][1]], point] : [point];
  });
  return now == null ? known : [...known, [run.trail.at(-1).at, now]];
}

/** What the run is at now: its last moment, or its last epoch. */
export function present(run) {
  const last = run.rows.at(-1) ?? {};
  const now = run.trail.at(-1);
  const progress = now ? run.progress : null;
  const took = run.rows.reduce((sum, row) => sum + (row.seconds ?? 0), 0);
  return {
    training: { ...last, ...now },
    validation: last,
    rate: progress?.learning_rate ?? last.learning_rate ?? null,
    speed: progress?.images_per_second ?? last.images_per_second ?? null,
    left: run.state === "running" ? (run.progress?.seconds_left ?? null) : null,
    took: run.rows.length ? took : null,
    memory: run.state === "running" ? run.progress?.memory || null : null,
  };
}

/** Each run's letter, by its place among those that are shown: the same in every tab. */
export const lettered = (ids) => new Map(ids.map((id, at) => [id, "ABCDEFGH"[at] ?? "H"]));
