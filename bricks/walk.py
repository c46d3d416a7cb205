"""The walk: what every brick of a tower gets and gives, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import prod
from typing import Any

from bricks.amiss import bad_setting
from bricks.bases import KINDS
from bricks.bases.fitting import at_the_data
from bricks.brick import FLOAT, Answer, Base, Container, Data, Label, Shape
from bricks.catalog import catalog
from bricks.fit import on_a_base
from bricks.mend import mended
from bricks.problem import HERE, Problem, Remove, Repair, Set
from bricks.tower import TOP, Placed, Ref, Tower
from bricks.words import N_, Text

MOST_LAYERS = 1_000  # in a container
Values = Mapping[str, Any]  # of the parameters of the Blocks around


@dataclass(frozen=True)
class Stage:
    """What a walk says of one placed brick.

    `gets` and `gives` are shapes without the batch axis, None where a problem below
    leaves them unknown; `fixed` are those of the `weights` that training leaves alone,
    and `trained_madds` those of the `madds` that a gradient goes back through; `memory`
    is the bytes of what it gives, for one example, or of all that a base keeps for its
    training; `within` those that a base holds at its widest place. The figures of a
    container are those of all that is `inner`, repeats included; the stages of `inner`
    show the first round, and stand on a floor that gives `floor`.
    """

    placed: Placed
    gets: Shape | None = None
    gives: Shape | None = None
    weights: int = 0
    fixed: int = 0
    madds: int = 0
    memory: int = 0
    problem: Problem | None = None
    trained_madds: int = 0
    within: int = 0
    inner: tuple[tuple[Stage, ...], ...] = ()
    floor: Shape | None = None

    def __iter__(self) -> Iterator[Stage]:
        """This stage and all inside."""
        yield self
        for stages in self.inner:
            for stage in stages:
                yield from stage


def walk(tower: Tower) -> list[Stage]:
    """A stage for every brick, from the data brick up to the label brick."""
    ground = _ground(tower.data)
    stages = [ground, *climb(tower.bricks, ground.gives)]
    stages = [*_mended_below(stages)] if _has_sizes(tower.data) else stages
    label = _label(tower, stages)
    return [*stages, label] if label else stages


def _has_sizes(data: Placed) -> bool:
    """Whether size and channels of the pictures are settings of the data brick."""
    brick = catalog().get(data.kind)
    return brick is not None and {"image_size", "channels"} <= set(brick.by_name)


def _mended_below(stages: Iterable[Stage]) -> Iterator[Stage]:
    """The stages; a base that stands right on such pictures is mended at the data."""
    same = True  # the pictures are still as the data brick gives them
    for stage in stages:
        found = stage.problem
        if same and found and stage.placed.kind in KINDS:
            stage = replace(stage, problem=at_the_data(found))
        same = same and stage.gets in (None, stage.gives)
        yield stage


def every(stages: Iterable[Stage]) -> Iterator[Stage]:
    """The stages and those inside of containers, from the ground up."""
    for stage in stages:
        yield from stage


def climb(
    bricks: tuple[Placed, ...], gets: Shape | None, values: Values | None = None
) -> tuple[Stage, ...]:
    """The stages of bricks on top of each other, from what the lowest gets."""
    stages: list[Stage] = []
    for n, placed in enumerate(bricks):
        stage = step(placed, gets, values)
        brick = catalog().get(placed.kind)
        if brick and brick.under and stage.gives:
            above = bricks[n + 1] if n + 1 < len(bricks) else None
            stage = replace(stage, problem=brick.under(placed, above))
        below = catalog().get(bricks[n - 1].kind) if n else None
        if isinstance(below, Base) and stage.problem:
            stage = replace(
                stage, problem=on_a_base(stage.problem, isinstance(brick, Base))
            )
        stages.append(stage)
        gets = stage.gives
    return tuple(stages)


def step(placed: Placed, gets: Shape | None, values: Values | None = None) -> Stage:
    """The stage of one brick on a brick that gives `gets`; `values` are those of the
    parameters of the Blocks around it."""
    values = values or {}
    brick = catalog().get(placed.kind)
    if brick is None or isinstance(brick, Data | Label):
        return Stage(placed, gets, problem=_unknown(placed))
    known = placed.resolved(values)
    problem = bad_setting(brick, known)
    if isinstance(brick, Container):
        return _container(brick, placed, gets, {**values, **placed.parameters}, problem)
    if problem or gets is None:
        return Stage(placed, gets, problem=problem)
    settings = brick.full(known.settings)
    gives = brick.gives(gets, settings)
    if isinstance(gives, Problem):
        return Stage(placed, gets, problem=gives)
    madds = brick.madds(gets, gives, settings)
    trained = brick.trained_madds
    return Stage(
        placed,
        gets,
        gives,
        brick.weights(gets, settings),
        brick.fixed(gets, settings),
        madds,
        brick.memory(gets, gives, settings),
        trained_madds=trained(gets, gives, settings) if trained else madds,
        within=brick.within(gets, gives, settings),
    )


def _container(
    brick: Container,
    placed: Placed,
    gets: Shape | None,
    values: Values,
    problem: Problem | None,
) -> Stage:
    """A container: its inner towers from their floors, then what it makes of them."""
    problem = problem or _holds_not(brick, placed) or _too_many(placed, values)
    settings = {} if problem else brick.full(placed.resolved(values).settings)
    floor = None if problem or gets is None else brick.enters(gets, settings)
    if isinstance(floor, Problem):
        problem, floor = floor, None
    inner = tuple(climb(tower, floor, values) for tower in placed.inner)
    stage = Stage(placed, gets, problem=problem, inner=inner, floor=floor)
    if problem or gets is None or floor is None:
        return stage
    each = tuple(_top(stages, floor) for stages in inner)
    if None in each:
        return stage
    times = brick.times(gets, settings)
    first = _summed(stage, (s for stages in inner for s in stages), times)
    rest = _more_rounds(first, brick, settings, each, values)
    if rest.problem:
        return rest
    joined = _joined(rest, brick, settings, each if rest is first else (rest.gives,))
    if joined.problem is None:
        return joined

    def join(changed: Placed) -> Problem | None:
        towers = (climb(tower, floor, values) for tower in changed.inner)
        tops = tuple(_top(stages, floor) for stages in towers)
        if None in tops:
            return joined.problem
        return _joined(rest, brick, settings, tops).problem

    return replace(joined, problem=mended(placed, joined.problem, join))


def _holds_not(brick: Container, placed: Placed) -> Problem | None:
    """The problem of a container in one that can't hold it."""
    for other in (b for tower in placed.inner for b in tower):
        unfit = isinstance(catalog().get(other.kind), Container)
        if brick.holds is None or not unfit or other.kind in brick.holds:
            continue
        named = {"kind": other.kind}
        return Problem(
            needs=Text(N_("only single bricks inside")),
            got=Text(N_("a {kind}"), named),
            do=Text(N_("Take the {kind} out of it."), named),
            repair=Repair(Text(N_("Take the {kind} away"), named), (Remove(other.id),)),
        )
    return None


def _too_many(placed: Placed, values: Values) -> Problem | None:
    """The problem of a container that repeats more layers than Keras can build in a
    time that anybody waits for."""
    count = _layers(placed, values)
    repeat = placed.resolved(values).settings.get("repeat", 1)
    if count <= MOST_LAYERS or not isinstance(repeat, int):
        return None
    fits = max(1, MOST_LAYERS * repeat // count)
    mend = None
    if repeat > 1 and not isinstance(placed.settings.get("repeat"), Ref):
        label = Text(N_("Set {setting} to {size}"), {"setting": "repeat", "size": fits})
        mend = Repair(label, (Set("repeat", fits),))
    return Problem(
        needs=Text(N_("at most {most} layers"), {"most": MOST_LAYERS}),
        got=Text(N_("{count} layers"), {"count": count}),
        do=Text(N_("Repeat less often.")),
        repair=mend,
        strict=Text(N_("Keras would take them, and minutes to build them.")),
    )


def _layers(placed: Placed, values: Values) -> int:
    """How many layers a brick comes to, repeats included."""
    if not placed.inner:
        return 1
    values = {**values, **placed.parameters}
    repeat = placed.resolved(values).settings.get("repeat", 1)
    rounds = repeat if isinstance(repeat, int) else 1
    return rounds * sum(_layers(b, values) for tower in placed.inner for b in tower)


def _top(stages: tuple[Stage, ...], floor: Shape) -> Shape | None:
    return stages[-1].gives if stages else floor


def _summed(stage: Stage, parts: Iterable[Stage], times: int = 1) -> Stage:
    """The stage with the figures of its parts added; what runs several `times` for an
    example has its weights once."""
    more = list(parts)
    return replace(
        stage,
        weights=stage.weights + sum(part.weights for part in more),
        fixed=stage.fixed + sum(part.fixed for part in more),
        madds=stage.madds + times * sum(part.madds for part in more),
        trained_madds=stage.trained_madds
        + times * sum(part.trained_madds for part in more),
        memory=stage.memory + times * sum(part.memory for part in more),
        within=max((part.within * times for part in more), default=stage.within),
    )


def _more_rounds(
    stage: Stage,
    brick: Container,
    settings: Mapping[str, Any],
    each: tuple[Shape | None, ...],
    values: Values,
) -> Stage:
    """The rounds of a Block after the first, each on top of the last."""
    shape = each[0]
    bricks = stage.placed.inner[0] if stage.placed.inner else ()
    for number in range(2, settings.get("repeat", 1) + 1):
        stages = climb(bricks, shape, values)
        wrong = next((s.problem for s in every(stages) if s.problem), None)
        if wrong:
            return replace(stage, problem=_late(wrong, number, stage))
        shape = _top(stages, shape) if shape is not None else None
        stage = replace(_summed(stage, stages), gives=shape)
    return stage


def _late(wrong: Problem, number: int, stage: Stage) -> Problem:
    """The problem of a Block whose bricks fit at first, but not in a later round."""
    do = Text(
        N_("In round {number} its bricks no longer fit: {why}"),
        {"number": number, "why": wrong.do},
    )
    label = Text(
        N_("Set {setting} to {size}"), {"setting": "repeat", "size": number - 1}
    )
    repair = Repair(label, (Set("repeat", number - 1),))
    if isinstance(stage.placed.settings.get("repeat"), Ref):
        return Problem(wrong.needs, wrong.got, do)
    return Problem(wrong.needs, wrong.got, do, repair)


def _joined(
    stage: Stage,
    brick: Container,
    settings: Mapping[str, Any],
    each: tuple[Shape | None, ...],
) -> Stage:
    known = tuple(shape for shape in each if shape is not None)
    assert stage.gets is not None
    gives = brick.joins(stage.placed, stage.gets, known, settings)
    if isinstance(gives, Problem):
        return replace(stage, gives=None, problem=gives)
    join = 0 if len(known) == 1 else prod(gives) * FLOAT
    return replace(stage, gives=gives, memory=stage.memory + join)


def _ground(placed: Placed) -> Stage:
    brick = catalog().get(placed.kind)
    if not isinstance(brick, Data):
        return Stage(placed, problem=_unknown(placed))
    problem = bad_setting(brick, placed)
    if problem:
        return Stage(placed, problem=problem)
    gives = brick.gives((), brick.full(placed.settings))
    assert not isinstance(gives, Problem)
    return Stage(placed, gives=gives, memory=prod(gives) * FLOAT)


def _label(tower: Tower, stages: list[Stage]) -> Stage | None:
    data = catalog().get(tower.data.kind)
    if not isinstance(data, Data):
        return None
    label = label_brick(tower.data)
    placed = Placed(label.kind, id=TOP)
    shape, example = stages[-1].gives, stages[0].gives
    if shape is None or example is None:
        return Stage(placed)
    classes = len(data.answers(data.full(tower.data.settings)))
    problem = label.check(_answer(tower, shape, example, classes))
    return Stage(placed, shape, None if problem else shape, problem=problem)


def label_brick(data: Placed) -> Label:
    """The label brick of a tower on this data brick."""
    brick = catalog()[data.kind]
    assert isinstance(brick, Data)
    kind = brick.label(data.settings)
    label = catalog().get(kind if kind in brick.labels else brick.labels[0])
    assert isinstance(label, Label)
    return label


def _answer(tower: Tower, shape: Shape, example: Shape, classes: int) -> Answer:
    """What stands at the top: the last activation, and the Dense that it belongs to."""
    line = tuple(_line(tower.bricks, {}))
    top = line[-1] if line else None
    dense = next(_down_to_dense(line), None)
    brick = catalog().get(top.kind) if top else None
    activation = brick.ends_with(brick.full(top.settings)) if brick and top else None
    based = any(isinstance(catalog().get(placed.kind), Base) for placed in line)
    return Answer(shape, activation, top, dense, example, classes, based)


def _line(bricks: tuple[Placed, ...], values: Values) -> Iterator[Placed]:
    """The bricks in the tower's line, those of Blocks in place of the Blocks."""
    for placed in bricks:
        if placed.kind == "Block" and placed.inner:
            yield from _line(placed.inner[0], {**values, **placed.parameters})
        else:
            yield placed.resolved(values)


def _down_to_dense(line: tuple[Placed, ...]) -> Iterator[Placed]:
    for placed in reversed(line):
        if placed.kind == "Dense":
            yield placed
        if catalog()[placed.kind].family not in ("activation", "regularization"):
            return


def _unknown(placed: Placed) -> Problem:
    return Problem(
        needs=Text(N_("a brick that this Brickyard has")),
        got=Text("{kind}", {"kind": placed.kind}),
        do=Text(N_("Take it away, or open the tower in a newer Brickyard.")),
        repair=Repair(Text(N_("Take this brick away")), (Remove(HERE),)),
    )
