"""RandomCrop: while training, a piece of the picture, each time another one.

At any other time Keras (3.15) lets the whole picture through, in its own size, although
it says that the size is the same; hence a Resizing of that size must stand on it.
"""

from bricks.augmentation import HEIGHT, WIDTH, sized
from bricks.brick import Brick, Looks
from bricks.problem import HERE, Problem, Put, Repair
from bricks.tower import Placed
from bricks.words import N_, Text


def under(placed: Placed, above: Placed | None) -> Problem | None:
    """The problem where no Resizing of its own size stands on it, else None."""
    wanted = {name: placed.settings.get(name) for name in ("height", "width")}
    sizes = {name: above.settings.get(name) for name in wanted} if above else {}
    if above and above.kind == "Resizing" and sizes == wanted:
        return None
    told = {"size": "×".join(map(str, wanted.values()))}
    return Problem(
        needs=Text(N_("a Resizing to {size} on it"), told),
        got=Text(N_("none")),
        do=Text(N_("In a test the whole picture comes through: resize it.")),
        repair=Repair(
            Text(N_("Put a Resizing to {size} on it"), told),
            (Put("Resizing", wanted, after=HERE),),
        ),
        strict=Text(N_("Keras trains, but fails with the first test picture.")),
    )


BRICK = Brick(
    kind="RandomCrop",
    family="augmentation",
    order=80,
    said=N_("Random crop"),
    about=N_(
        "Cuts another piece out of every picture while training. In a test the whole "
        "picture comes through: put a Resizing of the same size on it."
    ),
    search=N_("augment cut piece part smaller more data overfitting"),
    looks=Looks("frame", left="height", right="width"),
    start={"height": 24, "width": 24},
    params=(HEIGHT, WIDTH),
    gives=sized,
    under=under,
)
