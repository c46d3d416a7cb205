"""Clothes MLP

A tower of 3 bricks on FashionMNIST, 101,770 weights.
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
EPOCHS = 10
LEARNING_RATE = 0.001
SEED = 42
CLASSES = [
    "T-shirt",
    "trousers",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
]
# Several small batches in one go save time in Python; PyTorch takes one.
STEPS_PER_EXECUTION = 1 if keras.config.backend() == "torch" else 16


def load_data():
    """Fashion-MNIST, from the folder that BRICKYARD_DATASETS names or from the network.

    Three pairs (pictures, labels) to train, validate and test with; pictures are
    (n, 28, 28, 1) from 0 to 1, labels (n,) from 0 to 9.
    """
    path = Path(os.environ.get("BRICKYARD_DATASETS", "."), "fashion_mnist.npz")
    if path.is_file():
        with np.load(path) as arrays:
            x, y = arrays["x_train"], arrays["y_train"]
            x_test, y_test = arrays["x_test"], arrays["y_test"]
    else:
        (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    x = np.expand_dims(x, -1) / np.float32(255)
    x_test = np.expand_dims(x_test, -1) / np.float32(255)
    return (x[:50_000], y[:50_000]), (x[50_000:], y[50_000:]), (x_test, y_test)


def build_model():
    """The tower from the ground up; each comment is what a brick gives."""
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Flatten(),  # 784
            layers.Dense(128, activation="relu"),  # 128
            layers.Dense(10, activation="softmax"),  # 10
        ],
        name="clothes_mlp",
    )


def train(model, data, callbacks=(), initial_epoch=0):
    """Compile the model and fit it; returns Keras' History."""
    (x, y), validation, _ = data
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=LEARNING_RATE),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=STEPS_PER_EXECUTION,
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
