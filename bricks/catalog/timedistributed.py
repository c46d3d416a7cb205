"""TimeDistributed: the same bricks for every step of a sequence."""

from bricks.brick import Container, Looks, Settings, Shape
from bricks.problem import HERE, Problem, Remove, Repair
from bricks.tower import Placed
from bricks.words import N_, Text, size


def enters(gets: Shape, settings: Settings) -> Shape | Problem:
    """One step of the sequence: `gets` without its first axis."""
    if len(gets) > 1:
        return gets[1:]
    return Problem(
        needs=Text(N_("steps one after another: a sequence, or pictures in a row")),
        got=Text(N_("a vector of {size}"), {"size": size(gets)}),
        do=Text(N_("Put it where the tower still has steps.")),
        repair=Repair(Text(N_("Take this brick away")), (Remove(HERE),)),
    )


def joins(
    placed: Placed, gets: Shape, each: tuple[Shape, ...], settings: Settings
) -> Shape:
    """(steps, ...): what one step gives, for every step."""
    return (gets[0], *each[0])


BRICK = Container(
    kind="TimeDistributed",
    family="container",
    order=40,
    said=N_("For every step"),
    about=N_("Lets the same bricks, with the same weights, look at every step."),
    search=N_("time step sequence every video frame distributed same"),
    looks=Looks("film"),
    towers=("step",),
    holds=("TimeDistributed",),
    enters=enters,
    joins=joins,
    times=lambda gets, settings: gets[0],
)
