"""Cats and dogs

A tower of 11 bricks on Images, 3,453,121 weights.
Printed by Brickyard.

It needs Keras 3 and one of its backends: TensorFlow, JAX or PyTorch.
Run it with: python train.py
"""

import os
from pathlib import Path

import keras
import numpy as np
from keras import layers

BATCH_SIZE = 20
EPOCHS = 30
LEARNING_RATE = 0.0001
SEED = 42
CLASSES = ["0", "1"]


def load_data():
    """Pictures from the folder `images` in BRICKYARD_DATASETS, or beside this script.

    It holds `train`, `validation` and `test`, and each of them a folder for every
    class. Three pairs (pictures, labels); pictures are (150, 150) points from
    0 to 1, labels count the classes' folders by name.
    """
    root = Path(os.environ.get("BRICKYARD_DATASETS", "."), "images")
    folders = sorted(path.name for path in (root / "train").iterdir() if path.is_dir())

    def read(part):
        pictures, labels = [], []
        for label, folder in enumerate(folders):
            for path in sorted((root / part / folder).iterdir()):
                picture = keras.utils.load_img(
                    path, color_mode="rgb", target_size=(150, 150)
                )
                pictures.append(keras.utils.img_to_array(picture, dtype="uint8"))
                labels.append(label)
        order = np.random.default_rng(0).permutation(len(labels))
        return np.stack(pictures)[order] / np.float32(255), np.array(labels)[order]

    return read("train"), read("validation"), read("test")


def build_model():
    """The tower from the ground up; each comment is what a brick gives."""
    return keras.Sequential(
        [
            keras.Input(shape=(150, 150, 3)),
            layers.Conv2D(32, 3, activation="relu"),  # 148 x 148 x 32
            layers.MaxPooling2D(2),  # 74 x 74 x 32
            layers.Conv2D(64, 3, activation="relu"),  # 72 x 72 x 64
            layers.MaxPooling2D(2),  # 36 x 36 x 64
            layers.Conv2D(128, 3, activation="relu"),  # 34 x 34 x 128
            layers.MaxPooling2D(2),  # 17 x 17 x 128
            layers.Conv2D(128, 3, activation="relu"),  # 15 x 15 x 128
            layers.MaxPooling2D(2),  # 7 x 7 x 128
            layers.Flatten(),  # 6272
            layers.Dense(512, activation="relu"),  # 512
            layers.Dense(1, activation="sigmoid"),  # 1
        ],
        name="cats_and_dogs",
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
        x,
        y,
        batch_size=BATCH_SIZE,
        epochs=EPOCHS,
        initial_epoch=initial_epoch,
        validation_data=validation,
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
    loss, accuracy = model.evaluate(*data[2], verbose=0)
    print(f"test accuracy {accuracy:.4f}, test loss {loss:.4f}")


if __name__ == "__main__":
    main()
