"""Going through a training in miniature, so that the real one starts at once."""

from __future__ import annotations

import gc

import keras
import numpy as np
from keras import layers

from explain.snapshot import Snapshots
from explain.taps import Tap


def warm_up() -> None:
    """Train a tiny tower on nothing: what Keras does once in a process is then done."""
    x, y = np.zeros((8, 8, 8, 1), "float32"), np.zeros(8, "uint8")
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(2, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.BatchNormalization(),
            layers.Dropout(0.5),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        keras.optimizers.Adam(),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.fit(x, y, batch_size=4, validation_data=(x, y), verbose=0)
    snapshots = Snapshots(model, [Tap("", 0, layer) for layer in model.layers], x, y)
    snapshots.take()
    del model, snapshots
    keras.backend.clear_session()  # the run's layers are numbered from one again
    gc.collect()
    gc.freeze()  # what is here stays: no need to look through it again and again
