"""The book's MNIST convnet

A tower of 8 bricks on MNIST, 93,322 weights.
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
EPOCHS = 5
LEARNING_RATE = 0.001
SEED = 42
CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]


def load_data():
    """MNIST, from the folder that BRICKYARD_DATASETS names or from the network.

    Three pairs (pictures, labels) to train, validate and test with; pictures are
    (n, 28, 28, 1) from 0 to 1, labels (n,) from 0 to 9.
    """
    path = Path(os.environ.get("BRICKYARD_DATASETS", "."), "mnist.npz")
    if path.is_file():
        with np.load(path) as arrays:
            x, y = arrays["x_train"], arrays["y_train"]
            x_test, y_test = arrays["x_test"], arrays["y_test"]
    else:
        (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x = np.expand_dims(x, -1) / np.float32(255)
    x_test = np.expand_dims(x_test, -1) / np.float32(255)
    return (x[:50_000], y[:50_000]), (x[50_000:], y[50_000:]), (x_test, y_test)


def build_model():
    """The tower from the ground up; each comment is what a brick gives."""
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),  # 26 x 26 x 32
            layers.MaxPooling2D(2),  # 13 x 13 x 32
            layers.Conv2D(64, 3, activation="relu"),  # 11 x 11 x 64
            layers.MaxPooling2D(2),  # 5 x 5 x 64
            layers.Conv2D(64, 3, activation="relu"),  # 3 x 3 x 64
            layers.Flatten(),  # 576
            layers.Dense(64, activation="relu"),  # 64
            layers.Dense(10, activation="softmax"),  # 10
        ],
        name="the_book_s_mnist_convnet",
    )


def train(model, data, callbacks=(), initial_epoch=0):
    """Compile the model and fit it; returns Keras' History."""
    (x, y), validation, _ = data
    model.compile(
        optimizer=keras.optimizers.RMSprop(learning_rate=LEARNING_RATE),
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
