"""The layer of the brick that a question names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bricks.words import N_, Text
from explain.opened import Opened
from explain.taps import Tap
from uploads.errors import UploadError

NO_BRICK = Text(N_("This brick has no layer in this run: choose another one."))


def tap_of(opened: Opened, ask: Mapping[str, Any]) -> Tap:
    """The tap of `ask["brick"]` at its `time` in a Block. Raises `UploadError`."""
    wanted = (ask.get("brick"), ask.get("time") or 0)
    for tap in opened.taps:
        if (tap.brick, tap.time) == wanted:
            return tap
    raise UploadError(NO_BRICK)
