"""Folders of pictures made for a test: real files, no two alike."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image


def points(colour: int, seed: int, size: tuple[int, int] = (40, 30)) -> Image.Image:
    """A picture (width, height) of noise around one of a few colours."""
    base = np.array([(200, 60, 60), (60, 60, 200), (60, 190, 60)][colour % 3])
    noise = np.random.default_rng((colour, seed)).normal(0, 30, (*size[::-1], 3))
    return Image.fromarray((base + noise).clip(0, 255).astype("uint8"))


def folder_of(root: Path, classes: Mapping[str, int], suffix: str = ".jpg") -> Path:
    """`root` with so many pictures of each class: `class/000.jpg`, `class/001.jpg`, ...

    A class's name may be a path, such as `train/cat`.
    """
    for number, (name, count) in enumerate(classes.items()):
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        for n in range(count):
            points(number, n).save(folder / f"{n:03}{suffix}")
    return root
