"""Plain data and arrays as bytes, for a pipe between two processes of ours.

A line of JSON, then the arrays' bytes one after another. Nothing in it can run, as a
pickle could.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

Fields = dict[str, Any]
Arrays = dict[str, np.ndarray]
_KINDS = "buif"
"""Of arrays: true or false, whole numbers without and with a sign, real numbers."""


def packed(fields: Any, arrays: Mapping[str, np.ndarray]) -> bytes:
    """Plain data, as JSON knows it, and arrays as bytes.

    >>> unpacked(packed({"a": 1}, {"x": np.array([2], "uint8")}))
    ({'a': 1}, {'x': array([2], dtype=uint8)})
    """
    whole = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    told = [[name, one.dtype.str, list(one.shape)] for name, one in whole.items()]
    head = json.dumps([fields, told], ensure_ascii=False).encode() + b"\n"
    return b"".join([head, *(one.tobytes() for one in whole.values())])


def unpacked(raw: bytes) -> tuple[Any, Arrays]:
    """What `packed` was given; the arrays can't be written to.

    Raises `ValueError` for what it did not make.
    """
    head, _, rest = raw.partition(b"\n")
    fields, told = json.loads(head)
    arrays, at = {}, 0
    for name, kind, shape in told:
        dtype = np.dtype(kind)
        if dtype.kind not in _KINDS:
            raise ValueError(f"Arrays of numbers are asked for. Received: {kind}")
        count = int(np.prod(shape, dtype=np.int64))
        arrays[name] = np.frombuffer(rest, dtype, count, at).reshape(shape)
        at += count * dtype.itemsize
    return fields, arrays
