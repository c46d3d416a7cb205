/** Pictures of bricks that are none: in the hand, on cards, in the palette. */

import { drawing, el } from "./dom.js";
import { tower } from "./draw/draw.js";

let count = 0;

/** Trees of `{kind, settings, inner}` as stages for the drawing. */
export function pictured(trees, kinds) {
  return trees.map((tree) => {
    const settings = tree.settings ?? kinds[tree.kind]?.start ?? {};
    const blank = { gets: null, gives: null, problem: null };
    const stage = { ...blank, ...tree, settings, id: tree.id ?? `p${(count += 1)}` };
    if (kinds[tree.kind]?.container) {
      stage.inner = (tree.inner ?? []).map((inner) => pictured(inner, kinds));
    }
    return stage;
  });
}

/** A drawing of some bricks on one another, as an element. */
export function likeness(trees, kinds, options = {}) {
  const { markup, width, height } = tower(pictured(trees, kinds), kinds, options);
  const svg = drawing(markup, `0 0 ${width} ${height}`);
  // Pictures of bricks are no bricks: nothing should find them as such.
  for (const group of svg.querySelectorAll("[data-id]")) {
    group.removeAttribute("data-id");
    group.removeAttribute("data-kind");
  }
  const holder = el("div", { class: "picture" }, svg);
  holder.style.setProperty("--w", width);
  holder.style.setProperty("--h", height);
  return holder;
}
