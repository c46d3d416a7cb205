"""CIFAR10: small colour photographs of ten kinds of thing."""

from bricks.brick import Data, Looks
from bricks.classics import colour
from bricks.labels import label_choice
from bricks.words import N_

CLASSES = (
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
)

BRICK = Data(
    kind="CIFAR10",
    family="data",
    order=30,
    said=N_("Small photographs"),
    about=N_("60,000 colour photographs of ten kinds of thing, 32 by 32 pixels."),
    search=N_("cifar photo picture colour animal car ship"),
    looks=Looks("data"),
    params=(label_choice("Category", "Picture"),),
    gives=lambda gets, settings: (32, 32, 3),
    answers=lambda settings: CLASSES,
    split=lambda settings: (40_000, 10_000, 10_000),
    labels=("Category", "Picture"),
    files=("cifar10.npz",),
    cached=("cifar-10-batches-py-target_archive",),
    loading=lambda settings: colour("CIFAR-10", "cifar10", len(CLASSES)),
)
