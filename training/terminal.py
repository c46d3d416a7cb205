"""`python -m training run`: one run, now, with a progress bar."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from signal import SIGTERM, default_int_handler, signal

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.recipes import read
from bricks.words import N_, Text
from training import brought, runs
from training.admission import hindrance
from training.engines.local import LocalEngine, prepare_environment
from training.messages import (
    Batch,
    Done,
    Epoch,
    Failed,
    Gone,
    Message,
    Own,
    Preparing,
    Stopped,
    WorkingOut,
)
from training.own import is_own, own
from training.settings import Settings

RUN = "this"
BAR = 24
UNSAID = ("epoch", "seconds", "images_per_second", "learning_rate")


def run(
    settings: Settings,
    file: str,
    out: Path | None,
    epochs: int | None,
    data: Path | None,
) -> int:
    """Train a project into a folder; 0 done, 1 it has problems or failed."""
    project = read(file)
    if epochs is not None:
        project = replace(project, training=replace(project.training, epochs=epochs))
    settings = replace(settings, slots=1)
    if is_own(project.tower.data):
        project = brought.on_data(settings, project, data)
    elif data:
        settings = replace(settings, datasets=_folder(data))
    prepare_environment(settings)
    where = out.absolute() if out else _new_folder(settings.home, project.name)
    shelf = brought.shelf_of(settings)
    problem = hindrance(project, where, shelf)
    if problem:
        print(problem, file=sys.stderr)
        return 1
    _fill(where, project)
    print(f"{project.name}: {project.training.epochs} epochs, into {where}")
    mine = own(project.tower.data, shelf)
    return _train(settings, where, project.training.epochs, mine)


def _folder(data: Path) -> Path:
    if not data.is_dir():
        raise ProjectError(
            Text(N_("--data must be a folder, but {value} is not."), {"value": data})
        )
    return data.absolute()


def _new_folder(home: Path, name: str) -> Path:
    stem = re.sub(r"\W+", "-", name.lower()).strip("-") or "run"
    folders = (home / "terminal" / f"{stem}-{number}" for number in range(1, 10**6))
    return next(folder for folder in folders if not folder.exists())


def _fill(where: Path, project: Project) -> None:
    """Make the folder; one that was broken off with this same script goes on."""
    if where.exists() and (not where.is_dir() or any(where.iterdir())):
        _check_same(where, project)
    runs.create(where, project)


def _check_same(where: Path, project: Project) -> None:
    from codegen.source import script

    before = where / runs.SCRIPT
    same = before.is_file() and before.read_text(encoding="utf-8") == script(project)
    if not same or (where / runs.REPORT).exists():
        raise ProjectError(
            Text(
                N_("{folder} is not empty: name a new folder after --out."),
                {"folder": where},
            )
        )


def _train(settings: Settings, where: Path, epochs: int, mine: Own | None) -> int:
    engine = LocalEngine(settings, spares=False)
    try:
        with _stopping(engine):
            engine.start(RUN, where, mine)
            stopped = False
            for message in _messages(engine):
                _show(message, epochs)
                stopped = stopped or isinstance(message, Stopped)
                if isinstance(message, Failed):
                    print(f"\n{message.reason}", file=sys.stderr)
                    return 1
                if isinstance(message, Gone):
                    _say_gone(message)
                    return 1
                if isinstance(message, Done):
                    return _tell(where, None if stopped else epochs)
        return 1
    finally:
        engine.close()


@contextmanager
def _stopping(engine: LocalEngine) -> Iterator[None]:
    """Ctrl+C stops the run within a batch; what it had reached is kept."""
    signal(2, lambda *_: engine.stop(RUN))
    signal(SIGTERM, lambda *_: engine.stop(RUN))
    try:
        yield
    finally:
        signal(2, default_int_handler)


def _messages(engine: LocalEngine) -> Iterator[Message]:
    while True:
        for _, message in engine.events(0.5):
            if isinstance(message, Stopped):
                engine.let_report(RUN)
            yield message


def _show(message: Message, epochs: int) -> None:
    """One line for each epoch; within it, a bar where the output is a terminal."""
    if isinstance(message, WorkingOut) and sys.stdout.isatty():
        told = f"\rworking out features: {message.done:,} of {message.of:,} "
        print(told, end="", flush=True)
    if isinstance(message, Preparing) and sys.stdout.isatty():
        told = f"\rreading the pictures: {message.done:,} of {message.of:,} "
        print(told, end="", flush=True)
    if isinstance(message, Batch) and sys.stdout.isatty():
        done = BAR * message.batch // message.batches
        measures = message.measures.items()
        told = "".join(f"{name} {figure:.4f}  " for name, figure in measures)
        print(
            f"\r{message.epoch:>4}/{epochs} [{'=' * done:<{BAR}}] "
            f"loss {message.loss:.4f}  {told}"
            f"{message.images_per_second:,.0f} images/s ",
            end="",
            flush=True,
        )
    if isinstance(message, Epoch):
        figures = message.figures
        said = sorted((name for name in figures if name not in UNSAID), key=_place)
        told = "  ".join(f"{name} {figures[name]:.4f}" for name in said)
        start = "\r" if sys.stdout.isatty() else ""
        line = f"{start}{figures['epoch']:>4}/{epochs}  {told}"
        line += f"  learning_rate {figures['learning_rate']:.4g}"
        print(f"{line}  {figures['seconds']:.1f} s{' ' * 12}", flush=True)


def _place(name: str) -> tuple[bool, bool]:
    """Figures of the training come before those of the validation, the loss first."""
    return name.startswith("val_"), not name.endswith("loss")


def _say_gone(gone: Gone) -> None:
    print(
        f"\nThe training's process ended (exit code {gone.code}); "
        "the same command goes on from the last finished epoch.",
        file=sys.stderr,
    )


def _tell(where: Path, epochs: int | None) -> int:
    """The test's figures, where an epoch was finished; `epochs` were to be trained."""
    report = where / runs.REPORT
    if not report.exists():
        print("\nStopped before the first epoch was finished.", file=sys.stderr)
        return 1
    found = json.loads(report.read_text(encoding="utf-8"))
    test = found["test"]
    if epochs and found["epochs"] < epochs:
        said = "Done after {epoch} of {epochs} epochs: it got no better."
        print(said.format(epoch=found["epochs"], epochs=epochs))
    told = [
        f"test {name} {test[name]:.4f}"
        for name in ("accuracy", "mae", "loss")
        if name in test
    ]
    print(", ".join(told))
    return 0
