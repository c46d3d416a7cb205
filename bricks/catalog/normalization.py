"""Normalization: every number minus a mean, divided by a spread, both given."""

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import needs_numbers
from bricks.normalization import once_each
from bricks.param import Flag, Real
from bricks.problem import Problem, Repair, Set
from bricks.words import N_, Text

_GIVEN = (("mean", 0.5), ("variance", 0.25))


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """The shape it gets."""
    mean, variance = settings["mean"], settings["variance"]
    if mean is None or variance is None:
        return needs_numbers(gets) or _not_given(mean is variance)
    return needs_numbers(gets) or _uneven(gets[-1], mean, variance) or gets


def _not_given(none: bool) -> Problem:
    """Mean or variance is missing; Keras takes it where both are."""
    adapted = Text(
        N_("Keras would leave the numbers as they are until it is adapted to data.")
    )
    return Problem(
        needs=Text(N_("a mean and a variance")),
        got=Text(N_("none")),
        do=Text(N_("Give both; numbers from 0 to 1 have a mean near 0.5.")),
        repair=_start(N_("Set mean and variance")),
        strict=adapted if none else None,
    )


def _uneven(channels: int, *given: float | tuple[float, ...]) -> Problem | None:
    """Numbers for each channel, but not as many as there are channels."""
    counts = {len(row) if isinstance(row, tuple) else 0 for row in given}
    if counts in ({0}, {channels}):
        return None
    return Problem(
        needs=Text(
            N_("one mean and one variance, or {count} of each"), {"count": channels}
        ),
        got=Text(N_("another number of them")),
        do=Text(N_("Give one for each channel, or one for all.")),
        repair=_start(N_("Set one mean and one variance")),
        strict=Text(N_("Keras would use the one number for every channel.")),
    )


def _start(label: str) -> Repair:
    return Repair(Text(label), tuple(Set(name, value) for name, value in _GIVEN))


BRICK = Brick(
    kind="Normalization",
    family="normalization",
    order=50,
    said=N_("Normalization with given figures"),
    about=N_(
        "Takes a mean away and divides by the root of a variance, both of which you "
        "give, as models trained by others ask for."
    ),
    search=N_("normalize mean variance standardize imagenet preprocess"),
    looks=Looks("ruled", plate=True),
    start=dict(_GIVEN),
    params=(
        Real(
            name="mean",
            default=None,
            optional=True,
            several=True,
            help=N_("The mean of the data: one number, or one for each channel."),
        ),
        Real(
            name="variance",
            default=None,
            optional=True,
            several=True,
            least=0.0,
            help=N_("Their variance, the square of the standard deviation."),
        ),
        Flag(
            name="invert",
            default=False,
            more=True,
            help=N_("Whether it goes the other way, back to the data's own numbers."),
        ),
    ),
    gives=gives,
    madds=once_each,
)
