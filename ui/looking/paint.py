"""What the viewer tells, as JSON for the browser: pictures as one PNG, numbers as
lists."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from training.viewing import Told
from ui.live.route import finite
from ui.tiles import held
from ui.words import Translate

MOST_COLUMNS = 64
DIGITS = 6  # of a number's significant ones


def line(told: Told, tell: Translate) -> str:
    """A part of an answer as a line of JSON."""
    said = told.said.told(tell) if told.said else None
    arrays = {name: painted(array) for name, array in told.arrays.items()}
    fields = {"state": told.state, "said": said, **told.fields, **arrays}
    return json.dumps(finite(fields), ensure_ascii=False, allow_nan=False) + "\n"


def painted(array: np.ndarray) -> Any:
    """Pictures, uint8 (n, height, width, channels), as a sprite; else plain numbers.

    >>> painted(np.array([0.25, 1 / 3]))
    [0.25, 0.333333]
    """
    if array.dtype == np.uint8 and array.ndim == 4 and array.shape[-1] in (1, 3, 4):
        return sprite(array)
    if array.dtype.kind == "f":
        array = array.astype(float)
        return (
            np.vectorize(_short, otypes=[float])(array).tolist() if array.size else []
        )
    return array.tolist()


def sprite(pictures: np.ndarray) -> dict[str, Any]:
    """The pictures side by side in one, row by row: `columns` in each row."""
    n, height, width, channels = pictures.shape
    if not n or not height or not width:
        return {"src": "", "n": 0, "width": width, "height": height, "columns": 1}
    columns = min(MOST_COLUMNS, max(1, round((n * height / width) ** 0.5)))
    rows = -(-n // columns)
    sheet = np.zeros((rows * columns, height, width, channels), "uint8")
    sheet[:n] = pictures
    sheet = sheet.reshape(rows, columns, height, width, channels)
    sheet = sheet.transpose(0, 2, 1, 3, 4)
    whole = sheet.reshape(rows * height, columns * width, channels)
    src = held(whole, exact=True)
    return {"src": src, "n": n, "width": width, "height": height, "columns": columns}


def _short(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
