/** What the outbox promises: nothing lost, nothing twice, nothing out of order. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Memory, memoryOf } from "../../ui/board/web/memory.js";
import { freshId, Outbox } from "../../ui/board/web/outbox.js";

/** An outbox whose clock is turned by hand; `sent` is what went to the server. */
function outbox() {
  const sent = [];
  const timers = [];
  const clock = {
    set: (call, ms) => timers.push({ call, ms }) && timers.at(-1),
    clear: (timer) => timers.splice(timers.indexOf(timer), timer ? 1 : 0),
  };
  const box = new Outbox({ send: (value) => sent.push(value), client: "c", clock });
  const wait = () => timers.shift().call();
  return { box, sent, timers, wait };
}

/** A server that applies each operation once, in order. */
class Server {
  applied = [];
  take({ client, ops }) {
    for (const op of ops) if (op.seq > this.applied.length) this.applied.push(op.name);
    return { [client]: this.applied.length };
  }
}

const turn = () => new Promise((done) => setImmediate(done));

test("operations of one turn travel together, numbered in order", async () => {
  const { box, sent } = outbox();
  box.add({ op: "put", id: "a" });
  box.add({ op: "set", id: "a" });
  await turn();
  assert.equal(sent.length, 1);
  assert.deepEqual(sent[0].ops.map(({ seq, op }) => [seq, op]), [[1, "put"], [2, "set"]]);
});

test("an acknowledged operation is not sent again", async () => {
  const { box, sent } = outbox();
  box.add({ op: "put" });
  await turn();
  box.answered({ c: 1 });
  box.add({ op: "set" });
  await turn();
  assert.deepEqual(sent[1].ops.map((op) => op.seq), [2]);
});

test("an answer that was overtaken is told from a new one", async () => {
  const { box } = outbox();
  box.add({ op: "put" });
  box.add({ op: "set" });
  assert.equal(box.answered({ c: 2 }), true);
  assert.equal(box.answered({ c: 1 }), false);
  assert.equal(box.ops.length, 0);
});

test("an answer that does not know us keeps everything", () => {
  const { box } = outbox();
  box.add({ op: "put" });
  assert.equal(box.answered({ other: 9 }), true);
  assert.equal(box.answered(undefined), true);
  assert.equal(box.ops.length, 1);
});

test("without an answer it says offline and sends again, as another value", async () => {
  const { box, sent, wait } = outbox();
  box.add({ op: "put" });
  await turn();
  wait();
  assert.equal(box.offline, true);
  assert.deepEqual(sent[1].ops, sent[0].ops);
  assert.notDeepEqual(sent[1], sent[0]);
  box.answered({ c: 1 });
  assert.equal(box.offline, false);
});

test("it waits longer from try to try, and not at all when nothing is due", async () => {
  const { box, timers, wait } = outbox();
  box.add({ op: "put" });
  await turn();
  const waits = [timers[0].ms];
  for (let n = 0; n < 4; n += 1) {
    wait();
    waits.push(timers[0].ms);
  }
  assert.deepEqual(waits, [3000, 6000, 12000, 15000, 15000]);
  box.answered({ c: 1 });
  assert.equal(timers.length, 0);
});

test("a line that loses and repeats loses, repeats and swaps nothing", async () => {
  const { box, sent, timers, wait } = outbox();
  const server = new Server();
  for (let n = 1; n <= 60; n += 1) {
    box.add({ name: `op ${n}` });
    if (n % 2) await turn();
    if (n % 3 === 0 && timers.length) wait();
    const lost = n % 5 === 0;
    const [value] = sent.slice(-1);
    if (!lost && value) {
      const acks = server.take(value);
      if (n % 4) box.answered(acks); // every fourth answer is lost
    }
  }
  await turn();
  if (timers.length) wait();
  box.answered(server.take(sent.at(-1)));
  assert.deepEqual(server.applied, Array.from({ length: 60 }, (_, n) => `op ${n + 1}`));
  assert.equal(box.ops.length, 0);
});

test("ids are twelve letters and digits, each another", () => {
  const ids = Array.from({ length: 500 }, () => freshId());
  assert.ok(ids.every((id) => /^[a-z][a-z0-9]{11}$/.test(id)));
  assert.equal(new Set(ids).size, 500);
});

test("a bench that leaves late does not stop what a newer one sends", async () => {
  const { box, timers, wait } = outbox();
  const memory = new Memory(box);
  const [old, young, sent] = [{}, {}, []];
  memory.hold(old, { send: () => {} });
  box.add({ op: "put" });
  await turn();
  memory.hold(young, { send: (value) => sent.push(value) });
  memory.release(old);
  assert.equal(timers.length, 1, "it still waits for an answer");
  wait();
  assert.deepEqual(sent.map(({ ops }) => ops.length), [1]);
});

test("when the last bench has left nothing is sent, and nothing lost", async () => {
  const { box, sent, timers } = outbox();
  const memory = new Memory(box);
  const bench = {};
  memory.hold(bench, { send: (value) => sent.push(value) });
  box.add({ op: "put" });
  memory.release(bench);
  await turn();
  assert.deepEqual([sent.length, timers.length], [0, 0]);
  memory.hold({}, { send: (value) => sent.push(value) });
  box.post();
  assert.deepEqual(sent.map(({ ops }) => ops.length), [1]);
});

test("each project has a memory of its own, and keeps it", () => {
  const a = memoryOf({ mode: "build", project: "a" });
  assert.equal(memoryOf({ mode: "build", project: "a" }), a);
  assert.notEqual(memoryOf({ mode: "build", project: "b" }), a);
  assert.notEqual(memoryOf({ mode: "tower", project: "a" }), a);
});
