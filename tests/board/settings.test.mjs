/** What a person types is kept, also beyond a setting's limits. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { share, whole } from "../../ui/board/web/numbers.js";
import { beyond, given, valueOf } from "../../ui/board/web/settings.js";

const WHOLE = [
  ["64", 64], [" 7 ", 7], ["0", 0], ["-3", -3], ["99999999", 99999999],
  ["9007199254740991", 9007199254740991],
  ["9007199254740992", undefined], ["", undefined], ["3.5", undefined],
  ["1e3", undefined], ["six", undefined],
];

for (const [text, number] of WHOLE) {
  test(`as a whole number: "${text}"`, () => assert.equal(whole(text), number));
}

const SHARE = [
  ["0.5", 0.5], ["0,5", 0.5], ["1.7", 1.7], ["-0.2", -0.2], ["1e-3", 0.001],
  ["", undefined], ["Infinity", undefined], ["1e300", undefined], ["half", undefined],
];

for (const [text, number] of SHARE) {
  test(`as a share: "${text}"`, () => assert.equal(share(text), number));
}

const LIMITS = { least: 1, most: 64 };
const BEYOND = [
  [1, false], [64, false], [0, true], [65, true], [[3, 65], true], [[3, 3], false],
  [null, false], ["99", false],
];

for (const [value, expected] of BEYOND) {
  test(`beyond 1 to 64: ${JSON.stringify(value)}`, () => {
    assert.equal(beyond(value, LIMITS), expected);
  });
}

test("a setting that a brick does not have has its default", () => {
  assert.equal(valueOf({ settings: {} }, { name: "constructor", default: 2 }), 2);
  assert.equal(valueOf({ settings: { rate: 0 } }, { name: "rate", default: 2 }), 0);
});

const WEIGHTS = { name: "weights", kind: "choice", choices: ["imagenet", null], default: "imagenet" };
const FROZEN = { name: "frozen", kind: "padlock", default: true, least: 2, most: 1000 };
const BASE = { start: { include_top: false }, settings: [WEIGHTS, FROZEN] };

test("a setting that is None is not taken for its default", () => {
  assert.equal(valueOf({ settings: { weights: null } }, WEIGHTS), null);
  assert.equal(valueOf({ settings: {} }, WEIGHTS), "imagenet");
});

test("a copied base keeps its random weights and its padlock", () => {
  assert.deepEqual(given(BASE, { weights: null, frozen: 15 }), { weights: null, frozen: 15 });
  assert.deepEqual(given(BASE, { weights: "imagenet", frozen: true }), {});
  assert.deepEqual(given(BASE, { frozen: "shut" }), {});
});
