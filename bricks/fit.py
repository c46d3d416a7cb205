"""The misfits that several bricks share."""

from __future__ import annotations

from bricks.brick import Shape
from bricks.problem import HERE, Problem, Put, Remove, Repair
from bricks.words import N_, Text, size


def needs_map(gets: Shape) -> Problem | None:
    """The problem where `gets` is not (height, width, channels), else None."""
    if len(gets) == 3:
        return None
    return Problem(
        needs=Text(N_("a map: height, width, channels")),
        got=_described(gets),
        do=Text(N_("Move it below the brick that flattens the map.")),
        repair=Repair(Text(N_("Take this brick away")), (Remove(HERE),)),
    )


def needs_vector(gets: Shape) -> Problem | None:
    """The problem where `gets` is not (features,), else None."""
    if len(gets) == 1:
        return None
    return Problem(
        needs=Text(N_("a vector: one row of numbers")),
        got=_described(gets),
        do=Text(N_("Put a Flatten or a global pooling before it.")),
        repair=Repair(Text(N_("Put a Flatten before it")), (Put("Flatten"),)),
        strict=Text(
            N_(
                "Keras would use the same Dense at every place of the map, "
                "which in a classifier is hardly ever meant."
            )
        ),
    )


def _described(gets: Shape) -> Text:
    if len(gets) == 3:
        return Text(N_("a map of {size}"), {"size": size(gets)})
    return Text(N_("a vector of {size}"), {"size": size(gets)})
