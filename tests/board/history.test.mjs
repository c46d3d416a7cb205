/** Undo and redo reach as far as they will once all on its way has arrived. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { reach } from "../../ui/board/web/history.js";

const FRESH = { undo: false, redo: false };
const OLD = { undo: true, redo: false };

const CASES = [
  ["nothing was done", FRESH, "", 0, 0],
  ["one edit on its way", FRESH, "put", 1, 0],
  ["two edits, one taken back", FRESH, "put put undo", 1, 1],
  ["two edits, both taken back", FRESH, "put put undo undo", 0, 2],
  ["one undo too many", FRESH, "put undo undo", 0, 1],
  ["done again", FRESH, "put undo redo", 1, 0],
  ["an edit ends redo", FRESH, "put undo set", 1, 0],
  ["the server has older ones", OLD, "undo undo", Infinity, 2],
];

for (const [name, data, ops, undo, redo] of CASES) {
  test(name, () => {
    const list = ops.split(" ").filter(Boolean).map((op) => ({ op }));
    assert.deepEqual(reach(data, list), { undo, redo });
  });
}
