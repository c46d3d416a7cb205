"""A data set as a tower has it now: how much there is, and what should be known of it.

Classes are renamed, merged and left out, and pictures moved, by the data brick's
settings; what was found when they came is in the data set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bricks.words import Text
from uploads import binding, notes
from uploads.binding import Row
from uploads.dataset import TABLE, DataSet, Item


@dataclass(frozen=True)
class Standing:
    """Pictures that are not left out, those of each class, and the notes on them."""

    pictures: int
    classes: Mapping[str, int]
    notes: tuple[Text, ...]


class _Once:
    """A data set as a key: itself, without a look at its thousands of pictures."""

    def __init__(self, dataset: DataSet) -> None:
        self.dataset = dataset

    def __hash__(self) -> int:
        return hash(self.dataset.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Once) and self.dataset is other.dataset


_TOLD = ("names", "folders", "changes", "added")  # the settings that it depends on


def standing(settings: Mapping[str, Any], dataset: DataSet) -> Standing:
    """What a brick with all these settings has of its pictures."""
    assert dataset.kind != TABLE, "a table has no pictures"
    return _standing(_Once(dataset), tuple(settings[name] for name in _TOLD))


@lru_cache(maxsize=8)
def _standing(key: _Once, told: tuple[Any, ...]) -> Standing:
    settings = dict(zip(_TOLD, told, strict=True))
    found = binding.rows(settings, key.dataset)
    if not found:
        return Standing(0, {}, (Text(notes.NONE_LEFT),))
    often = Counter(row.label for row in found)
    classes = {name: often[name] for name in settings["names"]}
    digests = notes.may_be_named(row.item for row in found)
    named = [_as_now(row) for row in found if row.item.digest in digests]
    return Standing(len(found), classes, notes.notes(named, classes))


def _as_now(row: Row) -> Item:
    """The picture with the class that it has now, in its path too."""
    item, label = row.item, row.label
    if not isinstance(label, str) or label == item.label:
        return item
    *folders, name = item.path.split("/")
    if folders and folders[-1] == item.label:
        folders[-1] = label
    return replace(item, label=label, path="/".join((*folders, name)))
