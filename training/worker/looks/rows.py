"""Test examples to leaf through: small pictures, rows of a table, or words."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from bricks.brick import Words
from bricks.catalog import data_brick
from bricks.project import Project
from training.messages import Own
from training.parcel import Arrays
from training.viewing import DONE, Told
from training.worker.kept_open import own_of, points
from training.worker.viewer import Viewer
from uploads import tabular
from uploads.dataset import TABLE
from uploads.shelf import Shelf

MOST = 60
"""Examples in one answer."""
SIDE = 64
"""Points of the longer side of a small picture."""
MOST_NUMBERS = 24
"""Of an example that is no picture and of no table."""
_INDEX = "imdb_word_index.json"


def look(
    viewer: Viewer, ask: Mapping[str, Any], arrays: Arrays
) -> Iterator[Told | None]:
    """From example `ask["first"]` on, `ask["count"]` of them: `of` is how many there
    are; `true` a class's number or a value each; and `pictures` (n, height, width,
    channels), or `cells`: for each a list of (name, cell), or of (None, word)."""
    x, y = viewer.examples(ask)
    yield None
    count = min(MOST, max(1, int(ask.get("count", MOST))))
    first = int(ask.get("first", 0)) % len(x)
    numbers = range(first, min(first + count, len(x)))
    fields: dict[str, Any] = {"first": first, "of": len(x)}
    if np.ndim(y[first]) == 0:
        fields["true"] = [float(y[n]) for n in numbers]
    if np.ndim(x[first]) == 3:
        yield Told(DONE, fields, {"pictures": _small(x, numbers)})
        return
    project = viewer.run(ask).project
    fields["cells"] = _rows(project, own_of(ask), numbers) or [
        _words(project, np.asarray(x[n])) for n in numbers
    ]
    yield Told(DONE, fields)


def _small(x: Any, numbers: range) -> np.ndarray:
    """The pictures as uint8, large ones made smaller."""
    found = points(np.asarray(x[numbers.start : numbers.stop]))
    pictures = np.round(found * 255).clip(0, 255).astype("uint8")
    height, width, channels = pictures.shape[1:]
    if max(height, width) <= SIDE:
        return pictures
    scale = SIDE / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = [
        np.asarray(Image.fromarray(one.squeeze()).resize(size, Image.Resampling.BOX))
        for one in pictures
    ]
    return np.stack(small).reshape(len(small), size[1], size[0], channels)


def _rows(
    project: Project, own: Own | None, numbers: Sequence[int]
) -> list[list[tuple[str, str]]]:
    """The rows of an own table, its columns that are used; none of other data."""
    if own is None or own.kind != TABLE:
        return []
    folder = Path(own.folder)
    dataset = Shelf.at(folder.parent).get(folder.name)
    if dataset is None:
        return []
    names = [name for name, _words in own.settings["columns"]]
    rows = tabular.tested(own.settings, dataset)
    return [[(name, rows[n].get(name, "")) for name in names] for n in numbers]


def _words(project: Project, example: np.ndarray) -> list[tuple[str | None, str]]:
    """A review's words, where their list is here, else their numbers; or numbers."""
    placed = project.tower.data
    brick = data_brick(placed.kind)
    shape = brick.gives((), brick.full(placed.settings)) if brick else ()
    if not isinstance(shape, Words):
        flat = example.ravel()[:MOST_NUMBERS]
        return [(None, f"{number:.4g}") for number in flat]
    known = _index()
    told = [int(number) for number in example if number > 0]  # 0 fills what is short
    return [(None, known.get(number, f"#{number}")) for number in told]


@cache
def _index() -> Mapping[int, str]:
    """IMDB's words by their numbers in a review, where Keras' list of them is here."""
    kept = Path.home() / ".keras" / "datasets"
    for place in (Path(os.environ.get("BRICKYARD_DATASETS") or kept), kept):
        path = place / _INDEX
        if path.is_file():
            index = json.loads(path.read_text("utf-8"))
            # Keras begins to count at 3: a start, and a word that is not known.
            return {n + 3: word for word, n in index.items()} | {1: "·", 2: "…"}
    return {}
