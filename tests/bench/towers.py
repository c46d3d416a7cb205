"""Towers to measure with."""

from __future__ import annotations

from dataclasses import replace

from bricks.catalog import catalog, data_brick
from bricks.project import Project
from bricks.tower import GROUND, Placed, Tower


def conv(filters: int) -> Placed:
    settings = {
        "filters": filters,
        "kernel_size": 3,
        "padding": "same",
        "activation": "relu",
    }
    return Placed("Conv2D", settings)


def vgg16() -> Project:
    """VGG16 as its paper has it (Simonyan and Zisserman, 2014): 138,357,544 weights.

    Its pictures are no data brick yet, so the bench lays one into the catalogue.
    """
    thousand = tuple(str(n) for n in range(1000))
    mnist = data_brick("MNIST")
    assert mnist
    catalog()["ImageNet"] = replace(mnist, shape=(224, 224, 3), classes=thousand)
    bricks = []
    for repeat, filters in ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512)):
        bricks += [conv(filters) for _ in range(repeat)]
        bricks.append(Placed("MaxPooling2D"))
    bricks.append(Placed("Flatten"))
    for units, activation in ((4096, "relu"), (4096, "relu"), (1000, "softmax")):
        bricks.append(Placed("Dense", {"units": units, "activation": activation}))
    return Project("VGG16", Tower(Placed("ImageNet", id=GROUND), tuple(bricks)))


def high(count: int) -> Project:
    """A tower of `count` bricks that holds."""
    middle = [conv(8 + n % 8) for n in range(count - 2)]
    top = [Placed("Flatten"), Placed("Dense", {"units": 10, "activation": "softmax"})]
    return Project("high", Tower(Placed("MNIST", id=GROUND), tuple(middle + top)))
