"""The program that tells MLflow and TensorBoard; the trainer names changed runs."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Protocol

from training.ledger import Ledger
from training.settings import Settings
from training.tracking import unsent
from training.tracking.outbox import Outbox
from training.tracking.told import Told, read
from training.worker.life import be_first_to_go

CLOSE_SECONDS = 3.0
"""How long it goes on sending when the trainer has ended."""


class Log(Protocol):
    """One of those that are told."""

    def send(self, told: Told) -> None:
        """Tell it what it does not know yet."""


class Sender:
    """Reads a run from the record and sends it; what that takes is imported then."""

    def __init__(self, settings: Settings, make: Callable[[], Log]) -> None:
        self.settings = settings
        self.ledger = Ledger(settings.database)
        self.make = make
        self.log: Log | None = None

    def __call__(self, run_id: str) -> None:
        self.log = self.log or self.make()
        told = read(self.settings, self.ledger, run_id)
        if told is not None:
            self.log.send(told)


def main(named: Iterable[str]) -> None:
    """Hear the ids of runs, a line each, until the trainer ends, which ends this."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the trainer says when to end
    be_first_to_go()
    settings = Settings.from_environment()
    os.chdir(settings.home)  # where MLflow's client leaves files without a server
    before = unsent.read(settings.home)
    outboxes = [Outbox(name, sender) for name, sender in _senders(settings)]
    for outbox in outboxes:
        outbox.add(before.get(outbox.name, []))
    for line in named:
        for outbox in outboxes:
            outbox.add([line.strip()])
    left = {outbox.name: outbox.close(CLOSE_SECONDS) for outbox in outboxes}
    unsent.keep(settings.home, left)
    os._exit(0)  # whatever still waits for an answer


def _senders(settings: Settings) -> Iterable[tuple[str, Sender]]:
    """One for each program that the operator has named."""
    if settings.mlflow:
        yield unsent.MLFLOW, Sender(settings, partial(_mlflow, settings.mlflow))
    if settings.tensorboard:
        make = partial(_tensorboard, settings.tensorboard)
        yield unsent.TENSORBOARD, Sender(settings, make)


def _mlflow(uri: str) -> Log:
    from training.tracking.mlflow_log import MlflowLog

    return MlflowLog(uri)


def _tensorboard(folder: Path) -> Log:
    from training.tracking.tensorboard_log import TensorBoardLog

    return TensorBoardLog(folder)


if __name__ == "__main__":
    main(sys.stdin)
