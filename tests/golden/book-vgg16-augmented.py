"""Cats and dogs, on VGG16, augmented

A tower of 9 bricks on Images, 16,812,353 weights.
Printed by Brickyard.

It needs Keras 3 and one of its backends: TensorFlow, JAX or PyTorch.
It needs Pillow, too.
Keras downloads these weights, unless BRICKYARD_DATASETS/models has them:
  vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5
Run it with: python train.py --data FOLDER
"""

import argparse
import hashlib
import io
import os
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import keras
import numpy as np
from keras import layers
from PIL import Image, ImageOps, UnidentifiedImageError

BATCH_SIZE = 20
EPOCHS = 30
LEARNING_RATE = 2e-05
SEED = 42
CLASSES = ["0", "1"]
DATA = Path(os.environ.get("BRICKYARD_DATA", "my_pictures"))
IMAGE_SIZE = (150, 150)
CHANNELS = 3
FORMATS = ["JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF"]
SPLIT_SEED = 1
VALIDATION, TEST = 0.2, 0.2
PARTS = {
    **dict.fromkeys(["train", "training"], "train"),
    **dict.fromkeys(["validation", "valid", "val"], "validation"),
    **dict.fromkeys(["test", "testing"], "test"),
}


def load_data():
    """The pictures in DATA: three pairs to train, validate and test with.

    Pictures are uint8 (n, 150, 150, 3), labels (n,) count CLASSES.
    Where Brickyard has read them already, they stay on the disk.
    """
    parts = "train", "validation", "test"
    if (DATA / "train_x.npy").is_file():
        files = [(DATA / f"{part}_x.npy", DATA / f"{part}_y.npy") for part in parts]
        return [(np.load(x, mmap_mode="r"), np.load(y)) for x, y in files]
    with ThreadPoolExecutor() as pool:
        seen = [row for row in pool.map(look_at, find_pictures()) if row]
    rows = split_pictures(seen)
    if not all(rows.values()):
        raise SystemExit(f"There are too few pictures in {DATA} to train and to test.")
    return [
        (
            np.stack([picture for _, picture in rows[part]]),
            np.array([CLASSES.index(label) for label, _ in rows[part]]),
        )
        for part in parts
    ]


def find_pictures():
    """(part or None, label, path) of every file in DATA that may be a picture."""
    if not DATA.is_dir():
        raise SystemExit(f"There is no folder {DATA}: python train.py --data FOLDER")
    # Before there are pictures: the classes are the folders in their order.
    found = {path.parent.name for path in DATA.glob("[!.]*/**/*.*")}
    folders = dict(zip(sorted(found), CLASSES))
    for path in sorted(DATA.rglob("*")):
        name = unicodedata.normalize("NFC", path.relative_to(DATA).as_posix())
        names = name.split("/")
        if path.is_dir() or any(name.startswith((".", "__MACOSX")) for name in names):
            continue
        part = PARTS.get(names[-3].lower()) if len(names) > 2 else None
        if len(names) > 1 and names[-2] in folders:
            yield part, folders[names[-2]], path


def look_at(found):
    """A found file with its content's digest and its points; None where it has none."""
    part, label, path = found
    try:
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        return part, label, digest, read_picture(io.BytesIO(content))
    except Exception as error:  # noqa: BLE001 - a bad file may raise anything
        no_picture = isinstance(error, UnidentifiedImageError)
        print(f"Passed over {path}: {'it is no picture' if no_picture else error}")
        return None


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


def split_pictures(seen):
    """Each part's (label, picture) pairs; seen are (part, label, digest, picture).

    Where the folders name no validation or test part, a share of every class becomes
    it. Chance goes by SPLIT_SEED and by what a picture holds, so that the same pictures
    are split alike wherever they lie, and the same picture twice counts once.
    """
    told = {row[0] for row in seen}
    parts, classes = {"train": [], "validation": [], "test": []}, {}
    for part, label, digest, picture in {row[:3]: row for row in seen}.values():
        row = hashlib.sha256(f"{SPLIT_SEED} {digest}".encode()).digest(), label, picture
        if part in ("validation", "test"):
            parts[part].append(row)
        else:
            classes.setdefault(label if isinstance(label, str) else "", []).append(row)
    for rows in classes.values():
        rows.sort(key=lambda row: row[0])
        whole = len(rows)
        for part, share in ("validation", VALIDATION), ("test", TEST):
            count = 0 if part in told else max(1, round(share * whole))
            count = min(count, len(rows) - 1)
            parts[part] += rows[:count]
            rows = rows[count:]
        parts["train"] += rows
    for rows in parts.values():
        rows.sort(key=lambda row: row[:2])
    return {part: [row[1:] for row in rows] for part, rows in parts.items()}


class Batches(keras.utils.PyDataset):
    """Pictures batch by batch, their points from 0 to 1; they may lie on the disk."""

    def __init__(self, x, y, shuffle=False):
        super().__init__()
        self.x, self.y, self.shuffle = x, y, shuffle
        self.order = np.arange(len(y))
        self.on_epoch_end()

    def __len__(self):
        return (len(self.order) + BATCH_SIZE - 1) // BATCH_SIZE

    def __getitem__(self, number):
        rows = self.order[number * BATCH_SIZE : (number + 1) * BATCH_SIZE]
        pictures = self.x[rows] / np.float32(255)
        return pictures, self.y[rows]

    def on_epoch_end(self):
        if self.shuffle:
            np.random.shuffle(self.order)


def find_weights(name):
    """Spare Keras the download of a file that BRICKYARD_DATASETS has."""
    folder = Path(os.environ.get("BRICKYARD_DATASETS", "."))
    for path in (folder / "models" / name, folder / "keras_home" / "models" / name):
        if path.is_file():
            keras.utils.get_file(name, path.resolve().as_uri(), cache_subdir="models")
            return


def vgg16():
    """VGG16 with ImageNet's weights, frozen.

    It takes pictures with points from 0 to 1.
    """
    find_weights("vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5")
    base = keras.applications.VGG16(
        input_shape=(150, 150, 3), include_top=False, weights="imagenet"
    )
    base.trainable = False
    inputs = keras.Input(shape=(150, 150, 3))
    x = keras.applications.vgg16.preprocess_input(inputs * 255.0)
    return keras.Model(inputs, base(x, training=False), name="vgg16")


def build_model():
    """The tower from the ground up; each comment is what a brick gives."""
    return keras.Sequential(
        [
            keras.Input(shape=(150, 150, 3)),
            layers.RandomFlip("horizontal"),  # 150 x 150 x 3
            layers.RandomRotation(0.1111),  # 150 x 150 x 3
            layers.RandomTranslation(0.2, 0.2),  # 150 x 150 x 3
            layers.RandomZoom(0.2),  # 150 x 150 x 3
            vgg16(),  # 4 x 4 x 512
            layers.Flatten(),  # 8192
            layers.Dense(256, activation="relu"),  # 256
            layers.Dropout(0.5),  # 256
            layers.Dense(1, activation="sigmoid"),  # 1
        ],
        name="cats_and_dogs_on_vgg16_augmented",
    )


def train(model, data, callbacks=(), initial_epoch=0):
    """Compile the model and fit it; returns Keras' History."""
    (x, y), validation, _ = data
    model.compile(
        optimizer=keras.optimizers.RMSprop(learning_rate=LEARNING_RATE),
        loss="binary_crossentropy",
        metrics=["accuracy"],
    )
    return model.fit(
        Batches(x, y, shuffle=True),
        epochs=EPOCHS,
        initial_epoch=initial_epoch,
        validation_data=Batches(*validation),
        callbacks=list(callbacks),
    )


def main():
    """Train, keep the best model in model.keras, and test it."""
    keras.utils.set_random_seed(SEED)
    data = load_data()
    model = build_model()
    model.summary()
    best = keras.callbacks.ModelCheckpoint(
        "model.keras", monitor="val_accuracy", save_best_only=True
    )
    train(model, data, callbacks=[best])
    model = keras.models.load_model("model.keras")
    loss, accuracy = model.evaluate(Batches(*data[2]), verbose=0)
    print(f"test accuracy {accuracy:.4f}, test loss {loss:.4f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Train on a folder of pictures.")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder")
    DATA = parser.parse_args().data
    main()
