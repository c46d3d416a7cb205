/** A pretrained base: dark, sealed, taller, with its name, its width and a padlock. */

import { block, corners } from "./body.js";
import { fitting } from "./figures.js";
import { STUD, onLeft, onRight, point, polygon } from "./projection.js";
import { TIMES, safe } from "./shapes.js";

const TALL = 84;
const ROOF = 16; // where it narrows to a vector
const STRAP = 6;
const ROOMY = 1.13; // letters are narrower than the figures that a face is measured for
const LINE = 1.08;
const HANGS = 0.42; // of the wall, to the middle of the padlock's body

/** "shut", "open" or "partly", from the setting `frozen`. */
export function padlock(frozen) {
  if (frozen === false || frozen === 0) return "open";
  return typeof frozen === "number" ? "partly" : "shut";
}

function sealed(form) {
  const wall = walled(form);
  const cut = Math.round(wall * frozenShare(form));
  const whole = isRandom(form.settings) ? Infinity : wall;
  return walls(form, wall, cut) + straps(form.under, cut, whole) + named(form, wall)
    + onRight([0, wall * HANGS, -form.under.deep / 2], lock(form.settings.frozen));
}

/** Whether it begins without what it learned. */
export const isRandom = ({ weights, tower }) => weights === null || Boolean(tower && !weights);

/** How high its walls go straight up. */
const walled = ({ top }) => (top === "map" ? TALL : TALL - ROOF);

/** The part of the body, from the ground up, that training leaves alone. */
function frozenShare({ settings: { frozen }, layers }) {
  const state = padlock(frozen);
  if (state !== "partly") return state === "shut" ? 1 : 0;
  return Math.min(0.88, Math.max(0.14, layers ? frozen / layers : 0.5));
}

function walls({ under, over }, wall, cut) {
  const top = cut < wall ? "by-thaw" : "by-seal";
  const low = cut ? block(under, under, 0, cut, "by-seal") : "";
  const high = cut < wall ? block(under, under, cut, wall - cut, "by-thaw") : "";
  return low + high + (wall < TALL ? block(under, over, wall, TALL - wall, top) : "");
}

/** Straps around what is sealed: one at its foot, and where all of it is, one on top. */
function straps(size, cut, wall) {
  const ends = cut < 22 ? [] : cut < wall ? [7] : [7, cut - 7 - STRAP];
  return ends.map((y) => strap(size, y)).join("");
}

function strap(size, y) {
  const [low, high] = [corners(size, y), corners(size, y + STRAP)];
  return polygon([low[1], low[0], high[0], high[1]], "by-seal-strap")
    + polygon([low[0], low[3], high[3], high[0]], "by-seal-strap-right");
}

/** The name in one line or two with the width below, and what must not be overlooked. */
function named({ looks, settings, under }, wall) {
  const random = isRandom(settings);
  const [low, high] = [random ? 34 : 7 + STRAP, wall - (random ? 9 : 7 + STRAP)];
  const text = lines({ looks, settings, under }, high - low);
  return onLeft([-under.wide / 2, (low + high) / 2, 0], text) + (random ? sticker(under) : "");
}

/** One text around its own middle, so that it can be turned where it stands. */
function lines({ looks, settings, under }, room) {
  const said = parted(String(settings.title ?? looks.title ?? ""));
  const width = typeof settings.alpha === "number" ? [[`${TIMES}${settings.alpha}`, 12]] : [];
  const most = short((room / LINE - 12 * width.length) / said.length);
  const size = Math.min(most, ...said.map((line) => fitting(line, under.deep * STUD * ROOMY, 26, 19)));
  const all = [...said.map((line) => [line, size]), ...width];
  const high = all.reduce((sum, [, each]) => sum + each * LINE, 0);
  let y = -high / 2;
  const parts = all.map(([line, each]) => {
    y += each * LINE;
    return `<tspan x="0" y="${short(y - each * 0.22)}" font-size="${each}">${safe(line)}</tspan>`;
  });
  return `<text class="by-figure by-seal-ink" text-anchor="middle">${parts.join("")}</text>`;
}

const short = (number) => Math.round(number * 100) / 100;

/** A base without what it learned says so: nobody takes it for a pretrained one. */
function sticker({ wide }) {
  return onLeft([-wide / 2, 24, 0], '<rect class="by-alarm" x="-33" y="-9" width="66" height="18" rx="4"/>'
    + '<text class="by-word by-random" font-size="12.5" text-anchor="middle" y="4.4">random</text>');
}

/**
 * A name in two lines, where that makes its letters larger.
 *
 * >>> parted("ResNet50")   // ["ResNet", "50"]
 * >>> parted("VGG16")      // ["VGG16"]
 */
export function parted(name) {
  const ends = [...name.matchAll(/(?<=[a-z])(?=\d|N)|(?<=[a-z\d])(?=V\d)|(?<=t)(?=[A-Z])|(?<=[a-z]) (?=\w)/g)];
  const cost = ([a, b]) => Math.max(a.length, b.length) + (b.startsWith("Net") ? 2 : 0);
  return ends.map(({ index }) => [name.slice(0, index), name.slice(index).trim()])
    .reduce((best, pair) => (cost(pair) <= (best[1] ? cost(best) : name.length - 1) ? pair : best), [name]);
}

// The bow of each padlock; 0,0 is the middle of its body.
const BOWS = {
  shut: "M-9,-11v-7a9,9 0 0 1 18,0v7",
  partly: "M-9,-11v-9a9,9 0 0 1 17.6,-2.6",
  open: "M7,-11v-10a9,9 0 0 1 18,0v4",
};

/** What a base of one's own is called: the run, or the file, that it comes from. */
export const ownTitle = (stage) => (stage?.kind === "Trained" && stage.settings?.title) || null;

/** The padlock: its bow closed, open, or half open with how many layers it holds. */
function lock(frozen) {
  const state = padlock(frozen);
  const bow = BOWS[state];
  const body = `<path class="by-lock-edge" d="${bow}"/><path class="by-lock-bow" d="${bow}"/>`
    + '<rect class="by-lock" x="-16" y="-12" width="32" height="24" rx="4.5"/>'
    + (state === "partly" ? "" : '<path class="by-lock-key" d="M0,-2v6"/><circle class="by-lock-hole" cy="-2" r="2.6"/>');
  const count = state === "partly" ? counted(String(frozen)) : "";
  return `<g transform="translate(${state === "open" ? -6 : 0},0)"><g class="by-upright">${body}</g>${count}</g>`;
}

function counted(frozen) {
  const size = frozen.length > 2 ? 15 : 17;
  return `<text class="by-lock-count" font-size="${size}" text-anchor="middle" y="${size * 0.36}">${safe(frozen)}</text>`;
}

/** Where on the paper, from the brick's foot, the padlock hangs: the middle of it all. */
const hanging = (form) => point(0, walled(form) * HANGS + 6, -form.under.deep / 2);

const promised = ({ include_top: top, pooling }) => (top || pooling ? "vector" : "map");

export const SEALS = {
  sealed: {
    draw: sealed, height: TALL, takes: ["map"], gives: promised, lock: hanging,
    reach: (form) => corners(form.under, walled(form)),
    matter: ({ settings: { frozen } }) => (padlock(frozen) === "shut" ? "by-seal" : "by-thaw"),
  },
};
