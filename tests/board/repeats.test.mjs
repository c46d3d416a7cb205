/** Repeated runs are noticed. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { repeats } from "../../ui/board/web/repeats.js";
import { stage } from "./kinds.mjs";

/** A tower of one-letter kinds. */
const tower = (kinds) => [...kinds].map((kind, n) => stage(`${n}`, kind));

const CASES = [
  ["", []],
  ["ab", []],
  ["aa", []],
  ["aaa", [[1, 3]]],
  ["abab", [[2, 2]]],
  ["xababab", [[2, 3]]],
  ["abcabcd", [[3, 2]]],
  ["aaaa", [[1, 4]]],
  ["aabaab", [[3, 2]]],
  ["abcdefgabcdefg", []],
  ["aaabcbc", [[1, 3], [2, 2]]],
];

for (const [kinds, expected] of CASES) {
  test(`runs of "${kinds}"`, () => {
    assert.deepEqual(repeats(tower(kinds)).map(({ length, count }) => [length, count]), expected);
  });
}

test("another setting makes another brick, another name does not", () => {
  const three = [stage("a", "D", { u: 1 }), stage("b", "D", { u: 1 }, null, { name: "x" }), stage("c", "D", { u: 1 })];
  assert.deepEqual(repeats(three)[0].ids, ["a", "b", "c"]);
  assert.deepEqual(repeats([...three.slice(0, 2), stage("c", "D", { u: 2 })]), []);
});

test("runs inside of containers are found, and containers that are alike", () => {
  const crate = (id) => stage(id, "Block", {}, [tower("aaa").map((one) => ({ ...one, id: id + one.id }))]);
  const found = repeats([crate("x"), crate("y"), crate("z")]);
  assert.deepEqual(found.map(({ ids }) => ids.join(" ")), ["x y z", "x0 x1 x2", "y0 y1 y2", "z0 z1 z2"]);
});
