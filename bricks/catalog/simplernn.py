"""SimpleRNN: reads a sequence step by step; its answer goes into the next step."""

from bricks.brick import Brick, Looks
from bricks.recurrent import FIRST, LAST, gives, madds, weights
from bricks.words import N_

BRICK = Brick(
    kind="SimpleRNN",
    family="recurrent",
    order=30,
    said=N_("Simple recurrent"),
    about=N_(
        "Reads a sequence step by step; what it answers goes into the next step. It "
        "soon forgets what was long ago."
    ),
    search=N_("recurrent sequence time text memory loop rnn step"),
    looks=Looks("tube", left="units"),
    start={"units": 64},
    params=(*FIRST, *LAST),
    gives=gives,
    weights=weights(1),
    madds=madds(1),
)
