"""Listings as files: code, a line of `=====`, and the bricks that it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bricks.tower import Placed
from bricks.training import Training
from codegen.read import Reading

FOLDER = Path(__file__).parent / "listings"
_MARK = "\n=====\n"


def names() -> list[str]:
    """Every listing of the folder."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def split(text: str) -> tuple[str, str]:
    """The code and the bricks of a listing, line ends of any kind kept."""
    code, _, bricks = text.partition(_MARK)
    return code, bricks.strip()


def listing(name: str) -> tuple[str, str]:
    """The code and the bricks of the listing of this name."""
    return split((FOLDER / f"{name}.txt").read_bytes().decode())


def described(reading: Reading) -> str:
    """A reading as lines: data, bricks, training, and notes with their lines."""
    project = reading.project
    lines = ["on " + _brick(project.tower.data), *_bricks(project.tower.bricks)]
    given = _training(project.training)
    lines += [f"training {given}"] if given else []
    return "\n".join([*lines, *(f"? {note}" for note in reading.notes)])


def _bricks(bricks: tuple[Placed, ...], deep: int = 0) -> Iterator[str]:
    for placed in bricks:
        yield "  " * deep + _brick(placed)
        for tower in placed.inner:
            yield "  " * deep + "|"
            yield from _bricks(tower, deep + 1)


def _brick(placed: Placed) -> str:
    words = [placed.kind]
    words += [
        f"{name}={value}".replace(" ", "") for name, value in placed.settings.items()
    ]
    words += [f'"{placed.name}"'] if placed.name else []
    words += [f"{name}:{value}" for name, value in placed.parameters.items()]
    return " ".join(words)


def _training(training: Training) -> str:
    usual = Training()
    return " ".join(
        f"{name}={value}"
        for name, value in vars(training).items()
        if value != getattr(usual, name)
    )
