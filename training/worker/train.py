"""One run: its own train.py, run in this process and reported on."""

from __future__ import annotations

import json
import os
import threading
import traceback
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np

from bricks.brick import Base
from bricks.catalog import catalog
from bricks.project import Project
from bricks.strictjson import MOST_SAVED
from bricks.walk import label_brick, walk
from bricks.words import Text
from codegen import live
from explain import answers, report
from explain.taps import Watch, watched
from storage import files
from training import datasets, runs, weights
from training.bases import find_in
from training.imagenet import asks
from training.messages import (
    About,
    Done,
    Failed,
    Fetching,
    Own,
    Preparing,
    Started,
    Stopped,
    Task,
    WorkingOut,
)
from training.own import is_own
from training.worker import (
    about,
    asked,
    callbacks,
    checkpoint,
    features,
    histograms,
)
from training.worker.best import WEIGHTS, Best, is_stale
from training.worker.callbacks import Interrupted
from training.worker.changing import Changing, bases
from training.worker.due import Due
from training.worker.journal import Journal
from training.worker.kept_open import points
from training.worker.life import Line
from training.worker.prepared import DATA, Prepared, bring
from training.worker.reasons import why
from training.worker.weights import Tell, ready
from uploads import prepare
from uploads.dataset import PICTURES
from uploads.shelf import GONE, INDEX

NETWORK_SECONDS = 10.0  # a run may wait for a slow network longer than a page
LOGS = "BRICKYARD_LOGS"
"""The variable in which a printed script looks for where TensorBoard's logs go."""
BEST = "BRICKYARD_BEST"
"""The variable in which it looks for where its own best checkpoint goes."""
prepared = Prepared()
"""What this process has loaded while it waited."""


def run(task: Task, line: Line) -> None:
    """Train, from the last checkpoint on, and tell how it ended."""
    folder = Path(task.folder)
    try:
        document = (folder / runs.PROJECT).read_bytes()
        project = Project.from_json(document, MOST_SAVED)
        missing = _missing(project, task.own) or weights.missing(
            project.tower, NETWORK_SECONDS
        )
        if missing:
            line.send(Failed(missing))
            return
        if asks(project.tower.data):
            _ask(folder, project, line)
        else:
            _train(folder, project, task, line)
        line.send(Done())
    except Exception as error:  # noqa: BLE001 - whatever it is, its owner is told
        traceback.print_exc()
        line.send(Failed(why(error, task.run_id, folder)))


def _ask(folder: Path, project: Project, line: Line) -> None:
    """Nothing is trained: the model is to be asked as it is."""
    try:
        asked.keep(folder, project, line, _fetching(line))
    except Interrupted:
        line.send(Stopped())


def _missing(project: Project, own: Own | None) -> Text | None:
    """A sentence where the run's data can't be had."""
    placed = project.tower.data
    if not is_own(placed):
        return datasets.missing(placed, wait=NETWORK_SECONDS)
    there = own is not None and (Path(own.folder) / INDEX).is_file()
    return None if there else Text(GONE)


def _train(folder: Path, project: Project, task: Task, line: Line) -> None:
    own = task.own
    source = (folder / runs.SCRIPT).read_text(encoding="utf-8")
    kept_in = folder / runs.CHECKPOINT
    kept = checkpoint.load(kept_in)
    state, journal = kept if kept else (None, Journal())
    begun = len(journal.figures)
    told = about.about(project)
    line.send(Started(told["device"], tuple(journal.figures), told))
    telling: threading.Thread | None = None
    data: Any = None
    try:
        bring(own, _telling(line, Preparing))
        find_in(folder, project.tower)
        os.environ[LOGS] = str(folder / runs.LOGS)
        os.environ[BEST] = str(folder / runs.BEST)
        script = live.module(source)
        keras.utils.set_random_seed(script.SEED + begun)
        data = prepared.data(script, source)
        telling = _tell_of_data(project, own, line)
        unsettled = is_stale(folder / runs.MODEL, kept_in / WEIGHTS)
        if journal.goes_on(script.EPOCHS) or unsettled:
            _fit(task, project, script, source, data, (state, journal), line)
    except Interrupted:
        line.send(Stopped())
    finally:
        files.write(folder / runs.HISTORY, journal.to_csv())
    if data and journal.best is not None and line.report:
        _report(folder, script, data[2], journal, own)
    if telling:
        telling.join()


def _fit(
    task: Task,
    project: Project,
    script: ModuleType,
    source: str,
    data: Any,
    kept: tuple[bytes | None, Journal],
    line: Line,
) -> None:
    """Run the script's `train` from where it was left, and keep the best model."""
    (state, journal), folder = kept, Path(task.folder)
    kept_in = folder / runs.CHECKPOINT
    watch, begun = watched(script), len(journal.figures)
    with ready(weights.files(project.tower), _fetching(line), line.stop):
        model = script.build_model()
    if state is not None:  # before its base is asked for features
        checkpoint.restore_weights(model, state)
    if hasattr(script, "compile_model"):  # where the head alone is fitted
        script.compile_model(model, script.LEARNING_RATE)
        model.optimizer.build(model.trainable_variables)  # as it will be in the file
    changing = Changing(model, _random(project))
    anew = getattr(script, "FROZEN_EPOCHS", None)
    measure = (*label_brick(project.tower.data).metrics, "loss")[0]
    best = Best(folder / runs.MODEL, journal, measure, changing, kept_in)
    try:
        if journal.goes_on(script.EPOCHS):
            made = _made(script)
            if task.features and features.wanted(script, begun):
                tell = _telling(line, WorkingOut)
                features.bring(script, source, model, data, task.features, tell)
            listening = [
                *_callbacks(line, journal, len(data[0][0]), (script.EPOCHS, anew)),
                best,
                features.InUse(),
                *_histograms(folder, project, watch, model, data[1], begun),
                callbacks.Checkpoint(
                    kept_in, line.send, journal, state, made, changing, anew
                ),
            ]
            script.train(model, data, listening, initial_epoch=begun)
    finally:
        best.settle()


def _random(project: Project) -> bool:
    """Whether a base began with weights that no file has."""
    bases = ((catalog().get(placed.kind), placed) for placed in project.tower)
    return any(
        isinstance(brick, Base) and brick.full(placed.settings)["weights"] is None
        for brick, placed in bases
    )


def _tell_of_data(project: Project, own: Own | None, line: Line) -> threading.Thread:
    """Tell what exactly the data are, beside the training: reading takes a while."""

    def tell() -> None:
        with suppress(OSError):  # somebody has taken the files away meanwhile
            line.send(About({"data": about.data(project, own)}))

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    return thread


def _telling(
    line: Line, message: type[Preparing] | type[WorkingOut]
) -> prepare.Progress:
    """Tells how many pictures are done, a few times a second, until told to stop."""
    due = Due()

    def tell(done: int, of: int) -> None:
        if line.stop.is_set():
            raise Interrupted
        if of and due.now():
            line.send(message(done, of))

    return tell


def _fetching(line: Line) -> Tell:
    """Tells how far a download is, a few times a second."""
    due = Due()

    def tell(file: str, done: int, of: int) -> None:
        if due.now():
            line.send(Fetching(file, done, of))

    return tell


def _told(own: Own | None) -> dict[str, Any]:
    """What a report says of the user's own data: their name and exact content."""
    if own is None:
        return {}
    return {"data": own.settings["title"], "content": own.settings["content"]}


def _made(script: ModuleType) -> list[keras.callbacks.Callback]:
    """The script's own callbacks, those that its `train` will have, too."""
    if not hasattr(script, "make_callbacks"):
        return []
    made = script.make_callbacks()
    script.make_callbacks = lambda: made  # type: ignore[attr-defined]
    return made


def _callbacks(
    line: Line, journal: Journal, images: int, epochs: tuple[int, int | None]
) -> list[keras.callbacks.Callback]:
    """In the order in which they hear of an epoch; the checkpoint, last, has it all."""
    return [
        callbacks.NoBar(),
        callbacks.Stopping(line.stop),
        callbacks.Reporting(line.send, journal, images, *epochs),
    ]


def _histograms(
    folder: Path,
    project: Project,
    watch: Watch,
    model: keras.Model,
    validation: Any,
    begun: int,
) -> list[keras.callbacks.Callback]:
    """What keeps the histograms; nothing where a script that an earlier Brickyard
    printed has other layers than the tower would have today."""
    try:
        taps = watch.taps(project, model)
    except ValueError:
        return []
    if bases(model):  # of a sealed one there is nothing to see, and much to count
        taps = [tap for tap in taps if tap.layer.trainable_variables]
    x, y = (part[: histograms.EXAMPLES] for part in validation)
    x = points(np.asarray(x))
    y = x if label_brick(project.tower.data).itself else np.asarray(y)
    madds = sum(stage.madds for stage in walk(project.tower))
    path = folder / runs.HISTOGRAMS
    places = histograms.places(project, taps)
    low = features.validation if features.FEATURES in os.environ else None
    return [histograms.Histograms(path, places, x, y, madds, begun, model, low)]


def _report(
    folder: Path,
    script: ModuleType,
    test: Any,
    journal: Journal,
    own: Own | None,
) -> None:
    """Test the best model, and write what came of it."""
    model = keras.models.load_model(folder / runs.MODEL)
    x, y = test
    found = report.report(model, x, y, getattr(script, "CLASSES", ()))
    keys = prepare.keys(Path(os.environ[DATA]), "test") if _pictured(own) else []
    for mistake in found.mistakes if keys else ():
        mistake["key"] = keys[mistake["index"]]
    pictures = BytesIO()
    np.savez_compressed(pictures, pictures=found.pictures)
    files.write(folder / runs.MISTAKES, pictures.getvalue())
    kept = replace(found.answers, keys=np.array(keys, "S"))
    files.write(folder / answers.FILES[answers.BEST], kept.to_bytes())
    told = {
        **found.to_json(),
        "epochs": len(journal.figures),
        "seconds": journal.seconds,
        "seed": script.SEED,
        "versions": about.versions(),
        **_told(own),
    }
    files.write(folder / runs.REPORT, json.dumps(told, indent=1))


def _pictured(own: Own | None) -> bool:
    return own is not None and own.kind == PICTURES
