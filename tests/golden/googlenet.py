"""GoogLeNet

A tower of 82 bricks on Images, 6,998,552 weights.
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
    class. Three pairs (pictures, labels); pictures are (224, 224) points from
    0 to 1, labels count the classes' folders by name.
    """
    root = Path(os.environ.get("BRICKYARD_DATASETS", "."), "images")
    folders = sorted(path.name for path in (root / "train").iterdir() if path.is_dir())

    def read(part):
        pictures, labels = [], []
        for label, folder in enumerate(folders):
            for path in sorted((root / part / folder).iterdir()):
                picture = keras.utils.load_img(
                    path, color_mode="rgb", target_size=(224, 224)
                )
                pictures.append(keras.utils.img_to_array(picture, dtype="uint8"))
                labels.append(label)
        order = np.random.default_rng(0).permutation(len(labels))
        return np.stack(pictures)[order] / np.float32(255), np.array(labels)[order]

    return read("train"), read("validation"), read("test")


def build_model():
    """The tower from the ground up; each comment is what a brick gives."""
    inputs = keras.Input(shape=(224, 224, 3))
    x = layers.Conv2D(64, 7, activation="relu", strides=2, padding="same")(inputs)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)  # 56 x 56 x 64
    x = layers.Conv2D(64, 1, activation="relu")(x)  # 56 x 56 x 64
    x = layers.Conv2D(192, 3, activation="relu", padding="same")(x)  # 56 x 56 x 192
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)  # 28 x 28 x 192
    branch_1 = layers.Conv2D(64, 1, activation="relu")(x)  # 28 x 28 x 64
    branch_2 = layers.Conv2D(96, 1, activation="relu")(x)  # 28 x 28 x 96
    branch_2 = layers.Conv2D(128, 3, activation="relu", padding="same")(branch_2)
    branch_3 = layers.Conv2D(16, 1, activation="relu")(x)  # 28 x 28 x 16
    branch_3 = layers.Conv2D(32, 5, activation="relu", padding="same")(branch_3)
    branch_4 = layers.MaxPooling2D(3, strides=1, padding="same")(x)  # 28 x 28 x 192
    branch_4 = layers.Conv2D(32, 1, activation="relu")(branch_4)  # 28 x 28 x 32
    x = layers.Concatenate(name="inception_3a")(
        [branch_1, branch_2, branch_3, branch_4]
    )  # 28 x 28 x 256
    branch_1 = layers.Conv2D(128, 1, activation="relu")(x)  # 28 x 28 x 128
    branch_2 = layers.Conv2D(128, 1, activation="relu")(x)  # 28 x 28 x 128
    branch_2 = layers.Conv2D(192, 3, activation="relu", padding="same")(branch_2)
    branch_3 = layers.Conv2D(32, 1, activation="relu")(x)  # 28 x 28 x 32
    branch_3 = layers.Conv2D(96, 5, activation="relu", padding="same")(branch_3)
    branch_4 = layers.MaxPooling2D(3, strides=1, padding="same")(x)  # 28 x 28 x 256
    branch_4 = layers.Conv2D(64, 1, activation="relu")(branch_4)  # 28 x 28 x 64
    x = layers.Concatenate(name="inception_3b")(
        [branch_1, branch_2, branch_3, branch_4]
    )  # 28 x 28 x 480
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)  # 14 x 14 x 480
    branch_1 = layers.Conv2D(192, 1, activation="relu")(x)  # 14 x 14 x 192
    branch_2 = layers.Conv2D(96, 1, activation="relu")(x)  # 14 x 14 x 96
    branch_2 = layers.Conv2D(208, 3, activation="relu", padding="same")(branch_2)
    branch_3 = layers.Conv2D(16, 1, activation="relu")(x)  # 14 x 14 x 16
    branch_3 = layers.Conv2D(48, 5, activation="relu", padding="same")(branch_3)
    branch_4 = layers.MaxPooling2D(3, strides=1, padding="same")(x)  # 14 x 14 x 480
    branch_4 = layers.Conv2D(64, 1, activation="relu")(branch_4)  # 14 x 14 x 64
    x = layers.Concatenate(name="inception_4a")(
        [branch_1, branch_2, branch_3, branch_4]
    )  # 14 x 14 x 512
    branch_1 = layers.Conv2D(160, 1, activation="relu")(x)  # 14 x 14 x 160
    branch_2 = layers.Conv2D(112, 1, activation="relu")(x)  # 14 x 14 x 112
    branch_2 = layers.Conv2D(224, 3, activation="relu", padding="same")(branch_2)
    branch_3 = layers.Conv2D(24, 1, activation="relu")(x)  # 14 x 14 x 24
    branch_3 = layers.Conv2D(64, 5, activation="relu", padding="same")(branch_3)
    branch_4 = layers.MaxPooling2D(3, strides=1, padding="same")(x)  # 14 x 14 x 512
    branch_4 = layers.Conv2D(64, 1, activation="relu")(branch_4)  # 14 x 14 x 64
    x = layers.Concatenate(name="inception_4b")(
        [branch_1, branch_2, branch_3, branch_4]
    )  # 14 x 14 x 512
    branch_1 = layers.Conv2D(128, 1, activation="relu")(x)  # 14 x 14 x 128
    branch_2 = layers.Conv2D(128, 1, activation="relu")(x)  # 14 x 14 x 128
    branch_2 = layers.Conv2D(256, 3, activation="relu", padding="same")(branch_2)
    branch_3 = layers.Conv2D(24, 1, activation="relu")(x)  # 14 x 14 x 24
    branch_3 = layers.Conv2D(64, 5, activation="relu", padding="same")(branch_3)
    branch_4 = layers.MaxPooling2D(3, strides=1, padding="same")(x)  # 14 x 14 x 512
    branch_4 = layers.Conv2D(64, 1, activation="relu")(branch_4)  # 14 x 14 x 64
    x = layers.Concatenate(name="inception_4c")(
        [branch_1, branch_2, branch_3, branch_4]
    )  # 14 x 14 x 512
    branch_1 = layers.Conv2D(112, 1, activation="relu")(x)  # 14 x 14 x 112
    branch_2 = layers.Conv2D(144, 1, activation="relu")(x)  # 14 x 14 x 144
    branch_2 = layers.Conv2D(288, 3, activation="relu", padding="same")(branch_2)
    branch_3 = layers.Conv2D(32, 1, activation="relu")(x)  # 14 x 14 x 32
    branch_3 = layers.Conv2D(64, 5, activation="relu", padding="same")(branch_3)
    branch_4 = layers.MaxPooling2D(3, strides=1, padding="same")(x)  # 14 x 14 x 512
    branch_4 = layers.Conv2D(64, 1, activation="relu")(branch_4)  # 14 x 14 x 64
    x = layers.Concatenate(name="inception_4d")(
        [branch_1, branch_2, branch_3, branch_4]
    )  # 14 x 14 x 528
    branch_1 = layers.Conv2D(256, 1, activation="relu")(x)  # 14 x 14 x 256
    branch_2 = layers.Conv2D(160, 1, activation="relu")(x)  # 14 x 14 x 160
    branch_2 = layers.Conv2D(320, 3, activation="relu", padding="same")(branch_2)
    branch_3 = layers.Conv2D(32, 1, activation="relu")(x)  # 14 x 14 x 32
    branch_3 = layers.Conv2D(128, 5, activation="relu", padding="same")(branch_3)
    branch_4 = layers.MaxPooling2D(3, strides=1, padding="same")(x)  # 14 x 14 x 528
    branch_4 = layers.Conv2D(128, 1, activation="relu")(branch_4)  # 14 x 14 x 128
    x = layers.Concatenate(name="inception_4e")(
        [branch_1, branch_2, branch_3, branch_4]
    )  # 14 x 14 x 832
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)  # 7 x 7 x 832
    branch_1 = layers.Conv2D(256, 1, activation="relu")(x)  # 7 x 7 x 256
    branch_2 = layers.Conv2D(160, 1, activation="relu")(x)  # 7 x 7 x 160
    branch_2 = layers.Conv2D(320, 3, activation="relu", padding="same")(branch_2)
    branch_3 = layers.Conv2D(32, 1, activation="relu")(x)  # 7 x 7 x 32
    branch_3 = layers.Conv2D(128, 5, activation="relu", padding="same")(branch_3)
    branch_4 = layers.MaxPooling2D(3, strides=1, padding="same")(x)  # 7 x 7 x 832
    branch_4 = layers.Conv2D(128, 1, activation="relu")(branch_4)  # 7 x 7 x 128
    x = layers.Concatenate(name="inception_5a")(
        [branch_1, branch_2, branch_3, branch_4]
    )  # 7 x 7 x 832
    branch_1 = layers.Conv2D(384, 1, activation="relu")(x)  # 7 x 7 x 384
    branch_2 = layers.Conv2D(192, 1, activation="relu")(x)  # 7 x 7 x 192
    branch_2 = layers.Conv2D(384, 3, activation="relu", padding="same")(branch_2)
    branch_3 = layers.Conv2D(48, 1, activation="relu")(x)  # 7 x 7 x 48
    branch_3 = layers.Conv2D(128, 5, activation="relu", padding="same")(branch_3)
    branch_4 = layers.MaxPooling2D(3, strides=1, padding="same")(x)  # 7 x 7 x 832
    branch_4 = layers.Conv2D(128, 1, activation="relu")(branch_4)  # 7 x 7 x 128
    x = layers.Concatenate(name="inception_5b")(
        [branch_1, branch_2, branch_3, branch_4]
    )  # 7 x 7 x 1024
    x = layers.GlobalAveragePooling2D()(x)  # 1024
    x = layers.Dropout(0.4)(x)  # 1024
    x = layers.Dense(1000, activation="softmax")(x)  # 1000
    return keras.Model(inputs, x, name="googlenet")


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
