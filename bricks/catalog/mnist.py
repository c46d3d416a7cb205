"""MNIST: the handwritten digits that every lesson begins with."""

from bricks.brick import Data, Looks
from bricks.classics import grey
from bricks.labels import label_choice
from bricks.words import N_

BRICK = Data(
    kind="MNIST",
    family="data",
    order=10,
    said=N_("Handwritten digits"),
    about=N_("70,000 handwritten digits, grey, 28 by 28 pixels."),
    search=N_("digits handwriting numbers"),
    looks=Looks("data"),
    params=(label_choice("Category", "Picture"),),
    gives=lambda gets, settings: (28, 28, 1),
    answers=lambda settings: tuple("0123456789"),
    split=lambda settings: (50_000, 10_000, 10_000),
    labels=("Category", "Picture"),
    files=("mnist.npz",),
    prepares="mnist",
    loading=lambda settings: grey("MNIST", "mnist"),
)
