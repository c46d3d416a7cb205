/** Places in a base worth thawing from: where its last blocks begin. */

const MOST = 3;

// How the networks of `keras.applications` name the layers of one block.
const BLOCKS = [
  /^(block_?\d+)/, // VGG16 block5_conv1, MobileNetV2 block_16_expand, EfficientNet block7a_
  /^(conv\d+)_/, // ResNet50 conv5_block1_1_conv, DenseNet121 conv5_block16_concat
  /(stage_\d+)_/, // ConvNeXt convnext_tiny_stage_3_block_0_layer_scale
  /^(expanded_conv_\d+)/, // MobileNetV3
  /^conv_(?:dw|pw)_(\d+)/, // MobileNet; the padding before has nothing to learn
];
const CLOSED = /^(?:mixed|normal_concat_)\d+$/; // InceptionV3, NASNet: the last layer of a block

/**
 * The last blocks of a base, from the ground up: `first` layers lie below each.
 * @param {string[]} names of its layers
 * @returns {{first: number, name: ?string, upto: ?string}[]} `name` is what begins there,
 *   `upto` what ends below
 */
export function ends(names) {
  const begins = BLOCKS.map((block) => begun(names, block)).find((found) => found.length > 1);
  return (begins ?? after(names)).filter(({ first }) => first > 0 && first < names.length).slice(-MOST);
}

/** Where each block begins; a block that comes again later does not begin there. */
function begun(names, block) {
  const found = new Map();
  names.forEach((name, first) => {
    const key = block.exec(name)?.[1];
    if (key && !found.has(key)) found.set(key, { first, name: /\D/.test(key) ? key : name });
  });
  return [...found.values()];
}

/** Where a block is told by its last layer, the next begins after it. */
function after(names) {
  return names.flatMap((name, at) => (CLOSED.test(name) ? [{ first: at + 1, upto: name }] : []));
}
