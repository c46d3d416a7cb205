"""Trained: a tower of one's own, sealed with what it learned, as a base."""

from collections import Counter
from math import prod

from bricks.brick import FLOAT, Looks, Settings, Shape, Trained, WeightsFile
from bricks.padlock import Padlock
from bricks.problem import HERE, Problem, Put, Remove, Repair, Set
from bricks.sealed import WEIGHTS, Inner, Sealed, SealedTower, read, stages
from bricks.sealed import fixed as still
from bricks.tower import BRANCHING
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
    wrong = _padlock(inner, settings)
    if wrong:
        return wrong
    placed = stages(settings["tower"], gets)
    fits = all(stage.gives is not None for stage in placed)
    trained = stages(settings["tower"], inner.shape)
    if fits and _weights(placed) == _weights(trained):
        shape = placed[-1].gives
        assert shape is not None
        return shape
    return Problem(
        needs=Text(N_("{size}, on which it was trained"), {"size": size(inner.shape)}),
        got=Text("{size}", {"size": size(gets)}),
        do=Text(N_("Put it on data of that size, or put a Resizing under it.")),
        repair=_resized(inner.shape, gets) or _AWAY,
    )


def _resized(shape: Shape, gets: Shape) -> Repair | None:
    """A Resizing under it, where only height and width are others."""
    if len(shape) != 3 or len(gets) != 3 or shape[2] != gets[2]:
        return None
    height, width, _ = shape
    return Repair(
        Text(N_("Put a Resizing to {size} before it"), {"size": size((height, width))}),
        (Put("Resizing", {"height": height, "width": width}),),
    )


def _padlock(inner: Inner, settings: Settings) -> Problem | None:
    """Some of the bricks are frozen where that can't be said by counting them."""
    frozen, count = settings["frozen"], len(inner.bricks) + 1
    in_line = not {one.kind for placed in inner.bricks for one in placed} & BRANCHING
    if isinstance(frozen, bool) or (in_line and frozen <= count):
        return None
    repair = Repair(Text(N_("Freeze all of it")), (Set("frozen", True),))
    if in_line:
        return Problem(
            needs=Text(N_("at most {most} layers"), {"most": count}),
            got=Text(N_("{count} frozen"), {"count": frozen}),
            do=Text(N_("Freeze fewer of its layers, or all.")),
            repair=repair,
        )
    return Problem(
        needs=Text(N_("a padlock that is shut or open, since this tower has branches")),
        got=Text(N_("{count} frozen"), {"count": frozen}),
        do=Text(N_("Freeze all of it, or nothing.")),
        repair=repair,
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
    others what stays as it is in every base."""
    frozen, placed = _frozen(settings), stages(settings["tower"], gets)
    return sum(
        stage.weights if n < frozen else still(stage) for n, stage in enumerate(placed)
    )


def madds(gets: Shape, gives: Shape, settings: Settings) -> int:
    """Multiply-adds of the sealed bricks for one example."""
    return sum(stage.madds for stage in stages(settings["tower"], gets))


def trained_madds(gets: Shape, gives: Shape, settings: Settings) -> int:
    """Those that a gradient goes back through: above what is frozen."""
    placed = stages(settings["tower"], gets)
    return sum(stage.trained_madds for stage in placed[_frozen(settings) :])


def memory(gets: Shape, gives: Shape, settings: Settings) -> int:
    """Bytes that training keeps for one example: what is not frozen gives."""
    placed = stages(settings["tower"], gets)[_frozen(settings) :]
    return sum(stage.memory for stage in placed) or prod(gives) * FLOAT


def within(gets: Shape, gives: Shape, settings: Settings) -> int:
    """Bytes that answering holds for one example at the widest place."""
    placed = stages(settings["tower"], gets)
    held = (prod(s.gets or ()) + prod(s.gives or ()) for s in placed)
    return max(held, default=0) * FLOAT


def _frozen(settings: Settings) -> int:
    """How many of the sealed bricks are frozen, from the ground up; the first of the
    layers that the padlock counts is the input."""
    frozen = settings["frozen"]
    if isinstance(frozen, bool):
        return len(names(settings)) if frozen else 0
    return max(0, int(frozen) - 1)


def file(settings: Settings, gets: Shape = ()) -> WeightsFile:
    """The file of what it learned, which no network has."""
    return WeightsFile(f"{settings['weights']}{ENDING}", "", None)


def names(settings: Settings) -> tuple[str, ...]:
    """The input and the sealed bricks, from the ground up."""
    inner = read(settings["tower"])
    counts: Counter[str] = Counter()
    told = ["input"]
    for placed in inner.bricks if inner else ():
        name = placed.name or placed.kind
        counts[name] += 1
        told.append(f"{name} {counts[name]}" if counts[name] > 1 else name)
    return tuple(told)


BRICK = Trained(
    kind="Trained",
    family="base",
    order=1_000,
    said=N_("A tower of your own"),
    about=N_(
        "An earlier run of yours, or a .keras file, up to its features, with all that "
        "it learned."
    ),
    search=N_("own trained model run keras file transfer earlier saved base"),
    looks=Looks("sealed"),
    params=(
        Sealed(
            name="weights",
            default=None,
            most=60,
            pattern=WEIGHTS,
            help=N_("The file of what it learned; without one its weights are random."),
        ),
        SealedTower(name="tower", help=N_("The bricks that it holds.")),
        Sealed(name="title", help=N_("What the run or the file was called.")),
        Padlock(
            name="frozen",
            default=True,
            help=N_(
                "What training leaves as it is: the whole base, nothing, or its first "
                "bricks up to one that you choose."
            ),
        ),
    ),
    gives=gives,
    weights=weights,
    fixed=fixed,
    madds=madds,
    trained_madds=trained_madds,
    memory=memory,
    within=within,
    module="",
    scales=True,
    file=file,
    names=names,
)
