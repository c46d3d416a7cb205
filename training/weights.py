"""Whether the weights of pretrained bases can be had: at hand, or over the network.

Knows no Keras. Files have Keras' own names.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from bricks.brick import Base, Shape, WeightsFile
from bricks.catalog import catalog
from bricks.param import OneOf
from bricks.tower import Placed, Tower, mapped
from bricks.walk import Stage, every, walk
from bricks.words import N_, Text
from training import datasets
from training.datasets import WAIT_SECONDS

FOLDER = "models"
"""Where Keras keeps such files, in its home."""
IMAGENET = "imagenet"
NEAR = N_(
    "The weights of {base} are not on this server in this width; with alpha {alpha} "
    "they are."
)

MISSING = N_(
    "{file}, the weights of {base}, is neither on this server nor can it be "
    "downloaded: put it into the folder models of the one that BRICKYARD_DATASETS "
    "names, connect the server to the network, or go on with random weights, which "
    "know nothing yet (weights=None)."
)


def files(tower: Tower) -> list[tuple[str, WeightsFile]]:
    """The files that the tower's bases need, each with the kind of such a base."""
    pairs = _pretrained(walk(tower), {})
    rows = {file.name: (placed.kind, file) for placed, file in pairs}
    return list(rows.values())


def to_json(rows: Iterable[tuple[str, WeightsFile]]) -> list[list[Any]]:
    """The files as plain values."""
    return [[base, *astuple(file)] for base, file in rows]


def of_json(rows: Iterable[Any]) -> list[tuple[str, WeightsFile]]:
    """What `to_json` gave."""
    return [(base, WeightsFile(*told)) for base, *told in rows]


def missing(tower: Tower, wait: float = WAIT_SECONDS) -> Text | None:
    """A sentence where weights can't be had; `wait` seconds may go to find out."""
    lacking = _lacking(tower)
    if lacking is None or datasets.network.reachable(wait):
        return None
    return lacking


def known_missing(tower: Tower) -> Text | None:
    """The same for a page, which can't wait: None too while it is not known yet."""
    lacking = _lacking(tower)
    if lacking is None or datasets.network.known() is not False:
        return None
    return lacking


def at_random(tower: Tower) -> Tower:
    """The tower with random weights in place of those that are not at hand."""
    pairs = _pretrained(walk(tower), {})
    lacking = {placed.id for placed, file in pairs if found(file.name) is None}

    def change(bricks: tuple[Placed, ...], _floor: str) -> tuple[Placed, ...]:
        return tuple(_random(p) if p.id in lacking else p for p in bricks)

    return replace(tower, bricks=mapped(tower.bricks, change))


def near(tower: Tower) -> dict[str, float]:
    """For each base whose file is not at hand another width of its network whose file
    is, by the base's id: the widest there is."""
    pairs = list(_pretrained(walk(tower), {}))
    gets = {stage.placed.id: stage.gets or () for stage in every(walk(tower))}
    widths = {
        placed.id: _widths(placed, gets.get(placed.id, ()))
        for placed, file in pairs
        if found(file.name) is None
    }
    return {id: max(alphas) for id, alphas in widths.items() if alphas}


def said_near(tower: Tower, widths: Mapping[str, float]) -> Text | None:
    """The sentence for what `near` found first."""
    for stage in every(walk(tower)):
        alpha = widths.get(stage.placed.id)
        if alpha is not None:
            return Text(NEAR, {"base": stage.placed.kind, "alpha": alpha})
    return None


def at_width(tower: Tower, widths: Mapping[str, float]) -> Tower:
    """The tower, its bases of these ids as wide as is told."""

    def change(bricks: tuple[Placed, ...], _floor: str) -> tuple[Placed, ...]:
        return tuple(_as_wide(p, widths[p.id]) if p.id in widths else p for p in bricks)

    return replace(tower, bricks=mapped(tower.bricks, change))


def at_hand() -> dict[str, list[float | None]]:
    """The kinds of bases that have weights here as the palette puts them down, or in
    another width: which widths, None where there is only one."""
    bases = {k: b for k, b in catalog().items() if isinstance(b, Base) and b.module}
    rows = {kind: _widths(Placed(kind, base.start), ()) for kind, base in bases.items()}
    return {kind: widths for kind, widths in rows.items() if widths}


def found(name: str) -> Path | None:
    """The file, where the script finds it: in BRICKYARD_DATASETS, or kept by Keras."""
    return next((path for path in (*given(name), kept(name)) if path.is_file()), None)


def given(name: str) -> Iterator[Path]:
    """Where the file may lie in the folder that BRICKYARD_DATASETS names."""
    named = os.environ.get("BRICKYARD_DATASETS")
    if named:
        yield Path(named, FOLDER, name)
        yield Path(named, "keras_home", FOLDER, name)


def kept(name: str) -> Path:
    """Where Keras keeps the file, as `keras.utils.get_file` chooses it."""
    home = Path(os.environ.get("KERAS_HOME") or Path("~/.keras").expanduser())
    if home.exists() and not os.access(home, os.W_OK):
        other = Path("/tmp")
        home = (other if other.is_dir() else Path(tempfile.gettempdir())) / ".keras"
    return home / FOLDER / name


def _lacking(tower: Tower) -> Text | None:
    """The sentence for the first file that is not at hand."""
    for kind, file in files(tower):
        if found(file.name) is None:
            return Text(MISSING, {"base": kind, "file": file.name})
    return None


def _pretrained(
    stages: Iterable[Stage], values: Mapping[str, Any]
) -> Iterator[tuple[Placed, WeightsFile]]:
    """The bases with ImageNet's weights, wherever they stand, and the file of each."""
    for stage in stages:
        placed = stage.placed.resolved(values)
        brick = catalog().get(placed.kind)
        if isinstance(brick, Base) and _is_right(brick, placed):
            full = brick.full(placed.settings)
            if full["weights"] == IMAGENET:
                yield placed, brick.file(full, stage.gets or ())
        for inner in stage.inner:
            yield from _pretrained(inner, {**values, **placed.parameters})


def _widths(placed: Placed, gets: Shape) -> list[Any]:
    """The widths of this base's network whose files are at hand."""
    brick = catalog()[placed.kind]
    assert isinstance(brick, Base)
    width = brick.by_name.get("alpha")
    choices = width.choices if isinstance(width, OneOf) else (None,)
    full = brick.full(placed.settings)
    files = {alpha: brick.file({**full, "alpha": alpha}, gets) for alpha in choices}
    return [alpha for alpha, file in files.items() if found(file.name)]


def _is_right(brick: Base, placed: Placed) -> bool:
    """Whether every setting is one that the brick has, within its limits."""
    params, told = brick.by_name, placed.settings
    return not any(n not in params or params[n].wrong(told[n]) for n in told)


def _as_wide(placed: Placed, alpha: float) -> Placed:
    return replace(placed, settings={**placed.settings, "alpha": alpha})


def _random(placed: Placed) -> Placed:
    return replace(placed, settings={**placed.settings, "weights": None})
