/** Inside in the browser: what is said of the gradients. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { verdict } from "../../ui/board/web/inside/verdict.js";

test("gradients of unlike size are never called alike", () => {
  const said = (sizes) => verdict(sizes, null);
  assert.match(said([1, 1.2, 2]), /of like size/);
  assert.match(said([1, 5, 25]), /shrink 25-fold: the lower bricks learn more slowly/);
  assert.match(said([1, 50, 1000]), /shrink 1,000-fold.*vanishing/);
  assert.match(said([7.5, 2, 1]), /grow 7.5-fold: every brick learns/);
  assert.match(said([1000, 2, 1]), /exploding/);
  assert.match(said([1, 0.05, 1.5]), /differ up to 30-fold/);
  assert.match(said([0, 1, 2]), /No gradient reaches/);
});

test("of two bricks nothing is said, and of two runs each by its name", () => {
  assert.equal(verdict([1, 2], "A"), "");
  assert.match(verdict([1, 1, 1], "Deep"), /^Deep: /);
});

test("where training helped, it is said how it was before", () => {
  const [bad, good] = [[1, 50, 430507], [1, 5, 25]];
  assert.match(verdict(good, null, bad), /shrink 25-fold.* Before the training they shrank 430,507-fold/);
  assert.doesNotMatch(verdict(bad, null, bad), /Before/);
  assert.doesNotMatch(verdict(good, null, good), /Before/);
});

test("a brick in between that gets nothing, or next to it, is told of", () => {
  assert.match(verdict([0.01, 0, 0.05], null), /No gradient reaches a brick between/);
  assert.match(verdict([0.01, 0.00001, 0.05], null), /5,000 times smaller/);
});
