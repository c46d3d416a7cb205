"""What the trainer, and it alone, writes into the record of runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from training import asking, changes
from training.queue import Line
from training.rows import RUNNING, TRAINED, RunRow, run_row
from training.tables import epochs, open_database, projects, reading, runs, writing


class Ledger:
    """The record, as the trainer and the command line use it: of everybody's runs."""

    def __init__(self, url: str) -> None:
        self.engine = open_database(url)

    def close(self) -> None:
        """Give the database's connections back."""
        self.engine.dispose()

    def run(self, run_id: str) -> RunRow | None:
        """A run, whoever it belongs to."""
        found = self._select(runs.c.id == run_id)
        return found[0] if found else None

    def runs(self) -> list[RunRow]:
        """All runs on record, newest first."""
        return self._select(runs.c.id.is_not(None))

    def running(self) -> list[RunRow]:
        """The runs that are marked as running."""
        return self._select(runs.c.state == RUNNING)

    def line(self) -> Line:
        """All runs that wait or have a slot."""
        with reading(self.engine) as connection:
            return changes.line(connection)

    def latest_document(self) -> tuple[str, str] | None:
        """The owner and the project that was changed last, whoever it belongs to."""
        latest = select(projects.c.owner, projects.c.document)
        with reading(self.engine) as connection:
            row = connection.execute(latest.order_by(projects.c.changed.desc())).first()
        return (row.owner, row.document) if row else None

    def take(self) -> RunRow | None:
        """The run whose turn it is, from now on running; None when nobody waits."""
        with writing(self.engine) as connection:
            run_id = changes.take(connection)
        return self.run(run_id) if run_id else None

    def begun(self, run_id: str, pid: int, born: float) -> None:
        """A process (its id and when it started) has the run."""
        self._update(run_id, pid=pid, born=born)

    def started(
        self,
        run_id: str,
        device: str,
        figures: Iterable[dict[str, Any]],
        about: Mapping[str, Any],
    ) -> None:
        """It trains on `device`, after the epochs `figures` of its checkpoint."""
        kept = [
            {"run_id": run_id, "epoch": figure["epoch"], "figures": figure}
            for figure in figures
        ]
        with writing(self.engine) as connection:
            connection.execute(delete(epochs).where(epochs.c.run_id == run_id))
            if kept:
                connection.execute(insert(epochs), kept)
            known = {"device": device, "epoch": len(kept)}
            connection.execute(update(runs).where(runs.c.id == run_id).values(known))
            _add(connection, run_id, about)

    def about(self, run_id: str, about: Mapping[str, Any]) -> None:
        """More of what is needed to repeat it."""
        with writing(self.engine) as connection:
            _add(connection, run_id, about)

    def progress(self, run_id: str, progress: dict[str, Any]) -> None:
        """How far it is within its epoch."""
        self._update(run_id, progress=progress)

    def epoch(self, run_id: str, figures: dict[str, Any]) -> None:
        """One more epoch is finished."""
        number = figures["epoch"]
        same = (epochs.c.run_id == run_id) & (epochs.c.epoch == number)
        with writing(self.engine) as connection:
            connection.execute(delete(epochs).where(same))
            connection.execute(
                insert(epochs).values(run_id=run_id, epoch=number, figures=figures)
            )
            connection.execute(
                update(runs).where(runs.c.id == run_id).values(epoch=number, tries=0)
            )

    def end(
        self, run_id: str, state: str, reason: dict[str, Any] | None = None
    ) -> None:
        """It has ended: done, stopped, or failed for this reason."""
        with writing(self.engine) as connection:
            changes.end(connection, run_id, state, reason)

    def again(self, run_id: str, counted: bool = True) -> None:
        """It waits for another process, unless it was to end; where not `counted` the
        last one says nothing against it."""
        with writing(self.engine) as connection:
            changes.again(connection, run_id, counted)

    def stop(self, run_id: str, reason: dict[str, Any] | None = None) -> bool:
        """Stop it, whoever it belongs to."""
        with writing(self.engine) as connection:
            return changes.stop(connection, runs.c.id == run_id, reason)

    def pause(self, run_id: str, reason: dict[str, Any] | None = None) -> bool:
        """Pause it, whoever it belongs to."""
        with writing(self.engine) as connection:
            return changes.pause(connection, runs.c.id == run_id, reason)

    def resume(self, run_id: str, epochs: int | None = None) -> bool:
        """Let it go on, whoever it belongs to; to so many `epochs`, where told.

        Raises `StoreError` where these are no more than before.
        """
        mine = runs.c.id == run_id
        with writing(self.engine) as connection:
            if epochs is None:
                return changes.resume(connection, mine)
            return asking.more(connection, mine, epochs)

    def give_way(self, run_id: str) -> bool:
        """Have it leave its slot to somebody else, and wait anew."""
        with writing(self.engine) as connection:
            return changes.give_way(connection, run_id)

    def spent(self, run_id: str, reason: dict[str, Any]) -> None:
        """It has trained for as long as it may: it is paused, and may train for as long
        again once somebody lets it go on."""
        with writing(self.engine) as connection:
            if changes.pause(connection, runs.c.id == run_id, reason):
                _add(connection, run_id, {TRAINED: _seconds(connection, run_id)})

    def trained(self, run_id: str) -> float:
        """Seconds that its finished epochs took, since it was last paused for that."""
        about = select(runs.c.about).where(runs.c.id == run_id)
        with reading(self.engine) as connection:
            before = (connection.scalar(about) or {}).get(TRAINED, 0.0)
            return _seconds(connection, run_id) - before

    def last_epoch(self, row: RunRow) -> dict[str, Any]:
        """The figures of its last finished epoch; none where it has none."""
        last = (epochs.c.run_id == row.id) & (epochs.c.epoch == row.epoch)
        with reading(self.engine) as connection:
            return connection.scalar(select(epochs.c.figures).where(last)) or {}

    def deleted(self, before: float) -> list[str]:
        """The ids of the runs that were deleted before this moment."""
        old = select(runs.c.id).where(runs.c.deleted < before)
        with reading(self.engine) as connection:
            return list(connection.scalars(old))

    def remove(self, run_id: str, before: float, also: Callable[[], None]) -> bool:
        """Forget a run that was deleted before this moment, and its epochs; one that
        was restored stays. `also` is done in the same change, or both are not."""
        gone = (runs.c.id == run_id) & (runs.c.deleted < before)
        with writing(self.engine) as connection:
            if connection.execute(select(runs.c.id).where(gone)).first() is None:
                return False
            connection.execute(delete(epochs).where(epochs.c.run_id == run_id))
            connection.execute(delete(runs).where(gone))
            also()
            return True

    def _select(self, which: Any) -> list[RunRow]:
        found = select(runs).where(which).order_by(runs.c.number.desc())
        with reading(self.engine) as connection:
            return [run_row(row) for row in connection.execute(found)]

    def _update(self, run_id: str, **values: Any) -> None:
        with writing(self.engine) as connection:
            connection.execute(update(runs).where(runs.c.id == run_id).values(**values))


def _seconds(connection: Connection, run_id: str) -> float:
    figures = select(epochs.c.figures).where(epochs.c.run_id == run_id)
    return sum(told.get("seconds", 0.0) for told in connection.scalars(figures))


def _add(connection: Connection, run_id: str, about: Mapping[str, Any]) -> None:
    mine = runs.c.id == run_id
    before = connection.scalar(select(runs.c.about).where(mine)) or {}
    connection.execute(update(runs).where(mine).values(about={**before, **about}))
