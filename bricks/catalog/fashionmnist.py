"""FashionMNIST: clothes as small as MNIST's digits, and harder to tell apart."""

from bricks.brick import Data, Looks
from bricks.classics import grey
from bricks.labels import label_choice
from bricks.words import N_

CLASSES = (
    "T-shirt",
    "trousers",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)

BRICK = Data(
    kind="FashionMNIST",
    family="data",
    order=15,
    said=N_("Clothes"),
    about=N_("70,000 pictures of ten kinds of clothes, grey, 28 by 28 pixels."),
    search=N_("fashion mnist clothes zalando shoes"),
    looks=Looks("data"),
    params=(label_choice("Category", "Picture"),),
    gives=lambda gets, settings: (28, 28, 1),
    answers=lambda settings: CLASSES,
    split=lambda settings: (50_000, 10_000, 10_000),
    labels=("Category", "Picture"),
    files=("fashion_mnist.npz",),
    cached=(
        "fashion-mnist/train-labels-idx1-ubyte.gz",
        "fashion-mnist/train-images-idx3-ubyte.gz",
        "fashion-mnist/t10k-labels-idx1-ubyte.gz",
        "fashion-mnist/t10k-images-idx3-ubyte.gz",
    ),
    prepares="clothes",
    loading=lambda settings: grey("Fashion-MNIST", "fashion_mnist"),
)
