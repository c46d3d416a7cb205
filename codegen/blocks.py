"""The functions that the Blocks of a tower print as."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bricks.containers import plan
from bricks.tower import Placed, Ref
from bricks.walk import Stage, every
from codegen.layer import free_name
from codegen.literal import identifier

_OURS = """
load_data build_model train main keras layers os np Path base64 zlib x inputs repeat
shortcut class_weights make_schedule make_callbacks math find_pictures read_sheet
look_at read_picture split_pictures read_rows numbers_in clean split_rows draw_shapes
math io sys csv hashlib argparse unicodedata tempfile inputs base find_weights
find_base
split told extract_features compile_model train_head fine_tune shut_bases
"""
TAKEN = {*_OURS.split(), *dir(builtins), *keyword.kwlist}
"""Names of the script that a function of a Block or a base can't have."""


@dataclass
class Function:
    """A function of the script for the Blocks that have its `key`."""

    name: str
    first: Stage
    arguments: tuple[str, ...]
    stages: list[Stage] = field(default_factory=list)
    inside: bool = False  # of another Block, so that it may be called again and again

    @property
    def repeats(self) -> bool:
        """Whether a Block of it is stacked more than once, or as a parameter says."""
        return any(s.placed.settings.get("repeat", 1) != 1 for s in self.stages)


def functions_of(
    layers: Sequence[Stage], taken: Iterable[str] = ()
) -> dict[object, Function]:
    """The functions that the Blocks need, those that others call first, under names
    that are not taken."""
    found: dict[object, Function] = {}
    parameters = {name for s in every(layers) for name in s.placed.parameters}
    parameters |= {*taken}
    for stage, inside in _blocks_inside_first(layers):
        key = key_of(stage.placed)
        if key is None:
            continue
        if key not in found:
            others = {f.name for f in found.values()} | parameters
            name = _function_name(stage.placed, others)
            found[key] = Function(name, stage, _parameters(stage.placed))
        found[key].stages.append(stage)
        found[key].inside |= inside
    return found


def _function_name(placed: Placed, others: set[str]) -> str:
    """The Block's own name where Python takes it as it is, as in `ConvBlock`."""
    name = placed.name or ""
    good = re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,39}", name)
    if not good or keyword.iskeyword(name) or name.isupper():  # as constants are
        name = identifier(name, "block")
    return free_name(name, others | TAKEN)


def _blocks_inside_first(
    stages: Sequence[Stage], inside: bool = False
) -> Iterator[tuple[Stage, bool]]:
    """Every Block, and whether it stands inside of another."""
    for stage in stages:
        block = stage.placed.kind == "Block" and bool(stage.inner)
        for tower in stage.inner:
            yield from _blocks_inside_first(tower, inside or block)
        if block:
            yield stage, inside


def in_blocks(layers: Iterable[Stage]) -> frozenset[str]:
    """The ids of the bricks inside of Blocks."""
    blocks = (stage for stage in every(layers) if stage.placed.kind == "Block")
    return frozenset(inner.id for block in blocks for inner in block.placed)


def key_of(placed: Placed) -> object | None:
    """What Blocks of one function share; None for a Block that is only a loop."""
    loop = placed.settings.get("repeat", 1) != 1
    if not placed.inner or (loop and not placed.name and not placed.parameters):
        return None
    return placed.name, plan(placed.inner[0]), tuple(placed.parameters)


def _parameters(placed: Placed) -> tuple[str, ...]:
    """The parameters of a Block's function: its own, then those it gets from around."""
    free = dict.fromkeys(_free_refs(placed.inner[0], set(placed.parameters)))
    return (*placed.parameters, *free)


def _free_refs(bricks: tuple[Placed, ...], bound: set[str]) -> Iterator[str]:
    for placed in bricks:
        for value in placed.settings.values():
            if isinstance(value, Ref) and value.parameter not in bound:
                yield value.parameter
        for inner in placed.inner:
            yield from _free_refs(inner, bound | set(placed.parameters))
