/** What is typed finds bricks, the best first. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ranked } from "../../ui/board/web/finding.js";

const THINGS = [
  { names: ["Conv2D", "합성곱"], family: "Convolution", does: "filter pattern", about: "Slides filters." },
  { names: ["MaxPooling2D", "최대 풀링"], family: "Pooling", does: "shrink half 줄이기", about: "Keeps the largest." },
  { names: ["GlobalMaxPooling2D"], family: "Pooling", does: "shrink", about: "One number a channel." },
  { names: ["DenseNet121"], family: "Base", does: "", about: "Sees all before it." },
  { names: ["Dense"], family: "Core", does: "", about: "Joins all." },
  { names: ["Pool party"], family: "Other", does: "", about: "Max fun." },
];

const CASES = [
  ["", ["Conv2D", "MaxPooling2D", "GlobalMaxPooling2D", "DenseNet121", "Dense", "Pool party"]],
  ["max", ["MaxPooling2D", "GlobalMaxPooling2D", "Pool party"]],
  ["pool", ["Pool party", "MaxPooling2D", "GlobalMaxPooling2D"]],
  ["dense", ["Dense", "DenseNet121"]],
  ["SHRINK", ["MaxPooling2D", "GlobalMaxPooling2D"]],
  ["줄이기", ["MaxPooling2D"]],
  ["합성", ["Conv2D"]],
  ["합성".normalize("NFD"), ["Conv2D"]],
  ["pool global", ["GlobalMaxPooling2D"]],
  ["nothing at all", []],
];

for (const [question, expected] of CASES) {
  test(`"${question}"`, () => {
    assert.deepEqual(ranked(question, THINGS).map(({ names }) => names[0]), expected);
  });
}
