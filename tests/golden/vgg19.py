"""VGG19

A tower of 25 bricks on Images, 143,667,240 weights.
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
    return keras.Sequential(
        [
            keras.Input(shape=(224, 224, 3)),
            layers.Conv2D(
                64, 3, activation="relu", padding="same", name="block1_conv1"
            ),  # 224 x 224 x 64
            layers.Conv2D(
                64, 3, activation="relu", padding="same", name="block1_conv2"
            ),  # 224 x 224 x 64
            layers.MaxPooling2D(2, name="block1_pool"),  # 112 x 112 x 64
            layers.Conv2D(
                128, 3, activation="relu", padding="same", name="block2_conv1"
            ),  # 112 x 112 x 128
            layers.Conv2D(
                128, 3, activation="relu", padding="same", name="block2_conv2"
            ),  # 112 x 112 x 128
            layers.MaxPooling2D(2, name="block2_pool"),  # 56 x 56 x 128
            layers.Conv2D(
                256, 3, activation="relu", padding="same", name="block3_conv1"
            ),  # 56 x 56 x 256
            layers.Conv2D(
                256, 3, activation="relu", padding="same", name="block3_conv2"
            ),  # 56 x 56 x 256
            layers.Conv2D(
                256, 3, activation="relu", padding="same", name="block3_conv3"
            ),  # 56 x 56 x 256
            layers.Conv2D(
                256, 3, activation="relu", padding="same", name="block3_conv4"
            ),  # 56 x 56 x 256
            layers.MaxPooling2D(2, name="block3_pool"),  # 28 x 28 x 256
            layers.Conv2D(
                512, 3, activation="relu", padding="same", name="block4_conv1"
            ),  # 28 x 28 x 512
            layers.Conv2D(
                512, 3, activation="relu", padding="same", name="block4_conv2"
            ),  # 28 x 28 x 512
            layers.Conv2D(
                512, 3, activation="relu", padding="same", name="block4_conv3"
            ),  # 28 x 28 x 512
            layers.Conv2D(
                512, 3, activation="relu", padding="same", name="block4_conv4"
            ),  # 28 x 28 x 512
            layers.MaxPooling2D(2, name="block4_pool"),  # 14 x 14 x 512
            layers.Conv2D(
                512, 3, activation="relu", padding="same", name="block5_conv1"
            ),  # 14 x 14 x 512
            layers.Conv2D(
                512, 3, activation="relu", padding="same", name="block5_conv2"
            ),  # 14 x 14 x 512
            layers.Conv2D(
                512, 3, activation="relu", padding="same", name="block5_conv3"
            ),  # 14 x 14 x 512
            layers.Conv2D(
                512, 3, activation="relu", padding="same", name="block5_conv4"
            ),  # 14 x 14 x 512
            layers.MaxPooling2D(2, name="block5_pool"),  # 7 x 7 x 512
            layers.Flatten(name="flatten_top"),  # 25088
            layers.Dense(4096, activation="relu", name="fc1"),  # 4096
            layers.Dense(4096, activation="relu", name="fc2"),  # 4096
            layers.Dense(1000, activation="softmax", name="predictions"),  # 1000
        ],
        name="vgg19",
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
