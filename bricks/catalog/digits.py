"""Digits: small handwritten digits that are always there, without a download.

The test set of UCI's "Optical Recognition of Handwritten Digits" (E. Alpaydin and
C. Kaynak, 1998, CC BY 4.0), the very 1,797 pictures that scikit-learn brings as
`load_digits`. `digits.b85` holds them: columns of the (1797, 65) table of 64 points and
the label, one after another, deflated, in base 85.
"""

from functools import cache
from pathlib import Path

from bricks.brick import Data, Loading, Looks
from bricks.labels import label_choice
from bricks.words import N_


@cache
def digits() -> str:
    """The pictures and labels as lines of text."""
    return Path(__file__).with_suffix(".b85").read_text(encoding="ascii")


BRICK = Data(
    kind="Digits",
    family="data",
    order=20,
    said=N_("Small handwritten digits"),
    about=N_("1,797 handwritten digits, grey, 8 by 8 pixels. Needs no download."),
    search=N_("digits handwriting numbers small quick"),
    looks=Looks("data"),
    params=(label_choice("Category", "Picture"),),
    gives=lambda gets, settings: (8, 8, 1),
    answers=lambda settings: tuple("0123456789"),
    split=lambda settings: (1_077, 360, 360),
    labels=("Category", "Picture"),
    attached=digits,
    prepares="uci",
    loading=lambda settings: Loading(
        imports=("import base64", "import zlib", "import numpy as np"),
        body='''\
    """UCI's small handwritten digits, kept at the end of this file.

    Three pairs (pictures, labels) to train, validate and test with; pictures are
    (n, 8, 8, 1) from 0 to 1, labels (n,) from 0 to 9.
    """
    table = zlib.decompress(base64.b85decode("".join(DIGITS.split())))
    table = np.frombuffer(table, "uint8").reshape(65, 1797).T
    table = np.random.default_rng(0).permutation(table)
    x = table[:, :64].reshape(-1, 8, 8, 1) / np.float32(16)
    y = table[:, 64]
    return (x[:1077], y[:1077]), (x[1077:1437], y[1077:1437]), (x[1437:], y[1437:])
''',
    ),
)
