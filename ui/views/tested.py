"""What a run was tested on: pictures, rows of a table, or other examples."""

from __future__ import annotations

from collections.abc import Sequence

from bricks.catalog import data_brick
from bricks.errors import ProjectError
from bricks.problem import Problem
from bricks.project import Project
from bricks.tower import Placed
from training.rows import RunRow
from ui.desk import MOST_SAVED
from uploads import binding, tabular
from uploads.dataset import TABLE
from uploads.shelf import Shelf

PICTURES, ROWS, EXAMPLES = "pictures", "rows", "examples"


def ground(run: RunRow) -> Placed | None:
    """The data brick of the tower that was trained."""
    try:
        return Project.from_json(run.document, MOST_SAVED).tower.data
    except ProjectError:
        return None  # of a version that knew other bricks


def unit(data: Placed | None) -> str:
    """What its examples are: PICTURES, ROWS or EXAMPLES."""
    brick = data_brick(data.kind) if data else None
    if data is None or brick is None:
        return EXAMPLES
    if data.kind == tabular.KIND:
        return ROWS
    gives = brick.gives((), brick.full(data.settings))
    shaped = not isinstance(gives, Problem) and len(gives) == 3
    return PICTURES if shaped else EXAMPLES


def cells(
    data: Placed | None, shelf: Shelf, numbers: Sequence[int]
) -> list[dict[str, str]]:
    """The test rows of these numbers, the columns that were used; none where the table
    is not here any more."""
    if data is None or data.kind != tabular.KIND:
        return []
    settings = binding.full(data)
    dataset = shelf.get(settings["dataset"])
    if dataset is None or dataset.kind != TABLE or not settings["sheet"]:
        return []
    rows = tabular.tested(settings, dataset)
    if max(numbers, default=0) >= len(rows):
        return []
    names = [name for name, _ in settings["columns"]]
    return [{name: rows[n].get(name, "") for name in names} for n in numbers]
