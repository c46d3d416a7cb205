"""How much one person may keep, and the server's disk may hold."""

from __future__ import annotations

from bricks.words import N_, Text
from storage import files
from uploads import names
from uploads.dataset import PICTURES
from uploads.errors import UploadError
from uploads.limits import Limits
from uploads.shelf import GONE, Shelf

TOO_MANY_SETS = N_("You have {count} data sets, {most} is the most: delete one first.")
TOO_MANY_KEPT = N_(
    "You keep {count} pictures, {most} is the most: delete a data set first."
)
NO_ADDING = N_("To {name} nothing can be added: bring all of it again as new data.")


def check_kept(shelf: Shelf, limits: Limits, more: int = 0) -> None:
    """UploadError where this person would keep too many pictures."""
    count = sum(len(one.items) for one in shelf.all()) + more
    if count > limits.kept:
        values = {"count": f"{count:,}", "most": f"{limits.kept:,}"}
        raise UploadError(Text(TOO_MANY_KEPT, values))


def check_sets(shelf: Shelf, limits: Limits, more: int) -> None:
    """UploadError where this person has too many data sets, with those under way."""
    count = len(shelf.all()) + more
    if count >= limits.sets:
        values = {"count": count, "most": limits.sets}
        raise UploadError(Text(TOO_MANY_SETS, values))


def check_adding(shelf: Shelf, into: str) -> None:
    """UploadError where nothing can be added to this data set."""
    dataset = shelf.get(into)
    if dataset is None:
        raise UploadError(Text(GONE))
    if dataset.kind != PICTURES or dataset.sheet:
        raise UploadError(Text(NO_ADDING, {"name": names.shown(dataset.name)}))


def check_room(shelf: Shelf, limits: Limits, size: int = 0) -> None:
    """What comes takes its room twice: as it came, and as it is kept."""
    if files.room(shelf.root) - 2 * size < limits.room:
        raise UploadError(files.DISK_FULL)
