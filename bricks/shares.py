"""The settings by which own data are split, shared by their bricks."""

from __future__ import annotations

from bricks.param import Share, Whole
from bricks.words import N_


def share(name: str, help: str) -> Share:
    """The share of the examples to validate or to test with."""
    return Share(name=name, default=0.2, least=0.05, most=0.45, help=help)


SPLIT_SEED = Whole(
    name="split_seed",
    default=1,
    least=0,
    most=2**31 - 1,
    more=True,
    help=N_("Which random split it is: the same number always gives the same split."),
)
