"""BatchNormalization under the Dropout, not on it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bricks.advice.rows import is_dropout, rows
from bricks.advice.rule import Advice, Rule
from bricks.problem import Put, Remove, Repair
from bricks.tower import Tower
from bricks.walk import Stage
from bricks.words import N_, Text

NAME = "normalization_after_dropout"


def look(tower: Tower, stages: Sequence[Stage]) -> Iterator[Advice]:
    """Every BatchNormalization that stands on a Dropout."""
    for row in rows(stages):
        for below, stage in pairwise(row.stages):
            if stage.placed.kind == "BatchNormalization" and is_dropout(below):
                said = Text(
                    N_("BatchNormalization stands on a {kind}."),
                    {"kind": below.placed.kind},
                )
                yield Advice(NAME, stage.placed.id, said, _repair(below, stage))


def _repair(below: Stage, stage: Stage) -> Repair:
    dropout = below.placed
    again = Put(dropout.kind, dropout.settings, after=stage.placed.id)
    label = Text(N_("Let them change places"))
    return Repair(label, (again, Remove(at=dropout.id)))


RULE = Rule(
    name=NAME,
    order=40,
    title=N_("First normalize, then drop"),
    why=N_(
        "Dropout makes numbers spread more while training than later, and a "
        "BatchNormalization above it remembers the wrong spread. The other way round "
        "it sees the same numbers always."
    ),
    source="Li et al., Understanding the Disharmony between Dropout and Batch "
    "Normalization (2019)",
    look=look,
)
