"""A picture as a tower's augmentation changes it while it trains."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np

from codegen import live
from training.messages import Own
from training.worker.prepared import Prepared
from uploads import prepare

prepared = Prepared()
"""The data that the last ask needed."""


def augmented(ask: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """The picture, and what became of it each time: uint8 (n, height, width, channels).

    Its points go from 0 to 1 into the tower; what a Rescaling does to them is undone.
    """
    picture = _picture(ask)
    given = np.repeat(_points(picture)[None], ask["count"], axis=0)
    shown = given
    if ask["bricks"]:
        keras.backend.clear_session()
        model = live.module(ask["script"]).build_model()
        made = keras.ops.convert_to_numpy(model(given, training=True))
        shown = (made - ask["offset"]) / ask["scale"]
    return _whole(_points(picture)), _whole(shown)


def _picture(ask: Mapping[str, Any]) -> np.ndarray:
    if ask["own"]:
        own = Own(**ask["own"])
        return prepare.read_one(Path(own.folder), own.settings, ask["picture"])
    script = live.module(ask["script"])
    pictures = prepared.data(script, ask["script"])[0][0]
    return np.asarray(pictures[ask["picture"] % len(pictures)])


def _points(picture: np.ndarray) -> np.ndarray:
    whole = picture.dtype == np.uint8
    return picture / np.float32(255) if whole else picture.astype("float32")


def _whole(points: np.ndarray) -> np.ndarray:
    return np.round(points * 255).clip(0, 255).astype("uint8")
