"""Kills at random moments: what is lost, what is left over, what goes on.

A real trainer, four people's runs, and a bench that kills processes: runs' workers in
every phase, the process that they are forked from, the trainer.
Run with: python -m tests.bench.faults [--kills N] [--seed S] [--slots N]
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from bricks.project import Project
from bricks.tower import Placed, Tower
from bricks.training import Training
from bricks.words import Text
from tests.bench.reader import READ_SECONDS, Reader, half_written, kept_epochs
from tests.bench.tally import Tally, show
from tests.training.serving import Server, lives, told, worker_of
from training import runs
from training.ledger import Ledger
from training.rows import ACTIVE, FAILED, RunRow
from training.settings import Settings
from training.store import Store

PEOPLE = ("ann", "bob", "cho", "dan")
EPOCHS = 6
PATIENCE = 180.0
"""Seconds that a run may take to go on, on a busy machine."""
LOOK_SECONDS = 0.005
ORPHAN_SECONDS = 10.0
# Half of the kills fall anywhere, the others wait for a moment that is short.
MOMENTS = {
    "anywhere": 20,
    "start": 3,
    "checkpoint": 6,
    "model": 4,
    "report": 4,
    "spare": 2,
    "forkserver": 1,
    "trainer": 2,
}


def tower(seed: int) -> Project:
    """A tower whose checkpoint takes long enough to be hit: 80,000 weights."""
    bricks = (
        Placed("Flatten"),
        Placed("Dense", {"units": 256, "activation": "relu"}),
        Placed("Dense", {"units": 256, "activation": "relu"}),
        Placed("Dense", {"units": 10, "activation": "softmax"}),
    )
    training = Training(epochs=EPOCHS, batch_size=16, seed=seed)
    return Project("Wide", Tower(Placed("Digits", id="data"), bricks), training)


class Bench:
    """People who train without end, and whoever kills what they train."""

    def __init__(self, settings: Settings, seed: int) -> None:
        self.settings = settings
        self.chance = random.Random(seed)
        self.tally = Tally()
        self.store, self.ledger = Store(settings.database), Ledger(settings.database)
        self.reader = Reader(Store(settings.database), self.tally)
        self.server = Server(settings)
        self.asked: dict[str, str] = {}
        self.read: dict[str, int] = {}  # bytes of a run's log that were looked at
        document = tower(0).to_json()
        self.projects = {
            who: self.store.create_project(who, "Wide", document).id for who in PEOPLE
        }

    def work(self, kills: int, minutes: float) -> None:
        """Kill so many times, or for so long, then let everything come to its end."""
        self.server.start()
        self.reader.start()
        said, until = 0, time.monotonic() + 60 * minutes
        while self.tally.kills.total() < kills and time.monotonic() < until:
            self.tend()
            moment = self.chance.choices([*MOMENTS], [*MOMENTS.values()])[0]
            self.kill(moment)
            for fault in self.tally.faults[said:]:
                print("FAULT", fault, flush=True)
            said = len(self.tally.faults)
            print(f"{self.tally.kills.total()} kills", end="\r", flush=True)
        self.settle()
        self.reader.ended.set()
        self.reader.join()
        self.expect_gone("the end", self.server.family(), self.server.terminate)

    # The people

    def tend(self, anew: bool = True) -> None:
        """Everybody has a run; one that failed goes on, one that is done is judged."""
        for who in PEOPLE:
            row = self.ledger.run(self.asked[who]) if who in self.asked else None
            if row and row.state == FAILED:
                reason = str(Text.from_json(row.reason or {}))
                self.tally.failed[reason] += 1
                self.store.resume_run(who, row.id)
            elif row and row.state not in ACTIVE:
                self.judge(row)
                self.asked.pop(who)
            if anew and who not in self.asked:
                self.ask(who)

    def ask(self, who: str) -> None:
        """A new run of theirs."""
        document = tower(self.chance.randrange(1000)).to_json()
        key = str(self.chance.random())
        project = self.projects[who]
        self.asked[who] = self.store.ask_run(who, project, document, key).id
        self.reader.watched = [*self.asked.values()]

    def settle(self) -> None:
        """Let what runs come to its end."""
        deadline = time.monotonic() + PATIENCE * len(PEOPLE)
        while self.asked and time.monotonic() < deadline:
            self.tend(anew=False)
            time.sleep(0.1)
        self.tally.histories += [f"{run} never ended" for run in self.asked.values()]

    def judge(self, row: RunRow) -> None:
        """A run that is done has every epoch once, and nothing half written."""
        self.tally.done += 1
        where = runs.folder(self.settings, row.id)
        wanted = list(range(1, EPOCHS + 1))
        kept = [figures["epoch"] for figures in self.store.epochs(row.id)]
        with (where / runs.HISTORY).open() as file:
            told = [int(line["epoch"]) for line in csv.DictReader(file)]
        if (row.state, kept, told) != ("done", wanted, wanted):
            self.tally.histories.append(f"{row.id} {row.state}: {kept}, {told}")
        report = json.loads((where / runs.REPORT).read_text())
        if report["epochs"] != EPOCHS:
            self.tally.histories.append(f"{row.id} reports {report['epochs']} epochs")
        self.until(lambda: worker_of(self.ledger.run(row.id)) is None, 5)
        self.tally.left_over += [str(path) for path in half_written(where)]

    # The kills

    def kill(self, moment: str) -> None:
        """Wait for the moment, kill, see what is lost and that it goes on."""
        if moment in ("trainer", "forkserver"):
            self.kill_all(moment)
            return
        if moment == "spare":
            self.kill_spare()
            return
        found = self.wait_for(moment)
        if found is None:
            return
        row, process = found
        phase = self.phase(row)
        time.sleep(self.chance.random() * (0.5 if moment == "anywhere" else 0.004))
        phase = self.phase(row) if moment == "anywhere" else phase
        if not end(process):
            return
        self.tally.kills[phase] += 1
        self.lost(row)
        self.noticed([row])

    def wait_for(self, moment: str) -> tuple[RunRow, psutil.Process] | None:
        """A run in this phase, and its process; None where none comes to it."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.tend()
            rows = self.ledger.running()
            self.chance.shuffle(rows)
            again = time.monotonic() + READ_SECONDS
            while time.monotonic() < again:
                for row in rows:
                    process = worker_of(row)
                    if process and moment in ("anywhere", self.phase(row)):
                        return row, process
                time.sleep(LOOK_SECONDS)
        return None

    def phase(self, row: RunRow) -> str:
        """What a run is doing just now, by its folder and by the record."""
        where = runs.folder(self.settings, row.id)
        if any(half_written(where / runs.CHECKPOINT)):
            return "checkpoint"
        if any(half_written(where)):
            return "model"
        now = self.ledger.run(row.id)
        if now is None or not now.progress:
            return "start"
        return "report" if now.epoch >= EPOCHS else "epoch"

    def kill_all(self, which: str) -> None:
        """Kill the trainer, or what its workers are forked from."""
        time.sleep(self.chance.random())
        rows = [row for row in self.ledger.running() if worker_of(row)]
        family = self.server.family()
        forked_from = self.server.forkserver()
        process = self.server.process if which == "trainer" else forked_from
        if process is None:
            return
        self.tally.kills[which] += 1
        if which == "trainer":
            self.expect_gone(which, family, self.server.kill)
            for row in rows:
                self.lost(row)
            self.server.start()
        else:
            workers = [one for one in family if one.pid != self.server.process.pid]
            ours = [one for one in workers if one.ppid() == process.pid]
            self.expect_gone(which, ours, lambda: end(process))
            for row in rows:
                self.lost(row)
        self.noticed(rows)

    def kill_spare(self) -> None:
        """Kill a worker that has no run, most likely while it gets warm."""
        busy = {row.pid for row in self.ledger.running()}
        spares = [one for one in self.server.workers() if one.pid not in busy]
        if spares and end(self.chance.choice(spares)):
            self.tally.kills["spare"] += 1

    def expect_gone(self, after: str, family: list[psutil.Process], do: Any) -> None:
        """Do it; none of these processes may be there ten seconds later."""
        do()
        self.until(lambda: not any(map(lives, family)), ORPHAN_SECONDS)
        for one in filter(lives, family):
            about = f"{one.pid} {one.status()} {told(one)[:99]}"
            self.tally.orphans.append(f"after {after}: {about}")
            end(one)

    def lost(self, row: RunRow) -> None:
        """How much work a kill took, by the run's log and its checkpoints."""
        where = runs.folder(self.settings, row.id)
        finished = self.finished(row.id)
        kept = kept_epochs(where / runs.CHECKPOINT, self.tally)
        if finished > kept:
            self.tally.lost_epochs.append(finished - kept)
        else:
            within = row.progress.get("epoch", 0) == kept + 1
            share = row.progress["batch"] / row.progress["batches"] if within else 0.0
            self.tally.lost_epochs.append(share)

    def finished(self, run_id: str) -> int:
        """The last epoch that the process told in its log since the last kill."""
        log = runs.folder(self.settings, run_id) / runs.LOG
        if not log.exists():
            return 0
        told = log.read_bytes()
        new = told[self.read.get(run_id, 0) :].decode(errors="replace")
        self.read[run_id] = len(told)
        lines = [line for line in new.splitlines() if line.startswith("{'epoch': ")]
        return max((int(line[10:].split(",")[0]) for line in lines), default=0)

    def noticed(self, rows: list[RunRow]) -> None:
        """Wait until the record no longer has these runs in the killed process."""
        began = time.monotonic()
        for row in rows:

            def seen(row: RunRow = row) -> bool:
                now = self.ledger.run(row.id)
                return now is None or now.state != "running" or now.pid != row.pid

            if not self.until(seen, PATIENCE):
                self.tally.histories.append(f"{row.id} did not go on")
        if rows:
            self.tally.noticed.append(time.monotonic() - began)

    def until(self, happened: Any, seconds: float) -> bool:
        """Whether it happens in time."""
        deadline = time.monotonic() + seconds
        while not happened():
            if time.monotonic() > deadline:
                return False
            time.sleep(LOOK_SECONDS)
        return True


def end(process: Any) -> bool:
    """Kill it; False where it had ended."""
    try:
        process.send_signal(signal.SIGKILL)
        return True
    except psutil.NoSuchProcess:
        return False


def main() -> int:
    """0 where nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slots", type=int, default=2)
    parser.add_argument("--log", default=os.devnull, help="keep the trainer's log here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        url = f"sqlite:///{home}/brickyard.db"
        bench = Bench(Settings(Path(home), url, slots=given.slots), given.seed)
        try:
            bench.work(given.kills, given.minutes)
        finally:
            bench.server.kill()
            shutil.copy(bench.settings.log, given.log)
        show(bench.tally)
    return 1 if bench.tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
