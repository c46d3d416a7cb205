"""Every brick on every shape: it fits, or says how to make it fit."""

from __future__ import annotations

from itertools import product

import pytest

from bricks import edit
from bricks.brick import Words
from bricks.catalog import catalog
from bricks.fit import described
from bricks.tower import GROUND, Placed, Tower
from bricks.walk import climb
from tests.oracle import SHAPES
from tests.towers import layers

KINDS = [brick.kind for brick in layers()]


def mended(kind: str, settings: dict, shape: tuple[int, ...]) -> list[str]:
    """The kinds of bricks that stand after all repairs."""
    placed = Placed(kind, settings, id="b1")
    tower = Tower(Placed("MNIST", id=GROUND), (placed,))
    for _ in range(6):
        bad = next((s for s in climb(tower.bricks, shape) if s.problem), None)
        if bad is None:
            return [placed.kind for placed in tower.bricks]
        assert bad.problem.repair, f"{shape}: no repair for {bad.problem}"
        tower = edit.repaired(tower, bad.placed.id, bad.problem.repair)
    pytest.fail(f"{kind} on {shape} can't be mended")


@pytest.mark.parametrize(("kind", "shape"), list(product(KINDS, SHAPES)))
def test_repairs_lead_to_a_brick_that_fits(kind, shape):
    mended(kind, dict(catalog()[kind].start), shape)


WAYS = [
    ("Dense", {"units": 3}, Words(5, 90), ["Embedding", "Flatten", "Dense"]),
    ("Dense", {"units": 3}, (5, 4), ["Flatten", "Dense"]),
    ("LSTM", {"units": 3}, Words(5, 90), ["Embedding", "LSTM"]),
    ("LSTM", {"units": 3}, (28, 28, 1), ["Reshape", "LSTM"]),
    ("Conv1D", {"filters": 3, "kernel_size": 2}, (12,), ["Reshape", "Conv1D"]),
    ("Conv2D", {"filters": 3, "kernel_size": 2}, (8, 4), ["Reshape", "Conv2D"]),
    ("Conv2D", {"filters": 3, "kernel_size": 2}, (8,), []),
    ("Embedding", {"input_dim": 5, "output_dim": 2}, Words(5, 9), ["Embedding"]),
    ("Embedding", {"input_dim": 5, "output_dim": 2}, (5,), []),
    ("Reshape", {"target_shape": (4, 5)}, (12,), ["Reshape"]),
    ("Reshape", {"target_shape": (-1, -1)}, (12,), ["Reshape"]),
    ("Permute", {"dims": (2, 2)}, (3, 4), ["Permute"]),
    ("Cropping2D", {"cropping": 5}, (8, 8, 1), ["Cropping2D"]),
    ("GroupNormalization", {"groups": 8}, (4, 4, 12), ["GroupNormalization"]),
    ("Normalization", {}, (4,), ["Normalization"]),
    ("Normalization", {"mean": (1.0, 2.0)}, (4,), ["Normalization"]),
    ("Normalization", {"mean": (1.0,), "variance": 1}, (4,), ["Normalization"]),
]


@pytest.mark.parametrize(("kind", "settings", "shape", "kinds"), WAYS)
def test_a_misfit_is_mended_as_a_teacher_would(kind, settings, shape, kinds):
    assert mended(kind, settings, shape) == kinds


CONFLICTS = [
    ("Conv2D", {"filters": 6, "kernel_size": 3, "groups": 4}, (8, 8, 6)),
    ("Conv1D", {"filters": 6, "kernel_size": 3, "groups": 4}, (8, 6)),
    ("Conv1D", {"filters": 6, "kernel_size": 9}, (8, 6)),
    ("Conv1D", {"filters": 6, "kernel_size": 5, "dilation_rate": 4}, (8, 6)),
    (
        "Conv1D",
        {"filters": 6, "kernel_size": 3, "dilation_rate": 2, "strides": 2},
        (8, 6),
    ),
    ("MaxPooling1D", {"pool_size": 9}, (8, 6)),
    (
        "Conv2DTranspose",
        {"filters": 2, "kernel_size": 3, "strides": 2, "output_padding": 2},
        (4, 4, 1),
    ),
    (
        "Conv2DTranspose",
        {
            "filters": 2,
            "kernel_size": 2,
            "strides": 2,
            "output_padding": 0,
            "padding": "same",
        },
        (4, 4, 1),
    ),
    (
        "Conv2DTranspose",
        {"filters": 2, "kernel_size": 3, "strides": 2, "dilation_rate": 2},
        (4, 4, 1),
    ),
    ("LSTM", {"units": 2, "bidirectional": True, "go_backwards": True}, (8, 6)),
    (
        "Resizing",
        {
            "height": 5,
            "width": 4,
            "crop_to_aspect_ratio": True,
            "pad_to_aspect_ratio": True,
        },
        (8, 8, 1),
    ),
]


@pytest.mark.parametrize(("kind", "settings", "shape"), CONFLICTS)
def test_settings_that_contradict_each_other_are_mended(kind, settings, shape):
    assert climb((Placed(kind, settings),), shape)[0].problem
    assert mended(kind, settings, shape) == [kind]


def test_shapes_are_told_by_what_they_are():
    told = [str(described(shape)) for shape in ((80, 32), Words(80, 10_000))]
    assert told == ["a sequence of 80×32", "80 word numbers"]
