"""Weights out of a `.keras` file: arrays of the wanted shapes, and nothing else."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np

from bricks.words import N_, Text
from codegen.layer import snake

PART = "model.weights.h5"
TIMES = 8
"""The most bytes in a file for each byte of weights: an optimizer remembers up to three
times as many, of twice the size."""
ROOM = 50_000_000
"""Bytes that a small model's file may have beside its weights."""
PIECE = 1 << 20

TOO_LARGE = Text(
    N_("The weights in this file are far larger than the model: it is damaged.")
)
NO_WEIGHTS = Text(N_("This file has no weights: save the model with model.save()."))
NOT_THERE = N_("The weights of {name} are not where Keras 3 puts them: save it anew.")
OTHER = N_(
    "The weights of {name} are of another shape than its settings say: {got} in place "
    "of {wanted}."
)


class Damaged(Exception):
    """Weights that can't be taken; `said` says why."""

    def __init__(self, said: Text) -> None:
        super().__init__(str(said))
        self.said = said


@dataclass(frozen=True)
class Place:
    """A layer that wants weights, what to call it, and their group in a file."""

    layer: Any
    name: str
    place: str


def filled(
    archive: Path, target: Path, base: keras.Model, wanted: Iterable[Place]
) -> None:
    """Put the weights of a `.keras` file into `target`, the weights file of a `base`
    with the same layers. Raises `Damaged`, and what zip and HDF5 raise.
    """
    most = ROOM + TIMES * 4 * base.count_params()
    source = target.with_name("source.h5")
    _unpack(archive, source, most)
    groups = {id(layer): group for layer, group in _groups(base)}
    with h5py.File(source, "r") as there, h5py.File(target, "r+") as here:
        for one in wanted:
            source = _group(there, one.place, one.name)
            _copy(source, here[groups[id(one.layer)]], one.name)


def _unpack(archive: Path, to: Path, most: int) -> None:
    """The weights in a zip file, at most so many bytes of them."""
    with zipfile.ZipFile(archive) as packed:
        try:
            info = packed.getinfo(PART)
        except KeyError as error:
            raise Damaged(NO_WEIGHTS) from error
        if info.file_size > most:
            raise Damaged(TOO_LARGE)
        with packed.open(info) as part, to.open("wb") as out:
            while piece := part.read(PIECE):
                out.write(piece)
                if out.tell() > most:
                    raise Damaged(TOO_LARGE)


def _groups(base: keras.Model) -> Iterator[tuple[Any, str]]:
    """The layers of a model and their groups in its file: by class, counted."""
    counts: Counter[str] = Counter()
    for layer in base.layers:
        kind = snake(type(layer).__name__)
        number = counts[kind]
        counts[kind] += 1
        yield layer, f"layers/{kind}{f'_{number}' if number else ''}"


def _group(file: h5py.File, place: str, name: str) -> h5py.Group:
    """A group of the file itself, reached by no link to elsewhere."""
    found: Any = file
    for part in place.split("/"):
        if not isinstance(found, h5py.Group) or not _is_hard(found, part):
            raise Damaged(Text(NOT_THERE, {"name": name}))
        found = found[part]
    if not isinstance(found, h5py.Group):
        raise Damaged(Text(NOT_THERE, {"name": name}))
    return found


def _is_hard(group: h5py.Group, part: str) -> bool:
    return isinstance(group.get(part, getlink=True), h5py.HardLink)


def _copy(there: h5py.Group, here: h5py.Group, name: str) -> None:
    """Fill every array below `here` with that of the same name below `there`."""
    for part, target in here.items():
        if not _is_hard(there, part):
            raise Damaged(Text(NOT_THERE, {"name": name}))
        source = there[part]
        if isinstance(target, h5py.Group) and isinstance(source, h5py.Group):
            _copy(source, target, name)
        elif isinstance(target, h5py.Dataset) and isinstance(source, h5py.Dataset):
            target[...] = _array(source, target, name)
        else:
            raise Damaged(Text(NOT_THERE, {"name": name}))


def _array(source: h5py.Dataset, target: h5py.Dataset, name: str) -> np.ndarray:
    """The numbers of an array; its shape is looked at before any of them is read."""
    if source.shape != target.shape:
        told = {"got": _size(source.shape), "wanted": _size(target.shape), "name": name}
        raise Damaged(Text(OTHER, told))
    elsewhere = source.external or source.is_virtual
    if elsewhere or source.dtype.kind not in "fiu":
        raise Damaged(Text(NOT_THERE, {"name": name}))
    return source[...].astype(target.dtype)


def _size(shape: Any) -> str:
    return "x".join(map(str, shape)) if shape else "?"
