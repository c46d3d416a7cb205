"""The names of ImageNet's classes, from Keras' own file; numbers until that is here."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from bricks.brick import WeightsFile
from bricks.catalog import data_brick
from bricks.tower import Placed
from bricks.words import N_, Text
from codegen.asked import CLASS_INDEX
from training import weights

INDEX = WeightsFile(
    CLASS_INDEX,
    "https://storage.googleapis.com/download.tensorflow.org/data/" + CLASS_INDEX,
    "c2c37ea517e94d9795004a39431a14cb",
)

UNTRAINED = Text(
    N_(
        "Nothing is trained on ImageNet's pictures here, so there is nothing to vary: "
        "put the tower on other data first."
    )
)


def asks(placed: Placed) -> bool:
    """Whether nothing is trained on this data brick: the tower is asked as it is."""
    brick = data_brick(placed.kind)
    return brick is not None and brick.asks


def class_names(placed: Placed) -> tuple[str, ...]:
    """The names of the classes of this data brick."""
    brick = data_brick(placed.kind)
    if brick is None:
        return ()
    numbers = brick.answers(brick.full(placed.settings))
    path = weights.found(CLASS_INDEX) if brick.asks else None
    if path is None:
        return numbers
    names = _names(path, path.stat().st_mtime_ns)
    return names if len(names) == len(numbers) else numbers


@lru_cache(maxsize=4)
def _names(path: Path, _written: int) -> tuple[str, ...]:
    """The names in the file; none where it is damaged."""
    try:
        index = json.loads(path.read_text("utf-8"))
        return tuple(index[str(n)][1].replace("_", " ") for n in range(len(index)))
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return ()
