"""What is needed to repeat a run, as its process knows it: versions, machine, data."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import keras
import numpy as np

from bricks.project import Project
from training import datasets
from training.messages import Own

MOST_BYTES = 500_000_000
"""Of a built-in data set's files; larger ones would be read for seconds."""


def about(project: Project) -> dict[str, Any]:
    """All but the data."""
    cores = os.cpu_count() or 1
    return {
        "versions": versions(),
        "device": device(),
        "platform": platform.platform(),
        "cores": cores,
        "threads": int(os.environ.get("TF_NUM_INTRAOP_THREADS") or cores),
        "seed": project.training.seed,
    }


def data(project: Project, own: Own | None) -> dict[str, Any]:
    """The exact content of the data: of one's own its fingerprint, of others that of
    each file. What a package brings with it has neither."""
    if own is not None:
        return {"content": own.settings["content"]}
    found = datasets.found(project.tower.data.kind)
    whole = sum(path.stat().st_size for path in _files(found))
    if not found or whole > MOST_BYTES:
        return {}
    return {"sha256": {path.name: _digest(_files([path])) for path in found}}


def _files(found: Iterable[Path]) -> list[Path]:
    """The files themselves, and those in folders."""
    inside = [[path] if path.is_file() else sorted(path.rglob("*")) for path in found]
    return [path for paths in inside for path in paths if path.is_file()]


def _digest(paths: Iterable[Path]) -> str:
    whole = sha256()
    for path in paths:
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                whole.update(part)
    return whole.hexdigest()


def device() -> str:
    """What the training runs on, as people call it."""
    if keras.config.backend() != "tensorflow":
        return keras.config.backend()
    import tensorflow as tf

    cards = tf.config.list_physical_devices("GPU")
    if not cards:
        return "CPU"
    about = tf.config.experimental.get_device_details(cards[0])
    return about.get("device_name", "GPU")


def versions() -> dict[str, str]:
    """What the figures were made with."""
    backend = keras.config.backend()
    return {
        "python": platform.python_version(),
        "keras": keras.version(),
        backend: getattr(sys.modules.get(backend), "__version__", "?"),
        "numpy": np.__version__,
    }
