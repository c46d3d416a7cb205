"""How much one person may bring."""

from __future__ import annotations

from dataclasses import dataclass

MEGA = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Sizes are in bytes; what is beyond them is refused, or passed over, by name."""

    upload: int = 300 * MEGA
    """Of one zip file, or of all files brought together."""
    tried: int = 60 * MEGA
    """Of one picture that a trained tower is asked about."""
    total: int = 300 * MEGA
    """Of all that a zip holds, unpacked."""
    files: int = 5_000
    """Brought at once."""
    kept: int = 20_000
    """Pictures that one person keeps, in all data sets together."""
    ratio: int = 100
    """How many times larger a file of more than a megabyte may be than packed."""
    pixels: int = 60_000_000
    """Of one picture."""
    classes: int = 100
    deep: int = 8
    """Folders in folders."""
    rows: int = 200_000
    """Of a table."""
    columns: int = 1_000
    sets: int = 20
    """Data sets that one person keeps."""
    room: int = 2_000 * MEGA
    """Free on the disk, below which nothing is taken."""
