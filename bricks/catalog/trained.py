"""Trained: a tower of one's own, sealed with what it learned, as a base."""

from collections.abc import Iterator

from bricks.brick import Looks, Settings, Shape, Trained, WeightsFile
from bricks.param import Flag
from bricks.problem import HERE, Problem, Remove, Repair
from bricks.sealed import WEIGHTS, Sealed, SealedTower, read, stages
from bricks.tower import Placed
from bricks.walk import Stage
from bricks.words import N_, Text, size

ENDING = ".weights.h5"
_AWAY = Repair(Text(N_("Take this brick away")), (Remove(HERE),))


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """What the sealed bricks give, where all weights keep their shapes."""
    inner = read(settings["tower"])
    if inner is None:
        return Problem(
            needs=Text(N_("a tower of your own that was trained")),
            got=Text(N_("none")),
            do=Text(N_("Choose one: a run of yours, or a .keras file.")),
            repair=_AWAY,
        )
    placed = stages(settings["tower"], gets)
    wrong = next((stage for stage in placed if stage.gives is None), None)
    trained = stages(settings["tower"], inner.shape)
    if wrong is None and _weights(placed) == _weights(trained):
        shape = placed[-1].gives
        assert shape is not None
        return shape
    return Problem(
        needs=Text(N_("{size}, on which it was trained"), {"size": size(inner.shape)}),
        got=Text("{size}", {"size": size(gets)}),
        do=Text(N_("Put it on data of that size, or put a Resizing under it.")),
        repair=_AWAY,
    )


def _weights(placed: tuple[Stage, ...]) -> list[tuple[int, int]]:
    """What the shapes of all weights follow from."""
    return [
        (stage.weights, (stage.gets or (0,))[-1])
        for each in placed
        for stage in each
        if stage.weights
    ]


def weights(gets: Shape, settings: Settings) -> int:
    """All weights of the sealed bricks."""
    return sum(stage.weights for stage in stages(settings["tower"], gets))


def fixed(gets: Shape, settings: Settings) -> int:
    """Those that training leaves alone: of the bricks behind the padlock all, of the
    others what moves by itself, since the base answers as it was tested."""
    frozen = settings["frozen"]
    placed = stages(settings["tower"], gets)
    if isinstance(frozen, bool):
        frozen = len(placed) if frozen else 0
    return sum(
        stage.weights if n < frozen else stage.fixed for n, stage in enumerate(placed)
    )


def madds(gets: Shape, gives: Shape, settings: Settings) -> int:
    """Multiply-adds of the sealed bricks for one example."""
    return sum(stage.madds for stage in stages(settings["tower"], gets))


def file(settings: Settings) -> WeightsFile:
    """The file of what it learned, which no network has."""
    return WeightsFile(f"{settings['weights']}{ENDING}", "", None)


def names(settings: Settings) -> tuple[str, ...]:
    """The sealed bricks, from the ground up."""
    inner = read(settings["tower"])
    return tuple(_names(inner.bricks)) if inner else ()


def _names(bricks: tuple[Placed, ...]) -> Iterator[str]:
    for placed in bricks:
        yield placed.name or placed.kind


BRICK = Trained(
    kind="Trained",
    family="base",
    order=90,
    said=N_("A tower of your own"),
    about=N_(
        "An earlier run of yours, or a .keras file, up to its features, with all that "
        "it learned."
    ),
    search=N_("own trained model run keras file transfer earlier saved base"),
    looks=Looks("sealed"),
    params=(
        Flag(
            name="frozen",
            default=True,
            help=N_("Shut: what it learned stays. Open: it learns on."),
        ),
        Sealed(name="weights", most=60, pattern=WEIGHTS),
        SealedTower(name="tower"),
        Sealed(name="title"),
    ),
    gives=gives,
    weights=weights,
    fixed=fixed,
    madds=madds,
    module="",
    scales=True,
    file=file,
    names=names,
)
