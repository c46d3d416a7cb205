"""Runs to make bases of, and what bases give."""

from bricks.tower import Placed
from training import runs


def run_of(project, where):
    """The folder of a run that has trained for a step, and its model."""
    import numpy as np

    from codegen import live

    runs.create(where, project)
    model = live.module((where / runs.SCRIPT).read_text()).build_model()
    rng = np.random.default_rng(1)
    values = [rng.normal(0, 0.2, w.shape) ** 2 for w in model.get_weights()]
    model.set_weights(values)  # variances, too, are not negative
    model.save(where / runs.MODEL)
    return model


def gave(model, layer, x):
    import keras

    return keras.Model(model.inputs, [layer.output])(x, training=False)


def opened(settings, shape):
    """The base that the script of its brick alone makes."""
    from codegen import live
    from codegen.model import alone

    return live.module(alone(Placed("Trained", settings), shape)).build_model()


def examples(shape):
    import numpy as np

    return np.random.default_rng(7).random((3, *shape), "float32")


def foreign(kind):
    """A model that somebody else has built."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(3)
    inputs = keras.Input((8, 8, 1))
    if kind == "sequential":
        return keras.Sequential(
            [
                inputs,
                layers.Conv2D(4, 3, activation="relu", kernel_regularizer="l2"),
                layers.BatchNormalization(),
                layers.ReLU(),
                layers.MaxPooling2D(),
                layers.Conv2D(5, 3, trainable=False),
                layers.Flatten(),
                layers.Dropout(0.5),
                layers.Dense(10, activation="softmax"),
            ]
        )
    if kind == "nested":
        inside = keras.Sequential([layers.Conv2D(4, 3), layers.Conv2D(3, 3)])
        return keras.Sequential(
            [inputs, inside, layers.Flatten(), layers.Dense(6), layers.Dense(2)]
        )
    if kind == "steps":
        lstm = layers.LSTM(5, return_sequences=True)
        return keras.Sequential(
            [
                keras.Input((12,)),
                layers.Embedding(50, 8),
                layers.Bidirectional(lstm),
                layers.TimeDistributed(layers.Dense(3)),
                layers.GRU(4),
                layers.Dense(1),
            ]
        )
    x = layers.Conv2D(4, 3, padding="same", name="stem")(inputs)
    x = layers.Add()([x, layers.Conv2D(4, 3, padding="same")(x)])
    one = layers.Conv2D(2, 1)(x)
    other = layers.Conv2D(3, 3, padding="same")(x)
    x = layers.Concatenate()([one, other])
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(3)(x))
