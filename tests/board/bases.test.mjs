/** Places to thaw a base from, and the padlock's states. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { padlock } from "../../ui/board/web/draw/seal.js";
import { ends } from "../../ui/board/web/ends.js";
import { apply } from "../../ui/board/web/model.js";

const told = (names) => ends(names).map(({ first, name, upto }) => `${first} ${name ?? `after ${upto}`}`);

test("VGG16 is thawed from a block on", () => {
  const names = ["input_layer", "block4_conv1", "block4_pool", "block5_conv1", "block5_conv2", "block5_pool"];
  assert.deepEqual(told(names), ["1 block4", "3 block5"]);
});

test("InceptionV3's blocks are told by their last layer", () => {
  const names = ["input_layer", "conv2d", "mixed8", "conv2d_80", "mixed9", "conv2d_90", "mixed10"];
  assert.deepEqual(told(names), ["3 after mixed8", "5 after mixed9"]);
});

test("MobileNet's blocks begin with their first layer that learns", () => {
  const names = ["input_layer", "conv_dw_11", "conv_pw_11", "conv_pad_12", "conv_dw_12", "conv_pw_12"];
  assert.deepEqual(told(names), ["1 conv_dw_11", "4 conv_dw_12"]);
});

test("no more than three places are offered, and none where nothing would stay or learn", () => {
  const names = Array.from({ length: 9 }, (_, n) => `block${n + 1}_conv`);
  assert.deepEqual(told(names), ["6 block7", "7 block8", "8 block9"]);
  assert.deepEqual(told(["dense", "softmax"]), []);
});

test("a padlock is shut, open, or half open", () => {
  assert.deepEqual([true, undefined, false, 15].map(padlock), ["shut", "shut", "open", "partly"]);
});

const KINDS = { VGG16: { looks: { profile: "sealed" }, start: {}, settings: [
  { name: "weights", kind: "choice", choices: ["imagenet", null], default: "imagenet" },
  { name: "frozen", kind: "padlock", default: true },
] } };
const TOWER = [{ id: "b", kind: "VGG16", settings: { frozen: 15 }, gets: [32, 32, 3], gives: [1, 1, 512] }];

test("a padlock that is shut again says nothing, and its shapes stay known", () => {
  const [stage] = apply(TOWER, { op: "set", id: "b", setting: "frozen", value: true }, KINDS);
  assert.deepEqual(stage.settings, {});
  assert.deepEqual(stage.gives, [1, 1, 512]);
});

test("weights that are None stay so until ImageNet's are chosen again", () => {
  const set = (tower, value) => apply(tower, { op: "set", id: "b", setting: "weights", value }, KINDS);
  const bare = set(TOWER, null);
  assert.deepEqual(bare[0].settings, { frozen: 15, weights: null });
  assert.deepEqual(set(bare, "imagenet")[0].settings, { frozen: 15 });
});
