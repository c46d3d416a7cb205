"""Every pretrained base: what it weighs and gives, ours against Keras', and how long a
walk over it takes against building it.

With BRICKYARD_DATASETS it says which bases have their weights there; these are loaded.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import keras

from bricks.bases.fitting import DEFAULT
from bricks.brick import Base
from bricks.catalog.bases import BRICKS
from bricks.tower import GROUND, Placed, Tower
from bricks.walk import Stage, walk
from bricks.words import size
from tests.bench.clock import seconds

FOLDERS = ("models", "keras_home/models")


COLUMNS = "{:<22}{:>9}{:>13}{:>13}{:>12}{:>12}{:>10}{:>9}{:>10}  {}"
HEADS = (
    *("base", "at", "weights", "Keras", "gives", "Keras"),
    *("first ms", "walk us", "Keras ms", "ImageNet's weights"),
)


def main() -> None:
    keras.utils.disable_interactive_logging()
    print(COLUMNS.format(*HEADS))
    for brick in BRICKS:
        alpha = brick.by_name.get("alpha")
        for width in alpha.choices if alpha else (None,):
            row = _row(brick, {"alpha": width} if width else {})
            print(COLUMNS.format(*row), flush=True)


def _row(brick: Base, width: dict[str, Any]) -> tuple[Any, ...]:
    """A line of the table, for the base without its top."""
    side = DEFAULT.get(brick.kind, 224)
    settings = {"include_top": False, "weights": None, **width}
    data = Placed("Images", {"image_size": side}, id=GROUND)
    tower = Tower(data, (Placed(brick.kind, settings),))
    begun = time.perf_counter()
    stage = walk(tower)[1]
    first = time.perf_counter() - begun
    again = seconds(lambda: walk(tower), 200)
    begun = time.perf_counter()
    model = _built(brick.kind, side, settings)
    built = time.perf_counter() - begun
    return (
        f"{brick.kind} {width.get('alpha', '')}",
        size((side, side)),
        f"{stage.weights:,}",
        f"{model.count_params():,}",
        size(stage.gives),
        size(model.output_shape[1:]),
        f"{first * 1e3:.2f}",
        f"{again * 1e6:.0f}",
        f"{built * 1e3:.0f}",
        _loaded(brick, side, settings, width) + _differs(stage, model),
    )


def _built(kind: str, side: int, settings: dict[str, Any]) -> Any:
    with keras.StatelessScope(initialize_variables=False):
        made = getattr(keras.applications, kind)
        return made(input_shape=(side, side, 3), **settings)


def _differs(stage: Stage, model: Any) -> str:
    """A shout where a figure of the line is not that of Keras."""
    theirs = (model.count_params(), tuple(model.output_shape[1:]))
    return "" if (stage.weights, stage.gives) == theirs else "  DIFFERS"


def _loaded(brick: Base, side: int, settings: dict[str, Any], width: Any) -> str:
    """Whether ImageNet's weights lie here, and Keras takes them."""
    file = brick.file(brick.full({**settings, "weights": "imagenet"}), (side, side, 3))
    home = Path(os.environ.get("BRICKYARD_DATASETS", "."))
    path = next((p for f in FOLDERS if (p := home / f / file.name).is_file()), None)
    if path is None:
        return "not here"
    keras.utils.get_file(file.name, path.resolve().as_uri(), cache_subdir="models")
    made = getattr(keras.applications, brick.kind)
    model = made(input_shape=(side, side, 3), include_top=False, **width)
    return f"loaded, {model.count_params():,}"


if __name__ == "__main__":
    main()
