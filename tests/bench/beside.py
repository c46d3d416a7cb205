"""What a training loses while somebody looks into a trained model beside it, and how
long an answer takes then.

MNIST's CNN trains; in turns nobody looks, somebody draws (ten questions a second), and
somebody has the patterns made that filters seek. Counted are the pictures that the
training gets through in each turn.
Run with: python -m tests.bench.beside [--seconds 8] [--rounds 3]
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np

from bricks.recipes import recipe
from tests.training.looking import Observatory
from training import viewing
from training.rows import RunRow

PACE = 0.1  # seconds from one drawing to the next


def main() -> None:
    """Print pictures a second of the training, turn by turn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--rounds", type=int, default=3)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        observatory = Observatory(Path(home) / "home")
        try:
            _measure(observatory, told.seconds, told.rounds)
        finally:
            observatory.close()


def _measure(observatory: Observatory, seconds: float, rounds: int) -> None:
    project = recipe("mnist-cnn")
    known = observatory.train(_of_epochs(project, 1))
    workshop = observatory.workshop
    run = workshop.ask(_of_epochs(project, 100))
    brick = next(one.id for one in project.tower.bricks if one.kind == "Conv2D")
    waits: list[float] = []
    turns = {
        "nobody looks": lambda over: over.wait(),
        "somebody draws": lambda over: _draws(observatory, known, over, waits),
        "patterns are made": lambda over: _patterns(observatory, known, brick, over),
    }
    figures: dict[str, list[float]] = {name: [] for name in turns}
    workshop.work_into_epoch(run, 2)  # and its batches come evenly
    with observatory.at_work():
        observatory.last("told", known, given={"test": 0})
        for _ in range(rounds):
            for name, look in turns.items():
                figures[name].append(_pace(workshop.see, run, look, seconds))
    alone = median(figures["nobody looks"])
    for name, paces in figures.items():
        share = median(paces) / alone
        print(f"{name:20} {median(paces):8,.0f} pictures a second  {share:5.2f}")
    print(f"an answer to a drawing: median {1000 * median(waits):.0f} ms", end=", ")
    print(f"95 % in {1000 * np.quantile(waits, 0.95):.0f} ms ({len(waits)} drawings)")


def _of_epochs(project, epochs: int):
    return replace(project, training=replace(project.training, epochs=epochs))


def _pace(
    see: Callable[[RunRow], RunRow],
    run: RunRow,
    look: Callable[[threading.Event], object],
    seconds: float,
) -> float:
    """Pictures a second that the run gets through while this goes on."""
    over = threading.Event()
    thread = threading.Thread(target=look, args=(over,))
    thread.start()
    time.sleep(1.0)  # until it is under way
    begun, at = time.monotonic(), _pictures(see(run))
    time.sleep(seconds)
    pace = (_pictures(see(run)) - at) / (time.monotonic() - begun)
    over.set()
    thread.join()
    return pace


def _pictures(run: RunRow) -> float:
    """How many it has seen, its epochs taken as one after another."""
    told = run.progress
    return 60_000 * (told["epoch"] - 1 + told["batch"] / told["batches"])


def _draws(
    observatory: Observatory, run: RunRow, over: threading.Event, waits: list[float]
) -> None:
    picture = np.zeros((1, 28, 28, 1), "uint8")
    while not over.wait(PACE):
        begun = time.monotonic()
        observatory.last("told", run, arrays={"given": picture})
        waits.append(time.monotonic() - begun)


def _patterns(
    observatory: Observatory, run: RunRow, brick: str, over: threading.Event
) -> None:
    question = {
        "what": "filters",
        "folder": str(observatory.folder(run)),
        "brick": brick,
        "make": True,
    }
    while not over.is_set():
        with viewing.ask(observatory.settings, question) as asked:
            for _ in asked:
                if over.is_set():
                    break


if __name__ == "__main__":
    main()
