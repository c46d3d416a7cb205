/** The table of runs in the browser: what is foreseen, found, and in which order. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { foreseen, found, sorted, toggled } from "../../ui/board/web/compare/listing.js";

const row = (id, more = {}) => ({
  id, name: `Run ${id}`, note: "", data: "Digits", when: Number(id), state: "done", star: false, letter: null,
  epoch: 3, accuracy: null, mae: null, loss: null, test: {}, seconds: null, ...more,
});
const ids = (rows) => rows.map(({ id }) => id).join("");
const DATA = { everywhere: false, most: 8, rows: [row("3", { letter: "A" }), row("2", { state: "running" }), row("1")] };

test("a star and a note show before the server has answered", () => {
  const { rows } = foreseen(DATA, [{ op: "star_run", run: "1", on: true }, { op: "note_run", run: "1", note: "good" }]);
  assert.deepEqual([rows[2].star, rows[2].note, rows[0].star], [true, "good", false]);
  assert.equal(DATA.rows[2].star, false);
});

test("what is deleted is gone at once, and chosen no more; what goes on stays", () => {
  const { rows, chosen } = foreseen(DATA, [{ op: "choose_runs", runs: ["3", "2"] }, { op: "delete_runs", runs: ["3", "2"] }]);
  assert.equal(ids(rows), "21");
  assert.deepEqual(chosen, ["2"]);
});

test("the chosen are those that the server has letters for, until others are chosen", () => {
  assert.deepEqual(foreseen(DATA, []).chosen, ["3"]);
  assert.deepEqual(foreseen(DATA, [{ op: "choose_runs", runs: ["1"] }]).chosen, ["1"]);
});

test("a run is found by every word, in its name, its note or its data", () => {
  const rows = [row("1", { note: "With Dropout" }), row("2", { data: "MNIST" })];
  assert.equal(ids(found(rows, "dropout run")), "1");
  assert.equal(ids(found(rows, "mnist")), "2");
  assert.equal(ids(found(rows, " ")), "12");
  assert.equal(ids(found(rows, "mnist dropout")), "");
});

const ORDERS = [
  ["accuracy, the best first", "best", true, [{ accuracy: 0.5 }, { accuracy: 0.9 }, {}], "213"],
  ["accuracy, the worst first", "best", false, [{ accuracy: 0.5 }, { accuracy: 0.9 }, {}], "123"],
  ["errors, the least first", "best", true, [{ mae: 3 }, { mae: 1 }, { mae: 2 }], "231"],
  ["names", "name", false, [{ name: "b" }, { name: "a" }, { name: "ㄱ" }], "213"],
  ["notes, those without last", "note", true, [{ note: "" }, { note: "a" }, { note: "b" }], "321"],
  ["stars, then the newest", "star", true, [{ star: true }, {}, { star: true }], "312"],
  ["time, the newest first", "when", true, [{}, {}, {}], "321"],
];

for (const [claim, column, down, rows, expected] of ORDERS) {
  test(`rows are sorted by ${claim}`, () => {
    assert.equal(ids(sorted(rows.map((more, n) => row(String(n + 1), more)), column, down)), expected);
  });
}

test("one more than the most is chosen in place of the first", () => {
  assert.deepEqual(toggled(["a", "b"], "c", 2), ["b", "c"]);
  assert.deepEqual(toggled(["a", "b"], "a", 2), ["b"]);
});
