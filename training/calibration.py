"""How fast this machine trains, measured once, and what that makes of a tower.

Measuring meets Keras and is done elsewhere (`training.worker.calibrate`); reading what
was measured, and estimating with it, is plain arithmetic that a page can afford.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bricks.health import disk
from bricks.training import Training
from bricks.walk import Stage
from storage import files
from training import cost
from training.settings import Settings

FILE = "calibration.json"
FORMAT = 1  # counts one up where `training.cost` counts otherwise than before
LEAST_SPREAD = 1.3  # no machine is ever so quiet that a time repeats more closely

Seconds = Mapping[str, float]


@dataclass(frozen=True)
class Calibration:
    """Seconds for one of each count: where weights change, where the tower only
    answers, and where it is saved.

    `key` says which machine and versions were measured; a time `spread` times as long,
    or as short, is no surprise.
    """

    key: Mapping[str, Any]
    learning: Seconds
    answering: Seconds
    saving: Seconds
    spread: float
    measured: str
    device: str


@dataclass(frozen=True)
class Estimate:
    """Seconds for an epoch, and the range in which it will most likely be; `once` are
    those to work a shut base's features out before the first."""

    seconds: float
    low: float
    high: float
    once: float = 0.0


def estimate(
    stages: Sequence[Stage],
    training: Training,
    pictures: Sequence[int],
    calibration: Calibration,
) -> Estimate:
    """How long an epoch takes: one pass to learn, one over the validation pictures, and
    saving. `pictures` counts those to train and validate with, as `Data.split` does.

    The first epoch takes some seconds more, in which Keras prepares the tower.
    """
    learned, validated = pictures[0], pictures[1]
    go = cost.batches_a_go(stages, training, learned)
    below, stages = cost.apart(stages, training)
    once = _priced(
        cost.answering(below, training, learned + validated, 1), calibration.answering
    )
    seconds = _priced(
        cost.learning(stages, training, learned, go), calibration.learning
    )
    seconds += _priced(
        cost.answering(stages, training, validated, go), calibration.answering
    )
    written = {"file": 1, "bytes": disk(stages, training.optimizer)}
    seconds += _priced(written, calibration.saving)
    spread = max(LEAST_SPREAD, calibration.spread)
    return Estimate(seconds, seconds / spread, seconds * spread, once if below else 0)


def _priced(counts: Mapping[str, float], seconds: Seconds) -> float:
    return sum(count * seconds.get(name, 0.0) for name, count in counts.items())


def read(settings: Settings) -> Calibration | None:
    """What was measured for the machine as it is now, or None."""
    path = settings.home / FILE
    try:
        found = _read(path, path.stat().st_mtime_ns)
    except OSError:
        return None
    return found if found and found.key == key(settings.slots) else None


def write(settings: Settings, calibration: Calibration) -> None:
    """Keep it for the pages and for the next start."""
    settings.home.mkdir(parents=True, exist_ok=True)
    files.write(settings.home / FILE, json.dumps(asdict(calibration), indent=1) + "\n")


@lru_cache(maxsize=4)
def _read(path: Path, _: int) -> Calibration | None:
    try:
        return Calibration(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError):  # damaged, or of another Brickyard: measure again
        return None


@cache
def key(slots: int) -> dict[str, Any]:
    """What a calibration depends on; it names no machine. With more than one slot each
    run has a part of the processors."""
    return {
        "format": FORMAT,
        "cpus": os.cpu_count(),
        "slots": slots,
        "card": Path("/dev/nvidia0").exists(),
        "keras": _version("keras"),
        "tensorflow": _version("tensorflow", "tensorflow-cpu"),
    }


def _version(*names: str) -> str | None:
    for name in names:
        try:
            return version(name)
        except PackageNotFoundError:
            continue
    return None
