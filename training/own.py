"""The data set of the user's own that a tower stands on."""

from __future__ import annotations

from bricks.catalog import data_brick
from bricks.tower import Placed
from bricks.words import N_, Text
from training.messages import Own
from uploads import binding
from uploads.shelf import Shelf

NONE_YET = Text(N_("There are no data yet: add your own in Data."))
NOT_HERE = N_('The data "{name}" are not here: add them again in Data.')
ONE_CLASS = Text(
    N_("Two classes at least are needed to train: take another one in, in Data.")
)
EMPTY_PART = Text(
    N_(
        "Every part needs a picture, to train, to validate and to test: "
        "add more, or choose other shares in Data."
    )
)


def is_own(placed: Placed) -> bool:
    """Whether this data brick stands on a data set of the user's."""
    brick = data_brick(placed.kind)
    return brick is not None and brick.own


def own(placed: Placed, shelf: Shelf) -> Own | None:
    """The data set, where the brick stands on one that this person has."""
    if not is_own(placed):
        return None
    settings = binding.full(placed)
    dataset = shelf.get(settings["dataset"])
    if dataset is None or binding.KINDS[dataset.kind] != placed.kind:
        return None
    return Own(str(shelf.folder(dataset.id)), dataset.kind, settings)


def missing(placed: Placed, shelf: Shelf | None) -> Text | None:
    """A sentence where a tower on this brick has nothing to train on."""
    settings = binding.full(placed)
    if not settings["dataset"]:
        return NONE_YET
    if shelf is None or own(placed, shelf) is None:
        return Text(NOT_HERE, {"name": settings["title"]})
    if settings["label"] in ("YesNo", "Category") and len(settings["names"]) < 2:
        return ONE_CLASS
    return None if all(settings["counts"]) else EMPTY_PART
