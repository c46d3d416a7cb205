/** Variants in the browser: the draft of a plan, scales, lines, and what people type. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { height, nearest, path } from "../../ui/board/web/variants/curve.js";
import { blank, changed, kept, planned, recalled, size, toggled, turned } from "../../ui/board/web/variants/draft.js";
import { FAN, decades, goalScale, grid, nice, ranked, scaleOf, scattered, shade } from "../../ui/board/web/variants/scales.js";
import { told, typed } from "../../ui/board/web/variants/told.js";

const UNITS = { key: "d.units", brick: "d", name: "units", kind: "whole", least: 1, most: 100, values: [16, 32, 64], low: 8, high: 64, log: true };
const RATE = { key: "o.rate", brick: "o", name: "rate", kind: "share", least: 0, most: 0.9, values: [0.1, 0.2], low: 0, high: 0.5, log: false };
const OFFERS = [UNITS, RATE];
const BOTH = OFFERS.reduce(turned, blank(5));

test("a setting that is chosen again is not varied any more", () => {
  assert.deepEqual(BOTH.axes.map(({ key }) => key), ["d.units", "o.rate"]);
  assert.deepEqual(turned(BOTH, UNITS).axes.map(({ key }) => key), ["o.rate"]);
});

test("at most eight settings are varied at once", () => {
  const many = Array.from({ length: 12 }, (_, n) => ({ ...UNITS, key: `b${n}.units` }));
  assert.equal(many.reduce(turned, blank(5)).axes.length, 8);
});

test("a grid has every combination, a search no more than there are", () => {
  assert.equal(size(blank(5)), 0);
  assert.equal(size(BOTH), 6);
  const search = { ...BOTH, method: "search" };
  assert.equal(size(search), 6);
  assert.equal(size({ ...search, trials: 4 }), 4);
  assert.equal(size(changed(search, "d.units", { ranged: true })), 20);
});

test("the server gets values, and of a search ranges", () => {
  const ranged = changed(BOTH, "d.units", { ranged: true });
  assert.deepEqual(planned(ranged, OFFERS).axes[0], { brick: "d", name: "units", values: [16, 32, 64] });
  const { axes, ...more } = planned({ ...ranged, method: "search" }, OFFERS);
  assert.deepEqual(axes[0], { brick: "d", name: "units", low: 8, high: 64, log: true });
  assert.deepEqual(more, { method: "search", trials: 20, epochs: 5, prune: true, minutes: null, seed: 42 });
});

test("a draft loses what the tower does not offer any more", () => {
  assert.deepEqual(kept(BOTH, [RATE]).axes.map(({ key }) => key), ["o.rate"]);
});

test("only what was a draft is taken up again", () => {
  assert.deepEqual(recalled(JSON.stringify(BOTH), 5), BOTH);
  for (const text of [null, "", "{", "[]", '{"axes": 3}', '{"axes": [{"key": "a"}]}']) assert.equal(recalled(text, 5), null);
});

const TOGGLES = [
  ["numbers stand in order", [16, 64], 32, [16, 32, 64]],
  ["one that is there goes", [16, 32], 16, [32]],
  ["none comes first", [0.1], null, [null, 0.1]],
  ["pairs stand by their size", [[3, 3], [5, 5]], 4, [[3, 3], 4, [5, 5]]],
  ["words stand as they came", ["b", "a"], "c", ["b", "a", "c"]],
];

for (const [claim, values, value, expected] of TOGGLES) {
  test(`of toggled values ${claim}`, () => assert.deepEqual(toggled(values, value), expected));
}

const TYPED = [
  ["32", UNITS, 32], ["0", UNITS, undefined], ["101", UNITS, undefined], ["3.5", UNITS, undefined], ["", UNITS, undefined],
  ["0,5", RATE, 0.5], ["1e-2", RATE, 0.01], ["0.95", RATE, undefined], ["x", RATE, undefined], ["none", RATE, undefined],
  ["none", { ...RATE, optional: true }, null],
  ["3×5", { kind: "pair", least: 1, most: 9 }, [3, 5]], ["3x3", { kind: "pair", least: 1, most: 9 }, 3],
  ["3x", { kind: "pair", least: 1, most: 9 }, 3], ["3x4x5", { kind: "pair", least: 1, most: 9 }, undefined],
];

for (const [text, info, expected] of TYPED) {
  test(`“${text}” as ${info.kind} is ${JSON.stringify(expected)}`, () => assert.deepEqual(typed(text, info), expected));
}

test("values are told as people read them", () => {
  const labels = { adam: "Adam", null: "Stays the same" };
  const said = [[0.000350612], [256], [[3, 5]], [["l2", 0.01]], [true], [null], ["adam", { labels }], [null, { labels }], ["constructor", { labels }]];
  assert.deepEqual(said.map((row) => told(...row)), ["0.000351", "256", "3×5", "l2 0.01", "on", "none", "Adam", "Stays the same", "constructor"]);
});

test("rulers have round numbers, powers of ten where factors count", () => {
  assert.deepEqual(nice(0, 0.5), [0, 0.1, 0.2, 0.3, 0.4, 0.5]);
  assert.deepEqual(decades(0.00001, 0.1), [0.00001, 0.0001, 0.001, 0.01, 0.1]);
  assert.deepEqual(decades(32, 512), [50, 100, 200, 500]);
});

test("values stand at equal distances, the first one at the foot", () => {
  const { at } = scaleOf({ values: [16, 64, 1024] }, 0, 100);
  assert.deepEqual([16, 64, 1024, 7].map(at), [100 - FAN, 50, FAN, undefined]);
});

test("in a range by factors each power of ten is as long", () => {
  const { at } = scaleOf({ low: 0.001, high: 0.1, log: true }, 0, 100);
  assert.deepEqual([0.001, 0.01, 0.1].map((value) => Math.round(at(value))), [100, 50, 0]);
});

test("the better one stands above, whichever way is better", () => {
  const up = goalScale({ rises: true }, [0.5, 0.9], 0, 100);
  const down = goalScale({ rises: false }, [0.5, 0.9], 0, 100);
  assert.deepEqual([up.at(0.9), up.at(0.5), down.at(0.9), down.at(0.5)], [0, 100, 100, 0]);
});

test("one that failed by far does not press the others together", () => {
  const scale = goalScale({ rises: true }, [0.98, 0.97, 0.96, 0.95, 0.1], 0, 100);
  assert.equal(scale.cut, true);
  assert.equal(scale.worst, 0.95);
  assert.deepEqual([scale.at(0.95), scale.at(0.1)], [100, 100]);
});

test("a single variant, and several that are alike, have a scale", () => {
  for (const values of [[0.9], [0.9, 0.9, null, undefined]]) assert.equal(goalScale({ rises: true }, values, 0, 100).at(0.9), 0);
  assert.equal(goalScale({ rises: true }, [null], 0, 100), null);
});

test("colours go through both halves of their ramp", () => {
  assert.deepEqual([0, 0.25, 0.5, 1].map(shade).map(({ half, part }) => `${half} ${part}`), ["low 0%", "low 50%", "high 0%", "high 100%"]);
});

test("the preview has every way through a grid, and of a search some over all of it", () => {
  assert.equal(grid(OFFERS, 200).length, 6);
  assert.deepEqual(grid(OFFERS, 200)[5], { "d.units": 64, "o.rate": 0.2 });
  const some = scattered([{ ...UNITS, values: null }, RATE], 20);
  assert.equal(some.length, 20);
  const units = some.map((row) => row["d.units"]);
  assert.ok(Math.min(...units) >= 8 && Math.min(...units) < 12 && Math.max(...units) > 48 && Math.max(...units) <= 64);
});

test("the best are first, those that reached nothing last", () => {
  const rows = [{ number: 1, value: null }, { number: 2, value: 0.5 }, { number: 3, value: 0.9 }, { number: 4, value: 0.5 }];
  assert.deepEqual(ranked(rows, { rises: true }).map(({ number }) => number), [3, 2, 4, 1]);
  assert.deepEqual(ranked(rows, { rises: false }).map(({ number }) => number), [2, 4, 3, 1]);
});

test("a line is met where it is, and only from near", () => {
  const points = [[0, 0], [100, 50]];
  assert.equal(path(points), "M0,0C50,0 50,50 100,50");
  assert.deepEqual([0.001, 50, 100].map((x) => Math.round(height(points, x))), [0, 25, 50]);
  assert.equal(height(points, 101), undefined);
  const lines = [{ number: 1, points }, { number: 2, points: [[0, 40], [100, 40]] }];
  assert.equal(nearest(lines, 50, 27, 10), 1);
  assert.equal(nearest(lines, 50, 36, 10), 2);
  assert.equal(nearest(lines, 50, 90, 10), null);
});
