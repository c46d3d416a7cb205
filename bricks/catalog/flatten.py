"""Flatten: a map or a sequence becomes one long row of numbers."""

from math import prod

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import needs_numbers
from bricks.problem import Problem
from bricks.words import N_


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(features,): all numbers of `gets` in a row."""
    return needs_numbers(gets) or (prod(gets),)


BRICK = Brick(
    kind="Flatten",
    family="core",
    order=10,
    said=N_("Flatten"),
    about=N_("Lays the whole map out as one row, so that a Dense can take it."),
    search=N_("vector row map unroll reshape"),
    looks=Looks("roof"),
    gives=gives,
)
