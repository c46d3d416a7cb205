"""`python -m training export ID --as FORMAT`: a run's model as a file, proved here."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from training import exports, runs
from training.engines.local import prepare_environment
from training.rows import RunRow
from training.settings import Settings


def export(settings: Settings, run: RunRow, kind: str, out: Path | None) -> int:
    """Make it, unless it is there, and copy it; 1 where it can't be had."""
    where = runs.folder(settings, run.id)
    reason = exports.hindrance(where, kind)
    found = exports.read(where, kind)
    if reason is None and found is None:
        found = _made(settings, run, where, kind)
    if found is None or found.path is None:
        print(reason or (found.said if found else exports.NO_ANSWER), file=sys.stderr)
        return 1
    copy = out or Path(run.id).with_suffix(found.path.suffix)
    shutil.copyfile(found.path, copy)
    print(*filter(None, (copy, found.said, *found.notes)), sep="\n")
    return 0


def _made(
    settings: Settings, run: RunRow, where: Path, kind: str
) -> exports.Export | None:
    prepare_environment(settings)
    from training.worker.exports import exporting  # imports Keras, which takes seconds
    from training.worker.exports.refusal import NotNow

    try:
        exporting.export(exports.ask(settings, run, where, kind), lambda _step: None)
    except NotNow as refused:
        return exports.Export("failed", refused.said)
    return exports.read(where, kind)
