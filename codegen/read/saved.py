"""Bases in the configurations that Keras saves, told by the names of their layers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

from bricks.bases import TAILS
from bricks.bases.network import network, table
from bricks.brick import Base
from bricks.catalog import catalog
from codegen.read.applications import base_brick, pretrained
from codegen.read.values import Pretrained

Names = tuple[str, ...]
Row = Mapping[str, Any]
_FEW = 15  # layers; every base has more
_OLD_OPERATIONS = ("TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer")


def base_of(inside: Row) -> Pretrained | None:
    """The base that the configuration of a functional model is, or that it is made
    around, as our scripts do; None where it is another model."""
    rows = _rows(inside)
    own, rest = laid_out(rows)
    if own is not None and not rest:
        own.whole = inside.get("trainable") is not False
        return own
    others = [row for row in rows if not is_operation(row) and not _is_input(row)]
    if len(others) != 1 or others[0].get("class_name") != "Functional":
        return None
    config = others[0].get("config")
    return base_of(config) if isinstance(config, dict) else None


def laid_out(rows: Sequence[Row]) -> tuple[Pretrained | None, Sequence[Row]]:
    """The base whose layers stand first in a model, None where there is none, and the
    rows above it. Arithmetic has no place among the layers of Keras' own models."""
    places = [n for n, row in enumerate(rows) if not is_operation(row)]
    names = tuple(_plain(_name(rows[n])) for n in places)
    known = _known() if len(names) > _FEW else {}
    for length in sorted({len(key) for key in known}, reverse=True):
        first = [rows[n] for n in places[:length]]
        for kind, settings in known.get(names[:length], ()):
            if len(names) >= length and _as_wide(kind, settings, first):
                base = _pretrained(kind, settings, first)
                return base, rows[places[length - 1] + 1 :]
    return None, rows


def is_operation(row: Row) -> bool:
    """Whether this is arithmetic with numbers, which Keras saves as a layer."""
    kind, module = row.get("class_name"), row.get("module")
    return kind in _OLD_OPERATIONS or (
        isinstance(module, str) and module.startswith(("keras.src.ops", "keras.ops"))
    )


def _pretrained(kind: str, settings: dict[str, Any], rows: Sequence[Row]) -> Pretrained:
    brick = base_brick(kind)
    assert brick is not None
    shape = _config(rows[0]).get(
        "batch_shape", _config(rows[0]).get("batch_input_shape")
    )
    given = {k: v for k, v in settings.items() if v != brick.defaults[k]}
    if isinstance(shape, list):
        given["input_shape"] = shape[1:]
    base = pretrained(brick, given, None)
    base.each = [_config(row).get("trainable") is not False for row in rows]
    return base


@cache
def _known() -> dict[Names, list[tuple[str, dict[str, Any]]]]:
    """The bases by their layers' names, counts at the end left out."""
    found: dict[Names, list[tuple[str, dict[str, Any]]]] = {}
    for kind, brick in catalog().items():
        if type(brick) is Base:
            for settings in _ways(brick):
                names = brick.names(brick.full(settings))
                key = tuple(map(_plain, names))
                found.setdefault(key, []).append((kind, settings))
    return found


def _ways(brick: Base) -> Iterator[dict[str, Any]]:
    """The settings that a base may be made with."""
    widths = table(brick.kind)["widths"] or [None]
    tails: Mapping[str, Any] = TAILS
    for width, weights in product(widths, ("imagenet", None)):
        for tail in tails.values():
            alpha = {} if width is None else {"alpha": width}
            yield {"weights": weights, **tail, **alpha}


def _as_wide(kind: str, settings: dict[str, Any], rows: Sequence[Row]) -> bool:
    """Whether the convolutions have as many filters as those of the base."""
    brick = base_brick(kind)
    assert brick is not None
    layers = [p for p in network(kind, brick.full(settings)).layers if p.name]
    return all(
        _config(row)["filters"] == layer.channels
        for row, layer in zip(rows, layers, strict=True)
        if row.get("class_name") == "Conv2D" and "filters" in _config(row)
    )


def _rows(inside: Row) -> list[Row]:
    rows = inside.get("layers")
    found = rows if isinstance(rows, list) else []
    return [row for row in found if isinstance(row, dict)]


def _config(row: Row) -> Row:
    config = row.get("config")
    return config if isinstance(config, dict) else {}


def _name(row: Row) -> str:
    return str(row.get("name") or _config(row).get("name"))


def _is_input(row: Row) -> bool:
    return row.get("class_name") == "InputLayer"


def _plain(name: str) -> str:
    """A name without Keras' count, which goes on from model to model; an input's name
    says nothing.

    >>> _plain("conv2d_93"), _plain("input_1"), _plain("block1_conv1")
    ('conv2d', 'input', 'block1_conv1')
    """
    return "input" if name.startswith("input") else re.sub(r"_\d+$", "", name)
