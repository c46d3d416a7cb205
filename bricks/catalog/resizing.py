"""Resizing: every picture in another size."""

from bricks.augmentation import HEIGHT, WIDTH, sized
from bricks.brick import Brick, Looks, Settings, Shape
from bricks.param import Choice, Flag, Real
from bricks.problem import Problem, Repair, Set
from bricks.words import N_, Text


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(height, width, channels) of the settings' height and width."""
    both = settings["crop_to_aspect_ratio"] and settings["pad_to_aspect_ratio"]
    shape = sized(gets, settings)
    return _one_of_them() if both and not isinstance(shape, Problem) else shape


def _one_of_them() -> Problem:
    name = "pad_to_aspect_ratio"
    return Problem(
        needs=Text(N_("either crop_to_aspect_ratio or pad_to_aspect_ratio")),
        got=Text(N_("both")),
        do=Text(N_("Switch one of them off.")),
        repair=Repair(
            Text(N_("Switch {setting} off"), {"setting": name}), (Set(name, False),)
        ),
        strict=Text(N_("Keras would only notice when the tower runs.")),
    )


BRICK = Brick(
    kind="Resizing",
    family="augmentation",
    order=90,
    said=N_("Resizing"),
    about=N_("Gives every picture another size, larger or smaller."),
    search=N_("scale size smaller larger shrink enlarge resize picture half"),
    looks=Looks("frame", left="height", right="width"),
    start={"height": 32, "width": 32},
    params=(
        HEIGHT,
        WIDTH,
        Choice(
            name="interpolation",
            default="bilinear",
            choices=("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5"),
            help=N_("nearest repeats; bilinear and the others blend what is near."),
        ),
        Flag(
            name="crop_to_aspect_ratio",
            default=False,
            help=N_("Whether it cuts off what would distort the picture."),
        ),
        Flag(
            name="pad_to_aspect_ratio",
            default=False,
            help=N_("Whether it adds a rim where it would distort the picture."),
        ),
        Real(
            name="fill_value",
            default=0.0,
            more=True,
            help=N_("The number that such a rim is filled with."),
        ),
        Flag(
            name="antialias",
            default=False,
            more=True,
            help=N_("Whether it smooths what becomes smaller."),
        ),
    ),
    gives=gives,
)
