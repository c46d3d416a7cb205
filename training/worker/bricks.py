"""The layer that a question names: a brick's, or one inside of a base."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bricks.words import N_, Text
from explain.opened import Opened, Place
from uploads.errors import UploadError

NO_BRICK = Text(N_("This brick has no layer in this run: choose another one."))


def place_of(opened: Opened, ask: Mapping[str, Any]) -> Place:
    """The place of `ask["brick"]` at its `time` in a Block; of a base its layer number
    `inner`, where one is named. Raises `UploadError`."""
    inner = ask.get("inner")
    try:
        return opened.place(
            str(ask.get("brick")),
            int(ask.get("time") or 0),
            None if inner is None else int(inner),
        )
    except (KeyError, TypeError, ValueError):
        raise UploadError(NO_BRICK) from None


def told(opened: Opened, place: Place) -> dict[str, Any]:
    """Where it is, as the page is told."""
    found: dict[str, Any] = {"brick": place.tap.brick, "time": place.tap.time}
    if place.inner is not None:
        found |= {"inner": place.inner, "name": name_of(opened, place)}
    return found


def name_of(opened: Opened, place: Place) -> str:
    """How the layer is called inside of its base; empty for a brick."""
    if place.inner is None:
        return ""
    return opened.names[place.tap.brick][place.inner]
