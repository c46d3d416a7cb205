"""Residual: what comes in is added to what the bricks inside make of it."""

from bricks.brick import Container, Looks, Settings, Shape
from bricks.merge import alike
from bricks.problem import Problem
from bricks.tower import Placed
from bricks.words import N_


def joins(
    placed: Placed, gets: Shape, each: tuple[Shape, ...], settings: Settings
) -> Shape | Problem:
    """The shape of both, which must be the same: the body's and the shortcut's."""
    return alike(placed, each) or each[0]


BRICK = Container(
    kind="Residual",
    family="container",
    order=20,
    said=N_("Residual"),
    about=N_(
        "Adds its input to what its body gives, by a bridge over the side, so that "
        "even a very high tower learns. The bridge may hold bricks, too."
    ),
    search=N_("skip shortcut resnet add bridge identity vanishing gradient deep"),
    looks=Looks("bridge"),
    towers=("body", "shortcut"),
    least=2,
    most=2,
    joins=joins,
)
