/** Where a curve's points lie: how far the axes go, and what stands along them. */

const STEPS = [1, 2, 2.5, 5, 10];

/** A round step that makes about so many parts of a span. */
export function step(span, parts) {
  const rough = span / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * STEPS.find((one) => one * power >= rough * 0.999);
}

/** Round values from below the least to above the most. */
export function ticks(least, most, parts) {
  const size = step(most - least, parts);
  const first = Math.floor(least / size + 1e-9);
  const last = Math.ceil(most / size - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, n) => Number(((first + n) * size).toPrecision(12)));
}

/**
 * The values that stand along the upright axis; the first and the last are its ends.
 * @param {number[]} values
 * @param {Object} how
 * @param {boolean} [how.share] whether they are shares, which end at 0 and 1
 * @param {boolean} [how.zero] whether the axis begins at 0
 * @param {number} [how.parts]
 */
export function upright(values, { share = false, zero = false, parts = 4 } = {}) {
  const known = values.filter(Number.isFinite);
  if (!known.length) return share ? [0, 0.25, 0.5, 0.75, 1] : [0, 1];
  let [least, most] = [Math.min(...known), Math.max(...known)];
  const room = share ? 0.05 : Math.abs(most) * 0.2 || 1; // or a single point would fill the chart
  if (most - least < room) [least, most] = [least - room / 2, most + room / 2];
  if (share) [least, most] = [Math.max(0, least), Math.min(1, most)];
  else if (zero || (least > 0 && least < (most - least) / 2)) least = 0; // it is near: show how near
  return ticks(least, most, parts).filter((tick) => !share || (tick > -1e-9 && tick < 1 + 1e-9));
}

/** The decimals that values need to be told in per cent, all with the same. */
export function percentDigits(values) {
  const exact = (digits) => values.every((value) => Math.abs(Number((100 * value).toFixed(digits)) - 100 * value) < 1e-6);
  return [0, 1, 2].find(exact) ?? 3;
}

/** How many epochs the axis has room for: few at first where there are many to come. */
export function reach(done, epochs) {
  const wanted = Math.max(10, done * 1.3);
  if (epochs <= 20 || wanted >= epochs) return Math.max(1, epochs);
  const rooms = [10, 15, 20, 30, 50, 70, 100];
  const power = 10 ** Math.max(0, Math.floor(Math.log10(wanted)) - 1);
  return Math.min(epochs, power * rooms.find((room) => room * power >= wanted));
}

/** Whole epochs along the level axis. */
export function epochTicks(most, parts) {
  const size = Math.max(1, Math.ceil(step(most, parts)));
  return Array.from({ length: Math.floor(most / size) + 1 }, (_, n) => n * size);
}

/**
 * Up to where values are drawn, so that a run that goes astray leaves the others room:
 * four times what every run comes to, twice what half of them ever have.
 * @param {number[][]} runs the values of each run, on validation where it has some
 */
export function ceiling(runs) {
  const known = runs.map((values) => values.filter(Number.isFinite)).filter((values) => values.length);
  if (!known.length) return Infinity;
  const reached = Math.max(...known.map((values) => Math.min(...values)));
  const highest = known.map((values) => Math.max(...values)).sort((a, b) => a - b);
  const most = Math.max(4 * reached, 2 * highest[Math.floor((highest.length - 1) / 2)]);
  return most > 0 ? most : Infinity;
}
