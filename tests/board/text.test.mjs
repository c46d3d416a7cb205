/** Bricks as text between windows, and Python in colours. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { stretches } from "../../ui/board/web/highlight.js";
import { read, written } from "../../ui/board/web/sheets.js";
import { luminance } from "../../ui/board/web/theme.js";
import { bytes, figure, lasted, percent, shape, speak, t } from "../../ui/board/web/words.js";

const KINDS = { Dense: { family: "core" }, MNIST: { family: "data" } };
const BRICK = { kind: "Dense", settings: { units: 12 }, name: "말 \"<b>" };

test("a brick comes back from its text as it was", () => {
  assert.deepEqual(read(written({ ...BRICK, id: "x", gives: [12] }), KINDS), [BRICK]);
});

const STRANGE = [
  ["nothing", ""],
  ["prose", "Dense(10)"],
  ["other JSON", "[1, 2]"],
  ["null", "null"],
  ["another program's", JSON.stringify({ format: "other", bricks: [BRICK] })],
  ["an unknown kind", written({ kind: "Nope", settings: {} })],
  ["a name that every object has", written({ kind: "constructor", settings: {} })],
  ["a data brick", written({ kind: "MNIST", settings: {} })],
  ["settings that are none", written({ kind: "Dense", settings: [1] })],
  ["a name that is none", written({ kind: "Dense", settings: {}, name: 3 })],
];

for (const [name, text] of STRANGE) {
  test(`text that holds no brick: ${name}`, () => assert.equal(read(text, KINDS), null));
}

const LINES = [
  'x = layers.Dense(10, activation="relu")  # 10',
  "    return f'{x:,} # no comment'",
  "# only a comment",
  '"open',
  "a = 'it\\'s' + \"한글\"",
  "",
  "x_1 = 1e-3 if not y else 0x10 @ z",
];

for (const line of LINES) {
  test(`every character of a line is kept: ${line}`, () => {
    assert.equal(stretches(line).parts.map(({ text }) => text).join(""), line);
  });
}

test("a docstring goes on over its lines", () => {
  const first = stretches('"""Begins');
  assert.equal(first.inside, true);
  assert.equal(stretches("goes on", first.inside).parts[0].kind, "string");
  assert.equal(stretches('ends."""', true).inside, false);
  assert.equal(stretches('"""One line."""').inside, false);
});

test("keywords, calls, arguments, strings and comments are told apart", () => {
  const kinds = stretches('return Dense(units=10, name="a")  # b').parts
    .filter(({ kind }) => kind !== "rest")
    .map(({ kind, text }) => `${kind} ${text}`);
  assert.deepEqual(kinds, [
    "keyword return", "call Dense", "argument units", "number 10", "argument name",
    'string "a"', "comment # b",
  ]);
});

test("sentences are filled in, in the page's language, else in English", () => {
  speak("ko", { "{count} problems": "문제 {count}개" });
  assert.equal(t("{count} problems", { count: 2 }), "문제 2개");
  assert.equal(t("Undo {what}", {}), "Undo {what}");
  speak("en", {});
  assert.equal(t("{count} problems", { count: 2 }), "2 problems");
});

test("figures as people read them", () => {
  speak("en", {});
  assert.equal(bytes(12_345_678), "12.3 MB");
  assert.equal(bytes(0), "0 B");
  assert.equal(shape([28, 28, 1]), "28 × 28 × 1");
  assert.equal(shape(null), "?");
  assert.deepEqual([figure(0), figure(-1234.6), figure(NaN), figure(0.98765, false, 3)], ["0", "-1,235", "–", "0.988"]);
  assert.deepEqual([percent(0.99123), percent(0.99123, 2)], ["99.1 %", "99.12 %"]);
  assert.deepEqual([lasted(75), lasted(3675), lasted(null)], ["1:15", "1:01:15", "–"]);
});

test("dark is told from light", () => {
  assert.ok(luminance("rgb(14, 17, 23)") < 0.4);
  assert.ok(luminance("rgb(255, 255, 255)") > 0.4);
});
