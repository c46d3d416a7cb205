/** Try in the browser: when it asks, what it sends, what it shows. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { best, brief, shown } from "../../ui/board/web/try/bars.js";
import { draw, packed } from "../../ui/board/web/try/ink.js";
import { around, windowOf } from "../../ui/board/web/try/leaf.js";
import { change, seats, ways } from "../../ui/board/web/try/seats.js";
import { clear, undo, undoable } from "../../ui/board/web/try/strokes.js";
import { Steady } from "../../ui/board/web/try/steady.js";
import { apart, exact } from "../../ui/board/web/words.js";

/** A Steady whose answers come when a test says so; `asked` are the questions. */
function steady() {
  const asked = [];
  const answers = [];
  const timers = [];
  const clock = { set: (call) => timers.push(call), clear: () => timers.splice(0), now: () => 0 };
  const look = (question, signal) => new Promise((told) => asked.push({ question, signal, told }));
  return { asked, answers, timers, made: new Steady(look, (answer, question) => answers.push([answer, question]), clock) };
}

const settled = () => new Promise((done) => setTimeout(done));

test("while a question is on its way only the newest of the others is kept", async () => {
  const { made, asked, answers } = steady();
  for (const number of [1, 2, 3]) made.ask(() => number);
  assert.deepEqual(asked.map(({ question }) => question), [1]);
  asked[0].told("one");
  await settled();
  assert.deepEqual(asked.map(({ question }) => question), [1, 3]);
  asked[1].told("three");
  await settled();
  assert.deepEqual(answers, [["one", 1], ["three", 3]]);
  assert.equal(made.busy, false);
});

test("a question is made when its turn comes, with what is newest then", async () => {
  const { made, asked } = steady();
  let ink = 1;
  made.ask(() => ink);
  made.ask(() => ink);
  ink = 9;
  asked[0].told("");
  await settled();
  assert.equal(asked[1].question, 9);
});

test("a question that takes too long gives way, and is answered no more", async () => {
  const { made, asked, answers, timers } = steady();
  made.ask(() => "slow");
  made.ask(() => "new");
  timers[0]();
  assert.equal(asked[0].signal.aborted, true);
  assert.equal(asked[1].question, "new");
  asked[0].told("late");
  asked[1].told("now");
  await settled();
  assert.deepEqual(answers, [["now", "new"]]);
});

test("what is dropped is not answered, and the next question goes at once", async () => {
  const { made, asked, answers } = steady();
  made.ask(() => 1);
  made.drop();
  made.ask(() => 2);
  asked[0].told("one");
  asked[1].told("two");
  await settled();
  assert.deepEqual(answers, [["two", 2]]);
});

test("ink is sent as bits, the first point the highest", () => {
  const points = new Uint8ClampedArray(4 * 16);
  for (const at of [0, 9, 15]) points[4 * at + 3] = 255;
  points[4 * 3 + 3] = 127; // less than half covered
  assert.deepEqual([...packed(points)], [0b10000000, 0b01000001]);
});

test("up to twelve classes stand in their own order, of more the likeliest five", () => {
  assert.deepEqual(shown([0.1, 0.7, 0.2]), [0, 1, 2]);
  const many = Array.from({ length: 40 }, (_, n) => (n === 17 ? 0.9 : n / 1000));
  assert.deepEqual(shown(many), [17, 39, 38, 37, 36]);
});

test("an answer that is no number tells no class", () => {
  assert.equal(best([null, null]), -1);
  assert.equal(best([0.2, 0.7, null]), 1);
});

test("what is nearly sure is not called sure", () => {
  assert.deepEqual([0, 0.004, 0.5, 0.996, 1].map(brief), ["0", "<1", "50", ">99", "100"]);
  assert.deepEqual([0.9994, 0.9996, 1].map(exact), ["99.9 %", "> 99.9 %", "100.0 %"]);
});

const runs = [{ id: "a", ground: 0 }, { id: "b", ground: 0 }, { id: "c", ground: 1 }];

test("the newest run answers first, and one that was deleted no more", () => {
  assert.deepEqual(seats([], runs), [{ run: "a", which: "best" }]);
  assert.deepEqual(seats([{ run: "x" }, { run: "b", which: "last" }], runs), [{ run: "b", which: "last" }]);
});

test("runs on other data leave where the first one is changed", () => {
  const both = [{ run: "a", which: "best" }, { run: "b", which: "last" }];
  assert.deepEqual(change(both, 0, { run: "c" }, runs), [{ run: "c", which: "best" }]);
  assert.deepEqual(change(both, 1, { which: "best" }, runs)[1], { run: "b", which: "best" });
});

test("what can be given depends on the data", () => {
  assert.deepEqual(ways({ draws: true, unit: "pictures" }), ["draw", "picture", "test"]);
  assert.deepEqual(ways({ draws: false, unit: "rows" }), ["test"]);
  assert.deepEqual(ways({ draws: false, unit: "pictures", asks: true }), ["picture"]);
});

test("the strip keeps nine examples at either end of the test set", () => {
  assert.deepEqual(around(0, 100), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(around(99, 100), [91, 92, 93, 94, 95, 96, 97, 98, 99]);
  assert.deepEqual(around(1, 3), [0, 1, 2]);
  assert.equal(windowOf(119), 60);
});

test("what was cleared comes back, before or after new strokes", () => {
  const kept = { strokes: ["one", "two"], width: 1 };
  clear(kept);
  assert.deepEqual([kept.strokes, undoable(kept)], [[], true]);
  undo(kept);
  assert.deepEqual([kept.strokes, kept.cleared], [["one", "two"], []]);
  clear(kept);
  kept.strokes.push("three");
  undo(kept);
  undo(kept);
  undo(kept);
  assert.deepEqual(kept.strokes, ["one"]);
  undo(kept);
  assert.equal(undoable(kept), false);
  undo(kept);
  clear(kept);
  assert.deepEqual(kept.strokes, []);
});

test("a stroke has the same ink as it grows and when it is drawn anew", () => {
  const pen = () => {
    const told = [];
    const call = (name) => (...where) => told.push([name, ...where]);
    return { told, beginPath: call("begin"), moveTo: call("move"), lineTo: call("line"), stroke: call("stroke") };
  };
  const stroke = { width: 0.1, points: [[0, 0], [0.5, 0.5], [0.5, 1], [1, 1]] };
  const [whole, grown] = [pen(), pen()];
  draw(whole, 100, stroke);
  [[1, 0], [3, 1], [4, 3]].forEach(([to, from]) => draw(grown, 100, { ...stroke, points: stroke.points.slice(0, to) }, from));
  assert.deepEqual(grown.told, whole.told);
});

test("two runs that read alike are told apart", () => {
  assert.deepEqual(apart(["A 17:03", "B 17:03", "A 17:03"]), ["A 17:03 (1)", "B 17:03", "A 17:03 (2)"]);
});
