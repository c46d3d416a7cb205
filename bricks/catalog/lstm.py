"""LSTM: reads a sequence step by step, with a memory that gates open and shut.

Source: S. Hochreiter and J. Schmidhuber, Long Short-Term Memory (1997).
"""

from bricks.brick import Brick, Looks
from bricks.param import Flag
from bricks.recurrent import FIRST, GATES, LAST, gives, madds, weights
from bricks.words import N_

BRICK = Brick(
    kind="LSTM",
    family="recurrent",
    order=10,
    said=N_("Long short-term memory"),
    about=N_(
        "Reads a sequence step by step and decides at each what to keep in mind and "
        "what to forget."
    ),
    search=N_("recurrent sequence time text memory loop rnn step forget gate sentence"),
    looks=Looks("tube", left="units"),
    start={"units": 64},
    params=(
        *FIRST,
        GATES,
        Flag(
            name="unit_forget_bias",
            default=True,
            more=True,
            help=N_("Whether it starts out keeping what it has in mind."),
        ),
        *LAST,
    ),
    gives=gives,
    weights=weights(4),
    madds=madds(4),
)
