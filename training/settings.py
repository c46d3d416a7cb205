"""How this server is set up, read from the environment variables BRICKYARD_*."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bricks.words import N_, Text

MOST_SLOTS = 64
CORES_A_SLOT = 4


class SettingsError(Exception):
    """A variable that can't be used; `str(error)` is one plain sentence naming it."""

    def __init__(self, said: Text) -> None:
        super().__init__(said)
        self.said = said

    def __str__(self) -> str:
        return str(self.said)


@dataclass(frozen=True)
class Settings:
    """Where things live and how much may run at once."""

    home: Path
    database: str
    """An SQLAlchemy URL."""
    datasets: Path | None = None
    """A folder with local copies of the Keras data sets."""
    engine: str = "local"
    slots: int = 1
    silence: float = 60.0
    """Seconds without a heartbeat after which a worker counts as stuck."""
    tries: int = 5
    """Starts in a row without a finished epoch before a run counts as failed."""

    @property
    def lock(self) -> Path:
        """The file that the one trainer of this home holds locked."""
        return self.home / "trainer.lock"

    @property
    def log(self) -> Path:
        """Where the trainer writes what it does."""
        return self.home / "trainer.log"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """The settings; a bad value raises `SettingsError`, whose sentence names it."""
        given = os.environ if environ is None else environ
        home = _home(given.get("BRICKYARD_HOME"))
        return cls(
            home=home,
            database=_database(given.get("BRICKYARD_DATABASE"), home),
            datasets=_datasets(given.get("BRICKYARD_DATASETS")),
            engine=_engine(given.get("BRICKYARD_ENGINE")),
            slots=_slots(given.get("BRICKYARD_SLOTS")),
        )

    def to_environment(self) -> dict[str, str]:
        """The variables that give a child process these same settings."""
        told = {
            "BRICKYARD_HOME": str(self.home),
            "BRICKYARD_DATABASE": self.database,
            "BRICKYARD_ENGINE": self.engine,
            "BRICKYARD_SLOTS": str(self.slots),
        }
        if self.datasets is not None:
            told["BRICKYARD_DATASETS"] = str(self.datasets)
        return told


def _home(value: str | None) -> Path:
    home = Path(value or "~/.brickyard").expanduser().absolute()
    if home.exists() and not home.is_dir():
        raise SettingsError(
            Text(
                N_("BRICKYARD_HOME must be a folder, but {value} is a file."),
                {"value": str(home)},
            )
        )
    return home


def _database(value: str | None, home: Path) -> str:
    if not value:
        return f"sqlite:///{home / 'brickyard.db'}"
    from sqlalchemy.engine import make_url  # only the few who set it pay for it
    from sqlalchemy.exc import ArgumentError

    try:
        make_url(value).get_dialect()
    except (ArgumentError, ValueError, ImportError) as error:
        raise SettingsError(
            Text(
                N_(
                    "BRICKYARD_DATABASE must be an SQLAlchemy URL such as "
                    "sqlite:////srv/brickyard.db, but it is {value}."
                ),
                {"value": value},
            )
        ) from error
    return value


def _datasets(value: str | None) -> Path | None:
    if not value:
        return None
    folder = Path(value).expanduser().absolute()
    if not folder.is_dir():
        raise SettingsError(
            Text(
                N_("BRICKYARD_DATASETS must be a folder, but {value} is not one."),
                {"value": value},
            )
        )
    return folder


def _engine(value: str | None) -> str:
    if value == "ray":
        raise SettingsError(
            Text(N_("BRICKYARD_ENGINE is ray, which is not built yet: use local."))
        )
    if value not in (None, "", "local"):
        raise SettingsError(
            Text(
                N_("BRICKYARD_ENGINE must be local, but it is {value}."),
                {"value": value},
            )
        )
    return "local"


def _slots(value: str | None) -> int:
    if not value:
        return max(1, min(4, (os.cpu_count() or 1) // CORES_A_SLOT))
    if not value.isdecimal() or not 1 <= int(value[:6]) <= MOST_SLOTS:
        raise SettingsError(
            Text(
                N_(
                    "BRICKYARD_SLOTS must be a whole number from 1 to {most}, "
                    "but it is {value}."
                ),
                {"most": MOST_SLOTS, "value": value},
            )
        )
    return int(value)
