"""A kernel that reaches farther than the map."""

from collections.abc import Iterator, Sequence

from bricks.advice.rows import rows, setting
from bricks.advice.rule import Advice, Rule
from bricks.problem import Repair, Set
from bricks.tower import Tower
from bricks.walk import Stage
from bricks.words import N_, Text, size

NAME = "kernel_beyond_map"
KINDS = ("Conv2D", "SeparableConv2D", "DepthwiseConv2D")


def look(tower: Tower, stages: Sequence[Stage]) -> Iterator[Advice]:
    """Every convolution of which some kernel weights only ever meet zeros."""
    for row in rows(stages):
        for stage in row.stages:
            useful = _useful(stage)
            if useful:
                told = {"kernel": size(_kernel(stage)), "map": size(stage.gets)}
                said = N_("The kernel of {kernel} is larger than a map of {map} needs.")
                value = useful[0] if useful[0] == useful[1] else useful
                set_to = N_("Set {setting} to {size}")
                label = Text(set_to, {"setting": "kernel_size", "size": size(useful)})
                repair = Repair(label, (Set("kernel_size", value),))
                yield Advice(NAME, stage.placed.id, Text(said, told), repair)


def _useful(stage: Stage) -> tuple[int, int] | None:
    """The largest kernel that meets the map everywhere; None where it is no larger."""
    kernel = _kernel(stage) if stage.placed.kind in KINDS else None
    if kernel is None or setting(stage, "padding") != "same":
        return None
    if stage.gets is None or setting(stage, "dilation_rate") not in (1, (1, 1)):
        return None
    height, width, _ = stage.gets
    useful = min(kernel[0], 2 * height - 1), min(kernel[1], 2 * width - 1)
    return useful if useful != kernel else None


def _kernel(stage: Stage) -> tuple[int, int] | None:
    value = setting(stage, "kernel_size")
    return (value, value) if isinstance(value, int) else value


RULE = Rule(
    name=NAME,
    order=35,
    title=N_("No kernel larger than the map"),
    why=N_(
        "padding same lays zeros around the map. On a small map the outer weights of "
        "a large kernel only ever meet these zeros: they cost time and learn nothing."
    ),
    source="Dumoulin & Visin, A guide to convolution arithmetic (2016)",
    look=look,
)
