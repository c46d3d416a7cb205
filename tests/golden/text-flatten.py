"""Words, flattened

A tower of 3 bricks on IMDB, 80,801 weights.
Printed by Brickyard.

It needs Keras 3 and one of its backends: TensorFlow, JAX or PyTorch.
Run it with: python train.py
"""

import os
from pathlib import Path

import keras
from keras import layers

BATCH_SIZE = 64
EPOCHS = 5
LEARNING_RATE = 0.001
SEED = 42
CLASSES = ["bad", "good"]
# Several small batches in one go save time in Python; PyTorch takes one.
STEPS_PER_EXECUTION = 1 if keras.config.backend() == "torch" else 16


def load_data():
    """IMDB's reviews, from the folder that BRICKYARD_DATASETS names or the network.

    Three pairs (reviews, labels) to train, validate and test with; reviews are
    (n, 100) word numbers, the commonest word the smallest; labels (n,)
    are 1 for good and 0 for bad. A fifth of the training reviews validates.
    """
    path = Path(os.environ.get("BRICKYARD_DATASETS", "."), "imdb.npz").resolve()
    (x, y), (x_test, y_test) = keras.datasets.imdb.load_data(
        path=str(path) if path.is_file() else "imdb.npz",
        num_words=10000,
    )
    x = keras.utils.pad_sequences(x, maxlen=100)
    x_test = keras.utils.pad_sequences(x_test, maxlen=100)
    kept = len(x) * 4 // 5
    return (x[:kept], y[:kept]), (x[kept:], y[kept:]), (x_test, y_test)


def build_model():
    """The tower from the ground up; each comment is what a brick gives."""
    return keras.Sequential(
        [
            keras.Input(shape=(100,)),
            layers.Embedding(10000, 8),  # 100 x 8
            layers.Flatten(),  # 800
            layers.Dense(1, activation="sigmoid"),  # 1
        ],
        name="words_flattened",
    )


def train(model, data, callbacks=(), initial_epoch=0):
    """Compile the model and fit it; returns Keras' History."""
    (x, y), validation, _ = data
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=LEARNING_RATE),
        loss="binary_crossentropy",
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
