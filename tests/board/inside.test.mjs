<<<<<<< HEAD
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
=======
import assert from "node:assert/strict";
import test from "node:test";

import { verdict } from "../../ui/board/web/inside/verdict.js";

const said = (...means) => verdict(means.map((mean) => ({ mean })), null);

test("bricks learn where all gradients are of like size", () => {
  assert.match(said(0.01, 0.02, 0.05), /every brick learns/);
});

test("a brick in between that gets no gradient is told of", () => {
  assert.match(said(0.01, 0, 0.05), /No gradient reaches a brick between/);
});

test("a brick in between that gets next to nothing is told of", () => {
  assert.match(said(0.01, 0.00001, 0.05), /5,000 times smaller/);
});

test("vanishing and exploding gradients are told by how much", () => {
  assert.match(said(0.0001, 0.01, 0.05), /shrink 500-fold/);
  assert.match(said(5, 0.5, 0.01), /grow 500-fold/);
  assert.match(said(0, 0.5, 0.01), /No gradient reaches the lowest brick/);
});

test("with two runs each is named", () => {
  assert.match(verdict([{ mean: 1 }, { mean: 1 }, { mean: 1 }], "First"), /^First: /);
>>>>>>> mendv
});
