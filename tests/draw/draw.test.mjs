// What the drawing promises the board: run with `node --test`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const draw = new URL("../../ui/board/web/draw/", import.meta.url);
const { brick, scale, standalone, thumb, tower } = await import(new URL("draw.js", draw));
const { stylesheet } = await import(new URL("paint.js", draw));

const kind = (profile, left = null, right = null, plate = false, start = {}) =>
  ({ title: profile, looks: { profile, left, right, plate }, start, settings: [] });

const kinds = {
  MNIST: kind("data"),
  Conv2D: kind("slots", "filters", "kernel_size"),
  MaxPooling2D: { ...kind("notch", null, "pool_size"), settings: [{ name: "pool_size", default: 2 }] },
  AveragePooling2D: kind("flatnotch", null, "pool_size"),
  GlobalAveragePooling2D: kind("wedge"),
  Flatten: kind("roof"),
  Dense: kind("slope", "units"),
  Dropout: kind("holes", null, "rate", true, { rate: 0.5 }),
  BatchNormalization: kind("ruled", null, null, true),
  Activation: kind("glass", null, null, true, { activation: "relu" }),
  Category: kind("label"),
};

const stage = (kindName, settings, gets, gives, problem = null, name = null) =>
  ({ id: kindName, kind: kindName, name, settings, gets, gives, problem });

const standing = [
  stage("MNIST", {}, null, [28, 28, 1]),
  stage("Conv2D", { filters: 32, kernel_size: 3, activation: "relu" }, [28, 28, 1], [26, 26, 32]),
  stage("MaxPooling2D", {}, [26, 26, 32], [13, 13, 32]),
  stage("Flatten", {}, [13, 13, 32], [5408]),
  stage("Dense", { units: 10, activation: "softmax" }, [5408], [10]),
  stage("Category", {}, [10], null),
];

const misfit = standing.filter((s) => s.kind !== "Flatten").map((s) =>
  (s.kind === "Dense" ? { ...s, gets: [13, 13, 32], gives: null, problem: { needs: "a vector" } } : s));

for (const [name, { looks, start }] of Object.entries(kinds)) {
  test(`${name} draws in finite numbers`, () => {
    for (const gets of [null, [8, 8, 3], [64], [1]]) {
      const { markup, box, lift } = brick({ looks, settings: start, gets, gives: gets });
      assert.doesNotMatch(markup, /NaN|undefined|Infinity|null/);
      assert.ok(lift > 0 && box.width > 0 && box.height > 0);
    }
  });
}

test("an unknown profile is a grey brick with a question mark", () => {
  const { markup } = brick({ looks: { profile: "someday" } });
  assert.match(markup, /by-grey-left[^]*>\?</);
});

test("a set activation lies on top and counts in the lift; linear is nothing", () => {
  const lift = (activation) => brick({ looks: kinds.Dense.looks, settings: {}, activation }).lift;
  assert.ok(lift("relu") > lift(null));
  assert.equal(lift("linear"), lift(null));
});

test("a slope is visible where the size changes, and bounded", () => {
  const change = (gets, gives) => {
    const { under, over } = brick({ looks: kinds.Dense.looks, gets: [gets], gives: [gives] });
    return over.deep - under.deep;
  };
  assert.equal(change(256, 256), 0);
  assert.ok(change(256, 255) < -0.09 && change(255, 256) > 0.09);
  assert.ok(Math.abs(change(1_000_000, 2)) < 1);
});

test("every brick stands on the one below", () => {
  const { places } = tower(standing, kinds);
  places.slice(1).forEach((place, i) => assert.equal(place.y, places[i].y - places[i].lift));
});

test("a misfit hangs ajar with a mark that is not colour alone", () => {
  const { markup, places } = tower(misfit, kinds);
  assert.match(markup, /by-ajar[^]*rotate\([^]*by-warning/);
  const dense = places.findIndex((place) => place.id === "Dense");
  assert.ok(places[dense].y < places[dense - 1].y - places[dense - 1].lift);
  assert.doesNotMatch(tower(standing, kinds).markup, /by-ajar|by-warning/);
});

test("figures come from settings, then from the catalogue's defaults", () => {
  const { markup } = tower(standing, kinds, { numbers: true });
  for (const figure of ["32", "3×3", "2×2", "26×26×32"]) assert.ok(markup.includes(`>${figure}<`), figure);
});

const UNHEARD = ["constructor", "__proto__", "toString", "hasOwnProperty"];

test("names that every object has are names like any other", () => {
  for (const name of UNHEARD) {
    const { markup } = brick({ looks: kinds.Dense.looks, settings: { units: 3 }, activation: name });
    assert.match(markup, new RegExp(`by-glass-plain-ink[^>]*>${name}<`));
    const stages = [standing[0], stage(name, { activation: name }, [28, 28, 1], null, {}, null)];
    assert.match(tower(stages, kinds).markup, /by-grey-left/);
    assert.ok(standalone(stages, kinds).includes(`>${name}<`));
  }
});

test("a brick that nobody knows may have any settings", () => {
  for (const strange of [5, true, [1], { toString: 1 }]) {
    const settings = { activation: strange, null: strange, undefined: strange };
    const stages = [standing[0], stage("Teleport", settings, null, null, {})];
    assert.match(tower(stages, kinds).markup, /by-grey-left/);
  }
});

test("no text of a user becomes markup", () => {
  const evil = '"><script>x</script>';
  const stages = [stage("MNIST", {}, null, [28, 28, 1]), { ...stage("Dense",
    { units: evil, activation: evil }, [28], [28], null, evil), id: evil }];
  const svg = standalone(stages, kinds, { title: evil });
  assert.doesNotMatch(svg, /<script/);
});

test("a picture of its own needs no style sheet", () => {
  for (const theme of ["light", "dark"]) {
    assert.doesNotMatch(standalone(misfit, kinds, { theme }), / class=|var\(/);
  }
});

test("small pictures have a size, an unknown shape has none", () => {
  assert.match(scale([28, 28, 32]), /^<svg /);
  assert.match(scale([10]), /^<svg /);
  assert.equal(scale(null), "");
  assert.ok(thumb(kinds.Dense.looks, { units: 64 }).width > 40);
});

test("draw.css is what paint.js writes", () => {
  assert.equal(readFileSync(new URL("draw.css", draw), "utf8"), stylesheet());
});
