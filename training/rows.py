"""What the record tells of projects and runs, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Row

from bricks.words import N_, Text

WAITING = "waiting"
RUNNING = "running"
DONE = "done"
PAUSED = "paused"
STOPPED = "stopped"
FAILED = "failed"

ACTIVE = (WAITING, RUNNING)
RESUMABLE = (PAUSED, STOPPED, FAILED)
ENDED = (DONE, PAUSED, STOPPED, FAILED)
"""Neither waiting nor running."""

REPEATS = "repeats"
"""In `RunRow.about`: the id of the run whose script this one runs again."""

TRAINED = "trained"
"""In `RunRow.about`: seconds of training when it was last paused for their number."""

ASTRAY = N_(
    "The loss became NaN (not a number) in epoch {epoch}: "
    "choose a smaller learning rate."
)


@dataclass(frozen=True)
class ProjectRow:
    """A project as it was last saved."""

    id: str
    owner: str
    name: str
    document: str
    """The project file's JSON text."""
    version: int
    acks: dict[str, int]
    changed: float
    """Unix seconds."""


@dataclass(frozen=True)
class PieceRow:
    """Bricks that somebody keeps under a name for other towers."""

    id: str
    owner: str
    name: str
    document: str
    """Their project file, on the data brick that they stood on."""
    made: float
    """Unix seconds."""


@dataclass(frozen=True)
class RunRow:
    """A run: `progress` is within the epoch, `epoch` counts finished ones."""

    id: str
    owner: str
    project_id: str
    name: str
    document: str
    state: str
    wanted: str | None
    epochs: int
    epoch: int
    progress: dict[str, Any]
    reason: dict[str, Any] | None
    """A `bricks.words.Text` as JSON: why it failed."""
    asked: float
    started: float | None
    ended: float | None
    device: str | None
    tries: int
    pid: int | None
    born: float | None
    note: str
    starred: bool
    deleted: float | None
    """When its owner deleted it."""
    about: dict[str, Any]
    """What is needed to repeat it, once it has started: versions, device, content of
    its data; see `training.worker.about`."""
    study_id: str | None
    trial: int | None
    """Its number in the study, from 1."""
    chosen: dict[str, Any]
    """What the study chose for it, by the axis' name."""

    @property
    def astray(self) -> bool:
        """Whether its loss became NaN, as it would again from its checkpoint on."""
        return self.state == FAILED and (self.reason or {}).get("text") == ASTRAY

    @property
    def early(self) -> Text | None:
        """What to say of a run that is done before its last epoch, by its own word."""
        if self.state != DONE or self.epoch >= self.epochs:
            return None
        said = N_("Done after {epoch} of {epochs} epochs: it got no better.")
        return Text(said, {"epoch": self.epoch, "epochs": self.epochs})


@dataclass(frozen=True)
class StudyRow:
    """Variants of a project that are tried one after another."""

    id: str
    owner: str
    project_id: str
    name: str
    document: str
    """The project that is varied, as JSON text."""
    plan: dict[str, Any]
    """A `bricks.variants.Plan` as JSON."""
    state: str
    """RUNNING, DONE, STOPPED or FAILED."""
    reason: dict[str, Any] | None
    """A `bricks.words.Text` as JSON: why it failed or ended."""
    made: float
    ended: float | None
    deleted: float | None


def study_row(row: Row) -> StudyRow:
    """A row of the table `studies`."""
    return StudyRow(**_named(StudyRow, row))


def project_row(row: Row) -> ProjectRow:
    """A row of the table `projects`."""
    return ProjectRow(**_named(ProjectRow, row))


def run_row(row: Row) -> RunRow:
    """A row of the table `runs`."""
    return RunRow(**_named(RunRow, row))


def _named(kind: type, row: Row) -> dict[str, Any]:
    return {field.name: row._mapping[field.name] for field in fields(kind)}
