/** Operations on towers in towers. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { apply } from "../../ui/board/web/model.js";
import { find, outermost, span, under, visible } from "../../ui/board/web/nest.js";
import { KINDS, told, TOWER } from "./kinds.mjs";

const CASES = [
  ["put on an inner brick", { op: "put", id: "n", kind: "Dense", after: "b" }, "a k[b n c] p[d|] e"],
  ["put on an inner floor", { op: "put", id: "n", kind: "Dense", after: "k:0" }, "a k[n b c] p[d|] e"],
  ["put into an empty branch", { op: "put", id: "n", kind: "Dense", after: "p:1" }, "a k[b c] p[d|n] e"],
  ["put on a floor that is gone: on top", { op: "put", id: "n", kind: "Dense", after: "p:7" }, "a k[b c] p[d|] e n"],
  ["a new container has its towers", { op: "put", id: "n", kind: "Residual", after: "a" }, "a n[|] k[b c] p[d|] e"],
  ["put with something inside", { op: "put", id: "n", kind: "Block", after: "e", inner: [[{ kind: "Dense", id: "m" }]] }, "a k[b c] p[d|] e n[m]"],
  ["paste of several", { op: "paste", after: "a", bricks: [{ kind: "Dense", id: "m" }, { kind: "Block", id: "n", inner: [[{ kind: "Dense", id: "o" }]] }] }, "a m n[o] k[b c] p[d|] e"],
  ["move out of a container", { op: "move", ids: ["b"], after: "a" }, "a b k[c] p[d|] e"],
  ["move into one", { op: "move", ids: ["a", "e"], after: "p:1" }, "k[b c] p[d|a e]"],
  ["move of several keeps the tower's order", { op: "move", ids: ["e", "a"], after: "k" }, "k[b c] a e p[d|]"],
  ["a container cannot go into itself", { op: "move", ids: ["k"], after: "b" }, "a k[b c] p[d|] e"],
  ["nor onto its own floor", { op: "move", ids: ["k"], after: "k:0" }, "a k[b c] p[d|] e"],
  ["what lies in another chosen one goes with it", { op: "move", ids: ["k", "b"], after: "p:1" }, "a p[d|k[b c]] e"],
  ["remove at any depth", { op: "remove", ids: ["a", "b", "d"] }, "k[c] p[|] e"],
  ["copy of several stands on the last", { op: "copy", ids: ["a", "k"], new: ["m", "n"] }, "a k[b c] m n[nx1 nx2] p[d|] e"],
  ["wrap", { op: "wrap", ids: ["a", "k"], kind: "Block", id: "n" }, "n[a k[b c]] p[d|] e"],
  ["wrap in a Residual", { op: "wrap", ids: ["b", "c"], kind: "Residual", id: "n" }, "a k[n[b c|]] p[d|] e"],
  ["wrap of what is no run", { op: "wrap", ids: ["a", "p"], kind: "Block", id: "n" }, "a k[b c] p[d|] e"],
  ["unwrap", { op: "unwrap", id: "p" }, "a k[b c] d e"],
  ["unwrap of what repeats waits for the server", { op: "unwrap", id: "k" }, "a k[b c] p[d|] e"],
  ["a branch between", { op: "branch", id: "p", at: 1 }, "a k[b c] p[d||] e"],
  ["a branch away", { op: "unbranch", id: "p", at: 0 }, "a k[b c] p[d|] e"],
];

for (const [name, op, expected] of CASES) {
  test(name, () => {
    const before = JSON.stringify(TOWER);
    assert.equal(told(apply(TOWER, op, KINDS)), expected);
    assert.equal(JSON.stringify(TOWER), before, "the old tower is untouched");
  });
}

test("a third branch can be taken away again", () => {
  const three = apply(TOWER, { op: "branch", id: "p", at: 2 }, KINDS);
  assert.equal(told(apply(three, { op: "unbranch", id: "p", at: 1 }, KINDS)), told(TOWER));
});

test("a run of groups is folded into a Block of the first", () => {
  let tower = apply(TOWER, { op: "copy", ids: ["a", "e"], new: ["m", "n"] }, KINDS);
  tower = apply(tower, { op: "move", ids: ["a", "e", "m", "n"], after: "p" }, KINDS);
  assert.equal(told(tower), "k[b c] p[d|] a e m n");
  tower = apply(tower, { op: "fold", ids: ["a", "e", "m", "n"], length: 2, id: "f" }, KINDS);
  assert.equal(told(tower), "k[b c] p[d|] f[a e]");
  assert.deepEqual(find(tower, "f").settings, { repeat: 2 });
});

test("a setting follows a parameter, and has its value back when that is gone", () => {
  const bound = apply(TOWER, { op: "bind", id: "b", setting: "filters", parameter: "width" }, KINDS);
  assert.deepEqual(find(bound, "k").parameters, { width: 16 });
  assert.deepEqual(find(bound, "b").settings.filters, { parameter: "width" });
  const wider = apply(bound, { op: "parameter", id: "k", name: "width", value: 64 }, KINDS);
  assert.deepEqual(find(wider, "b").gives, [28, 28, 64]);
  const free = apply(wider, { op: "parameter", id: "k", name: "width", value: null }, KINDS);
  assert.deepEqual(find(free, "k").parameters, {});
  assert.equal(find(free, "b").settings.filters, 64);
});

test("outside of a Block nothing follows a parameter", () => {
  const op = { op: "bind", id: "a", setting: "filters", parameter: "width" };
  assert.equal(apply(TOWER, op, KINDS), TOWER);
});

test("below a change inside nothing is pending; beside it nothing either", () => {
  const tower = apply(TOWER, { op: "set", id: "c", setting: "rate", value: 0.1 }, KINDS);
  const pending = [..."abckdpe"].filter((id) => find(tower, id).pending);
  assert.deepEqual(pending.join(""), "ckdpe");
  assert.equal(find(tower, "b"), find(TOWER, "b"));
});

test("branches beside each other give their channels together", () => {
  let tower = apply(TOWER, { op: "copy", ids: ["d"], new: ["m"] }, KINDS);
  tower = apply(tower, { op: "move", ids: ["m"], after: "p:1" }, KINDS);
  assert.equal(find(tower, "p").gives.at(-1), 8);
});

test("what a brick stands on", () => {
  const stands = ["a", "b", "c", "d", "p", "label", "x"].map((id) => under(TOWER, id));
  assert.deepEqual(stands, ["data", "k:0", "b", "p:0", "k", "e", null]);
});

test("of chosen bricks those inside of others are left out", () => {
  assert.deepEqual(outermost(TOWER, ["c", "k", "e", "d", "data", "label"]), ["k", "d", "e"]);
});

test("a span lies in one list", () => {
  assert.deepEqual(span(TOWER, "a", "p"), ["a", "k", "p"]);
  assert.deepEqual(span(TOWER, "c", "b"), ["b", "c"]);
  assert.deepEqual(span(TOWER, "c", "e"), ["k", "p", "e"]);
  assert.deepEqual(span(TOWER, "b", "d"), ["k", "p"]);
  assert.deepEqual(span(TOWER, "b", "k"), ["k"]);
});

test("what is seen: bricks and empty floors, without the inside of folded ones", () => {
  const ids = (folded) => visible(TOWER, new Set(folded)).map(({ id }) => id).join(" ");
  assert.equal(ids([]), "data a k b c p d p:1 e label");
  assert.equal(ids(["k", "p"]), "data a k p e label");
});
