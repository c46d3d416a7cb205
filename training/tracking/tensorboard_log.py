"""Runs as folders of TensorBoard, by its own writer: figures, settings and script."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from training.rows import RUNNING
from training.tracking.told import VALIDATION, Told, after, figures

TRAIN, VALIDATED, TESTED = "train", "validation", "test"
OURS = ("seconds", "images_per_second")
"""Figures that Keras' own log does not have."""
LONGEST = 40  # signs of a run's name in the name of its folder
SCRIPT = "script"


class TensorBoardLog:
    """Writes as `keras.callbacks.TensorBoard` does, so that TensorBoard draws training
    and validation into one chart; epochs count from 1."""

    def __init__(self, folder: Path) -> None:
        # TensorBoard reads files through TensorFlow where it finds it, which takes
        # seconds and hundreds of megabytes; with this module there, it does not look.
        without = "tensorboard.compat.notf"
        sys.modules.setdefault(without, ModuleType(without))
        from tensorboard.summary.writer.event_file_writer import EventFileWriter

        self.writer = EventFileWriter
        self.folder = folder
        self.open: dict[str, tuple[dict[str, Any], int]] = {}
        """Of runs that go on: their writers by the folder, their last epoch there."""

    def send(self, told: Told) -> None:
        """Write what is not in the run's folder yet."""
        where = self.folder / _folder_name(told)
        writers, last = self._opened(where, told)
        try:
            last = self._epochs(writers, where, told, last)
            self._test(writers, where, told, last)
            for writer in writers.values():
                writer.flush()
        except BaseException:
            _close(writers)
            raise
        if told.row.state == RUNNING:
            self.open[told.row.id] = writers, last
        else:
            _close(writers)

    def _opened(self, where: Path, told: Told) -> tuple[dict[str, Any], int]:
        """The writers that are open, and the last epoch in the folder; a new one gets
        the settings and the script."""
        if told.row.id in self.open:
            return self.open.pop(told.row.id)
        writers: dict[str, Any] = {}
        if not where.is_dir():
            self._settings(writers, where, told)
        steps = (step for step, _ in _logged(where / TRAIN))
        return writers, max(steps, default=0)

    def _settings(self, writers: dict[str, Any], where: Path, told: Told) -> None:
        from tensorboard.plugins.hparams.summary_v2 import hparams_pb
        from tensorboard.plugins.text.summary_v2 import text_pb

        began = told.row.started or time.time()
        settings = hparams_pb(told.settings, told.row.id, began)
        self._write(writers, where, "", settings, 0)
        if told.script.is_file():
            printed = told.script.read_text(encoding="utf-8")
            marked = f"```python\n{printed}```"
            self._write(writers, where, "", text_pb(SCRIPT, marked), 0)

    def _epochs(
        self, writers: dict[str, Any], where: Path, told: Told, last: int
    ) -> int:
        for epoch in after(told.epochs, last):
            last = epoch["epoch"]
            for name, value in figures(epoch).items():
                part = VALIDATED if name.startswith(VALIDATION) else TRAIN
                tag = _tag(name.removeprefix(VALIDATION))
                self._write(writers, where, part, _scalar(tag, value), last)
        return last

    def _test(
        self, writers: dict[str, Any], where: Path, told: Told, last: int
    ) -> None:
        """How it did on the test data, a point beside the curves."""
        there = set(_logged(where / TESTED)) if told.test else set()
        for name, value in told.test.items():
            if (last, _tag(name)) not in there:
                scalar = _scalar(_tag(name), value)
                self._write(writers, where, TESTED, scalar, last)

    def _write(
        self, writers: dict[str, Any], where: Path, part: str, summary: Any, step: int
    ) -> None:
        from tensorboard.compat.proto.event_pb2 import Event

        if part not in writers:
            writers[part] = self.writer(str(where / part))
        event = Event(wall_time=time.time(), step=step, summary=summary)
        writers[part].add_event(event)


def _folder_name(told: Told) -> str:
    """By which a person finds the run, and no two runs are mixed up."""
    name = re.sub(r"\W+", "-", told.row.name).strip("-")[:LONGEST]
    return f"{name or 'run'}-{told.row.id[:12]}"


def _tag(name: str) -> str:
    return name if name in OURS else f"epoch_{name}"


def _scalar(tag: str, value: float) -> Any:
    from tensorboard.compat.proto.summary_pb2 import Summary

    return Summary(value=[Summary.Value(tag=tag, simple_value=value)])


def _logged(folder: Path) -> Iterator[tuple[int, str]]:
    """The steps and tags of what is in the event files of a folder."""
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader

    for path in sorted(folder.glob("events.out.tfevents.*")):
        for event in EventFileLoader(str(path)).Load():
            for value in event.summary.value:
                yield event.step, value.tag


def _close(writers: dict[str, Any]) -> None:
    for writer in writers.values():
        with suppress(Exception):  # what could not be written is told by then
            writer.close()
