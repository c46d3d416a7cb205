/** Where a value stands on its line, and how good it is. */

import { same } from "../settings.js";
import { figure } from "../words.js";
import { plain, told } from "./told.js";

const FEW = 5; // ticks on a line of numbers
export const FAN = 13; // pixels that lines through one value stand apart from it at most

/**
 * The scale of one axis between two heights: `at(value)`, and its ticks.
 * Values that are told one by one stand at equal distances; a range has a ruler.
 */
export function scaleOf(axis, top, bottom) {
  return axis.values?.length ? steps(axis, top, bottom) : ruler(axis, top, bottom);
}

function steps(axis, head, foot) {
  const { values } = axis;
  const [top, bottom] = [head + FAN, foot - FAN];
  const room = values.length > 1 ? (bottom - top) / (values.length - 1) : 0;
  const places = values.map((value, n) => ({ value, y: room ? bottom - n * room : (top + bottom) / 2, text: told(value, axis) }));
  const at = (value) => places.find((place) => same(place.value, value))?.y;
  return { at, ticks: places, room: room || bottom - top, steps: true };
}

function ruler({ low, high, log }, top, bottom) {
  const way = log && low > 0 ? Math.log10 : (value) => value;
  const [from, to] = [way(low), way(high)];
  const share = (value) => (to === from ? 0.5 : (way(value) - from) / (to - from));
  const at = (value) => bottom - Math.max(0, Math.min(1, share(value))) * (bottom - top);
  const values = log && low > 0 ? decades(low, high) : nice(low, high);
  return { at, ticks: values.map((value) => ({ value, y: at(value), text: plain(value) })), room: 0 };
}

/** Round numbers from low to high. */
export function nice(low, high) {
  const raw = (high - low) / FEW || 1;
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * unit).find((one) => one >= raw * 0.999);
  const found = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n += 1) found.push(Number((n * step).toPrecision(12)));
  return found;
}

/** Powers of ten between two numbers; where these are few, 2 and 5 times them too. */
export function decades(low, high) {
  const powers = [];
  for (let n = Math.floor(Math.log10(low)); n <= Math.ceil(Math.log10(high)); n += 1) powers.push(n);
  const within = (times) => powers.flatMap((n) => times.map((one) => Number((one * 10 ** n).toPrecision(6)))).filter((one) => one >= low * 0.999 && one <= high * 1.001);
  const plain = within([1]);
  return plain.length > 2 ? plain : within([1, 2, 5]);
}

/**
 * The scale of what was reached. Where a few variants failed by far they stand at the
 * foot, so that the others can be told apart.
 */
export function goalScale(goal, values, top, bottom) {
  const better = (a, b) => (goal.rises ? b - a : a - b);
  const ranked = values.filter(Number.isFinite).sort(better);
  if (!ranked.length) return null;
  const best = ranked[0];
  const worst = floor(ranked, best);
  const spread = Math.abs(best - worst) || Math.abs(best) * 0.1 || 1;
  const share = (value) => Math.max(0, Math.min(1, goal.rises ? (value - worst) / spread : (worst - value) / spread));
  const single = best === worst;
  const good = (value) => (single ? 1 : share(value));
  const at = (value) => bottom - good(value) * (bottom - top);
  const cut = ranked.at(-1) !== worst;
  const [low, high] = [worst, best].sort((a, b) => a - b);
  const ticks = (single ? [best] : nice(low, high)).map((value) => ({ value, y: at(value), text: ruled(value, goal) }));
  return { at, good, ticks, cut, worst };
}

/** A round value of the goal; a share as per cent. */
const ruled = (value, goal) => (goal.share ? `${plain(100 * value, 4)} %` : figure(value));

/** The worst that is drawn: not much farther from the better half than that is wide. */
function floor(ranked, best) {
  const last = ranked.at(-1);
  const middle = ranked[Math.floor((ranked.length - 1) * 0.6)];
  const most = 3 * Math.abs(best - middle);
  if (ranked.length < 4 || !most || Math.abs(best - last) <= 1.5 * most) return last;
  return ranked.filter((value) => Math.abs(best - value) <= most).at(-1);
}

/** Colour as two parts of a ramp: which half, and how far in it. */
export function shade(good) {
  const half = good < 0.5 ? "low" : "high";
  const part = Math.round(100 * (good < 0.5 ? good * 2 : good * 2 - 1));
  return { half, part: `${part}%` };
}

/** The ways through a grid, the first axis turning slowest; at most so many. */
export function grid(axes, most) {
  let rows = [{}];
  for (const { key, values } of axes) {
    rows = rows.flatMap((row) => values.map((value) => ({ ...row, [key]: value }))).slice(0, most);
  }
  return axes.length ? rows : [];
}

/** So many ways through axes of values and of ranges, spread evenly over all of them. */
export function scattered(axes, many) {
  return Array.from({ length: many }, (_, n) => {
    // Multiples of irrational numbers leave no gap and make no pattern.
    const chosen = axes.map((axis, i) => [axis.key, valueAt(axis, ((n + 1) * Math.sqrt(PRIMES[i % PRIMES.length])) % 1)]);
    return Object.fromEntries(chosen);
  });
}

const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19];

function valueAt({ values, low, high, log }, share) {
  if (values?.length) return values[Math.floor(share * values.length)];
  return log && low > 0 ? low * (high / low) ** share : low + share * (high - low);
}

/** The best first; those that reached nothing last, in their order. */
export function ranked(rows, { rises }) {
  const sign = rises ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (a.value == null || b.value == null) return (a.value == null) - (b.value == null) || a.number - b.number;
    return sign * (a.value - b.value) || a.number - b.number;
  });
}
