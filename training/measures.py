"""Measurements that pages ask for: one after another, by a worker beside the runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bricks.words import N_, Text
from training.answers import Answers, Sayings
from training.room import Room
from training.settings import Settings

if TYPE_CHECKING:  # Windows lacks the first
    from multiprocessing.context import ForkServerContext, SpawnContext

LONGEST = 180.0
"""Seconds that one may take; on a busy machine Keras alone needs half a minute."""

SAYINGS = Sayings(
    Text(N_("The server lacks the memory to measure just now: try again in a minute.")),
    Text(N_("This could not be measured: choose a smaller batch size, or try again.")),
)


def measures(settings: Settings, context: ForkServerContext | SpawnContext) -> Answers:
    """Who answers them."""
    return Answers(asked(settings), context, SAYINGS, LONGEST)


def asked(settings: Settings) -> Room:
    """Where they lie; whoever asks first comes first."""
    return Room(settings.home / "measures", in_line=True)
