"""The trainer's part in looking into models: a viewer while somebody looks."""

from __future__ import annotations

import logging
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import psutil

from training import viewing
from training.settings import Settings
from training.worker.viewer import work

if TYPE_CHECKING:  # Windows lacks the first
    from multiprocessing.context import ForkServerContext, SpawnContext

LOOK_SECONDS = 0.05
MEMORY = 1 << 30
"""Bytes that must be available to begin."""

log = logging.getLogger(__name__)


@dataclass
class Viewer:
    """The process, and the folder of its socket."""

    process: BaseProcess
    folder: Path


class Viewers:
    """One viewer at most; it ends by itself when nobody has looked for long."""

    def __init__(
        self, settings: Settings, context: ForkServerContext | SpawnContext
    ) -> None:
        self.where = viewing.place(settings)
        self.context = context
        self.viewer: Viewer | None = None
        self._look_after = 0.0
        self._seen = 0.0

    @property
    def busy(self) -> bool:
        """Whether there is one."""
        return self.viewer is not None

    def go_on(self) -> None:
        """Bury one that ended; have one where somebody wants to look."""
        if monotonic() < self._look_after:
            return
        self._look_after = monotonic() + LOOK_SECONDS
        if self.viewer and not self.viewer.process.is_alive():
            self._bury(self.viewer)
        wanted = self._wanted()
        if wanted > self._seen and self.viewer is None:
            self._seen = wanted
            self._begin()

    def close(self) -> None:
        """End it."""
        if self.viewer:
            self.viewer.process.kill()
            self._bury(self.viewer)

    def _wanted(self) -> float:
        """When somebody last asked for one."""
        try:
            return (self.where / viewing.WANTED).stat().st_mtime
        except FileNotFoundError:
            return 0.0

    def _begin(self) -> None:
        if psutil.virtual_memory().available < MEMORY:
            viewing.fail(self.where, viewing.NO_MEMORY)
            return
        folder = Path(tempfile.mkdtemp(prefix="brickyard-"))
        process = self.context.Process(
            target=work, args=(str(folder), str(self.where)), daemon=True
        )
        try:
            process.start()
        except (OSError, EOFError):  # too many processes, say: it is wanted again
            log.exception("No viewer can be had just now.")
            shutil.rmtree(folder, ignore_errors=True)
            return
        self.viewer = Viewer(process, folder)

    def _bury(self, viewer: Viewer) -> None:
        viewer.process.join(5)
        if viewer.process.exitcode:
            log.warning("The viewer ended (%s).", viewer.process.exitcode)
        shutil.rmtree(viewer.folder, ignore_errors=True)
        with suppress(FileNotFoundError):
            (self.where / viewing.DOOR).unlink()
        self.viewer = None
