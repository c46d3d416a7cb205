"""How long runs have had their slots, and when they leave them to others."""

from __future__ import annotations

from time import monotonic

from bricks.words import N_, Text
from training.ledger import Ledger
from training.queue import Line, giving_way
from training.settings import Settings

LONG = N_(
    "Paused after {minutes} minutes of training, the most at a time on this server: "
    "press Go on to train further."
)


class Turns:
    """Has runs give way, and pauses those that have trained for very long."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        self.settings = settings
        self.ledger = ledger
        self.since: dict[str, float] = {}
        """When each run began to train, this time."""
        self.most: dict[str, float] = {}
        """Seconds that each may train, this time."""
        self.between: set[str] = set()
        """Runs that have finished an epoch since the last look."""
        self.short = False
        """A run could not begin, since memory was short: a free slot is none."""

    def began(self, run_id: str) -> None:
        """Its process is about to train."""
        self.since[run_id] = monotonic()
        if self.settings.minutes:
            trained = self.ledger.trained(run_id)
            self.most[run_id] = 60.0 * self.settings.minutes - trained

    def epoch(self, run_id: str) -> None:
        """It has finished an epoch: to leave now costs no work."""
        self.between.add(run_id)

    def look(self, line: Line) -> None:
        """Write down who is to leave."""
        for run in line.running:
            if run.wanted is None and not run.last and self._is_spent(run.id):
                reason = Text(LONG, {"minutes": self.settings.minutes})
                self.ledger.spent(run.id, reason.to_json())
        over = {run_id for run_id in self.between if self._is_over(run_id)}
        slots = len(line.running) if self.short else self.settings.slots
        for run_id in giving_way(line, slots, over):
            self.ledger.give_way(run_id)
        self.between.clear()
        self.short = False
        here = {run.id for run in line.running}
        for run_id in self.since.keys() - here:
            self.since.pop(run_id)
            self.most.pop(run_id, None)

    def _is_over(self, run_id: str) -> bool:
        """Whether its time has come to let others train, if any wait."""
        return self._trained(run_id) >= self.settings.slice

    def _is_spent(self, run_id: str) -> bool:
        """Whether it has trained for as long as one may: to the end of an epoch, or
        as long again where an epoch takes for ever."""
        if run_id not in self.most or not self.settings.minutes:
            return False
        patience = 0.0 if run_id in self.between else 60.0 * self.settings.minutes
        return self._trained(run_id) >= self.most[run_id] + patience

    def _trained(self, run_id: str) -> float:
        return monotonic() - self.since.get(run_id, monotonic())
