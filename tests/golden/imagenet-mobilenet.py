"""MobileNet asked

A tower of 1 bricks on ImageNet, 2,601,976 weights.
Printed by Brickyard.

It needs Keras 3 and one of its backends: TensorFlow, JAX or PyTorch.
It needs Pillow, too.
Keras downloads these weights, unless BRICKYARD_DATASETS/models has them:
  mobilenet_7_5_224_tf.h5
  imagenet_class_index.json
Run it with: python train.py PICTURE ...
"""

import argparse
import os
import sys
from pathlib import Path

import keras
import numpy as np
from keras.applications.imagenet_utils import decode_predictions
from PIL import Image, ImageOps

IMAGE_SIZE = (224, 224)
CHANNELS = 3
FORMATS = ["JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF"]
TOP = 5


def read_picture(file):
    """One picture, upright, brought to IMAGE_SIZE: uint8 (height, width, CHANNELS)."""
    height, width = IMAGE_SIZE
    with Image.open(file, formats=FORMATS) as picture:
        if picture.width * picture.height > 60_000_000:
            raise ValueError("it has more than 60 million points")
        picture.draft(None, (2 * max(IMAGE_SIZE), 2 * max(IMAGE_SIZE)))  # large JPEGs
        picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I;16"):
        picture = Image.fromarray((np.asarray(picture) >> 8).astype("uint8"))
    if picture.has_transparency_data:
        under = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(under, picture.convert("RGBA"))
    picture = picture.convert("RGB")
    picture = ImageOps.fit(picture, (width, height), Image.Resampling.BILINEAR)
    return np.asarray(picture).reshape(height, width, CHANNELS)


def find_weights(name):
    """Spare Keras the download of a file that BRICKYARD_DATASETS has."""
    folder = Path(os.environ.get("BRICKYARD_DATASETS", "."))
    for path in (folder / "models" / name, folder / "keras_home" / "models" / name):
        if path.is_file():
            keras.utils.get_file(name, path.resolve().as_uri(), cache_subdir="models")
            return


def mobilenet():
    """MobileNet with ImageNet's weights, frozen.

    It takes pictures with points from 0 to 1.
    """
    find_weights("mobilenet_7_5_224_tf.h5")
    base = keras.applications.MobileNet(
        input_shape=(224, 224, 3), alpha=0.75, weights="imagenet"
    )
    base.trainable = False
    for layer in base.layers:
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0.0  # in training as in use
    inputs = keras.Input(shape=(224, 224, 3))
    x = keras.applications.mobilenet.preprocess_input(inputs * 255.0)
    return keras.Model(inputs, base(x, training=False), name="mobilenet")


def build_model():
    """The tower from the ground up; each comment is what a brick gives."""
    return keras.Sequential(
        [
            keras.Input(shape=(224, 224, 3)),
            mobilenet(),  # 1000
        ],
        name="mobilenet_asked",
    )


def main():
    """Tell what the network sees in each picture; 1 where one can't be read."""
    parser = argparse.ArgumentParser(description="Ask the network about pictures.")
    parser.add_argument("pictures", nargs="+", type=Path, metavar="PICTURE")
    given = parser.parse_args()
    find_weights("imagenet_class_index.json")
    model = build_model()
    failed = 0
    for path in given.pictures:
        try:
            picture = read_picture(path)
        except (OSError, ValueError, Image.DecompressionBombError) as error:
            print(f"{path}: it can't be read ({error})", file=sys.stderr)
            failed = 1
            continue
        x = picture[None].astype("float32") / np.float32(255)
        answers = model.predict(x, verbose=0)
        print(path)
        for _, name, share in decode_predictions(answers, top=TOP)[0]:
            print(f"{share:8.2%}  {name}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
