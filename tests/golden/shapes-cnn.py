"""Circle, square or triangle

A tower of 6 bricks on Shapes, 839,107 weights.
Printed by Brickyard.

It needs Keras 3 and one of its backends: TensorFlow, JAX or PyTorch.
Run it with: python train.py
"""

import keras
import numpy as np
from keras import layers

BATCH_SIZE = 32
EPOCHS = 10
LEARNING_RATE = 0.001
SEED = 42
CLASSES = ["circle", "square", "triangle"]


def load_data():
    """Circles, squares and triangles of any colour, place and size, drawn anew.

    Three pairs (pictures, labels) to train, validate and test with; pictures are
    (n, 24, 24, 3) from 0 to 1, labels (n,) count CLASSES. A fifth of them validates,
    a fifth tests.
    """
    x, y = draw_shapes(count=1500, image_size=(24, 24), noise=0.1, seed=1)
    kept, seen = len(x) * 3 // 5, len(x) * 4 // 5
    return (x[:kept], y[:kept]), (x[kept:seen], y[kept:seen]), (x[seen:], y[seen:])


def draw_shapes(count, image_size, noise, seed):
    """So many pictures, and the number of each one's class; noise is its spread."""
    chance = np.random.default_rng(seed)
    height, width = image_size
    rows, columns = np.mgrid[:height, :width] + 0.5
    x = np.empty((count, height, width, 3), "float32")
    y = chance.permutation(np.arange(count) % len(CLASSES))
    for picture, number in zip(x, y):
        corners = [1_000, 4, 3][number]  # nobody sees the corners of a circle
        radius = chance.uniform(0.25, 0.45) * min(height, width)
        down = rows - chance.uniform(radius, height - radius)
        right = columns - chance.uniform(radius, width - radius)
        side = 2 * np.pi / corners
        turned = np.arctan2(right, down) + chance.uniform(-0.3, 0.3)
        angle = (turned + side / 2) % side - side / 2
        edge = radius * np.cos(side / 2) / np.cos(angle)
        ink = np.clip(edge - np.hypot(down, right) + 0.5, 0, 1)[..., None]
        paper = chance.uniform(0.6, 1, 3)
        picture[:] = paper + ink * (chance.uniform(0, 0.5, 3) - paper)
        picture += chance.normal(0, noise, picture.shape)
    return np.clip(x, 0, 1), y


def build_model():
    """The tower from the ground up; each comment is what a brick gives."""
    return keras.Sequential(
        [
            keras.Input(shape=(24, 24, 3)),
            layers.Conv2D(32, 3, activation="relu"),  # 22 x 22 x 32
            layers.Conv2D(64, 3, activation="relu"),  # 20 x 20 x 64
            layers.MaxPooling2D(2),  # 10 x 10 x 64
            layers.Flatten(),  # 6400
            layers.Dense(128, activation="relu"),  # 128
            layers.Dense(3, activation="softmax"),  # 3
        ],
        name="circle_square_or_triangle",
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
