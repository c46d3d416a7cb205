"""The layers inside of a pretrained base, and which of them an overview shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

MOST_ENDS = 12
"""Layers in an overview."""

_WIDE = (
    keras.layers.Conv2D,
    keras.layers.MaxPooling2D,
    keras.layers.AveragePooling2D,
)
"""What looks at more than one place of a map, and so begins a block."""
_WIDE_IN_CHAINS = (
    *_WIDE,
    keras.layers.DepthwiseConv2D,
    keras.layers.SeparableConv2D,
    keras.layers.ZeroPadding2D,
)
"""In a base without branches, such as MobileNet: elsewhere these stand amid a block."""
_NO_ENDS = (
    keras.layers.InputLayer,
    keras.layers.Rescaling,
    keras.layers.Normalization,
    keras.layers.MaxPooling2D,
    keras.layers.AveragePooling2D,
    keras.layers.ZeroPadding2D,
    keras.layers.Dropout,
)
_FINISHES = (
    keras.layers.Activation,
    keras.layers.ReLU,
    keras.layers.BatchNormalization,
)
"""What belongs to the layer below it."""


def base_in(layer: keras.layers.Layer) -> keras.Model | None:
    """The network that a nested model wraps: a base is printed as one that brings the
    points into its form first. None where the layer is no model."""
    if not isinstance(layer, keras.Model):
        return None
    inner = [one for one in layer.layers if isinstance(one, keras.Model)]
    rest = [one for one in layer.layers if not isinstance(one, _PLAIN)]
    return base_in(inner[0]) if len(inner) == 1 and rest == inner else layer


_PLAIN = (keras.layers.InputLayer, keras.layers.Rescaling)


def layers_in(layer: keras.layers.Layer) -> list[keras.layers.Layer]:
    """The layers of the base in Keras' order, as `base.layers[:n]` counts them; none
    where the layer is no nested model."""
    base = base_in(layer)
    return list(base.layers) if base else []


def is_map(layer: keras.layers.Layer) -> bool:
    """Whether it gives maps of more than one place."""
    shape = _shape(layer)
    return len(shape) == 4 and int(np.prod([n or 2 for n in shape[1:3]])) > 1


def _shape(layer: Any) -> tuple[int | None, ...]:
    given = keras.tree.flatten(layer.output)[0].shape
    return tuple(given)


def last_map(layer: keras.layers.Layer) -> keras.layers.Layer | None:
    """The last layer of the base that gives maps before they are pooled, such as
    VGG16's block5_conv3 or InceptionV3's mixed10; None where there is none."""
    base = base_in(layer)
    if base is None:
        return None
    steps = list(base.operations)
    found = [
        step for step, cut in zip(steps, _cuts(steps), strict=True) if cut and _ok(step)
    ]
    return found[-1] if found else None


def _ok(step: Any) -> bool:
    """Whether it may be the end of a block."""
    is_layer = isinstance(step, keras.Layer) and not isinstance(step, _NO_ENDS)
    return is_layer and is_map(step)


def ends(layer: keras.layers.Layer) -> list[keras.layers.Layer]:
    """A dozen layers of the base, from its first to its last: the ends of its blocks.

    A block ends where all that follows hangs on one layer only. Of more than a dozen
    the last one of each size stays, and others evenly between them.
    """
    base, last = base_in(layer), last_map(layer)
    if base is None or last is None:
        return []
    blocks = _block_ends(base)
    if len(blocks) < MOST_ENDS // 3:  # cells that all hang on two others, as NASNet's
        blocks = [one for one in base.layers if _ok(one)]
    return _some(blocks + [last] * (last not in blocks), base.layers)


def _block_ends(base: keras.Model) -> list[keras.layers.Layer]:
    """The layers at which a block ends, in Keras' order."""
    steps = list(base.operations)
    cut = _cuts(steps)
    wide = _WIDE_IN_CHAINS if all(cut) else _WIDE
    found = []
    for n, step in enumerate(steps[:-1]):
        after = steps[n + 1]
        goes_on = cut[n + 1] and isinstance(after, _FINISHES)
        ended = not cut[n + 1] or not cut[n - 1] or _is_wide(after, wide)
        if not cut[n] or goes_on or not ended:
            continue
        end = step if isinstance(step, keras.Layer) else _before(steps[:n], step)
        if end is not None and _ok(end) and end not in found:
            found.append(end)
    return found


def _cuts(steps: Sequence[Any]) -> list[bool]:
    """Whether all that follows each of the steps hangs on it alone."""
    place = {id(step): n for n, step in enumerate(steps)}
    used = [0] * len(steps)
    for n, step in enumerate(steps):
        for parent in step._inbound_nodes[0].parent_nodes:
            used[place.get(id(parent.operation), 0)] = n
    reached, found = 0, []
    for n, last in enumerate(used):
        found.append(reached <= n)
        reached = max(reached, last)
    return found


def _is_wide(step: Any, wide: tuple[type, ...]) -> bool:
    size = getattr(step, "kernel_size", None)
    return isinstance(step, wide) and (size is None or max(size) > 1)


def _before(steps: Sequence[Any], sum: Any) -> Any:
    """The last layer before a sum that is no layer itself, of the same shape."""
    shape = tuple(keras.tree.flatten(sum.output)[0].shape)
    layers = (one for one in reversed(steps) if isinstance(one, keras.Layer))
    return next((one for one in layers if _shape(one) == shape), None)


def _some(
    found: Sequence[keras.layers.Layer], order: Sequence[keras.layers.Layer]
) -> list[keras.layers.Layer]:
    """At most a dozen of them, in their order."""
    place = {id(one): n for n, one in enumerate(order)}
    found = sorted(found, key=lambda one: place.get(id(one), 0))
    if len(found) <= MOST_ENDS:
        return found
    last_of_size = {_shape(one)[1]: n for n, one in enumerate(found)}
    kept = set(last_of_size.values())
    rest = [n for n in range(len(found)) if n not in kept]
    room = max(0, MOST_ENDS - len(kept))
    places = np.linspace(0, len(rest) - 1, room if rest else 0).round().tolist()
    return [found[n] for n in sorted(kept | {rest[int(n)] for n in places})]
