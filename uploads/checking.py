"""What would be taken of a source, and what not: looked at, and kept nowhere."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from uploads.dataset import PARTS, PICTURES, DataSet, per_class
from uploads.limits import Limits
from uploads.source import Told
from uploads.take import Progress, take

MOST_LINES = 20
"""Files passed over that are listed for people; JSON has them all."""


def check(source: Path, limits: Limits, progress: Progress) -> DataSet:
    """The data set that would be made; UploadError where none can be."""
    with tempfile.TemporaryDirectory(prefix="brickyard-") as where:
        return take(source, Path(where), Told(source.stem), limits, progress)


def report(dataset: DataSet) -> dict[str, Any]:
    """What was found, as plain data."""
    told: dict[str, Any] = {
        "name": dataset.name,
        "kind": dataset.kind,
        "layout": dataset.layout,
        "classes": per_class(dataset.items) if dataset.names else {},
        "parts": _parts(dataset),
        "skipped": [
            {"file": one.path, "why": str(one.reason)} for one in dataset.skipped
        ],
        "notes": [str(note) for note in dataset.notes],
        "hidden": dataset.hidden,
        "sheet": asdict(dataset.sheet) if dataset.sheet else None,
    }
    if dataset.kind == PICTURES:
        return told | {"pictures": len(dataset.items), "sizes": _sizes(dataset)}
    columns = [asdict(column) for column in dataset.columns]
    return told | {"rows": dataset.rows, "columns": columns}


def lines(dataset: DataSet) -> Iterator[str]:
    """What was found, for people."""
    yield f"{dataset.name}: {_what(dataset)}"
    classes = Counter((i.label, i.part or "-") for i in dataset.items)
    parts = [part for part in (*PARTS, "-") if any(p == part for _, p in classes)]
    if dataset.names:
        yield "".join([f"{'class':<24}", *(f"{part:>12}" for part in parts)])
    for name in dataset.names:
        counts = (f"{classes[name, part]:>12,}" for part in parts)
        yield "".join([f"{name:<24}", *counts])
    for column in dataset.columns:
        kind = "numbers" if column.numeric else f"{len(column.values)} words"
        lack = f", {column.missing:,} missing" if column.missing else ""
        yield f"{column.name:<24}{kind:>12}{lack}"
    yield from (f"! {note}" for note in dataset.notes)
    if dataset.skipped:
        yield f"passed over: {len(dataset.skipped):,}"
    for one in dataset.skipped[:MOST_LINES]:
        yield f"  {one.path}: {one.reason}"
    if len(dataset.skipped) > MOST_LINES:
        yield f"  and {len(dataset.skipped) - MOST_LINES:,} more"


def _what(dataset: DataSet) -> str:
    if dataset.kind != PICTURES:
        return f"a table of {dataset.rows:,} whole rows"
    sizes = _sizes(dataset)
    told = f"{len(dataset.items):,} pictures, told by {dataset.layout}"
    return f"{told}, {sizes['least']} to {sizes['most']}, usually {sizes['usual']}"


def _parts(dataset: DataSet) -> dict[str, int]:
    return dict(Counter(item.part for item in dataset.items if item.part))


def _sizes(dataset: DataSet) -> dict[str, str]:
    """Width and height of the smallest, the largest and the usual picture."""
    sizes = sorted((i.width * i.height, i.width, i.height) for i in dataset.items)
    (_, *least), (_, *most) = sizes[0], sizes[-1]
    usual = [round(median(size[n] for size in sizes)) for n in (1, 2)]
    told = {"least": least, "most": most, "usual": usual}
    return {name: f"{width}×{height}" for name, (width, height) in told.items()}
