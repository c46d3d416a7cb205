/** Results in the browser: what examples are called, and how each is told of. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { lines, none, same, spoken, titled, WORST } from "../../ui/board/web/results/choices.js";

const DIGITS = { kind: "classes", classes: ["0", "1", "2"] };
const PETS = { kind: "classes", classes: ["cats", "dogs"] };
const VALUES = { kind: "values" };

test("a cell is called by its classes, one on the diagonal by its class", () => {
  assert.equal(titled({ of: "cell", with: [0, 2] }, DIGITS), "0, told 2");
  assert.equal(titled({ of: "cell", with: [1, 1] }, DIGITS), "1, told right");
});

test("what is shown to begin with is called by what the tower does", () => {
  const titles = ["classes", "values", "rebuilt"].map((kind) => titled(WORST, { kind }));
  assert.deepEqual(titles, ["The surest mistakes", "Told least well", "Given back least well"]);
});

test("short names stand in one line, long ones in two", () => {
  assert.deepEqual(lines({ true: 1, told: 2, share: 0.5 }, DIGITS), ["1 → 2", "50.0 %"]);
  assert.deepEqual(lines({ true: 0, told: 1, share: 0.5 }, PETS), ["cats", "→ dogs", "50.0 %"]);
  assert.deepEqual(lines({ true: 0, told: 0, share: 1 }, PETS), ["cats", "100.0 %"]);
  assert.deepEqual(lines({ true: 1.25, told: 3, error: 1.75 }, VALUES), ["1.25 → 3"]);
});

test("an answer that is no number is told as none", () => {
  assert.deepEqual(lines({ true: 0, told: -1, share: 0 }, DIGITS), ["0", "→ no answer", "0.0 %"]);
  assert.equal(lines({ true: 2, told: null }, VALUES)[0], "2 → –");
});

test("an example is told whole to those who do not see it", () => {
  assert.equal(spoken({ index: 1234, true: 0, told: 1, share: 0.975 }, PETS), "Example 1,234: cats, told dogs, 97.5 %");
  assert.equal(spoken({ index: 3, error: 0.25 }, { kind: "rebuilt" }), "Example 3, off by 0.25");
});

test("no mistake is said for what the examples are, an empty cell as empty", () => {
  assert.equal(none(WORST, "rows"), "Not one mistake on the test rows.");
  assert.equal(none({ of: "cell", with: [0, 1] }, "rows"), "There are none.");
});

test("choices are the same by what they ask for", () => {
  assert.ok(same({ of: "worst" }, WORST));
  assert.ok(!same({ of: "cell", with: [0, 1] }, { of: "cell", with: [1, 0] }));
});
