/** The cards about problems: where they stand. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { inSight, needed, stacked } from "../../ui/board/web/stacked.js";

const card = (middle, height = 100) => ({ middle, height });

test("a card stands at the middle of its gap", () => {
  assert.deepEqual(stacked([card(-300)], -600, 0), [-350]);
});

test("a card at either edge stands wholly inside", () => {
  assert.deepEqual(stacked([card(-590)], -600, 0), [-600]);
  assert.deepEqual(stacked([card(-10)], -600, 0), [-100]);
});

test("cards that would meet stand on one another, inside both edges", () => {
  for (const middles of [[-300, -310, -320], [-20, -30, -40], [-560, -570, -580]]) {
    const cards = middles.map((middle) => card(middle));
    const tops = stacked(cards, -600, 0);
    tops.forEach((top, n) => assert.ok(n === 0 || tops[n - 1] - top >= 108, `${tops}`));
    assert.ok(tops.at(-1) >= -600 && tops[0] + 100 <= 0, `${tops}`);
  }
});

test("what is spoken of in sight is read in sight", () => {
  const cards = [card(-50), card(-510), card(-900)];
  const tops = inSight(cards, { from: -1000, to: 0 }, { from: -520, to: -100 });
  assert.deepEqual(tops, [-100, -520, -950]);
  assert.equal(needed(cards), 316);
});
