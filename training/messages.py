"""What a run's process and the trainer tell one another: small values over a pipe."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bricks.words import Text


@dataclass(frozen=True)
class Own:
    """A data set of the user's own: where it lies, what the brick on it makes of it."""

    folder: str
    kind: str
    """Of the data set, "pictures" or "table"."""
    settings: dict[str, Any]
    """Every setting of the data brick."""


@dataclass(frozen=True)
class KeptFeatures:
    """Where features of pretrained bases are kept, and how many bytes they may take."""

    folder: str
    most: int


@dataclass(frozen=True)
class Task:
    """To the worker: train what is in this folder, on the user's own data if any."""

    run_id: str
    folder: str
    own: Own | None = None
    room: int | None = None
    """Bytes by which the worker may grow."""
    features: KeptFeatures | None = None
    """None where they are not kept."""


@dataclass(frozen=True)
class Prepare:
    """To a waiting worker: load the data of this script, the next run may need it."""

    script: str
    own: Own | None = None


@dataclass(frozen=True)
class Stop:
    """To the worker: end after this batch, and test the best model where the run is
    not to go on."""

    report: bool = True


@dataclass(frozen=True)
class Alive:
    """A heartbeat."""


@dataclass(frozen=True)
class Started:
    """It is about to train, after the epochs that its checkpoint holds."""

    device: str
    figures: tuple[dict[str, Any], ...] = ()
    about: dict[str, Any] = field(default_factory=dict)
    """What is needed to repeat it: python, keras, backend, their versions, device,
    seed, content of the data."""


@dataclass(frozen=True)
class About:
    """More of what is needed to repeat it, known once its data are loaded."""

    about: dict[str, Any]


@dataclass(frozen=True)
class Preparing:
    """It reads the user's own pictures before it trains: so many, of how many."""

    done: int
    of: int


@dataclass(frozen=True)
class WorkingOut:
    """It works out what the base gives, once: for so many examples, of how many."""

    done: int
    of: int
    what: str = "features"
    """Which tells it from `Preparing` in a run's progress."""


@dataclass(frozen=True)
class Batch:
    """How far it is; `epoch` and `batch` count from 1, `seconds_left` is of the run.

    `measures` are all that is measured beside the loss, as far as the epoch has come.
    """

    epoch: int
    batch: int
    batches: int
    loss: float
    accuracy: float
    measures: dict[str, float]
    learning_rate: float
    images_per_second: float
    seconds_left: float | None
    memory: int = 0
    """Bytes that the run's process has, without its data on disk."""


@dataclass(frozen=True)
class Epoch:
    """A finished epoch: epoch (from 1), loss, every metric by its name, val_loss, ...,
    learning_rate (with which it began), seconds, images_per_second."""

    figures: dict[str, Any]


@dataclass(frozen=True)
class Stopped:
    """It has stopped as asked; it may still write its report."""


@dataclass(frozen=True)
class Done:
    """The last epoch, or the one after which it got no better, is finished and the
    report is written."""


@dataclass(frozen=True)
class Failed:
    """It can't go on, and trying again would not help."""

    reason: Text


@dataclass(frozen=True)
class Gone:
    """The process has ended; -9 is the signal KILL."""

    code: int | None
    silent: bool = False
    """It was ended because nothing was heard of it."""

    @property
    def killed(self) -> bool:
        """By a human or the kernel, which can't be told apart."""
        return self.code == -9 and not self.silent


Message = (
    Alive
    | Started
    | About
    | Preparing
    | WorkingOut
    | Batch
    | Epoch
    | Stopped
    | Done
    | Failed
    | Gone
)
