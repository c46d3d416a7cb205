"""School's CNN with normalization

A tower of 13 bricks on CIFAR10, 292,938 weights.
Printed by Brickyard.

It needs Keras 3 and one of its backends: TensorFlow, JAX or PyTorch.
Run it with: python train.py
"""

import os
from pathlib import Path

import keras
import numpy as np
from keras import layers

BATCH_SIZE = 64
EPOCHS = 20
LEARNING_RATE = 0.001
SEED = 42
CLASSES = [
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
]


def load_data():
    """CIFAR-10, from the folder that BRICKYARD_DATASETS names or from the network.

    Three pairs (pictures, labels) to train, validate and test with; pictures are
    (n, 32, 32, 3) from 0 to 1, labels (n,) from 0 to 9. A fifth of the training
    pictures validates.
    """
    path = Path(os.environ.get("BRICKYARD_DATASETS", "."), "cifar10.npz")
    if path.is_file():
        with np.load(path) as arrays:
            x, y = arrays["x_train"], arrays["y_train"]
            x_test, y_test = arrays["x_test"], arrays["y_test"]
    else:
        (x, y), (x_test, y_test) = keras.datasets.cifar10.load_data()
    x, y = x / np.float32(255), y.reshape(-1)
    x_test, y_test = x_test / np.float32(255), y_test.reshape(-1)
    kept = len(x) * 4 // 5
    return (x[:kept], y[:kept]), (x[kept:], y[kept:]), (x_test, y_test)


def build_model():
    """The tower from the ground up; each comment is what a brick gives."""
    return keras.Sequential(
        [
            keras.Input(shape=(32, 32, 3)),
            layers.RandomRotation(0.1),  # 32 x 32 x 3
            layers.Conv2D(64, 3, activation="relu"),  # 30 x 30 x 64
            layers.Conv2D(64, 3, activation="relu"),  # 28 x 28 x 64
            layers.MaxPooling2D(2),  # 14 x 14 x 64
            layers.BatchNormalization(),  # 14 x 14 x 64
            layers.Dropout(0.25),  # 14 x 14 x 64
            layers.Conv2D(128, 3, activation="relu"),  # 12 x 12 x 128
            layers.Conv2D(128, 3, activation="relu"),  # 10 x 10 x 128
            layers.MaxPooling2D(2),  # 5 x 5 x 128
            layers.BatchNormalization(),  # 5 x 5 x 128
            layers.Dropout(0.25),  # 5 x 5 x 128
            layers.Flatten(),  # 3200
            layers.Dense(10, activation="softmax"),  # 10
        ],
        name="school_s_cnn_with_normalization",
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
