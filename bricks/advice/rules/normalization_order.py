"""BatchNormalization between a layer and its function."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bricks.advice.rows import CONVOLUTIONS, activation, rows
from bricks.advice.rule import Advice, Rule
from bricks.problem import Put, Repair, Set
from bricks.tower import Tower
from bricks.walk import Stage
from bricks.words import N_, Text

NAME = "normalization_order"
KINDS = ("Dense", "DepthwiseConv2D", "Conv2DTranspose", *CONVOLUTIONS)


def look(tower: Tower, stages: Sequence[Stage]) -> Iterator[Advice]:
    """Every BatchNormalization on a layer that has its function already."""
    for row in rows(stages):
        for layer, stage in pairwise(row.stages):
            name = activation(layer) if layer.placed.kind in KINDS else None
            if name and stage.placed.kind == "BatchNormalization":
                told = {"kind": layer.placed.kind, "name": name}
                said = N_(
                    "Here {kind} sends its numbers through {name} and then they are "
                    "normalized; the usual order is the other way round."
                )
                repair = _repair(layer, stage, name)
                yield Advice(NAME, stage.placed.id, Text(said, told), repair)


def _repair(layer: Stage, stage: Stage, name: str) -> Repair:
    above = Put("Activation", {"activation": name}, after=stage.placed.id)
    label = Text(N_("Put {name} on the BatchNormalization"), {"name": name})
    return Repair(label, (Set("activation", None, at=layer.placed.id), above))


RULE = Rule(
    name=NAME,
    order=45,
    title=N_("Normalize before the function"),
    why=N_(
        "The paper on BatchNormalization, and the ResNets of Keras, normalize the "
        "sums and then send them through relu. Both orders learn, and some towers do "
        "better with the one that stands here: try both."
    ),
    source="Ioffe & Szegedy, Batch Normalization (2015); keras.applications",
    look=look,
)
