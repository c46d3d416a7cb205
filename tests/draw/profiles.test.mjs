// What every profile promises: run with `node --test`.
import assert from "node:assert/strict";
import { test } from "node:test";

const draw = new URL("../../ui/board/web/draw/", import.meta.url);
const { brick, thumb } = await import(new URL("draw.js", draw));
const { PROFILES } = await import(new URL("profiles.js", draw));
const { COLOURS, RULES } = await import(new URL("paint.js", draw));
const { parted } = await import(new URL("seal.js", draw));
const { TINTS } = await import(new URL("plate.js", draw));

const SHAPES = [null, [8, 8, 3], [100, 16], [64], [1], [5, 8, 8, 3]];
const SETTINGS = { n: 3, rate: 0.2, return_sequences: true, bidirectional: true, trainable: true, activation: "gelu" };
const looks = (profile) => ({ profile, left: "n", right: "rate", plate: false });

// What look.md asks for, by the name the catalogue uses.
const ASKED = ["slots", "slots_separable", "slots_depthwise", "slots_transpose", "slot1d", "rim", "crop", "widen",
  "notch", "flatnotch", "notch1d", "flatnotch1d", "wedge", "wedgemax", "roof", "reshape", "permute", "embedding",
  "holes", "holes_map", "noise", "ruled", "wavy", "frame", "tube", "slope", "glass", "data", "label", "sealed",
  "crate", "film", "columns", "bridge"];

test("every profile that was asked for is there", () => {
  assert.deepEqual(ASKED.filter((name) => !Object.hasOwn(PROFILES, name)), []);
});

for (const profile of Object.keys(PROFILES)) {
  test(`${profile} draws in finite numbers on every rank`, () => {
    for (const gets of SHAPES) {
      for (const gives of SHAPES) {
        const { markup, box, lift } = brick({ looks: looks(profile), settings: SETTINGS, gets, gives });
        assert.doesNotMatch(markup, /NaN|undefined|Infinity|null/);
        assert.ok(lift > 0 && box.width > 0 && box.height > 0);
      }
    }
  });

  test(`${profile} uses no paint that is not mixed`, () => {
    const { markup } = brick({ looks: looks(profile), settings: SETTINGS, gets: [8, 8, 3], gives: [8, 8, 3] });
    const used = [...markup.matchAll(/class="([^"]*)"/g)].flatMap(([, names]) => names.split(" "));
    assert.deepEqual(used.filter((name) => !["by-body", "by-upright"].includes(name) && !Object.hasOwn(RULES, name)), []);
  });
}

test("no two profiles look alike", () => {
  const seen = new Map();
  for (const profile of Object.keys(PROFILES)) {
    const shape = /1d$|slot1d/.test(profile) ? [100, 16] : [8, 8, 3];
    const { markup } = brick({ looks: { profile }, settings: {}, gets: shape, gives: shape });
    assert.equal(seen.get(markup), undefined, profile);
    seen.set(markup, profile);
  }
});

test("a footprint tells the rank: map, sequence, words, vector, value", () => {
  const under = (gets, more = {}) => brick({ looks: { profile: "holes" }, gets, gives: gets, ...more }).under;
  assert.deepEqual(under([8, 8, 3]), { wide: 2, deep: 2 });
  assert.deepEqual(under([1]), { wide: 1, deep: 1 });
  const [sequence, vector, words] = [under([100, 8]), under([1e9]), under([100], { below: "words" })];
  assert.ok(sequence.deep > vector.deep && sequence.wide === vector.wide);
  assert.ok(words.wide < sequence.wide && words.deep === sequence.deep);
});

test("words come out of a brick that gives words, and only there", () => {
  const top = (words) => brick({ looks: { profile: "data" }, gives: [100], words }).top;
  assert.equal(top(true), "words");
  assert.equal(top(false), "vector");
});

test("a recurrent brick has a tube at its right, a bidirectional one at both sides", () => {
  const box = (settings) => brick({ looks: { profile: "tube" }, settings, gets: [9, 4], gives: [9, 8] }).box;
  const [one, two] = [box({}), box({ bidirectional: true })];
  assert.ok(two.x < one.x - 10);
  assert.ok(Math.abs(two.x + two.width - one.x - one.width) < 0.1);
});

const base = (settings, more = {}) =>
  brick({ looks: { profile: "sealed", title: "InceptionV3" }, settings, gets: [299, 299, 3], gives: [8, 8, 2048], ...more });

test("a pretrained base shows by its padlock whether it learns", () => {
  const [shut, open, partly] = [true, false, 213].map((frozen) => base({ frozen }, { layers: 311 }).markup);
  assert.equal(new Set([shut, open, partly]).size, 3);
  assert.match(partly, /by-lock-count[^>]*>213</);
  assert.doesNotMatch(shut, /by-thaw/);
  assert.doesNotMatch(open, /by-seal-left/);
});

test("the seam of a half open base rises with the layers that are frozen", () => {
  const seam = (frozen) => base({ frozen }, { layers: 311 }).markup.match(/by-thaw-left[^>]*points="[^"]*"/)[0];
  assert.notEqual(seam(50), seam(250));
});

test("a base has its name and its width on its face", () => {
  const { markup } = base({ alpha: 0.75 });
  assert.match(markup, />Inception<.*>V3<.*>×0.75</);
});

test("a base of random weights says so in the picture", () => {
  assert.match(base({ weights: null }).markup, />random</);
  assert.doesNotMatch(base({ weights: "imagenet" }).markup, />random</);
});

test("a base with its top ends in softmax, and narrows to a vector", () => {
  const stage = { id: "b", kind: "VGG16", settings: { include_top: true }, gets: [224, 224, 3], gives: [1000] };
  const { markup } = thumb(stage, { VGG16: { looks: { profile: "sealed", title: "VGG16" } } });
  assert.match(markup, />softmax</);
});

test("the outline of a base that narrows goes around its walls", () => {
  const sealed = (gives) => brick({ looks: { profile: "sealed" }, settings: { include_top: gives.length < 3 }, gets: [224, 224, 3], gives });
  const wide = ({ edge }) => Math.max(...edge.filter(([, y]) => y < -50).map(([x]) => x));
  assert.equal(wide(sealed([1000])), wide(sealed([7, 7, 512])));
});

test("names of bases break where their letters get larger", () => {
  const NAMES = { VGG16: "VGG16", ResNet50: "ResNet 50", MobileNet: "Mobile Net", InceptionV3: "Inception V3",
    ConvNeXtTiny: "ConvNeXt Tiny", EfficientNetV2B0: "Efficient NetV2B0", Xception: "Xception" };
  for (const [name, lines] of Object.entries(NAMES)) assert.equal(parted(name).join(" "), lines);
});

for (const name of TINTS) {
  test(`${name} has a colour, a pattern and a label`, () => {
    assert.ok(Object.hasOwn(COLOURS, name) && Object.hasOwn(COLOURS, `${name}-ink`));
    const { markup } = brick({ looks: { profile: "slope" }, gets: [64], gives: [64], activation: name });
    assert.match(markup, new RegExp(`by-glass-${name}-ink by-word[^>]*>${name.replace("_", " ")}<`));
    assert.match(markup, new RegExp(`by-glass-${name}-curve by-curve`));
  });
}

test("sides and axes are told as they are set", () => {
  const text = (name, value) => brick({ looks: { profile: "rim", right: name }, settings: { [name]: value },
    gets: [8, 8, 3], gives: [9, 9, 3] }).markup;
  assert.match(text("padding", [[0, 1], [2, 3]]), />0\+1×2\+3</);
  assert.match(text("dims", [2, 1]), />2, 1</);
  assert.match(text("size", 2), />2×2</);
});
