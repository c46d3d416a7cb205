/**
 * The profiles: what a brick does is its shape. One entry draws one profile.
 *
 * Each takes a form {under, over, top, gets, gives, looks, settings, layers, figures: {left,
 * right}} and gives its body as markup, standing on y = 0, `height` pixels thick. An entry may say more:
 * `takes`: the ranks it is made for, the first where none is known; `gives`: the rank it
 * gives then, or how it follows from the settings; `spread`: how far outwards its studs
 * stand; `studs: false`: nothing goes on top; `slopes`: its top follows the size;
 * `reach`: points of its outline beyond its body; `first`: it stands on the ground;
 * `matter`: what its studs are made of, where that is not the usual white; `lock`: where
 * on the paper its padlock hangs.
 */

import { THICK, block } from "./body.js";
import { EDGES } from "./edges.js";
import { ENDS } from "./ends.js";
import { both } from "./figures.js";
import { FOLDS } from "./folds.js";
import { PLATES } from "./plates.js";
import { POOLS } from "./pools.js";
import { RESHAPES } from "./reshapes.js";
import { SEALS } from "./seal.js";
import { SLOTS } from "./slots.js";
import { TUBES } from "./tube.js";

/** A straight body with its figures. */
function straight(form) {
  return block(form.under, form.over, 0, THICK) + both(form, THICK / 2, THICK);
}

/** Profile name -> how it is drawn, its height, and the ranks it takes and gives. */
export const PROFILES = {
  slope: { draw: straight, height: THICK, takes: ["vector", "value", "sequence"], slopes: true },
  ...SLOTS, ...POOLS, ...RESHAPES, ...EDGES, ...TUBES, ...PLATES, ...FOLDS, ...ENDS, ...SEALS,
};
