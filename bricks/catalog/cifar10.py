"""CIFAR10: small colour photographs of ten kinds of thing."""

from bricks.brick import Data, Loading, Looks
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
    about=N_("60,000 colour photographs of ten kinds of thing, 32 by 32 points."),
    search=N_("cifar photo picture colour animal car ship"),
    looks=Looks("data"),
    params=(label_choice("Category", "Picture"),),
    gives=lambda gets, settings: (32, 32, 3),
    answers=lambda settings: CLASSES,
    split=lambda settings: (40_000, 10_000, 10_000),
    labels=("Category", "Picture"),
    files=("cifar10.npz",),
    loading=lambda settings: Loading(
        imports=("import os", "from pathlib import Path", "import numpy as np"),
        body='''\
    """CIFAR-10, from the folder that BRICKYARD_DATASETS names or from the network.

    Three pairs (pictures, labels) to train, validate and test with; pictures are
    (n, 32, 32, 3) from 0 to 1, labels (n,) from 0 to 9. A fifth of the training
    pictures validates.
    """
    path = Path(os.environ.get("BRICKYARD_DATASETS", "."), "cifar10.npz")
    if path.is_file():
        with np.load(path) as arrays:
            x, y = arrays["x_train"], arrays["y_train"]
            x_test, y_test = arrays["x_test"], arrays["y_test"]
    else:
        (x, y), (x_test, y_test) = keras.datasets.cifar10.load_data()
    x, y = x / np.float32(255), y.reshape(-1)
    x_test, y_test = x_test / np.float32(255), y_test.reshape(-1)
    kept = len(x) * 4 // 5
    return (x[:kept], y[:kept]), (x[kept:], y[kept:]), (x_test, y_test)
''',
    ),
)
