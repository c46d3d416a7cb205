"""RepeatChannels: a grey picture as one with three channels that are all alike."""

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import described, needs_map
from bricks.problem import HERE, Problem, Remove, Repair
from bricks.words import N_, Text

CHANNELS = 3


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(height, width, 3)."""
    return needs_map(gets) or _not_grey(gets) or (*gets[:2], CHANNELS)


def _not_grey(gets: Shape) -> Problem | None:
    """The picture has colours already."""
    if gets[2] == 1:
        return None
    return Problem(
        needs=Text(N_("a map with one channel: a grey picture")),
        got=described(gets),
        do=Text(N_("Take it away: only grey has to be repeated.")),
        repair=Repair(Text(N_("Take this brick away")), (Remove(HERE),)),
        strict=Text(N_("Keras would repeat every channel.")),
    )


BRICK = Brick(
    kind="RepeatChannels",
    family="convolution",
    order=85,
    said=N_("Grey to three channels"),
    about=N_(
        "Repeats the one channel of a grey picture, so that it has three, as a "
        "pretrained base needs."
    ),
    search=N_("gray grey rgb colour color three channels repeat mnist base"),
    looks=Looks("widen"),
    # Of Keras' layers without weights only this one can repeat along the last axis:
    # for it, the channel is the width of a picture whose channels come first.
    prints=("UpSampling2D", "(1, 3)", 'data_format="channels_first"'),
    gives=gives,
)
