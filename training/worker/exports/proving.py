"""Whether a file gives the model's own answers, in a clean process."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bricks.words import N_, Text
from training.worker.exports.refusal import Refused

PROGRAM = Path(__file__).with_name("proof.py")
SECONDS = 300.0
CLOSE = 1e-3
"""The largest difference, as a share of the largest answer (of 1, where that is less).
"""
CLOSE_IN_HALF = 0.05
"""The same for a model that computes with numbers of half the size."""
LONGEST = 240
"""Letters of what a program says when it fails."""

NO_NUMBERS = Text(
    N_(
        "The model's answers are not numbers (NaN), so nothing can be proved: "
        "train again with a smaller learning rate."
    )
)
NOT_LOADED = N_("The file was made, but could not be loaded and run elsewhere: {why}")
DIFFERENT = N_(
    "The file gives other answers than the model (up to {difference} apart), "
    "so it is not offered: take another format."
)


@dataclass(frozen=True)
class Proof:
    """What the other program was, and how far its answers are from the model's."""

    runtime: str
    difference: float
    agreement: float | None
    """The share of examples with the same class; None for values."""
    count: int


def proved(
    kind: str, path: Path, x: np.ndarray, want: np.ndarray, half: bool, classes: bool
) -> Proof:
    """Load it and let it answer; raises Refused where it fails or differs.

    `want` are the model's own answers to the examples `x`; `half` says that it computes
    with numbers of half the size, `classes` that the answers are shares of classes.
    """
    if not np.isfinite(want).all():
        raise Refused(NO_NUMBERS)
    runtime, got = _answered(kind, path, x)
    if got.shape != want.shape:
        raise Refused(Text(NOT_LOADED, {"why": f"{got.shape} != {want.shape}"}))
    difference = float(np.abs(got - want).max())
    close = (CLOSE_IN_HALF if half else CLOSE) * max(1.0, float(np.abs(want).max()))
    if not difference <= close:  # a NaN is not close, either
        raise Refused(Text(DIFFERENT, {"difference": f"{difference:.1e}"}))
    agreement = float(np.mean(told(got) == told(want))) if classes else None
    return Proof(runtime, difference, agreement, len(x))


def told(answers: np.ndarray) -> np.ndarray:
    """The class of each answer: shares (n, classes), or of yes (n, 1)."""
    return answers.argmax(-1) if answers.shape[-1] > 1 else answers[..., 0] > 0.5


def _answered(kind: str, path: Path, x: np.ndarray) -> tuple[str, np.ndarray]:
    """The other program's name and its answers."""
    with tempfile.TemporaryDirectory() as folder:
        examples, answers = Path(folder, "examples.npy"), Path(folder, "answers.npy")
        np.save(examples, x)
        program = [sys.executable, "-I", str(PROGRAM), kind, str(path)]
        said = Path(folder, "said"), Path(folder, "error")
        code = _run([*program, str(examples), str(answers)], *said)
        name, error = (each.read_text("utf-8", "replace") for each in said)
        if code != 0:
            why = _last(error.replace(str(path), path.name), code)
            raise Refused(Text(NOT_LOADED, {"why": why}))
        return name.splitlines()[-1], np.load(answers)


def _run(program: list[str], said: Path, error: Path) -> int:
    """Its exit code, when it has ended by itself or taken too long.

    Its input stays open: the program ends with us, however we end.
    """
    with (
        said.open("wb") as out,
        error.open("wb") as err,
        subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=out, stderr=err
        ) as process,
    ):
        with suppress(subprocess.TimeoutExpired):
            process.wait(SECONDS)
        process.kill()
        return process.wait()


def _last(error: str, code: int) -> str:
    """The last line of a traceback."""
    lines = [line.strip() for line in error.splitlines() if line.strip()]
    return lines[-1][:LONGEST] if lines else f"exit code {code}"
