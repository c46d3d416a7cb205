"""GRU: reads a sequence step by step, with a simpler memory than an LSTM.

Source: K. Cho et al., Learning Phrase Representations (2014), section 2.3.
"""

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.param import Flag
from bricks.recurrent import FIRST, GATES, LAST, gives, madds, weights
from bricks.words import N_


def biases(gets: Shape, settings: Settings) -> int:
    """Biases of each unit in a gate: with reset_after, a second for what it recalls."""
    return (1 + settings["reset_after"]) * settings["use_bias"]


BRICK = Brick(
    kind="GRU",
    family="recurrent",
    order=20,
    said=N_("Gated recurrent unit"),
    about=N_(
        "Reads a sequence step by step like an LSTM, with three quarters of its "
        "weights."
    ),
    search=N_("recurrent sequence time text memory loop rnn step forget gate sentence"),
    looks=Looks("tube", left="units"),
    start={"units": 64},
    params=(
        *FIRST,
        GATES,
        Flag(
            name="reset_after",
            default=True,
            more=True,
            help=N_("Whether it resets its memory after multiplying it, as GPUs do."),
        ),
        *LAST,
    ),
    gives=gives,
    weights=weights(3, biases),
    madds=madds(3),
)
