"""People who train on a few slots, second by second, without any training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from training.queue import Line, Running, Waiting, giving_way, next_up

EPOCH = 20
"""Seconds."""


@dataclass
class Job:
    """What somebody asked for, and what became of it."""

    owner: str
    seconds: int
    asked: int
    began: int | None = None
    ended: int | None = None
    trained: int = 0
    turn: int = 0
    """Seconds that it has had its slot."""


@dataclass
class Classroom:
    """The line as the trainer keeps it; `slice` as in the settings."""

    slots: int
    slice: float = float("inf")
    now: int = 0
    jobs: dict[str, Job] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    running: list[Running] = field(default_factory=list)
    served: Counter[str] = field(default_factory=Counter)
    starts: list[str] = field(default_factory=list)
    """Owners, one for each time that a run of theirs got a slot."""

    def ask(self, owner: str, seconds: int = 10**6) -> Job:
        """Somebody presses Train."""
        number = len(self.jobs)
        self.jobs[str(number)] = job = Job(owner, seconds, self.now)
        self.waiting.append(Waiting(str(number), owner, number))
        self.settle()
        return job

    def end(self, run: Running) -> None:
        """A run is done."""
        self.running.remove(run)
        self.jobs[run.id].ended = self.now
        self.settle()

    def settle(self, over: Collection[str] = ()) -> None:
        """What the trainer does when it looks: some leave, others get their slots."""
        line = Line(self.waiting, self.running)
        for run_id in giving_way(line, self.slots, over):
            run = next(run for run in self.running if run.id == run_id)
            self.running.remove(run)
            self.waiting.append(Waiting(run.id, run.owner, int(run.id)))
        while len(self.running) < self.slots and self.waiting:
            self._start()

    def pass_a_second(self) -> None:
        """Everybody who has a slot trains."""
        self.now += 1
        for run in self.running:
            self.jobs[run.id].trained += 1
            self.jobs[run.id].turn += 1
        done = [r for r in self.running if self._is_done(self.jobs[r.id])]
        for run in done:
            self.end(run)
        self.settle([run.id for run in self.running if self._is_over(run.id)])

    def _start(self) -> None:
        owners = [run.owner for run in self.running]
        turn = next_up(self.waiting, owners, self.served)
        assert turn is not None
        self.waiting.remove(turn)
        self.starts.append(turn.owner)
        self.served[turn.owner] = len(self.starts)
        self.running.append(Running(turn.id, turn.owner, len(self.starts)))
        job = self.jobs[turn.id]
        job.turn = 0
        job.began = self.now if job.began is None else job.began

    def _is_done(self, job: Job) -> bool:
        return job.trained >= job.seconds

    def _is_over(self, run_id: str) -> bool:
        job = self.jobs[run_id]
        return job.trained % EPOCH == 0 and job.turn >= self.slice
