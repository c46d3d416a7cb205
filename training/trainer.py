"""The program beside the page: takes runs from the queue and watches over them."""

from __future__ import annotations

import logging
import signal
from collections import deque
from collections.abc import Callable
from dataclasses import asdict
from time import monotonic
from typing import Any

import psutil
from sqlalchemy.exc import OperationalError

from bricks.words import N_, Text
from training import admission, asks, code, exports, measures, outset, queue, runs
from training.answers import Answers, Sayings
from training.backup import Backups
from training.calibrator import Calibrator
from training.engines.local import LocalEngine
from training.ledger import Ledger
from training.messages import (
    About,
    Alive,
    Batch,
    Done,
    Epoch,
    Failed,
    Gone,
    Message,
    Prepare,
    Preparing,
    Started,
    Stopped,
    WorkingOut,
)
from training.removal import remove_deleted
from training.rows import DONE, FAILED, RUNNING, STOPPED, RunRow
from training.settings import Settings
from training.studies.running import Running
from training.tables import Damaged, StoreError
from training.tracking.tracker import Tracker
from training.turns import Turns
from training.viewers import Viewers
from training.worker import life
from uploads.shelf import Shelf

LOOK_SECONDS = 0.05
"""How often the record is looked at."""
BACK_OFF_SECONDS = 1.0
"""After the record could not be written."""
WAIT_SECONDS = 2.0
"""Before it is seen again whether memory is free that another run had."""
PREPARE_SECONDS = 1.0
"""How often data may be loaded ahead."""
REMOVE_SECONDS = 600.0
"""How often deleted runs are looked for."""
COMPARE_SECONDS = 5.0
"""How often our code is compared with that on the disk."""
PREPARE_MEMORY = 4 << 30
"""Bytes that must be available for it."""

CRASHED = N_(
    "The training stopped {tries} times without finishing an epoch ({why}): choose a "
    "smaller batch size or smaller bricks; the log of run {run} says more."
)

UNFORESEEN = Text(N_("This tower can't be trained here; the server's log says why."))

log = logging.getLogger(__name__)


class Trainer:
    """One step after another: hear the runs, write it down, stop, start."""

    def __init__(self, settings: Settings, ledger: Ledger, engine: LocalEngine) -> None:
        self.settings = settings
        self.ledger = ledger
        self.engine = engine
        self.ended = False
        self.calibrator = Calibrator(settings)
        self.backups = Backups(settings)
        self.studies = Running(ledger)
        sayings = Sayings(asks.NO_MEMORY, asks.NO_ANSWER)
        self.answers = Answers(asks.asked(settings), engine.context, sayings)
        sayings = Sayings(measures.NO_MEMORY, measures.NO_ANSWER)
        room = measures.asked(settings)
        self.measures = Answers(room, engine.context, sayings, measures.LONGEST)
        sayings = Sayings(exports.NO_MEMORY, exports.NO_ANSWER)
        room = exports.asked(settings)
        self.exports = Answers(room, engine.context, sayings, exports.LONGEST)
        self.viewers = Viewers(settings, engine.context)
        self.tracker = Tracker(settings)
        self.code = code.stamp()
        self.outdated = False
        self._compare_after = monotonic() + COMPARE_SECONDS
        self.turns = Turns(settings, ledger)
        self.killed: set[str] = set()  # runs, since their last finished epoch
        self.unwritten: deque[tuple[str, Message]] = deque()
        self._write_after = 0.0
        self._prepare_after = self._start_after = self._remove_after = 0.0
        self._document: tuple[str, str] | None = None
        self._prepared: Prepare | None = None

    def serve(self) -> None:
        """Work until told to end (signal TERM or INT); what runs then waits again."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(self, "ended", True))
        self._take_up()
        try:
            while not self.ended:
                self.step()
        finally:
            self.calibrator.stop()
            self.answers.close()
            self.measures.close()
            self.exports.close()
            self.viewers.close()
            self.engine.close()
            for row in self.ledger.running():
                self.ledger.again(row.id)
            self.tracker.close()

    def step(self) -> None:
        """One look at the runs and at the record."""
        for told in self.engine.events(LOOK_SECONDS):
            self._remember(*told)
        self.answers.go_on()
        self.measures.go_on()
        self.exports.go_on()
        self.viewers.go_on()
        if monotonic() < self._write_after:
            return
        try:
            while self.unwritten:
                self._write(*self.unwritten[0])
                self.unwritten.popleft()
            self._look()
        except Damaged:
            raise  # the next trainer mends the record before it begins
        except (StoreError, OperationalError) as error:
            log.warning("The record can't be written, trying again: %s", error)
            self._write_after = monotonic() + BACK_OFF_SECONDS

    def _remember(self, run_id: str, message: Message) -> None:
        """Keep it till it is written; of how far a run is, the last word is enough."""
        if isinstance(message, Alive):
            return
        if isinstance(message, Batch):
            told = (t for t in self.unwritten if (t[0], type(t[1])) == (run_id, Batch))
            if before := next(told, None):
                self.unwritten.remove(before)
        self.unwritten.append((run_id, message))

    def _look(self) -> None:
        """Do what the record asks for."""
        line = self.ledger.line()
        waiting = bool(line.waiting)
        if self._is_outdated():
            self.ended = not self.engine.run_ids  # what runs may end first
            waiting = False
        for run in line.running:
            if run.id not in self.engine.run_ids:
                self.ledger.again(run.id)  # it could not be written how it ended
            elif run.wanted:
                self.engine.stop(run.id, report=self._reports(run))
        self.turns.look(line)
        if monotonic() > self._remove_after:
            self._remove_after = monotonic() + REMOVE_SECONDS
            remove_deleted(self.settings, self.ledger)
        self.backups.go_on()
        answers = self.answers.busy or self.measures.busy or self.exports.busy
        busy = line.running or waiting or answers or self.outdated
        busy = busy or self.studies.busy or self.viewers.busy
        self.calibrator.go_on(idle=not busy)
        if not self.outdated:
            self.studies.go_on(spare=self.engine.free > 0 and not waiting)
        if waiting:
            self._start_next()
        elif not self.outdated:
            self._prepare_next()

    def _reports(self, run: queue.Running) -> bool:
        """Whether a run that is to end shall test its best model then."""
        return run.wanted == STOPPED and run.id not in self.studies.hopeless

    def _is_outdated(self) -> bool:
        """Whether Brickyard was updated, so that a trainer of today must take over."""
        if monotonic() > self._compare_after:
            self._compare_after = monotonic() + COMPARE_SECONDS
            self.outdated = self.outdated or self.code != code.stamp()
        return self.outdated

    def _take_up(self) -> None:
        """Runs that a trainer before us left behind go back to the queue."""
        for row in self.ledger.running():
            log.info("Run %s was left behind; it goes on.", row.id)
            _end_process(row)
            runs.tidy(runs.folder(self.settings, row.id))
            self.ledger.again(row.id)

    def _start_next(self) -> None:
        while self.engine.free > 0 and monotonic() > self._start_after:
            row = self.ledger.take()
            if row is None:
                return
            self._start(row)

    def _prepare_next(self) -> None:
        """Have data at hand for the tower that was changed last: it may be trained."""
        if monotonic() < self._prepare_after:
            return
        self._prepare_after = monotonic() + PREPARE_SECONDS
        enough = psutil.virtual_memory().available > PREPARE_MEMORY
        document = self.ledger.latest_document() if enough else None
        if document and document != self._document:
            self._document = document
            self._prepared = outset.whatever_comes(
                outset.to_prepare, self.settings, *document
            )
        if enough and self._prepared:
            self.engine.prepare(self._prepared)

    def _start(self, row: RunRow) -> None:
        where = runs.folder(self.settings, row.id)
        shelf = Shelf(self.settings.home, row.owner)
        ready = outset.whatever_comes(outset.made_ready, where, row, shelf)
        reason, own = ready or (UNFORESEEN, None)
        if reason and self.engine.run_ids and admission.may_pass(reason):
            self._start_after = monotonic() + WAIT_SECONDS
            self.turns.short = True
            self.ledger.again(row.id, counted=False)
            return
        if reason:
            self._fail(row.id, reason)
            return
        log.info("Run %s starts (try %s).", row.id, row.tries)
        try:
            self.ledger.begun(row.id, *self.engine.start(row.id, where, own))
        except (OSError, EOFError):  # too many processes, say, or the forkserver died
            log.exception("Run %s gets no process; it waits.", row.id)
            self._start_after = monotonic() + WAIT_SECONDS
            self.ledger.again(row.id, counted=False)

    def _write(self, run_id: str, message: Message) -> None:
        writer = _WRITERS.get(type(message))
        if writer:
            writer(self, run_id, message)
            self.tracker.hear(run_id, message)

    def _started(self, run_id: str, message: Started) -> None:
        self.ledger.started(run_id, message.device, message.figures, message.about)
        self.turns.began(run_id)

    def _about(self, run_id: str, message: About) -> None:
        self.ledger.about(run_id, message.about)

    def _batch(self, run_id: str, message: Batch | Preparing | WorkingOut) -> None:
        self.ledger.progress(run_id, asdict(message))

    def _epoch(self, run_id: str, message: Epoch) -> None:
        self.ledger.epoch(run_id, message.figures)
        self.turns.epoch(run_id)
        self.killed.discard(run_id)
        self.studies.epoch(run_id, message.figures)

    def _stopped(self, run_id: str, message: Stopped) -> None:
        row = self.ledger.run(run_id)
        if row and row.wanted == STOPPED:
            self.engine.let_report(run_id)
        self.ledger.again(run_id, counted=False)
        self.killed.discard(run_id)

    def _done(self, run_id: str, message: Done) -> None:
        self._end(run_id, DONE)

    def _failed(self, run_id: str, message: Failed) -> None:
        self._fail(run_id, message.reason)

    def _gone(self, run_id: str, message: Gone) -> None:
        row = self.ledger.run(run_id)
        if row is None or row.state != RUNNING:
            return
        log.warning("Run %s lost its process (%s).", run_id, message)
        reason = self._given_up(row, message)
        if reason:
            self._fail(run_id, reason)
            return
        self.ledger.again(run_id)
        if message.killed and row.wanted is None:
            self.killed.add(run_id)

    def _given_up(self, row: RunRow, gone: Gone) -> Text | None:
        """A sentence where another try would most likely end as this one did."""
        if row.wanted is not None:
            return None
        if gone.killed and row.id in self.killed:
            return admission.OUT_OF_MEMORY
        if row.tries >= self.settings.tries:
            return _crashed(row, gone)
        return None

    def _fail(self, run_id: str, reason: Text) -> None:
        log.warning("Run %s failed: %s", run_id, reason)
        self._end(run_id, FAILED, reason.to_json())

    def _end(self, run_id: str, state: str, reason: Any = None) -> None:
        self.ledger.end(run_id, state, reason)
        self.killed.discard(run_id)


_WRITERS: dict[type, Callable[[Trainer, str, Any], None]] = {
    Started: Trainer._started,
    About: Trainer._about,
    Preparing: Trainer._batch,
    WorkingOut: Trainer._batch,
    Batch: Trainer._batch,
    Epoch: Trainer._epoch,
    Stopped: Trainer._stopped,
    Done: Trainer._done,
    Failed: Trainer._failed,
    Gone: Trainer._gone,
}


def _crashed(row: RunRow, gone: Gone) -> Text:
    if gone.silent:
        why = Text(N_("nothing was heard of it"))
    elif gone.killed:
        why = Text(N_("killed, most likely because memory ran out"))
    else:
        why = Text(N_("exit code {code}"), {"code": gone.code})
    return Text(CRASHED, {"tries": row.tries, "why": why, "run": row.id})


def _end_process(row: RunRow) -> None:
    """Kill what is left of a run, if it is still the process that we know."""
    if row.pid is None or life.born(row.pid) != row.born:
        return
    try:
        process = psutil.Process(row.pid)
        process.kill()
        process.wait(5)
    except psutil.Error:
        return  # gone already
