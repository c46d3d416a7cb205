"""How a script gets one of the data sets of pictures that Keras knows."""

from __future__ import annotations

from bricks.brick import Loading

_IMPORTS = ("import os", "from pathlib import Path", "import numpy as np")

_FOUND = """\
    path = Path(os.environ.get("BRICKYARD_DATASETS", "."), "<name>.npz")
    if path.is_file():
        with np.load(path) as arrays:
            x, y = arrays["x_train"], arrays["y_train"]
            x_test, y_test = arrays["x_test"], arrays["y_test"]
    else:
        (x, y), (x_test, y_test) = keras.datasets.<name>.load_data()
"""

_GREY = '''\
    """<title>, from the folder that BRICKYARD_DATASETS names or from the network.

    Three pairs (pictures, labels) to train, validate and test with; pictures are
    (n, 28, 28, 1) from 0 to 1, labels (n,) from 0 to 9.
    """
<found>    x = np.expand_dims(x, -1) / np.float32(255)
    x_test = np.expand_dims(x_test, -1) / np.float32(255)
    return (x[:50_000], y[:50_000]), (x[50_000:], y[50_000:]), (x_test, y_test)
'''

_COLOUR = '''\
    """<title>, from the folder that BRICKYARD_DATASETS names or from the network.

    Three pairs (pictures, labels) to train, validate and test with; pictures are
    (n, 32, 32, 3) from 0 to 1, labels (n,) from 0 to <last>. A fifth of the training
    pictures validates.
    """
<found>    x, y = x / np.float32(255), y.reshape(-1)
    x_test, y_test = x_test / np.float32(255), y_test.reshape(-1)
    kept = len(x) * 4 // 5
    return (x[:kept], y[:kept]), (x[kept:], y[kept:]), (x_test, y_test)
'''


def grey(title: str, name: str) -> Loading:
    """70,000 grey pictures of ten classes; `name` is that of Keras' module."""
    return _loading(_GREY, name, title=title)


def colour(title: str, name: str, classes: int) -> Loading:
    """60,000 small photographs; `name` is that of Keras' module."""
    return _loading(_COLOUR, name, title=title, last=str(classes - 1))


def _loading(template: str, name: str, **parts: str) -> Loading:
    body = template.replace("<found>", _FOUND.replace("<name>", name))
    for part, text in parts.items():
        body = body.replace(f"<{part}>", text)
    return Loading(imports=_IMPORTS, body=body)
