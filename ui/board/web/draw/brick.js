/** One brick, whole: its footprints, body, figures, glass plate and studs. */

import { foot, outline as silhouette, studs as studsOn } from "./body.js";
import { BOUND, figure } from "./figures.js";
import { own } from "./own.js";
import { GLASS, glass, tinted } from "./plate.js";
import { PROFILES } from "./profiles.js";
import { bounds, list } from "./projection.js";
import { footprint, rank } from "./shapes.js";

const LEAST_SLOPE = 0.1;

// The last drawings, oldest first: an edit changes one brick, the others are as they were.
const KEPT = 600;
const drawings = new Map();

/**
 * Draw one brick.
 *
 * @param {object} brick
 * @param {{profile: string, left: ?string, right: ?string, plate: boolean}} brick.looks
 * @param {object} brick.settings  setting name -> value
 * @param {?number[]} brick.gets  shape below, null where unknown
 * @param {?number[]} brick.gives  shape above, null where unknown
 * @param {?string} brick.activation  set on a layer: its glass plate lies on top
 * @param {boolean} brick.pending  a ghost: where it will sit
 * @param {boolean} brick.studs  draw the studs on top
 * @param {?string} brick.below  rank of what it stands on, where gets is null; "words"
 *   tells a row of word numbers from a vector
 * @param {boolean} brick.fits  it is known to fit: its underside follows what it gets
 * @param {string[]} brick.bound  settings that follow a parameter: their figures lean
 * @param {boolean} brick.words  what it gives is a row of word numbers
 * @param {?number} brick.layers  how many layers a pretrained base has
 * @returns {{markup: string, lift: number, box: object, outline: string, edge: number[][],
 *   top: string, under: object, over: object, closed: boolean, lock: ?number[]}}
 *   top: rank above; under, over: footprints; closed: nothing goes on top; lock: where
 *   its padlock hangs
 */
export function brick(asked) {
  const key = JSON.stringify(asked);
  const known = drawings.get(key) ?? drawing(asked);
  drawings.delete(key);
  drawings.set(key, known);
  if (drawings.size > KEPT) drawings.delete(drawings.keys().next().value);
  return known;
}

function drawing({ looks, settings = {}, gets = null, gives = null, activation = null,
  pending = false, studs = true, below = null, words = false, fits = false, bound = [], layers = null }) {
  const profile = own(PROFILES, looks.profile) ?? PROFILES.unknown;
  const form = { ...shaped(profile, { looks, settings, gets, gives, below, words, fits, bound }), looks, layers };
  const plate = glass(activation, form.over, profile.height);
  const lift = profile.height + (plate ? GLASS : 0);
  const bare = profile.studs === false;
  const parts = [
    profile.draw(form), looks.plate ? "" : foot(scaled(form.under, profile.stands ?? 1)),
    (studs || plate) && !bare ? studsOn(form.top, scaled(form.over, profile.tight ?? 1), profile.height,
      { tint: material(looks, settings), spread: profile.spread, hollow: profile.hollow && !plate, matter: profile.matter?.(form) }) : "",
    plate, plate && studs && !bare ? studsOn(form.top, form.over, lift, { tint: tinted(activation) }) : "",
  ];
  const edge = silhouette(form.under, form.over, lift + (bare ? 8 : studs ? 6 : 0), profile.reach?.(form));
  const body = `<g class="by-body${pending ? " by-pending" : ""}">${parts.join("")}</g>`;
  const ghost = pending ? `<polygon class="by-ghost" points="${list(edge)}"/>` : "";
  return { markup: `<g>${body}${ghost}</g>`, lift, box: bounds(edge),
    outline: list(edge), edge, closed: bare, top: form.top, under: form.under, over: form.over,
    lock: profile.lock?.(form) ?? null };
}

const scaled = ({ wide, deep }, by) => ({ wide: wide * by, deep: deep * by });

/** What a brick's own studs are made of: null is matte. */
function material(looks, settings) {
  if (looks.profile === "glass") return tinted(settings.activation);
  return looks.plate ? "by-clear" : null;
}

/** The footprints and figures of a brick, from its shapes or, failing them, its profile. */
function shaped(profile, { looks, settings, gets, gives, below, words, fits, bound }) {
  const known = below === "words" && gets?.length === 1 ? "words" : rank(gets) ?? below;
  const foot = natural(fits && known ? {} : profile, known ?? (profile.first ? given(words, gives) : null));
  const top = given(words, gives) ?? promised(profile, settings) ?? foot;
  const under = footprint(foot, gets ?? gives);
  const over = upper(profile, under, top, gets, gives);
  const sign = (name) => (bound.includes(name) ? BOUND : "");
  const face = (name) => (name ? sign(name) + figure(name, own(settings, name), foot !== "map") : "");
  const figures = { left: face(looks.left), right: face(looks.right) };
  return { under, over, foot, top, gets, gives, settings, figures };
}

const given = (words, gives) => (words ? "words" : rank(gives));

/** What a profile gives by its nature, where the shape is not known. */
function promised({ gives }, settings) {
  return typeof gives === "function" ? gives(settings) : gives;
}

function upper(profile, under, top, gets, gives) {
  if (profile.studs === false) return under;
  return profile.slopes ? sloping(under, top, gets, gives) : footprint(top, gives ?? gets);
}

/** A profile made for some ranks keeps its first, whatever lies below: then it hangs ajar. */
function natural({ takes }, found) {
  if (!takes) return found ?? "map";
  return takes.includes(found) ? found : takes[0];
}

/** The upper footprint of a slope: visible where the size changes, and bounded. */
function sloping(under, top, gets, gives) {
  const over = footprint(top, gives);
  if (!gets || !gives) return gets || gives ? under : over;
  if (gives.length > 1) return over;
  const change = Math.sign(gives[0] - gets[gets.length - 1]);
  const least = under.deep + change * LEAST_SLOPE;
  const deep = change < 0 ? Math.min(over.deep, least) : Math.max(over.deep, least);
  return { wide: over.wide, deep: change === 0 ? under.deep : deep };
}
