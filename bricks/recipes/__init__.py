"""Ready-made towers: each a project file in this folder, known by its file's name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.walk import walk
from bricks.words import N_, Text

_FOLDER = Path(__file__).parent
_ENDING = ".brick.json"


def recipe_names() -> list[str]:
    """The names of all recipes: those that tell digits first, each by its weights."""
    names = [path.name.removesuffix(_ENDING) for path in _FOLDER.glob(f"*{_ENDING}")]
    return sorted(names, key=lambda name: (not _tells_digits(name), _size(name)))


@cache
def recipe(name: str) -> Project:
    """The ready-made tower of this name; ProjectError where there is none."""
    path = _FOLDER / f"{name}{_ENDING}"
    if path.parent != _FOLDER or not path.is_file():
        said = N_("There is no recipe {name}; see `python -m bricks recipes`.")
        raise ProjectError(Text(said, {"name": name}))
    return Project.from_json(path.read_bytes())


def read(source: str) -> Project:
    """The project of a file's path, or of a recipe's name.

    ProjectError says in one sentence what is wrong with it.
    """
    path = Path(source)
    if not path.exists() and path.suffix == "":
        return recipe(source)
    try:
        return Project.from_json(path.read_bytes())
    except OSError as error:
        said = N_("{path} can't be read: {why}.")
        values = {"path": source, "why": error.strerror or type(error).__name__}
        raise ProjectError(Text(said, values)) from error


def _tells_digits(name: str) -> bool:
    data = recipe(name).tower.data
    return data.kind in ("MNIST", "Digits") and not data.settings


@cache
def _size(name: str) -> int:
    return sum(stage.weights for stage in walk(recipe(name).tower))
