"""Reshape: the same numbers in another order of rows, columns and channels."""

from math import prod

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import needs_numbers
from bricks.problem import Problem, Repair, Set
from bricks.tuples import Sizes
from bricks.words import N_, Text, size


def shaped(count: int, target: Shape) -> Shape | None:
    """`target` with what -1 stands for, or None where `count` numbers don't fill it.

    >>> shaped(784, (28, -1)), shaped(784, (28, 30))
    ((28, 28), None)
    """
    known = prod(n for n in target if n != -1)
    if target.count(-1) != 1 or known <= 0 or count % known:
        return target if known == count and -1 not in target else None
    return tuple(count // known if n == -1 else n for n in target)


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """`target_shape`."""
    target = settings["target_shape"]
    return needs_numbers(gets) or shaped(prod(gets), target) or _other(gets, target)


def _other(gets: Shape, target: Shape) -> Problem:
    """As many numbers as `gets` has; the repair changes the last side, or flattens."""
    count = prod(gets)
    fitting = shaped(count, (*(abs(n) for n in target[:-1]), -1)) or (count,)
    values = {"setting": "target_shape", "size": size(fitting)}
    return Problem(
        needs=Text(N_("a target_shape of {count} numbers"), {"count": count}),
        got=Text("{size}", {"size": size(target)}),
        do=Text(N_("The sizes multiplied must give {count}."), {"count": count}),
        repair=Repair(
            Text(N_("Set {setting} to {size}"), values),
            (Set("target_shape", fitting),),
        ),
    )


BRICK = Brick(
    kind="Reshape",
    family="core",
    order=30,
    said=N_("Reshape"),
    about=N_("Puts the same numbers into another shape: a row of 784 into 28×28×1."),
    search=N_("shape vector map rows columns fold unflatten sequence"),
    looks=Looks("reshape"),
    start={"target_shape": (-1, 1)},
    params=(
        Sizes(
            name="target_shape",
            positional=True,
            least=-1,
            examples=((-1,), (-1, 3), (3, 4), (4, 3, -1), (27, 13), (2, -1, 1, 1)),
            help=N_("The new shape; -1 once, for as many as there are."),
        ),
    ),
    gives=gives,
)
