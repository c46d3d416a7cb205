/** Runs as they go, in the browser: what is asked, what is kept, how curves are laid out. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { goOn, open } from "../../ui/board/web/live/deeds.js";
import { Feed, merged, moment } from "../../ui/board/web/live/feed.js";
import { bestEpoch, lettered, metrics, present, trail, valueAt } from "../../ui/board/web/live/figures.js";
import { crossed, room } from "../../ui/board/web/live/room.js";
import { ceiling, epochTicks, percentDigits, reach, upright } from "../../ui/board/web/live/scale.js";
import { briefly, said, share } from "../../ui/board/web/live/told.js";
import { figure } from "../../ui/board/web/words.js";

const row = (epoch, loss = 1 / epoch) => ({ epoch, loss, val_loss: loss * 2, seconds: 2, learning_rate: 0.001 });
const told = (more = {}) => ({ id: "r", state: "running", epoch: 0, epochs: 9, start: 1, since: 0, rows: [], progress: {}, wait: null, ...more });
const within = (epoch, batch, loss) => ({ epoch, batch, batches: 10, loss, measures: { accuracy: 0.5 } });

/** A feed whose time is taken step by step; `answers` are what the server says, or an error. */
function fed(answers, hidden = () => false) {
  const asked = [];
  const pauses = [];
  const clock = { set: (call, ms) => pauses.push({ call, ms }), clear: () => {} };
  const ask = async (question) => {
    asked.push(question.get("since"));
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return { runs: answer };
  };
  const feed = new Feed({ ask, changed: () => {}, hidden, clock });
  const step = () => pauses.pop().call();
  return { feed, asked, pauses, step };
}

test("only what the page lacks is asked for, each second while a run goes on", async () => {
  const { feed, asked, pauses, step } = fed([[told({ rows: [row(1), row(2)], epoch: 2 })], [told({ since: 2, rows: [row(3)], epoch: 3, state: "done" })]]);
  feed.follow(["r"], "en");
  await step();
  assert.equal(pauses.at(-1).ms, 1000);
  await step();
  assert.deepEqual(asked, ["0-0", "2-1"]);
  assert.deepEqual(feed.runs.get("r").rows.map(({ epoch }) => epoch), [1, 2, 3]);
  assert.equal(pauses.length, 0); // it ended: nothing more is asked
});

test("a server that does not answer is asked ever less often, and the page says so", async () => {
  const no = () => new Error("503");
  const { feed, pauses, step } = fed([no(), no(), no(), no(), no(), [told()]]);
  feed.follow(["r"], "en");
  const waits = [];
  for (let n = 0; n < 5; n += 1) {
    await step();
    waits.push(pauses.at(-1).ms);
  }
  assert.deepEqual(waits, [2000, 4000, 8000, 15000, 15000]);
  assert.equal(feed.lost, true);
  await step();
  assert.equal(feed.lost, false);
  assert.equal(pauses.at(-1).ms, 1000);
});

test("nobody is asked while the page is hidden; who looks again is told at once", async () => {
  let hidden = true;
  const { feed, asked, pauses, step } = fed([[told()]], () => hidden);
  feed.follow(["r"], "en");
  await step();
  assert.deepEqual([asked, pauses.length], [[], 0]);
  hidden = false;
  feed.wake();
  await step();
  assert.equal(asked.length, 1);
});

test("an answer to an older question changes nothing", async () => {
  let release;
  const feed = new Feed({ ask: () => new Promise((done) => { release = () => done({ runs: [told()] }); }), changed: () => assert.fail("told"), clock: { set: (call) => call(), clear: () => {} } });
  feed.follow(["r"], "en");
  feed.leave();
  release();
  await new Promise((done) => setTimeout(done, 5));
  assert.equal(feed.runs.size, 0);
});

test("a run that went back to its checkpoint loses the epochs after it", () => {
  const known = merged(undefined, told({ rows: [row(1), row(2), row(3)], epoch: 3 }));
  const again = merged(known, told({ start: 2, rows: [row(1), row(2)], epoch: 2 }));
  assert.deepEqual(again.rows.map(({ epoch }) => epoch), [1, 2]);
});

test("within an epoch the page keeps what it saw, until the epoch is finished", () => {
  let run = merged(undefined, told({ progress: within(1, 2, 2.0) }));
  run = merged(run, told({ progress: within(1, 5, 1.5) }));
  run = merged(run, told({ progress: within(1, 5, 1.5) }));
  assert.deepEqual(run.trail.map(({ at }) => at), [0.2, 0.5]);
  assert.deepEqual(trail(run, "loss"), [[0.2, 2.0], [0.5, 1.5]]);
  run = merged(run, told({ epoch: 1, rows: [row(1)], progress: within(1, 10, 1.2) }));
  assert.deepEqual(run.trail, []);
});

test("a long epoch keeps a trail that does not grow without end", () => {
  let run;
  for (let n = 1; n < 1000; n += 1) run = merged(run, told({ progress: { ...within(1, n, 1), batches: 1000 } }));
  assert.ok(run.trail.length <= 121);
  assert.equal(run.trail.at(-1).at, 0.999);
});

test("a run that waits or has ended is at no moment of an epoch", () => {
  assert.equal(moment(told({ state: "stopped", progress: within(1, 2, 1) })), null);
  assert.equal(moment(told({ progress: { done: 1, of: 9 } })), null);
});

const SAID = [
  [{ state: "waiting", wait: { place: 3, seconds: 240 } }, "Waiting: number 3 in the line, begins in about 4 min"],
  [{ state: "waiting", wait: { place: 3, seconds: null } }, "Waiting: number 3 in the line"],
  [{ state: "waiting", wait: { place: 1, seconds: 2 } }, "Waiting: number 1 in the line, begins soon"],
  [{ state: "waiting", wait: null }, "Waiting for its turn"],
  [{}, "Starting …"],
  [{ progress: { done: 1200, of: 5000 } }, "Reading the pictures: 1,200 of 5,000"],
  [{ progress: { done: 320, of: 3000, what: "features" } }, "Working out what the base gives: 320 of 3,000"],
  [{ progress: within(1, 4, 1) }, "Epoch 1 of 9, batch 4 of 10"],
  [{ epoch: 1, progress: within(1, 10, 1) }, "Epoch 2 of 9, batch 0 of 10"],
  [{ epoch: 9, progress: within(9, 10, 1) }, "Looking at the test pictures …"],
  [{ wanted: "paused" }, "Pausing …"],
  [{ wanted: "stopped" }, "Stopping …"],
  [{ asked: "stop_run" }, "Stopping …"],
  [{ state: "paused", epoch: 4 }, "Paused after epoch 4 of 9"],
  [{ state: "stopped", epoch: 4 }, "Stopped after epoch 4 of 9"],
  [{ state: "failed", reason: "Too big." }, "Too big."],
  [{ state: "done", epoch: 4, reason: "Done after 4 of 9 epochs." }, "Done after 4 of 9 epochs."],
  [{ state: "done", epoch: 9 }, "Done: 9 epochs"],
  [{ state: "done", epoch: 1, epochs: 1 }, "Done: 1 epoch"],
];

for (const [more, sentence] of SAID) {
  test(`it is said: ${sentence}`, () => assert.equal(said(told(more)), sentence));
}

test("a chip says in a word how it is", () => {
  assert.equal(briefly(told({ state: "paused", epoch: 4 })), "4 / 9 · paused");
  assert.equal(briefly(told({ state: "waiting", wait: { place: 2 } })), "number 2 in the line");
});

test("the bar grows within an epoch, and is full when all is done", () => {
  assert.equal(share(told({ epochs: 2, epoch: 1, progress: within(2, 5, 1) })), 0.75);
  assert.equal(share(told({ state: "done", epoch: 3 })), 1);
});

const names = (run) => Object.entries(open(run)).filter(([, may]) => may).map(([name]) => name).join(" ");
const OPEN = [
  ["goes on", {}, "pause_run stop_run"],
  ["waits", { state: "waiting" }, "pause_run stop_run"],
  ["is being paused", { wanted: "paused" }, "stop_run"],
  ["is being stopped", { wanted: "stopped" }, ""],
  ["was just told to stop", { asked: "stop_run" }, ""],
  ["is paused", { state: "paused", epoch: 2 }, "resume_run more_run again_run"],
  ["failed", { state: "failed", epoch: 2 }, "resume_run more_run again_run"],
  ["failed after its last epoch", { state: "failed", epoch: 9 }, "resume_run more_run again_run"],
  ["is paused after its last epoch", { state: "paused", epoch: 9 }, "resume_run more_run again_run"],
  ["is done", { state: "done", epoch: 9 }, "more_run again_run"],
];

for (const [how, more, deeds] of OPEN) {
  test(`a run that ${how} is open to: ${deeds || "nothing"}`, () => assert.equal(names(told(more)), deeds));
}

test("letters follow from the runs that are shown, whatever was shown before", () => {
  assert.deepEqual([...lettered(["x", "y"])], [["x", "A"], ["y", "B"]]);
  assert.deepEqual([...lettered(["y", "z"])], [["y", "A"], ["z", "B"]]);
});

test("per cent have the decimals that their steps need", () => {
  assert.deepEqual([[0.9, 0.95, 1], [0.9, 0.925, 0.95], [0.9975, 1], [0.98, 0.985]].map(percentDigits), [0, 1, 2, 1]);
});

test("the metric that says most comes first, also before there is a figure", () => {
  assert.deepEqual(metrics([told({ measures: ["auc", "accuracy"] })]), ["accuracy", "auc"]);
  assert.deepEqual(metrics([told({ rows: [{ epoch: 1, loss: 1, val_loss: 1, mae: 2, seconds: 1 }] })]), ["mae"]);
});

const EDGES = { left: 56, right: 400, top: 8, bottom: 200 };
const placed = (place, above, ...curves) => room(place, { curves, edges: EDGES, wide: 30, above });

test("best stands above a peak, below a hollow", () => {
  const peak = [[100, 150], [200, 60], [300, 140]];
  const hollow = [[100, 50], [200, 120], [300, 60]];
  assert.equal(placed([200, 60], true, peak).y, 50);
  assert.ok(placed([200, 120], false, hollow).y > 120);
});

test("best keeps off another curve, and off the chart's edge", () => {
  const peak = [[100, 150], [200, 60], [300, 140]];
  const over = [[100, 45], [300, 45]];
  const { x, y } = placed([200, 60], true, peak, over);
  assert.equal(crossed({ left: x - 15, right: x + 15, top: y - 10, bottom: y + 3 }, [peak, over]), 0);
  const low = placed([380, 10], true, [[100, 150], [250, 60], [380, 10]]);
  assert.ok(low.y > 10 && low.x <= 385);
});

test("best of a curve that only falls stands where the curve has not been", () => {
  const falls = [[60, 20], [120, 120], [240, 170], [390, 185]];
  const { x, y } = placed([390, 185], false, falls);
  assert.equal(crossed({ left: x - 15, right: x + 15, top: y - 10, bottom: y + 3 }, [falls]), 0);
});

test("the best epoch is the highest where more is better, else the lowest", () => {
  const rows = [0.5, 0.9, null, 0.7].map((value, n) => ({ epoch: n + 1, val_x: value }));
  assert.equal(bestEpoch(told({ rows }), "x", true).epoch, 2);
  assert.equal(bestEpoch(told({ rows }), "x", false).epoch, 1);
  assert.equal(bestEpoch(told({ rows: rows.slice(0, 1) }), "x", true), null);
});

test("the figures of a moment go before those of the last epoch", () => {
  const run = merged(undefined, told({ epoch: 1, rows: [row(1, 2)], progress: { ...within(2, 5, 1.4), seconds_left: 33, memory: 5e8 } }));
  assert.equal(valueAt(run, "loss", null), 1.4);
  assert.equal(valueAt(run, "loss", 1), 2);
  const { left, memory, validation } = present(run);
  assert.deepEqual([left, memory, validation.val_loss], [33, 5e8, 4]);
});

const AXES = [
  ["nothing yet", [[], { share: true }], [0, 0.25, 0.5, 0.75, 1]],
  ["shares end at 1", [[0.97, 0.995], { share: true }], [0.94, 0.96, 0.98, 1]],
  ["a loss that came near 0", [[2.3, 0.02]], [0, 1, 2, 3]],
  ["a rate that stays", [[0.001], { zero: true, parts: 2 }], [0, 0.001, 0.002]],
  ["what is no number is left out", [[NaN, null, 1, 3]], [1, 1.5, 2, 2.5, 3]],
];

for (const [claim, [values, how], ticks] of AXES) {
  test(`the upright axis: ${claim}`, () => assert.deepEqual(upright(values, how), ticks));
}

test("of a thousand epochs the first are not squeezed into a corner", () => {
  assert.deepEqual([reach(0, 15), reach(0, 1000), reach(9, 1000), reach(95, 1000), reach(900, 1000)], [15, 10, 15, 150, 1000]);
});

test("epochs along the axis are whole", () => {
  assert.deepEqual(epochTicks(1, 6), [0, 1]);
  assert.deepEqual(epochTicks(15, 6), [0, 3, 6, 9, 12, 15]);
});

test("a run that goes astray does not flatten the others", () => {
  assert.ok(ceiling([[2, 0.5], [1.5, 0.4], [2, 9_000]]) <= 8);
  assert.equal(ceiling([[]]), Infinity);
});

test("figures are written as people read them", () => {
  assert.deepEqual([figure(0.9861, true), figure(null), figure(0.12345), figure(1234.5), figure(0.00002)], ["98.6 %", "–", "0.1235", "1,235", "2.0e−5"]);
});

test("of batches that run in one go no more are told than the epoch has", () => {
  const run = merged(undefined, told({ progress: within(1, 12, 1) }));
  assert.deepEqual([run.progress.batch, moment(run).at, share(run)], [10, 1, 1 / 9]);
});

test("a run that has only its test before it is tested", () => {
  assert.equal(goOn(told({ state: "paused", epoch: 9 })), "Test it");
  assert.equal(goOn(told({ state: "paused", epoch: 2 })), "Go on from epoch 3");
});
