"""How this server is set up, read from the environment variables BRICKYARD_*."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bricks.words import N_, Text
from uploads.limits import MEGA, Limits

MOST_SLOTS = 64
MOST_MINUTES = 100_000
CORES_A_SLOT = 4
MOST_MEGABYTES = 100_000
MOST_FILES = 100_000
MOST_GIGABYTES = 100_000
MLFLOW = ("http", "https", "sqlite", "postgresql", "mysql", "mssql")
"""How an address begins that MLflow's client takes."""


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
    slice: float = 180.0
    """Seconds that a run trains before it leaves its slot to who has none and waits."""
    minutes: int | None = None
    """Of training at a time after which a run is paused; None for as many as it takes.
    """
    folders: tuple[Path, ...] = ()
    """Folders of this machine from which people may take their own pictures."""
    limits: Limits = field(default_factory=Limits)
    """How much one person may bring."""
    features: int = 10
    """Gigabytes that kept features of pretrained bases may take."""
    mlflow: str | None = None
    """The address of an MLflow server that is told what runs reach."""
    tensorboard: Path | None = None
    """A folder where TensorBoard finds what runs reach."""

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
            minutes=_minutes(given.get("BRICKYARD_MINUTES")),
            folders=_folders(given.get("BRICKYARD_FOLDERS")),
            limits=_limits(given),
            features=_features(given.get("BRICKYARD_FEATURES_GB")),
            mlflow=_mlflow(given.get("BRICKYARD_MLFLOW")),
            tensorboard=_tensorboard(given.get("BRICKYARD_TENSORBOARD")),
        )

    def to_environment(self) -> dict[str, str]:
        """The variables that give a child process these same settings."""
        told = {
            "BRICKYARD_HOME": str(self.home),
            "BRICKYARD_DATABASE": self.database,
            "BRICKYARD_ENGINE": self.engine,
            "BRICKYARD_SLOTS": str(self.slots),
        }
        if self.minutes is not None:
            told["BRICKYARD_MINUTES"] = str(self.minutes)
        if self.datasets is not None:
            told["BRICKYARD_DATASETS"] = str(self.datasets)
        if self.folders:
            told["BRICKYARD_FOLDERS"] = os.pathsep.join(map(str, self.folders))
        if self.mlflow is not None:
            told["BRICKYARD_MLFLOW"] = self.mlflow
        if self.tensorboard is not None:
            told["BRICKYARD_TENSORBOARD"] = str(self.tensorboard)
        told["BRICKYARD_MOST_UPLOAD"] = str(self.limits.upload // MEGA)
        told["BRICKYARD_FEATURES_GB"] = str(self.features)
        told["BRICKYARD_MOST_FILES"] = str(self.limits.files)
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
    return _folder("BRICKYARD_DATASETS", value) if value else None


def _folders(value: str | None) -> tuple[Path, ...]:
    named = [one for one in (value or "").split(os.pathsep) if one]
    return tuple(_folder("BRICKYARD_FOLDERS", one) for one in named)


def _folder(name: str, value: str) -> Path:
    folder = Path(value).expanduser().absolute()
    if not folder.is_dir():
        raise SettingsError(
            Text(
                N_("{name} must be a folder, but {value} is not one."),
                {"name": name, "value": value},
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
    return _whole("BRICKYARD_SLOTS", value, MOST_SLOTS)


def _minutes(value: str | None) -> int | None:
    return _whole("BRICKYARD_MINUTES", value, MOST_MINUTES) if value else None


def _features(value: str | None) -> int:
    name = "BRICKYARD_FEATURES_GB"
    return _whole(name, value, MOST_GIGABYTES) if value else Settings.features


def _limits(given: Mapping[str, str]) -> Limits:
    """The limits; what a larger upload needs grows with it."""
    least = Limits()
    upload, files = least.upload, least.files
    if given.get("BRICKYARD_MOST_UPLOAD"):
        named = given["BRICKYARD_MOST_UPLOAD"]
        upload = MEGA * _whole("BRICKYARD_MOST_UPLOAD", named, MOST_MEGABYTES)
    if given.get("BRICKYARD_MOST_FILES"):
        files = _whole(
            "BRICKYARD_MOST_FILES", given["BRICKYARD_MOST_FILES"], MOST_FILES
        )
    return Limits(
        upload=upload,
        total=max(upload, least.total),
        files=files,
        kept=max(files, least.kept),
    )


def _mlflow(value: str | None) -> str | None:
    """An address; what it may have of a password is not repeated."""
    if not value:
        return None
    kind, found, where = value.partition("://")
    if found and where and kind.split("+")[0] in MLFLOW:
        return value
    raise SettingsError(
        Text(
            N_(
                "BRICKYARD_MLFLOW must be the address of an MLflow server such as "
                "http://localhost:5000, but it is {value}."
            ),
            {"value": f"{kind}{found}{where.rpartition('@')[2]}"},
        )
    )


def _tensorboard(value: str | None) -> Path | None:
    if not value:
        return None
    folder = Path(value).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise SettingsError(
            Text(
                N_("{name} must be a folder, but {value} is not one."),
                {"name": "BRICKYARD_TENSORBOARD", "value": value},
            )
        )
    return folder


def _whole(name: str, value: str, most: int) -> int:
    if not value.isdecimal() or not 1 <= int(value[:7]) <= most or len(value) > 7:
        raise SettingsError(
            Text(
                N_(
                    "{name} must be a whole number from 1 to {most}, but it is {value}."
                ),
                {"name": name, "most": most, "value": value},
            )
        )
    return int(value)
