"""Flatten: a map becomes one long row of numbers."""

from math import prod

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.words import N_


def gives(gets: Shape, settings: Settings) -> Shape:
    """(features,): all numbers of `gets` in a row."""
    return (prod(gets),)


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
