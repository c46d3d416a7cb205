"""IMDB: reviews of films, to be told good from bad."""

from bricks.brick import Data, Loading, Looks, Settings, Words
from bricks.param import Whole
from bricks.words import N_


def _load(settings: Settings) -> str:
    return f'''\
    """IMDB's reviews, from the folder that BRICKYARD_DATASETS names or the network.

    Three pairs (reviews, labels) to train, validate and test with; reviews are
    (n, {settings["length"]}) word numbers, the commonest word the smallest; labels (n,)
    are 1 for good and 0 for bad. A fifth of the training reviews validates.
    """
    path = Path(os.environ.get("BRICKYARD_DATASETS", "."), "imdb.npz").resolve()
    (x, y), (x_test, y_test) = keras.datasets.imdb.load_data(
        path=str(path) if path.is_file() else "imdb.npz",
        num_words={settings["words"]},
    )
    x = keras.utils.pad_sequences(x, maxlen={settings["length"]})
    x_test = keras.utils.pad_sequences(x_test, maxlen={settings["length"]})
    kept = len(x) * 4 // 5
    return (x[:kept], y[:kept]), (x[kept:], y[kept:]), (x_test, y_test)
'''


BRICK = Data(
    kind="IMDB",
    family="data",
    order=40,
    said=N_("Film reviews"),
    about=N_("50,000 reviews of films, good or bad, each a row of word numbers."),
    search=N_("text words sentence sentiment review language sequence"),
    looks=Looks("data"),
    params=(
        Whole(
            name="words",
            default=10_000,
            least=100,
            most=88_586,
            help=N_("How many words are known, the commonest first."),
        ),
        Whole(
            name="length",
            default=100,
            least=4,
            most=2_500,
            help=N_("How many words of each review are read, the last ones."),
        ),
    ),
    gives=lambda gets, settings: Words(settings["length"], settings["words"]),
    answers=lambda settings: ("bad", "good"),
    split=lambda settings: (20_000, 5_000, 25_000),
    labels=("YesNo",),
    files=("imdb.npz",),
    loading=lambda settings: Loading(
        body=_load(settings), imports=("import os", "from pathlib import Path")
    ),
)
