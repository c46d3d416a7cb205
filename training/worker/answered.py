"""What a model answered to the example that is looked at, and what would be true."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from explain.opened import Opened
from training.imagenet import asks, class_names
from training.parcel import Arrays
from training.worker.viewer import Viewer

MOST_TOLD = 5


def classes(opened: Opened) -> list[str]:
    """The names of the classes; none where the answer is a value or a picture."""
    if asks(opened.project.tower.data):
        return list(class_names(opened.project.tower.data))
    return [str(name) for name in getattr(opened.script, "CLASSES", [])]


def answer(opened: Opened, gave: np.ndarray) -> dict[str, Any]:
    """What the last brick gave for one example, in words' place.

    `told`: the likeliest classes, [number, name, share] each, the likeliest first; or
    `value`; neither where the tower answers with something else.
    """
    names = classes(opened)
    if gave.ndim > 1 or gave.size not in (1, max(1, len(names))):
        return {}
    if not names:
        return {"value": float(gave.ravel()[0])} if gave.size == 1 else {}
    shares = np.array([1 - gave[0], gave[0]]) if gave.size == 1 else gave.ravel()
    best = np.argsort(-shares, kind="stable")[:MOST_TOLD]
    told = [
        [int(n), names[n] if n < len(names) else str(n), float(shares[n])] for n in best
    ]
    return {"told": told}


def example(
    viewer: Viewer, opened: Opened, ask: Mapping[str, Any], arrays: Arrays
) -> dict[str, Any] | None:
    """Which test example it is, `at` of `of`, and its `true` class or value; None for
    what somebody brought."""
    if "given" in arrays:
        return None
    x, y = viewer.examples(ask)
    at = int(np.atleast_1d(ask["given"]["test"])[0]) % len(x)
    return {"at": at, "of": len(x), "true": _true(classes(opened), y, at)}


def _true(names: list[str], y: Any, at: int) -> Any:
    label = np.asarray(y[at]) if y is not None else np.zeros(0)
    if label.size == 1:
        value = label.ravel()[0]
        return names[int(value)] if names else float(value)
    if names and label.size == len(names):
        return names[int(label.argmax())]
    return None
