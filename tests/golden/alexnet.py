"""AlexNet

A tower of 14 bricks on Images, 60,965,224 weights.
Printed by Brickyard.

It needs Keras 3 and one of its backends: TensorFlow, JAX or PyTorch.
Run it with: python train.py
"""

import os
from pathlib import Path

import keras
import numpy as np
from keras import layers

BATCH_SIZE = 32
EPOCHS = 30
LEARNING_RATE = 0.001
SEED = 42
CLASSES = [str(number) for number in range(1000)]


def load_data():
    """Pictures from the folder `images` in BRICKYARD_DATASETS, or beside this script.

    It holds `train`, `validation` and `test`, and each of them a folder for every
    class. Three pairs (pictures, labels); pictures are (227, 227) points from
    0 to 1, labels count the classes' folders by name.
    """
    root = Path(os.environ.get("BRICKYARD_DATASETS", "."), "images")
    folders = sorted(path.name for path in (root / "train").iterdir() if path.is_dir())

    def read(part):
        pictures, labels = [], []
        for label, folder in enumerate(folders):
            for path in sorted((root / part / folder).iterdir()):
                picture = keras.utils.load_img(
                    path, color_mode="rgb", target_size=(227, 227)
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
            keras.Input(shape=(227, 227, 3)),
            layers.Conv2D(96, 11, activation="relu", strides=4),  # 55 x 55 x 96
            layers.MaxPooling2D(3, strides=2),  # 27 x 27 x 96
            layers.Conv2D(256, 5, activation="relu", padding="same", groups=2),
            layers.MaxPooling2D(3, strides=2),  # 13 x 13 x 256
            layers.Conv2D(384, 3, activation="relu", padding="same"),  # 13 x 13 x 384
            layers.Conv2D(384, 3, activation="relu", padding="same", groups=2),
            layers.Conv2D(256, 3, activation="relu", padding="same", groups=2),
            layers.MaxPooling2D(3, strides=2),  # 6 x 6 x 256
            layers.Flatten(),  # 9216
            layers.Dense(4096, activation="relu"),  # 4096
            layers.Dropout(0.5),  # 4096
            layers.Dense(4096, activation="relu"),  # 4096
            layers.Dropout(0.5),  # 4096
            layers.Dense(1000, activation="softmax"),  # 1000
        ],
        name="alexnet",
    )


def train(model, data, callbacks=(), initial_epoch=0):
    """Compile the model and fit it; returns Keras' History."""
    (x, y), validation, _ = data
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=LEARNING_RATE),
        loss="sparse_categorical_crossentropy",
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
