"""What a source holds before any of it is opened: its files by name, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bricks.words import N_, Text
from uploads import names
from uploads.dataset import Skipped
from uploads.errors import UploadError
from uploads.limits import MEGA, Limits

UNSAFE = N_("Its name would lead out of the folder.")
LINK = N_("It is a link, not a file.")
DEEP = N_("It lies more than {most} folders deep.")
TOO_MANY = N_("There are {count} files; {most} is the most: bring fewer.")
TOO_LARGE = N_("All together it is {size} MB; {most} MB is the most: bring less.")
RAW = 4
"""How many entries we list for each file that we would take: systems add their own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a source, and where its bytes are."""

    names: tuple[str, ...]
    """Its folders and its name, in NFC."""
    size: int
    file: Path
    """The file itself, or the zip file that holds it ..."""
    member: int | None = None
    """... as its entry of this number."""

    @property
    def path(self) -> str:
        return "/".join(self.names)

    @property
    def suffix(self) -> str:
        """The ending of its name in small letters, such as ".csv"."""
        return Path(self.names[-1]).suffix.lower()


@dataclass
class Found:
    """The files of a source, and those not even looked at."""

    entries: list[Entry] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    hidden: int = 0

    def skip(self, path: str, reason: str, **values: int) -> None:
        self.skipped.append(Skipped(names.shown(path), Text(reason, values)))

    def add(self, entry: Entry, limits: Limits) -> None:
        """Take a file in, unless it was left behind by a system or lies too deep."""
        if names.is_leftover(entry.names):
            self.hidden += 1
        elif len(entry.names) - 1 > limits.deep:
            self.skip(entry.path, DEEP, most=limits.deep)
        else:
            self.entries.append(entry)

    def within(self, limits: Limits) -> Found:
        """Itself; UploadError where there is more than may be brought."""
        check_count(len(self.entries), limits.files)
        check_size(sum(entry.size for entry in self.entries), limits.total)
        self.entries.sort(key=lambda entry: entry.names)
        return self


def check_count(count: int, most: int, leeway: int = 1) -> None:
    """UploadError for more files than may be brought, times `leeway`."""
    if count > most * leeway:
        raise UploadError(Text(TOO_MANY, {"count": f"{count:,}", "most": f"{most:,}"}))


def check_size(size: int, most: int) -> None:
    """UploadError for more bytes than may be brought."""
    if size > most:
        # Rounded up, so that nobody reads "300 MB; 300 MB is the most".
        values = {"size": f"{-(-size // MEGA):,}", "most": f"{most // MEGA:,}"}
        raise UploadError(Text(TOO_LARGE, values))
