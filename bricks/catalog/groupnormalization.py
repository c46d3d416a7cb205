"""GroupNormalization: keeps the mean of groups of channels near 0, their spread near 1.

Source: Y. Wu and K. He, Group Normalization (2018).
"""

from math import gcd

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import needs_numbers
from bricks.normalization import EPSILON, LEARNED, learned, once_each
from bricks.param import Whole
from bricks.problem import Problem, Repair, Set
from bricks.words import N_, Text


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """The shape it gets, whose channels the groups must share evenly."""
    groups = settings["groups"]
    problem = needs_numbers(gets)
    return problem or (_uneven(gets[-1], groups) if gets[-1] % groups else gets)


def _uneven(channels: int, groups: int) -> Problem:
    fitting = gcd(channels, groups)
    values = {"setting": "groups", "size": fitting}
    return Problem(
        needs=Text(
            N_("as many channels as {groups} groups can share evenly"),
            {"groups": groups},
        ),
        got=Text(N_("{channels} channels"), {"channels": channels}),
        do=Text(N_("Choose groups that divide the channels.")),
        repair=Repair(
            Text(N_("Set {setting} to {size}"), values), (Set("groups", fitting),)
        ),
    )


BRICK = Brick(
    kind="GroupNormalization",
    family="normalization",
    order=30,
    said=N_("Group normalization"),
    about=N_(
        "Brings groups of channels to mean 0 and spread 1, for each example by itself; "
        "small batches do not trouble it."
    ),
    search=N_("normalize mean variance groupnorm stable instance small batch"),
    looks=Looks("ruled", right="groups", plate=True),
    start={"groups": 8},
    params=(
        Whole(
            name="groups",
            default=32,
            positional=True,
            help=N_("In how many groups the channels are; 1 takes all together."),
        ),
        EPSILON,
        *LEARNED,
    ),
    gives=gives,
    weights=learned,
    madds=once_each,
)
