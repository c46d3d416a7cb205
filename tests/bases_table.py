"""Writes `bricks/bases/*.json`: what Keras' own networks are made of, layer by layer.

Run it as `python -m tests.bases_table [KIND ...]` after an update of Keras, and look at
the difference. No weights are downloaded and none are made.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from math import prod
from pathlib import Path
from typing import Any
from unittest.mock import patch

import keras
from keras.src.applications import imagenet_utils
from keras.src.utils import file_utils

from bricks.bases import DATA, TAILS

WIDTHS: dict[str, list[float]] = {
    "VGG16": [],
    "VGG19": [],
    "ResNet50": [],
    "ResNet101": [],
    "ResNet50V2": [],
    "InceptionV3": [],
    "Xception": [],
    "DenseNet121": [],
    "MobileNet": [0.25, 0.5, 0.75, 1.0],
    "MobileNetV2": [0.35, 0.5, 0.75, 1.0, 1.3, 1.4],
    "MobileNetV3Small": [0.75, 1.0],
    "MobileNetV3Large": [0.75, 1.0],
    "EfficientNetB0": [],
    "EfficientNetB1": [],
    "EfficientNetB2": [],
    "EfficientNetB3": [],
    "EfficientNetV2B0": [],
    "NASNetMobile": [],
    "ConvNeXtTiny": [],
}
SIZED = {"MobileNet": [128, 160, 192, 224], "MobileNetV2": [96, 128, 160, 192, 224]}
"""Sizes that have weights of their own."""
EVEN, ODD = 224, 225  # halved again and again, one stays even and the other odd
ODDER = {"NASNetMobile": 229}  # where the first convolution takes something off
NORMS = ("BatchNormalization", "LayerNormalization", "Normalization", "Rescaling")
EACH = (*NORMS, "LayerScale")  # one multiply-add for each number

Size = list[Any]  # [which size it comes from, how, numbers]


@dataclass
class Found:
    """What a network is made of: sizes that maps have in it, and a row a layer."""

    sizes: list[Size] = field(default_factory=lambda: [[]])
    rows: list[list[Any]] = field(default_factory=list)
    at: dict[int, int] = field(default_factory=dict)  # a tensor's size, by its id

    def size(self, before: int, how: list[Any]) -> int:
        """The number of the size that comes from another."""
        if not how:
            return before
        size = [before, *how]
        if size not in self.sizes:
            self.sizes.append(size)
        return self.sizes.index(size)


def build(kind: str, side: int, weights: str | None = None, **settings: Any) -> Any:
    """A network of Keras without any number in it; ImageNet's are not looked for."""
    keras.utils.clear_session()
    made = getattr(keras.applications, kind)
    shape = (side, side, 3)
    with (
        patch.object(file_utils, "get_file"),
        patch.object(keras.Model, "load_weights"),
        # with a top, ImageNet's weights would allow one size only
        patch.object(imagenet_utils, "obtain_input_shape", return_value=shape),
        keras.StatelessScope(initialize_variables=False),
    ):
        return made(input_shape=shape, weights=weights, **settings)


def look(kind: str, **settings: Any) -> Found:
    """Walk along the layers of a network, in Keras' order."""
    even = build(kind, EVEN, "imagenet", **settings)
    odd = build(kind, ODDER.get(kind, ODD), "imagenet", **settings)
    found = Found()
    for layer, twin in zip(even.operations, odd.operations, strict=True):
        _layer(found, layer, twin)
    return found


def _layer(found: Found, layer: Any, twin: Any) -> None:
    """A row for a layer, or for each part of one that has parts."""
    before = _before(found, layer)
    first = len(found.rows)
    size, parts = before, _parts(layer)
    if parts:
        channels = layer.input.shape[-1]
        for part, other in zip(parts, _parts(twin), strict=True):
            size = found.size(size, _how(part, other))
            channels = _channels(part, channels)
            found.rows.append(_row("", part, size, channels))
        _own_weights(layer, found.rows[first:])
        found.rows[first][0] = layer.name
    else:
        size = found.size(before, _how(layer, twin))
        flat = type(layer).__name__ == "Flatten"  # another view of what is there
        channels = 0 if flat else layer.output.shape[-1]
        name = layer.name if isinstance(layer, keras.Layer) else ""
        found.rows.append(_row(name, layer, size, channels))
        if type(layer).__name__ == "Dense" and _flat(layer):
            _of_each_place(found, layer)
    found.at[id(layer.output)] = size


def _parts(layer: Any) -> list[Any]:
    """The layers inside of a layer; a plain operation, such as +, has none."""
    if not isinstance(layer, keras.Layer):
        return []
    return list(layer._flatten_layers(include_self=False))


def _own_weights(layer: Any, rows: list[list[Any]]) -> None:
    """All weights of a layer must be those of its parts."""
    counted = sum(row[3] + row[4] for row in rows)
    assert counted == _count(layer.weights), layer.name


def _before(found: Found, layer: Any) -> int:
    """The size of what a layer gets; of several the one that is no single place."""
    inputs = layer.input if isinstance(layer.input, list) else [layer.input]
    if type(layer).__name__ == "InputLayer":
        return 0
    sizes = [found.at[id(tensor)] for tensor in inputs]
    spread = [s for s in sizes if found.sizes[s][1:2] != ["one"]]
    return spread[0] if spread else sizes[0]


def _how(layer: Any, twin: Any) -> list[Any]:
    """How a layer changes the height and the width of a map; nothing where not."""
    kind = type(layer).__name__
    if kind in ("GlobalAveragePooling2D", "GlobalMaxPooling2D", "Flatten"):
        return ["one"]
    if kind == "ZeroPadding2D":
        return ["pad", *sorted({_rim(layer.padding), _rim(twin.padding)})]
    if kind == "Cropping2D":
        return ["crop", _rim(layer.cropping)]
    window = getattr(layer, "kernel_size", None) or getattr(layer, "pool_size", None)
    if window is None or "Dense" in kind:
        return []
    return _slides(layer.padding, window, layer.strides)


def _slides(padding: str, window: tuple[int, ...], strides: Any) -> list[Any]:
    stride = strides if isinstance(strides, int) else strides[0]
    if padding == "same":
        return ["same", stride] if stride > 1 else []
    assert len(set(window)) == 1, "a valid window that is not square"
    return ["valid", window[0], stride] if (window[0], stride) != (1, 1) else []


def _rim(sides: Any) -> int:
    (top, bottom), (left, right) = sides
    assert top + bottom == left + right
    return top + bottom


def _channels(part: Any, before: int) -> int:
    return getattr(part, "filters", None) or getattr(part, "units", None) or before


def _count(weights: list[Any]) -> int:
    return sum(prod(weight.shape) for weight in weights)


def _row(name: str, layer: Any, size: int, channels: int) -> list[Any]:
    """Name, size, channels, weights that can be trained, others, multiply-adds for
    each place of the map."""
    if not isinstance(layer, keras.Layer):
        return [name, size, channels, 0, 0, 0]
    trained, fixed = (
        _count(layer.trainable_weights),
        _count(layer.non_trainable_weights),
    )
    if type(layer).__name__ in EACH:
        return [name, size, channels, trained, fixed, channels]
    kernels = [w for w in layer.weights if len(w.shape) > 1]
    return [name, size, channels, trained, fixed, _count(kernels)]


def _flat(layer: Any) -> bool:
    """Whether a Dense stands on a Flatten, so that its weights follow the map."""
    below = layer._inbound_nodes[0].parent_nodes[0].operation
    return type(below).__name__ == "Flatten"


def _of_each_place(found: Found, layer: Any) -> None:
    """Make a row of what a Dense has for each place of the map below its Flatten."""
    flatten = layer._inbound_nodes[0].parent_nodes[0].operation
    channels = flatten.input.shape[-1]
    place, dense = found.at[id(flatten.input)], found.rows[-1]
    each = channels * layer.units
    dense[3], dense[5] = layer.units, 0
    found.rows.append(["", place, 0, 0, 0, each, each])


def files(kind: str, widths: list[float]) -> Iterator[list[Any]]:
    """What Keras would download: width, size, with top, name, address, MD5."""
    for width in widths or [None]:
        for side in SIZED.get(kind, [None]):
            for top in (False, True):
                alpha = {"alpha": width} if width else {}
                yield [width, side, top, *_file(kind, side or EVEN, top, alpha)]


def _file(kind: str, side: int, top: bool, alpha: Any) -> list[Any]:
    default = {"InceptionV3": 299, "Xception": 299} | {
        f"EfficientNetB{n}": (224, 240, 260, 300)[n] for n in range(4)
    }
    with patch.object(file_utils, "get_file", side_effect=_Asked) as asked:
        keras.utils.clear_session()
        try:
            with keras.StatelessScope(initialize_variables=False):
                size = default.get(kind, side)
                getattr(keras.applications, kind)(
                    input_shape=(size, size, 3), include_top=top, **alpha
                )
        except _Asked:
            (name, url), told = asked.call_args.args, asked.call_args.kwargs
    return [name, url, told.get("file_hash")]


class _Asked(Exception):
    """Keras has come to the download."""


def table(kind: str) -> dict[str, Any]:
    """Everything about a base, its widths side by side."""
    widths = WIDTHS[kind]
    found = {tail: _wide(kind, widths, TAILS[tail]) for tail in TAILS}
    sizes = max((one.sizes for one in found.values()), key=len)
    for one in found.values():
        _renumbered(one, sizes)
    rows = {tail: one.rows for tail, one in found.items()}
    alike = takewhile(
        lambda n: len({json.dumps(r[n]) for r in rows.values()}) == 1,
        range(min(map(len, rows.values()))),
    )
    shared = len(list(alike))
    plain = {layer.name for layer in build(kind, EVEN, include_top=False).layers}
    body = rows["none"][:shared]
    return {
        "widths": widths,
        "sizes": sizes,
        "only_imagenet": [row[0] for row in body if row[0] and row[0] not in plain],
        "body": body,
        **{tail: rows[tail][shared:] for tail in TAILS},
        "files": list(files(kind, widths)),
    }


def _renumbered(found: Found, sizes: list[Size]) -> None:
    """Count sizes as the longest list of them does."""
    new: list[int] = []
    for size in found.sizes:
        known = [new[size[0]], *size[1:]] if size else []
        if known not in sizes:
            sizes.append(known)
        new.append(sizes.index(known))
    for row in found.rows:
        row[1] = new[row[1]]


def _wide(kind: str, widths: list[float], tail: dict[str, Any]) -> Found:
    """The rows of every width as one: a list where they differ."""
    if not widths:
        return look(kind, **tail)
    each = [look(kind, alpha=width, **tail) for width in widths]
    first = each[0]
    assert all(one.sizes == first.sizes for one in each)
    rows = zip(*(one.rows for one in each), strict=True)
    first.rows = [[_side_by_side(cells) for cells in zip(*row)] for row in rows]
    return first


def _side_by_side(cells: tuple[Any, ...]) -> Any:
    return cells[0] if len(set(cells)) == 1 else list(cells)


def _cut(row: list[Any]) -> list[Any]:
    while row and row[-1] == 0:
        row = row[:-1]
    return row


def written(data: dict[str, Any]) -> str:
    """The table as JSON, a line for each layer."""
    parts = []
    for name, value in data.items():
        if name in ("widths", "sizes", "only_imagenet"):
            parts.append(f'"{name}": {_line(value)}')
        else:
            rows = ",\n".join(
                _line(_cut(row) if name != "files" else row) for row in value
            )
            parts.append(f'"{name}": [\n{rows}\n]')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _line(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def main(kinds: list[str]) -> None:
    """Write the files of these bases, or of all."""
    for kind in kinds or WIDTHS:
        text = written(table(kind))
        Path(DATA, f"{kind}.json").write_text(text, "utf-8")
        print(f"{kind:<20}{len(text):>9,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
