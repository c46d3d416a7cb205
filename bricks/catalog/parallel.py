"""Parallel: branches side by side, and a way to bring them together."""

from bricks.brick import Container, Looks, Settings, Shape
from bricks.merge import LAYERS, alike, beside
from bricks.param import Choice
from bricks.problem import Problem
from bricks.tower import Placed
from bricks.words import N_


def joins(
    placed: Placed, gets: Shape, each: tuple[Shape, ...], settings: Settings
) -> Shape | Problem:
    """Concatenated along the last axis, or merged number by number."""
    if settings["merge"] != "concatenate":
        return alike(placed, each) or each[0]
    return beside(each) or (*each[0][:-1], sum(shape[-1] for shape in each))


BRICK = Container(
    kind="Parallel",
    family="container",
    order=30,
    said=N_("Parallel"),
    about=N_(
        "Branches side by side that all get the same; what they give comes together "
        "on top. Inception is made of these."
    ),
    search=N_("branch inception concatenate merge add side by side columns googlenet"),
    looks=Looks("columns"),
    towers=("branch",),
    least=2,
    most=16,
    params=(
        Choice(
            name="merge",
            default="concatenate",
            choices=tuple(LAYERS),
            help=N_(
                "How the branches come together: beside each other, or number by "
                "number."
            ),
        ),
    ),
    joins=joins,
)
