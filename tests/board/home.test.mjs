// What Take home promises of the tower's picture: run with `node --test`.
import assert from "node:assert/strict";
import { test } from "node:test";

const web = new URL("../../ui/board/web/", import.meta.url);
const { asSvg, forPage } = await import(new URL("home/pictures.js", web));

const kind = (profile, left = null, right = null) => ({ title: profile, looks: { profile, left, right, plate: false }, settings: [], container: null });
const kinds = { Data: kind("data"), Dense: kind("slope", "units"), Block: { ...kind("crate", null, "repeat"), container: { towers: ["bricks"], least: 1, most: 1 } } };
const dense = (id) => ({ id, kind: "Dense", name: null, settings: { units: 8 }, gets: [8], gives: [8], problem: null });
const ground = { ...dense("data"), kind: "Data", settings: {}, gets: null };
const block = (id, count) => ({ ...dense(id), kind: "Block", name: "Part", settings: { repeat: 2 }, inner: [Array.from({ length: count }, (_, n) => dense(`${id}${n}`))] });

const low = [ground, dense("a"), dense("b")];
const high = [ground, ...Array.from({ length: 8 }, (_, n) => block(`B${n}`, 6))];
const size = (svg) => ["width", "height"].map((name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(svg)[1]));

test("a picture is one file with its colours, and those of the theme", () => {
  const [light, dark] = ["light", "dark"].map((theme) => asSvg(low, kinds, theme, "<b>Mine</b>"));
  assert.ok(light.startsWith("<svg "));
  assert.ok(light.includes("<title>&lt;b&gt;Mine&lt;/b&gt;</title>"));
  assert.notEqual(light, dark);
});

test("a high tower is folded to fit a page, a low one stands as it is", () => {
  assert.equal(forPage(low, kinds, "Mine"), asSvg(low, kinds, "light", "Mine"));
  const [width, height] = size(forPage(high, kinds, "Mine"));
  assert.ok(height < size(asSvg(high, kinds, "light", "Mine"))[1] / 2);
  assert.ok(width > 0);
});
