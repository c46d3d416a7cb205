"""Why a run failed, as a sentence that says what to do."""

from __future__ import annotations

import errno
from pathlib import Path

from bricks.words import N_, Text
from storage.files import DISK_FULL, disk_is_full
from training.admission import OUT_OF_MEMORY
from training.rows import ASTRAY
from training.worker.callbacks import NotANumber
from uploads.errors import UploadError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""The disk's own limit, or one that was set for whoever writes."""


def why(error: BaseException, run_id: str, folder: Path) -> Text:
    """The sentence for what was raised while a run trained."""
    if isinstance(error, NotANumber):
        return Text(ASTRAY, {"epoch": error.epoch})
    if isinstance(error, UploadError):
        return error.said
    if getattr(error, "errno", None) in _FULL or disk_is_full(folder):
        return DISK_FULL
    if is_memory(error):
        return OUT_OF_MEMORY
    return Text(
        N_(
            "The training stopped with an error ({kind}); "
            "the log of run {run} says more."
        ),
        {"kind": type(error).__name__, "run": run_id},
    )


def is_memory(error: BaseException) -> bool:
    """Whether Python, TensorFlow or another backend says that memory ran out."""
    names = ("ResourceExhaustedError", "OutOfMemoryError")
    return isinstance(error, MemoryError) or type(error).__name__ in names
