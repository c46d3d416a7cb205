"""Measurements that pages ask for: one after another, by a worker beside the runs."""

from __future__ import annotations

from bricks.words import N_, Text
from training.room import Room
from training.settings import Settings

LONGEST = 300.0
"""Seconds that one may take; on a busy machine compiling alone takes a minute."""

KEPT_SECONDS = 14 * 86_400.0
"""What was measured of a tower here is remembered so long after somebody looked."""

NO_MEMORY = Text(
    N_("The server lacks the memory to measure just now: try again in a minute.")
)
NO_ANSWER = Text(
    N_("This could not be measured: choose a smaller batch size, or try again.")
)


def asked(settings: Settings) -> Room:
    """Where they lie; whoever asks first comes first."""
    return Room(settings.home / "measures", in_line=True, kept=KEPT_SECONDS)
