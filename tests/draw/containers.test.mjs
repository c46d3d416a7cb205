// What the drawing promises of towers in towers: run with `node --test`.
import assert from "node:assert/strict";
import { test } from "node:test";

const draw = new URL("../../ui/board/web/draw/", import.meta.url);
const { slide, standalone, thumb, tower } = await import(new URL("draw.js", draw));

const kind = (profile, left = null, right = null, container = null) =>
  ({ title: profile, looks: { profile, left, right, plate: false }, settings: [], container });
const kinds = {
  Data: kind("data"), Conv2D: kind("slots", "filters", "kernel_size"), Category: kind("label"),
  Block: kind("crate", null, "repeat", { towers: ["bricks"], least: 1, most: 1 }),
  Residual: kind("bridge", null, null, { towers: ["body", "shortcut"], least: 2, most: 2 }),
  Parallel: { ...kind("columns", null, null, { towers: ["branch"], least: 2, most: 16 }),
    settings: [{ name: "merge", default: "concatenate" }] },
  TimeDistributed: kind("film", null, null, { towers: ["step"], least: 1, most: 1 }),
};

const MAP = [8, 8, 16];
const stage = (kindName, id, settings = {}, more = {}) =>
  ({ id, kind: kindName, name: null, settings, gets: MAP, gives: MAP, problem: null, ...more });
const conv = (id, more = {}) => stage("Conv2D", id, { filters: 16, kernel_size: 3 }, more);
const holding = (kindName, id, inner, more = {}) => stage(kindName, id, more.settings ?? {}, { ...more, inner });
const ground = stage("Data", "data", {}, { gets: null });
const on = (...stages) => [ground, ...stages];

const parallel = on(conv("a"), holding("Parallel", "p", [[conv("b"), conv("c")], [conv("d")], []]), conv("e"));
const deep = on(holding("Block", "B", [[holding("Parallel", "p", [
  [holding("Residual", "r", [[conv("x")], [conv("y")]])], [conv("z")]])]], { name: "stack", settings: { repeat: 3 } }));

const by = (places) => Object.fromEntries(places.map((place) => [place.id, place]));
const ids = (list, name = "id") => list.map((at) => at[name]);
const left = ({ box }) => box.x;
const right = ({ box }) => box.x + box.width;

test("every visible brick has a place, a container before what it holds", () => {
  const { places } = tower(parallel, kinds);
  assert.deepEqual(ids(places), ["data", "a", "p", "b", "c", "d", "e"]);
  assert.deepEqual(places.map((at) => at.depth), [0, 0, 0, 1, 1, 1, 0]);
});

test("bricks can be put on every brick and on every floor, empty ones too", () => {
  const { seams } = tower(parallel, kinds);
  assert.deepEqual(ids(seams, "after").sort(), ["a", "b", "c", "d", "data", "e", "p", "p:0", "p:1", "p:2"]);
  assert.ok(seams.every(({ x, y, width }) => Number.isFinite(x + y) && width > 40));
});

test("nothing goes on the label", () => {
  const { seams } = tower(on(stage("Category", "label", {}, { gives: null })), kinds);
  assert.deepEqual(ids(seams, "after"), ["data"]);
});

test("columns stand side by side and do not overlap", () => {
  const { b, c, d } = by(tower(parallel, kinds).places);
  assert.ok(right(b) <= left(d) && right(c) <= left(d));
  assert.equal(b.column, c.column);
});

test("a wider brick in a column moves the next column away", () => {
  const bound = on(holding("Parallel", "p", [[holding("Residual", "r", [[conv("x")], []])], [conv("z")]]));
  const { r, z } = by(tower(bound, kinds).places);
  assert.ok(right(r) <= left(z));
});

test("a container's place covers all that is inside, at any depth", () => {
  const { B, ...inside } = by(tower(deep, kinds).places.slice(1));
  for (const [id, place] of Object.entries(inside)) {
    assert.ok(left(B) <= left(place) && right(B) >= right(place), id);
    assert.ok(B.y >= place.y && B.y - B.lift <= place.y - place.lift, id);
  }
});

test("what stands on a container stands on its roof", () => {
  const { p, e } = by(tower(parallel, kinds).places);
  assert.equal(e.y, p.y - p.lift);
});

test("a short branch gets a riser, a tall one none", () => {
  const risers = (inner) => tower(on(holding("Parallel", "p", inner)), kinds).markup.split("by-arrow").length;
  assert.equal(risers([[conv("b")], [conv("d")]]), 1);
  assert.equal(risers([[conv("b"), conv("c")], [conv("d")]]), 2);
});

test("a roof names the merge, a crate its name and its count", () => {
  assert.match(tower(parallel, kinds).markup, />concatenate</);
  assert.match(tower(deep, kinds).markup, />stack\u2002×3</);
});

test("a shortcut without bricks is a bridge; with bricks it bears them at the side", () => {
  for (const [inner, seams] of [[[[conv("x")], []], 2], [[[conv("x")], [conv("y")]], 2]]) {
    const drawn = tower(on(holding("Residual", "r", inner)), kinds);
    assert.match(drawn.markup, /by-beam/);
    assert.equal(drawn.seams.filter(({ after }) => after.startsWith("r:")).length, seams);
  }
  const { x, y } = by(tower(on(holding("Residual", "r", [[conv("x")], [conv("y")]])), kinds).places);
  assert.ok(right(x) < left(y));
  assert.equal(x.column, tower(on(), kinds).axis - left(tower(on(), kinds).places[0]) + left(x));
});

test("folded, a container is one brick with its count", () => {
  const { markup, places, seams } = tower(deep, kinds, { folded: new Set(["B"]) });
  assert.deepEqual(ids(places), ["data", "B"]);
  assert.equal(places[1].folded, true);
  assert.deepEqual(ids(seams, "after"), ["data", "B"]);
  assert.match(markup, />×3</);
});

test("a container with a problem of its own stands with its joint ajar", () => {
  const wrong = on(holding("Parallel", "p", [[conv("b")], [conv("d")]], { problem: { needs: "one size" } }));
  assert.match(tower(wrong, kinds).markup, /by-ajar[^]*rotate\([^]*by-warning/);
  const { p, b } = by(tower(wrong, kinds).places);
  assert.ok(p.lift > b.lift + 60);
});

test("a misfit inside hangs ajar there, and the container stands", () => {
  const wrong = on(holding("Block", "B", [[conv("b"), conv("c", { problem: {} })]]));
  assert.equal(tower(wrong, kinds).markup.split("by-ajar").length, 2);
});

test("upside down every level is mirrored, and no text is", () => {
  const [up, down] = [tower(deep, kinds), tower(deep, kinds, { upside: true })];
  assert.equal(down.height, up.height);
  up.places.forEach((place, i) => assert.equal(down.places[i].y, up.height - place.y));
  up.seams.forEach((seam, i) => assert.equal(down.seams[i].y, up.height - seam.y));
  assert.doesNotMatch(down.markup, /<text (?!transform="scale\(1,-1\)")/);
});

test("settings that follow a Block's parameter show its value", () => {
  const settings = { filters: { parameter: "filters" }, kernel_size: 3 };
  const bound = on(holding("Block", "B", [[stage("Conv2D", "c", settings)]], { parameters: { filters: 77 } }));
  assert.match(tower(bound, kinds).markup, />77</);
  const lost = on(holding("Block", "B", [[stage("Conv2D", "c", settings)]]));
  assert.match(tower(lost, kinds).markup, />filters</);
});

test("containers that nobody knows, or that hold nothing, are drawn", () => {
  for (const inner of [[], [[]], [[], []], [[], [], []]]) {
    for (const name of [...Object.keys(kinds).slice(3), "Teleport", "__proto__"]) {
      const { markup, width } = tower(on(holding(name, "x", inner)), kinds);
      assert.doesNotMatch(markup, /NaN|undefined|Infinity/, `${name} ${inner.length}`);
      assert.ok(width > 0);
    }
  }
});

test("a picture of its own names the bricks in the tower's line, the folded ones too", () => {
  const svg = standalone(deep, kinds, { folded: new Set(["p"]) });
  assert.match(svg, />stack</);
  assert.doesNotMatch(svg, / class=|NaN/);
});

test("a thumb shows a brick as it stands: its settings, its shapes, its fold", () => {
  const chosen = conv("c", { settings: { filters: 99, kernel_size: 5, activation: "relu" } });
  assert.match(thumb(chosen, kinds).markup, />99<[^]*>5×5<[^]*>relu</);
  assert.match(thumb(deep[1], kinds).markup, />×3</);
  assert.match(thumb(kinds.Conv2D.looks, { filters: 7 }).markup, />7</);
});

test("a slide shows every brick of a high tower once, wider than high", () => {
  const high = on(...Array.from({ length: 60 }, (_, n) => conv(`c${n}`)));
  const svg = slide(high, kinds, {});
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg).map(Number);
  assert.ok(width > height);
  assert.equal(svg.split(">3×3<").length, 61);
});

test("a kernel along steps is one number, over a map two", () => {
  const looks = { profile: "slot1d", left: null, right: "kernel_size", plate: false };
  assert.match(thumb(looks, { kernel_size: 3 }).markup, />3</);
  assert.match(thumb({ ...looks, profile: "slots" }, { kernel_size: 3 }).markup, />3×3</);
});
