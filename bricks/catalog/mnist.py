"""MNIST: the handwritten digits that every lesson begins with."""

from bricks.brick import Data, Loading, Looks
from bricks.labels import label_choice
from bricks.words import N_

BRICK = Data(
    kind="MNIST",
    family="data",
    order=10,
    said=N_("Handwritten digits"),
    about=N_("70,000 handwritten digits, grey, 28 by 28 points."),
    search=N_("digits handwriting numbers"),
    looks=Looks("data"),
    params=(label_choice("Category", "Picture"),),
    gives=lambda gets, settings: (28, 28, 1),
    answers=lambda settings: tuple("0123456789"),
    split=lambda settings: (50_000, 10_000, 10_000),
    labels=("Category", "Picture"),
    files=("mnist.npz",),
    loading=lambda settings: Loading(
        imports=("import os", "from pathlib import Path", "import numpy as np"),
        body='''\
    """MNIST, from the folder that BRICKYARD_DATASETS names or from the network.

    Three pairs (pictures, labels) to train, validate and test with; pictures are
    (n, 28, 28, 1) from 0 to 1, labels (n,) from 0 to 9.
    """
    path = Path(os.environ.get("BRICKYARD_DATASETS", "."), "mnist.npz")
    if path.is_file():
        with np.load(path) as arrays:
            x, y = arrays["x_train"], arrays["y_train"]
            x_test, y_test = arrays["x_test"], arrays["y_test"]
    else:
        (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x = np.expand_dims(x, -1) / np.float32(255)
    x_test = np.expand_dims(x_test, -1) / np.float32(255)
    return (x[:50_000], y[:50_000]), (x[50_000:], y[50_000:]), (x_test, y_test)
''',
    ),
)
