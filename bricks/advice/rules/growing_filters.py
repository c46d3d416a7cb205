"""More filters where the map is smaller."""

from collections.abc import Iterator, Sequence

from bricks.advice.rows import CONVOLUTIONS, Row, answers_itself, bound, brick, rows
from bricks.advice.rule import Advice, Rule
from bricks.problem import Repair, Set
from bricks.tower import Tower
from bricks.walk import Stage
from bricks.words import N_, Text

NAME = "growing_filters"
ENOUGH = 256
GROWING = ("UpSampling2D", "Conv2DTranspose")


def look(tower: Tower, stages: Sequence[Stage]) -> Iterator[Advice]:
    """The first convolution on a smaller map that has no more filters than before,
    in a row where the filters never grow."""
    for row in () if answers_itself(stages) else rows(stages):
        for before, stage in _after_pooling(row):
            assert stage.gives
            filters = stage.gives[-1]
            said = N_(
                "The map has become smaller, but {count} filters are no more "
                "than the {before} before."
            )
            more = min(2 * before, ENOUGH)
            label = Text(
                N_("Set {setting} to {size}"), {"setting": "filters", "size": more}
            )
            yield Advice(
                NAME,
                stage.placed.id,
                Text(said, {"count": filters, "before": before}),
                Repair(label, (Set("filters", more),)),
            )


def _after_pooling(row: Row) -> Iterator[tuple[int, Stage]]:
    """Such convolutions, each with the number of filters of the one below; none where
    the map grows again, so that the filters may well become fewer."""
    if any(stage.placed.kind in GROWING for stage in row.stages):
        return
    before, grown, pooled = 0, False, False
    for stage in row.stages:
        pooled = pooled or _shrinks(stage)
        if stage.placed.kind not in CONVOLUTIONS or not stage.gives:
            continue
        filters = stage.gives[-1]
        too_few = filters < before or (filters == before and not grown)
        if pooled and before and too_few and filters < ENOUGH:
            if not bound(stage, "filters"):
                yield before, stage
            return
        grown = grown or 0 < before < filters
        before, pooled = filters, False


def _shrinks(stage: Stage) -> bool:
    """Whether it gives a map of less than two thirds of the height."""
    if brick(stage).family not in ("pooling", "convolution"):
        return False
    gets, gives = stage.gets or (), stage.gives or ()
    return len(gets) == len(gives) > 1 and 3 * gives[0] < 2 * gets[0]


RULE = Rule(
    name=NAME,
    order=60,
    title=N_("More filters after pooling"),
    why=N_(
        "Each pooling leaves fewer places, and what is found at each place gets more "
        "manifold: strokes, then shapes, then parts. Usually the filters double when "
        "the map is halved."
    ),
    source="Simonyan & Zisserman, Very Deep Convolutional Networks (2015)",
    look=look,
)
