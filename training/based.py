"""`python -m training base`: a tower on a trained one of one's own, as a project."""

from __future__ import annotations

import sys
from pathlib import Path

from bricks.brick import Data, Shape
from bricks.catalog import catalog
from bricks.errors import ProjectError
from bricks.project import Project, clean_name
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training
from bricks.walk import climb, label_brick
from bricks.words import N_, Text
from training import bases, runs
from training.bases import Whole
from training.engines.local import prepare_environment
from training.ledger import Ledger
from training.settings import Settings

NO_CUT = N_("This tower has {count} bricks: up to one of them, from 1 on.")
ENDS = {"Category": "softmax", "YesNo": "sigmoid"}
MAPS = {3: "GlobalAveragePooling2D", 2: "GlobalAveragePooling1D"}


def base(settings: Settings, source: str, cut: int | None, out: Path | None) -> int:
    """Make a base of a run or a `.keras` file, and print a project that stands on it.

    Raises `ProjectError`, `UploadError`.
    """
    prepare_environment(settings)
    where, title, data = _source(settings, source)
    whole = bases.of_run(where) if where.is_dir() else bases.of_file(where)
    cut = whole.cut if cut is None else cut
    if not 1 <= cut <= len(whole.stages):
        raise ProjectError(Text(NO_CUT, {"count": len(whole.stages)}))
    from training.worker.base import made

    ask = bases.ask(settings, where, cut, title, title)
    placed = Placed("Trained", made(ask))
    project = on_data(placed, data or data_for(whole.shape), whole, title)
    if out:
        out.write_text(project.to_json(), encoding="utf-8")
    else:
        sys.stdout.write(project.to_json())
    return 0


def _source(settings: Settings, source: str) -> tuple[Path, str, Placed | None]:
    """The folder of a run, or a file; what it is called, and a run's data brick."""
    path = Path(source)
    if path.is_file():
        return path.absolute(), clean_name(path.stem), None
    row = Ledger(settings.database).run(source)
    if row is None:
        said = N_("There is no run {id} and no file of that name.")
        raise ProjectError(Text(said, {"id": clean_name(source)}))
    where = runs.folder(settings, row.id)
    return where, row.name, Project.from_json(row.document).tower.data


def data_for(shape: Shape) -> Placed:
    """A data brick that gives examples of this shape."""
    for kind, brick in catalog().items():
        if isinstance(brick, Data) and brick.gives((), brick.defaults) == shape:
            return Placed(kind, id=GROUND)
    if len(shape) == 3:
        size = {"image_size": shape[:2], "channels": shape[2]}
        return Placed("Images", size, id=GROUND)
    return Placed("Digits", id=GROUND)


def on_data(placed: Placed, data: Placed, whole: Whole, title: str) -> Project:
    """A project of the base and a new Dense that answers what the data ask."""
    brick = catalog()[data.kind]
    assert isinstance(brick, Data)
    label = label_brick(data).kind
    gives = climb((placed,), whole.shape)[0].gives or ()
    pool = [Placed(MAPS[len(gives)])] if len(gives) in MAPS else []
    classes = len(brick.answers(brick.full(data.settings)))
    units = classes if label == "Category" else 1
    end = {"activation": ENDS[label]} if label in ENDS else {}
    head = [Placed("Dense", {"units": max(1, units), **end})]
    bricks = (placed, *pool, *(head if label != "Picture" else []))
    name = clean_name(f"{title} as a base")
    return Project(name, Tower(data, bricks), Training())
