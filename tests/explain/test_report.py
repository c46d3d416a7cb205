"""The report on a test: figures against Keras and against a count by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

pytestmark = pytest.mark.keras

CLASSES = ["a", "b", "c"]


@pytest.fixture(scope="module")
def trained():
    """A model of three classes that errs at times, and 400 pictures (4, 4, 1)."""
    import keras

    keras.utils.set_random_seed(1)
    x = np.random.default_rng(0).random((400, 4, 4, 1), "float32")
    y = (x.mean(axis=(1, 2, 3)) * 30).astype("uint8") % 3
    model = keras.Sequential(
        [
            keras.Input((4, 4, 1)),
            keras.layers.Flatten(),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(3, activation="softmax", kernel_regularizer="l2"),
        ]
    )
    second = keras.metrics.SparseTopKCategoricalAccuracy(k=2, name="top_2")
    loss = "sparse_categorical_crossentropy"
    model.compile("adam", loss, metrics=["accuracy", second])
    model.fit(x, y, epochs=2, verbose=0)
    return model, x, y


@pytest.fixture(scope="module")
def found(trained):
    """The report on it."""
    from explain.report import report

    return report(*trained, CLASSES)


def test_loss_and_metrics_are_what_keras_says(trained, found):
    model, x, y = trained
    said = model.evaluate(x, y, verbose=0, return_dict=True)
    assert found.test["loss"] == pytest.approx(said["loss"], rel=1e-4)
    assert found.test["accuracy"] == pytest.approx(said["accuracy"])
    assert found.test["top_2"] == pytest.approx(said["top_2"])
    assert set(found.test) == {"loss", "accuracy", "top_2"}


def test_the_confusion_counts_every_picture_once(trained, found):
    model, x, y = trained
    told = model.predict(x, verbose=0).argmax(axis=1)
    for true in range(3):
        for answer in range(3):
            by_hand = sum((y == true) & (told == answer))
            assert found.confusion[true][answer] == by_hand


def test_the_surest_mistakes_come_first_with_their_pictures(trained, found):
    _, x, y = trained
    shares = [mistake["share"] for mistake in found.mistakes]
    assert shares == sorted(shares, reverse=True)
    assert len(found.mistakes) == len(found.pictures) == 25
    for mistake, picture in zip(found.mistakes, found.pictures, strict=True):
        assert mistake["true"] == y[mistake["index"]] != mistake["told"]
        np.testing.assert_allclose(picture / 255, x[mistake["index"]], atol=1 / 500)


def test_a_report_is_plain_data(found):
    import json

    assert json.loads(json.dumps(found.to_json())) == found.to_json()


def test_one_number_is_the_share_of_yes():
    import keras

    from explain.report import report

    x = np.array([[0.2], [0.4], [0.9], [0.7]], "float32")
    y = np.array([0, 1, 1, 1])
    model = keras.Sequential([keras.Input((1,)), keras.layers.Activation("linear")])
    model.compile(loss="binary_crossentropy", metrics=["accuracy"])
    found = report(model, x, y, ["no", "yes"])
    assert found.confusion == [[1, 0], [1, 2]]
    said = model.evaluate(x, y, verbose=0, return_dict=True)
    assert found.test["accuracy"] == pytest.approx(said["accuracy"]) == 0.75
    assert found.test["loss"] == pytest.approx(said["loss"], rel=1e-4)
    assert [m["index"] for m in found.mistakes] == [1]
    assert len(found.pictures) == 0  # a number is no picture


def test_pictures_given_back_are_judged_by_their_loss():
    import keras

    from explain.report import report

    x = np.random.default_rng(0).random((20, 4, 4, 1), "float32")
    x[7] = 1  # the layer halves what it gets: this one comes back worst
    model = keras.Sequential([keras.Input((4, 4, 1)), keras.layers.Rescaling(0.5)])
    model.compile(loss="mse")
    found = report(model, x, np.zeros(20), [])
    assert found.test["loss"] == pytest.approx(
        model.evaluate(x, x, verbose=0), rel=1e-4
    )
    assert found.mistakes[0]["index"] == 7
    assert found.pictures.shape[1:] == (4, 8, 1)
    assert (found.pictures[0][:, :4] == 255).all()
    assert (found.pictures[0][:, 4:] == 128).all()


def test_a_value_is_judged_by_its_error():
    import keras

    from explain.report import MOST_PAIRS, report

    x = np.random.default_rng(0).random((3_000, 1), "float32")
    y = x[:, 0] * 2.0
    y[5] = 40
    model = keras.Sequential([keras.Input((1,)), keras.layers.Rescaling(2.0)])
    model.compile(loss="mse", metrics=["mae"])
    found = report(model, x, y, [])
    said = model.evaluate(x, y[:, None], verbose=0, return_dict=True)
    assert found.test["loss"] == pytest.approx(said["loss"], rel=1e-4)
    assert found.test["mse"] == pytest.approx(said["loss"], rel=1e-4)
    assert found.test["mae"] == pytest.approx(said["mae"], rel=1e-4)
    assert found.mistakes[0]["index"] == 5
    assert found.mistakes[0]["true"] == 40
    assert len(found.pairs) == MOST_PAIRS
    assert found.pairs[0] == pytest.approx([y[0], y[0]], abs=1e-5)
    assert (found.classes, found.confusion) == ([], [])


def test_pictures_on_the_disk_are_judged_as_in_memory(trained, tmp_path):
    from explain.report import report

    model, x, y = trained
    whole = (x * 255).round().astype("uint8")
    np.save(tmp_path / "x.npy", whole)
    kept = np.load(tmp_path / "x.npy", mmap_mode="r")
    found = report(model, kept, y, CLASSES)
    same = report(model, whole / np.float32(255), y, CLASSES)
    assert found.confusion == same.confusion
    assert found.test["loss"] == pytest.approx(same.test["loss"], rel=1e-5)
    worst = [mistake["index"] for mistake in found.mistakes]
    np.testing.assert_array_equal(found.pictures, whole[worst])


def test_pictures_on_the_disk_that_are_given_back_are_judged_in_parts():
    import keras

    from explain.report import FEW, report

    x = np.random.default_rng(0).integers(0, 256, (2 * FEW + 5, 4, 4, 3), "uint8")
    model = keras.Sequential([keras.Input((4, 4, 3)), keras.layers.Rescaling(0.5)])
    model.compile(loss="mse")
    found = report(model, x, np.zeros(len(x)), [])
    points = x / np.float32(255)
    said = model.evaluate(points, points, verbose=0)
    assert found.test["loss"] == pytest.approx(said, rel=1e-4)
    missed = np.square(points / 2).mean(axis=(1, 2, 3))
    np.testing.assert_allclose(found.answers.errors, missed, rtol=1e-4)
    assert found.mistakes[0]["index"] == missed.argmax()
    np.testing.assert_array_equal(found.pictures[0][:, :4], x[missed.argmax()])


def test_every_answer_is_kept_as_keras_gave_it(trained, found):
    model, x, y = trained
    shares = model.predict(x, verbose=0)
    kept = found.answers
    np.testing.assert_array_equal(kept.true, y)
    np.testing.assert_array_equal(kept.told, shares.argmax(axis=1))
    np.testing.assert_allclose(kept.sure, shares.max(axis=1), atol=1e-6)
    np.testing.assert_allclose(kept.shares, shares, atol=1e-3)
    assert kept.test == found.test


def test_a_test_tells_how_far_it_is(trained):
    from explain.pace import STEP
    from explain.report import testing

    model, x, y = trained
    told = list(testing(model, x, y, CLASSES, STEP))
    done = [number for number, _ in told]
    assert done == sorted(set(done))
    assert told[-1] == (len(x), len(x))


PACES = [
    # seconds of a call, and of each example in it; the sizes of the batches
    ("quick", 0.001, 0.0001, [1, 1, 32, 32, 256]),
    ("slow", 0.0, 0.0125, [1, 1, 4, 4, 4]),
    ("very slow", 0.0, 10.0, [1, 1, 1, 1, 1]),
]


@pytest.mark.parametrize(("name", "call", "each", "first"), PACES)
def test_a_step_is_as_large_as_its_time_allows(name, call, each, first):
    from explain.report import _Pace

    pace = _Pace(1_000, 0.05)
    sizes, seen = [], []
    for rows in pace.rows():
        new = len(rows) not in sizes  # and compiled first
        sizes.append(len(rows))
        seen += rows.tolist()
        pace.took(9.0 if new else call + each * len(rows))
    assert sizes == first + [first[-1]] * (len(sizes) - len(first))
    assert seen[:1_000] == list(range(1_000))
    assert len(seen) < 1_000 + first[-1]
    assert pace.done == 1_000


def test_weights_that_are_no_numbers_answer_nothing():
    import keras

    from explain.answers import NO_ANSWER
    from explain.report import report

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, "softmax")])
    model.set_weights([np.full((2, 3), np.nan), np.zeros(3)])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    found = report(model, np.ones((5, 2), "float32"), np.arange(5) % 3, CLASSES)
    assert set(found.answers.told) == {NO_ANSWER}
    assert np.sum(found.confusion) == 0
    assert found.test["accuracy"] == 0
    assert math.isnan(found.test["loss"])
    assert len(found.mistakes) == 5
