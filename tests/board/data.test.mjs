/** Own data in the browser: what is foreseen, how files are sent, what breaks off. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Bringing } from "../../ui/board/web/data/bringing.js";
import { chosen, leftBehind, named } from "../../ui/board/web/data/files.js";
import { dropped, grouped, labelOf, pictures, settled } from "../../ui/board/web/data/found.js";
import { Picked } from "../../ui/board/web/data/picked.js";
import { body, MOST_FILES, rows } from "../../ui/board/web/data/slices.js";

const key = (n) => String(n).padStart(12, "0");
const row = (n, label, value = null) => [key(n).padEnd(64, "f"), `${label}/${n}.jpg`, label, value, null, 40, 30];
const ALL = pictures([row(1, "cat"), row(2, "cat"), row(3, "dog"), row(4, "emu")]);
const DATA = { found: ["cat", "dog", "emu"], names: ["cat", "dog", "emu"], folders: [], changes: [] };
const after = (...ops) => settled(DATA, ops);
const sorted = (state) => Object.fromEntries([...grouped(ALL, state)].map(([name, some]) => [name, some.map(({ at }) => at)]));

const DEEDS = [
  ["a class is renamed", [{ op: "rename_class", name: "cat", new: " kitty  b " }], { "kitty b": [0, 1], dog: [2], emu: [3], null: [] }],
  ["two classes of one name are one", [{ op: "rename_class", name: "cat", new: "dog" }], { dog: [0, 1, 2], emu: [3], null: [] }],
  ["a class is left out", [{ op: "drop_class", name: "cat" }], { dog: [2], emu: [3], null: [0, 1] }],
  ["the last class stays", [{ op: "drop_class", name: "cat" }, { op: "drop_class", name: "dog" }, { op: "drop_class", name: "emu" }], { emu: [3], null: [0, 1, 2] }],
  ["a class comes back to its place", [{ op: "drop_class", name: "cat" }, { op: "restore_class", found: "cat" }], { cat: [0, 1], dog: [2], emu: [3], null: [] }],
  ["a picture moves", [{ op: "move_pictures", keys: [key(1)], name: "dog" }], { cat: [1], dog: [0, 2], emu: [3], null: [] }],
  ["a moved picture goes with its new class", [{ op: "move_pictures", keys: [key(1)], name: "dog" }, { op: "rename_class", name: "dog", new: "pup" }], { cat: [1], pup: [0, 2], emu: [3], null: [] }],
  ["a picture is left out and put back", [{ op: "move_pictures", keys: [key(1)], name: "" }, { op: "put_back", keys: [key(1)] }], { cat: [0, 1], dog: [2], emu: [3], null: [] }],
  ["a picture moves to a new class, which is the last", [{ op: "move_pictures", keys: [key(1)], name: " gnu  calf " }], { cat: [1], dog: [2], emu: [3], "gnu calf": [0], null: [] }],
  ["a new class without a name or a picture is none", [{ op: "move_pictures", keys: [key(1)], name: "  " }, { op: "move_pictures", keys: [], name: "gnu" }], { cat: [0, 1], dog: [2], emu: [3], null: [] }],
  ["an operation of another kind changes nothing", [{ op: "undo" }], { cat: [0, 1], dog: [2], emu: [3], null: [] }],
];

for (const [claim, ops, groups] of DEEDS) {
  test(claim, () => assert.deepEqual(sorted(after(...ops)), groups));
}

test("what is left out is named as it was found", () => {
  assert.deepEqual(dropped(after({ op: "rename_class", name: "cat", new: "kit" }, { op: "drop_class", name: "kit" })), ["cat"]);
});

test("pictures with values have no classes and can be left out", () => {
  const some = pictures([row(1, "", 3.5), row(2, "", 0)]);
  const state = settled({ found: [], names: [], folders: [], changes: [[key(1), ""]] }, []);
  assert.deepEqual(some.map((one) => labelOf(one, state)), [null, 0]);
  assert.deepEqual(grouped(some, state).get("").map(({ at }) => at), [1]);
});

test("a run of pictures is picked from the last one on", () => {
  const picked = new Picked();
  picked.toggle(1);
  picked.reach(ALL, 3);
  assert.deepEqual([...picked.all], [1, 2, 3]);
  picked.toggle(2);
  assert.deepEqual([...picked.all], [1, 3]);
});

const file = (path, size) => ({ path, size, file: new Blob(["x".repeat(size)]) });

test("a large file is cut, small ones travel together, and no byte is lost", () => {
  const files = [file("a", 25), file("b", 0), file("c", 3)];
  const cut = [...rows(files, 10)];
  assert.deepEqual(cut.map((some) => some.map(({ path, offset, size }) => [path, offset, size])), [
    [["a", 0, 10]], [["a", 10, 10]], [["a", 20, 5], ["b", 0, 0], ["c", 0, 3]],
  ]);
});

test("no request has too many files", () => {
  const cut = [...rows(Array.from({ length: 450 }, (_, n) => file(`${n}`, 1)))];
  assert.deepEqual(cut.map((some) => some.length), [MOST_FILES, MOST_FILES, 50]);
});

test("a body is a head's length, the head, the bytes", async () => {
  const files = [file("한.jpg", 3)];
  const bytes = new Uint8Array(await body([...rows(files)][0], files).arrayBuffer());
  const length = new DataView(bytes.buffer).getUint32(0);
  const head = JSON.parse(new TextDecoder().decode(bytes.slice(4, 4 + length)));
  assert.deepEqual(head, { path: "한.jpg", offset: 0, size: 3 });
  assert.equal(new TextDecoder().decode(bytes.slice(4 + length)), "xxx");
});

test("what systems leave behind is not brought", () => {
  const paths = ["a/.DS_Store", "__MACOSX/a.jpg", "a/Thumbs.db", "a/b.jpg", ".git/x"];
  assert.deepEqual(paths.filter((path) => !leftBehind(path)), ["a/b.jpg"]);
  assert.equal(chosen([{ name: ".x", size: 1 }, { name: "y.jpg", size: 1 }]).length, 1);
});

test("data are called after their folder or their one file", () => {
  assert.equal(named([file("pets/cat/1.jpg", 1), file("pets/dog/1.jpg", 1)]), "pets");
  assert.equal(named([file("pets.zip", 1)]), "pets");
  assert.equal(named([file("cat/1.jpg", 1), file("dog/1.jpg", 1)]), "");
});

/** A server that answers as told; `asked` is what it heard. */
function server(answers) {
  const asked = [];
  const fetch = async (address, { method }) => {
    const where = `${method} ${address.pathname.replace("/brickyard/uploads", "")}`;
    asked.push(where);
    const answer = answers(where, asked.filter((each) => each === where).length);
    if (answer instanceof Error) throw answer;
    const { status = 200, ...told } = answer;
    return { status, ok: status < 400, json: async () => told };
  };
  return { asked, bringing: new Bringing({ fetch, wait: async () => {} }) };
}

const CHECKS = { state: "checking", done: 1, of: 2, said: null, dataset: null };
const usual = (where, times) => ({
  "POST ": { id: "u" }, "PUT /u": { status: 204 }, "POST /u/done": CHECKS,
  "GET /u": times < 3 ? CHECKS : { ...CHECKS, state: "done", dataset: "d" }, "DELETE /u": { status: 204 },
})[where];
const START = { name: "pets", files: [file("a.jpg", 4)], project: "p", lang: "en" };

test("files are sent, checked, and become a data set", async () => {
  const { bringing, asked } = server(usual);
  await bringing.start(START);
  assert.deepEqual([bringing.state, bringing.dataset], ["done", "d"]);
  assert.equal(asked.filter((each) => each === "PUT /u").length, 1);
});

test("a lost connection is waited for", async () => {
  const lost = (where, times) => (where === "PUT /u" && times < 4 ? new TypeError("lost") : usual(where, times));
  const { bringing } = server(lost);
  const seen = [];
  bringing.watch(() => seen.push(bringing.lost));
  await bringing.start(START);
  assert.ok(seen.includes(true));
  assert.deepEqual([bringing.state, bringing.lost], ["done", false]);
});

test("a connection that stays lost ends it, and nothing is left behind", async () => {
  const { bringing, asked } = server((where, times) => (where === "PUT /u" ? new TypeError("lost") : usual(where, times)));
  await bringing.start(START);
  assert.deepEqual([bringing.state, bringing.reason], ["failed", "lost"]);
  assert.equal(asked.at(-1), "DELETE /u");
});

test("a refusal is told in the server's words and not tried again", async () => {
  const { bringing, asked } = server((where) => (where === "POST " ? { status: 409, said: "Too much." } : usual(where)));
  await bringing.start(START);
  assert.deepEqual([bringing.state, bringing.said, asked], ["failed", "Too much.", ["POST "]]);
});

test("a file that is gone is named", async () => {
  const gone = { path: "cat/7.jpg", size: 1, file: { slice: () => { throw new Error("moved"); } } };
  const { bringing } = server(usual);
  await bringing.start({ ...START, files: [gone] });
  assert.deepEqual([bringing.state, bringing.reason, bringing.said], ["failed", "unreadable", "cat/7.jpg"]);
});

test("cancelled in the middle, nothing more is sent", async () => {
  const { bringing, asked } = server((where, times) => {
    if (where === "PUT /u" && times === 2) bringing.cancel();
    return usual(where, times);
  });
  await bringing.start({ ...START, files: [file("a.zip", 5_000_000)] });
  assert.equal(bringing.state, "idle");
  assert.deepEqual(asked.slice(-2).sort(), ["DELETE /u", "PUT /u"]);
});

test("a second start while one goes on is passed over", async () => {
  const { bringing, asked } = server(usual);
  await Promise.all([bringing.start(START), bringing.start(START)]);
  assert.equal(asked.filter((each) => each === "POST ").length, 1);
});
