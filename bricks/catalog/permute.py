"""Permute: the axes in another order, as height and width exchanged."""

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import described, needs_numbers
from bricks.problem import Problem, Repair, Set
from bricks.tuples import Sizes
from bricks.words import N_, Text


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """`gets` with its axes, counted from 1, in the order of `dims`."""
    dims = settings["dims"]
    if sorted(dims) != list(range(1, len(gets) + 1)):
        return needs_numbers(gets) or _every_axis(gets)
    return needs_numbers(gets) or tuple(gets[axis - 1] for axis in dims)


def _every_axis(gets: Shape) -> Problem:
    axes = tuple(range(1, len(gets) + 1))
    swapped = (*axes[:2][::-1], *axes[2:])
    return Problem(
        needs=Text(
            N_("every axis once: the numbers 1 to {count}"), {"count": axes[-1]}
        ),
        got=described(gets),
        do=Text(N_("Name each axis of what it gets once.")),
        repair=Repair(
            Text(N_("Set {setting} to {size}"), {"setting": "dims", "size": swapped}),
            (Set("dims", swapped),),
        ),
    )


BRICK = Brick(
    kind="Permute",
    family="core",
    order=40,
    said=N_("Permute"),
    about=N_("Gives the axes another order: (2, 1, 3) exchanges height and width."),
    search=N_("transpose swap exchange axes order turn rows columns"),
    looks=Looks("permute"),
    start={"dims": (2, 1, 3)},
    params=(
        Sizes(
            name="dims",
            positional=True,
            most=4,
            examples=((1,), (2, 1), (2, 1, 3), (3, 1, 2)),
            help=N_("The axes, counted from 1, in their new order."),
        ),
    ),
    gives=gives,
)
