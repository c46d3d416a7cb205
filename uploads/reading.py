"""Reading own pictures by the printed script's own function, on all cores."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from bricks.words import N_, Text
from uploads import binding
from uploads.dataset import PARTS, Item
from uploads.errors import UploadError
from uploads.shelf import PICTURES

ROWS = "pictures.json"
"""Beside arrays: how their pictures were read, and the digest of every row."""
AHEAD = 4  # pictures that are read ahead for each core: enough that none waits

UNREADABLE = N_("{file} can't be read any more ({why}): leave it out in Data.")


class Known:
    """Pictures that were read the same way before, for other rows."""

    def __init__(self, root: Path, same: str) -> None:
        self.at: dict[str, tuple[np.ndarray, int]] = {}
        for path in root.glob(f"*/{ROWS}"):
            told = json.loads(path.read_text("utf-8"))
            if told["look"] == same:
                self._take(path.parent, told["pictures"])

    def _take(self, where: Path, parts: Mapping[str, list[str]]) -> None:
        for part in PARTS:
            array = np.load(where / f"{part}_x.npy", mmap_mode="r")
            self.at |= {digest: (array, n) for n, digest in enumerate(parts[part])}

    def get(self, digest: str) -> np.ndarray | None:
        """The picture, or None."""
        array, row = self.at.get(digest, (None, 0))
        return None if array is None else array[row]


class Reader:
    """Reads pictures by the printed script's own function, on all cores.

    Threads do: Pillow decodes and resizes without holding Python's lock.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, Any],
        known: Known | None = None,
    ) -> None:
        self.folder = folder / PICTURES
        self.known = known
        self.read_picture = binding.module(settings).read_picture

    def all(self, items: Iterable[Item]) -> Iterator[np.ndarray]:
        """The pictures one after another; few of them are in memory at once."""
        cores = os.cpu_count() or 1
        pool = ThreadPoolExecutor(cores)
        waiting: deque[Future[np.ndarray]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(self.read, item))
                if len(waiting) > AHEAD * cores:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)

    def read(self, item: Item) -> np.ndarray:
        """One picture, uint8 (height, width, channels)."""
        known = self.known.get(item.digest) if self.known else None
        if known is not None:
            return known
        try:
            return self.read_picture(self.folder / f"{item.digest}.{item.suffix}")
        except Exception as error:  # whatever Pillow meets in a file
            told = {"file": item.path, "why": str(error) or type(error).__name__}
            raise UploadError(Text(UNREADABLE, told)) from error
