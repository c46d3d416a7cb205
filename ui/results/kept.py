"""What a run's folder tells of its test, read once and kept in memory for a while."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from explain import answers
from explain.answers import BEST, FILES, Answers
from training import judged, runs

MOST_KEPT = 16  # of a few hundred kilobytes each


def answers_of(where: Path, which: str) -> Answers | None:
    """The answers one by one; None where they were not worked out yet."""
    if not judged.is_kept(where, which):
        return None
    return _answers(where, which, (where / FILES[which]).stat().st_mtime_ns)


@lru_cache(maxsize=MOST_KEPT)
def _answers(where: Path, which: str, _written: int) -> Answers | None:
    return answers.read(where, which)


def report_of(where: Path, which: str = BEST) -> dict[str, Any] | None:
    """The run's report, which is on the best epoch; None where there is none, or one of
    weights that were trained on since."""
    path, weights = where / runs.REPORT, judged.weights_of(where, BEST)
    if which != BEST or not path.is_file():
        return None
    written = path.stat().st_mtime_ns
    if weights is not None and weights.stat().st_mtime_ns > written:
        return None
    return _report(where, written)


@lru_cache(maxsize=MOST_KEPT)
def _report(where: Path, _written: int) -> dict[str, Any] | None:
    return judged.report(where)


def pictures_of(where: Path, report: dict[str, Any]) -> dict[int, np.ndarray]:
    """The pictures of the mistakes that a report names, by the example's number."""
    shown = judged.pictures(where)
    numbers = [row["index"] for row in report.get("mistakes", ())]
    return {} if shown is None else dict(zip(numbers, shown, strict=False))
