/** The tower in the browser follows an operation as the server will. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { entry } from "../../ui/board/web/catalogue.js";
import { fits } from "../../ui/board/web/fit.js";
import { apply, replay } from "../../ui/board/web/model.js";
import { read, written } from "../../ui/board/web/sheets.js";

const KINDS = {
  MNIST: { looks: { profile: "data" }, start: {} },
  Digits: { looks: { profile: "data" }, start: {} },
  Conv2D: { looks: { profile: "slots" }, start: { filters: 32, kernel_size: 3 } },
  Flatten: { looks: { profile: "roof" }, start: {} },
  Dense: {
    looks: { profile: "slope" },
    start: { units: 128, activation: "relu" },
    settings: [
      { name: "units", kind: "whole", least: 1, most: 65536, default: null },
      { name: "activation", kind: "choice", choices: ["linear", "relu"], default: "linear" },
    ],
  },
  Dropout: {
    looks: { profile: "holes", plate: true },
    start: { rate: 0.5 },
    settings: [{ name: "rate", kind: "share", least: 0, most: 0.99, default: null }],
  },
};

const stage = (id, kind, gets, gives, settings = {}) => ({
  id, kind, name: null, settings, gets, gives, weights: 0, madds: 0, lines: null, problem: null,
});

const TOWER = [
  stage("data", "MNIST", null, [28, 28, 1]),
  stage("a", "Flatten", [28, 28, 1], [784]),
  stage("b", "Dense", [784], [10], { units: 10 }),
  stage("label", "Category", [10], null),
];

const ids = (tower) => tower.map(({ id }) => id).join(" ");

const CASES = [
  ["put above a brick", { op: "put", id: "n", kind: "Dense", after: "a" }, "data a n b label"],
  ["put on the ground", { op: "put", id: "n", kind: "Dense", after: "data" }, "data n a b label"],
  ["put where it is gone: on top", { op: "put", id: "n", kind: "Dense", after: "x" }, "data a b n label"],
  ["put above the label: under it", { op: "put", id: "n", kind: "Dense", after: "label" }, "data a b n label"],
  ["put of an unknown kind", { op: "put", id: "n", kind: "Nope", after: "a" }, "data a b label"],
  ["put of a kind that every object has", { op: "put", id: "n", kind: "constructor", after: "a" }, "data a b label"],
  ["data that every object has", { op: "data", kind: "valueOf" }, "data a b label"],
  ["an operation that every object has", { op: "toString" }, "data a b label"],
  ["put twice", { op: "put", id: "a", kind: "Dense", after: "b" }, "data a b label"],
  ["move up", { op: "move", id: "a", after: "b" }, "data b a label"],
  ["move down", { op: "move", id: "b", after: "data" }, "data b a label"],
  ["move onto itself", { op: "move", id: "a", after: "a" }, "data a b label"],
  ["move of the data brick", { op: "move", id: "data", after: "b" }, "data a b label"],
  ["remove", { op: "remove", id: "a" }, "data b label"],
  ["remove what is gone", { op: "remove", id: "x" }, "data a b label"],
  ["remove of the label", { op: "remove", id: "label" }, "data a b label"],
  ["copy", { op: "copy", id: "a", new: "n" }, "data a n b label"],
  ["clear", { op: "clear" }, "data label"],
  ["undo, which only the server knows", { op: "undo" }, "data a b label"],
];

for (const [name, op, expected] of CASES) {
  test(name, () => {
    const before = JSON.stringify(TOWER);
    assert.equal(ids(apply(TOWER, op, KINDS)), expected);
    assert.equal(JSON.stringify(TOWER), before, "the old tower is untouched");
  });
}

test("a new brick comes with its start settings, or with those given", () => {
  const put = { op: "put", id: "n", kind: "Dropout", after: "a" };
  assert.deepEqual(apply(TOWER, put, KINDS)[2].settings, { rate: 0.5 });
  const given = { ...put, settings: { rate: 0.1 } };
  assert.deepEqual(apply(TOWER, given, KINDS)[2].settings, { rate: 0.1 });
});

const pasted = (settings) =>
  apply(TOWER, { op: "put", id: "n", kind: "Dense", after: "a", settings }, KINDS)[2].settings;

const GIVEN = [
  ["a linear Dense stays linear", { units: 256 }, { units: 256 }],
  ["what it needs is filled in", {}, { units: 128 }],
  ["beyond the limits is kept", { units: -5 }, { units: -5 }],
  ["another type is not taken", { units: "9", activation: { a: 1 } }, { units: 128 }],
  ["what no Dense has is not taken", { units: 9, constructor: 1 }, { units: 9 }],
  ["a default need not be said", { units: 9, activation: "linear" }, { units: 9 }],
];

for (const [name, settings, expected] of GIVEN) {
  test(`given settings are the whole truth: ${name}`, () => {
    assert.deepEqual(pasted(settings), expected);
  });
}

test("a copy of a linear Dense pastes as a linear Dense, name and all", () => {
  const [brick] = read(written({ ...TOWER[2], name: "말" }), KINDS);
  const put = { op: "put", id: "n", after: "a", ...brick };
  const twin = apply(TOWER, put, KINDS)[2];
  assert.deepEqual([twin.settings, twin.name], [{ units: 10 }, "말"]);
});

test("a kind that nobody knows is a grey brick, whatever it is called", () => {
  for (const kind of ["Nope", "constructor", "__proto__", "toString"]) {
    assert.equal(entry(KINDS, kind).looks.profile, "unknown");
    const tower = TOWER.with(1, { ...TOWER[1], kind });
    assert.equal(apply(tower, { op: "remove", id: "b" }, KINDS).length, 3);
  }
});

test("a size below one is no shape to draw", () => {
  const tower = apply(TOWER, { op: "set", id: "b", setting: "units", value: -5 }, KINDS);
  assert.deepEqual(tower[2].gives, [10]);
});

test("null and the default itself take a setting back to its default", () => {
  const set = { op: "set", id: "b", setting: "units", value: 12 };
  assert.deepEqual(apply(TOWER, set, KINDS)[2].settings, { units: 12 });
  const linear = { op: "set", id: "b", setting: "activation", value: "relu" };
  const other = apply(TOWER, linear, KINDS);
  assert.deepEqual(other[2].settings, { units: 10, activation: "relu" });
  for (const value of [null, "linear"]) {
    assert.deepEqual(apply(other, { ...linear, value }, KINDS)[2].settings, { units: 10 });
  }
});

test("from the changed brick up everything is pending, below it nothing", () => {
  const tower = apply(TOWER, { op: "set", id: "b", setting: "units", value: 12 }, KINDS);
  assert.deepEqual(tower.map((each) => Boolean(each.pending)), [false, false, true, true]);
  assert.equal(tower[1], TOWER[1]);
});

test("shapes are foreseen where that is easy", () => {
  const tower = apply(TOWER, { op: "set", id: "b", setting: "units", value: 12 }, KINDS);
  assert.deepEqual(tower[2].gives, [12]);
  assert.deepEqual(tower[3].gets, [12]);
});

test("a name shows at once and disturbs no figure", () => {
  const tower = apply(TOWER, { op: "name", id: "b", name: "말" }, KINDS);
  assert.equal(tower[2].name, "말");
  assert.ok(!tower.some((each) => each.pending));
});

test("other data changes the ground", () => {
  assert.equal(apply(TOWER, { op: "data", kind: "Digits" }, KINDS)[0].kind, "Digits");
});

test("operations on the way are played again on each answer", () => {
  const ops = [
    { op: "put", id: "n", kind: "Dropout", after: "a" },
    { op: "move", id: "n", after: "b" },
    { op: "remove", id: "a" },
  ];
  assert.equal(ids(replay(TOWER, ops, KINDS)), "data b n label");
  const answered = apply(TOWER, ops[0], KINDS);
  assert.equal(ids(replay(answered, ops.slice(1), KINDS)), "data b n label");
});

const SEAMS = { seams: { shapes: [[28, 28, 1], [784]], of: { data: 0, a: 1 } }, misfits: { Dense: [0], "#b": [0] } };

test("a seam says whether a brick would fit", () => {
  assert.equal(fits(SEAMS, "Dense", "data"), false);
  assert.equal(fits(SEAMS, "Dense", "a"), true);
  assert.equal(fits(SEAMS, "#b", "data"), false);
  assert.equal(fits(SEAMS, "Flatten", "data"), true);
  assert.equal(fits(SEAMS, "Dense", "unknown"), null);
  assert.equal(fits(SEAMS, "Dense", "constructor"), null);
  assert.equal(fits(SEAMS, "toString", "data"), true);
});
