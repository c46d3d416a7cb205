"""`python -m training ask`: what a network tells of pictures, in a terminal."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.recipes import read
from bricks.walk import walk
from bricks.words import N_, Text
from training import admission, picture, runs, weights
from training.engines.local import prepare_environment
from training.imagenet import asks
from training.ledger import Ledger
from training.messages import Fetching
from training.settings import Settings
from training.telling import PICTURE, kind_of
from training.terminal import fetched
from uploads.errors import UploadError

NETWORK_SECONDS = 10.0
UNTRAINED = N_(
    "{name} has to be trained before it is asked: name a run, as `python -m training "
    "runs` lists them."
)
NO_RUN = N_("There is no run {id}: see `python -m training runs`.")
NOT_TOLD = Text(N_("This tower gives pictures back, and tells nothing of them."))
Answer = Callable[[np.ndarray], dict[str, Any]]
"""What is told of one picture, uint8 (height, width, channels)."""


def run(settings: Settings, which: str, pictures: Sequence[Path], plain: bool) -> int:
    """Print what a run, or an ImageNet tower by its file or recipe, tells of each
    picture: its five likeliest classes, or its value; 1 where one can't be read."""
    folder = _folder(settings, which)
    project = _project(which, folder)
    if picture.picture_shape(project) is None:
        raise UploadError(picture.NO_PICTURES)
    if kind_of(project) == PICTURE:
        raise UploadError(NOT_TOLD)
    prepare_environment(settings)
    answer = _opened(project, folder)
    whole, failed = [], 0
    for path, told in _told(settings, project, answer, pictures):
        failed |= "error" in told
        whole.append({"picture": str(path), **told})
        if plain:
            _print(path, told)
    if not plain:
        print(json.dumps(whole, ensure_ascii=False, indent=1))
    return failed


def _folder(settings: Settings, which: str) -> Path | None:
    """That of the run with this id, or the one that is named, as `run` makes them; None
    for a file or a recipe."""
    if Path(which, runs.PROJECT).is_file():
        return Path(which).absolute()
    if not re.fullmatch(r"[0-9a-f]{32}", which) or Path(which).exists():
        return None
    if Ledger(settings.database).run(which) is None:
        raise ProjectError(Text(NO_RUN, {"id": which}))
    return runs.folder(settings, which)


def _project(which: str, folder: Path | None) -> Project:
    if folder is None:
        project = read(which)
        if not asks(project.tower.data):
            raise ProjectError(Text(UNTRAINED, {"name": project.name}))
        _check(project)
        return project
    path = folder / runs.PROJECT
    if not path.is_file():
        from training.worker.kept_open import NO_MODEL

        raise UploadError(NO_MODEL)
    return Project.from_json(path.read_bytes())


def _check(project: Project) -> None:
    """Raise ProjectError where it does not hold, or its weights can't be had."""
    reason = admission.misfit(walk(project.tower)) or weights.missing(
        project.tower, NETWORK_SECONDS
    )
    if reason:
        raise ProjectError(reason)


def _opened(project: Project, folder: Path | None) -> Answer:
    """The network, ready to answer; Keras is imported for it."""
    from codegen.source import script
    from explain.opened import opened
    from training.worker.answered import answer
    from training.worker.asked import bring_names
    from training.worker.kept_open import KeptOpen, points
    from training.worker.weights import ready

    if asks(project.tower.data):
        bring_names(_tell)
    if folder is not None:
        made = KeptOpen().run(folder, "best")
    else:
        with ready(weights.files(project.tower), _tell):
            made = opened(project, script(project))

    def of(seen: np.ndarray) -> dict[str, Any]:
        gave = made.model.predict_on_batch(points(seen[None]))
        return answer(made, np.asarray(gave)[0])

    return of


def _tell(file: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{fetched(Fetching(file, done, of))} ", end="", file=sys.stderr)


def _told(
    settings: Settings, project: Project, answer: Answer, pictures: Sequence[Path]
) -> Iterator[tuple[Path, dict[str, Any]]]:
    """What is told of each picture, or the error that it can't be read by."""
    for path in pictures:
        try:
            seen = picture.from_file(project, path.read_bytes(), settings.limits.pixels)
        except (UploadError, OSError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            yield path, {"error": why or type(error).__name__}
            continue
        yield path, _named(answer(seen))


def _named(told: dict[str, Any]) -> dict[str, Any]:
    """The likeliest classes by what they are called."""
    if "told" not in told:
        return told
    rows = [{"class": n, "name": name, "share": s} for n, name, s in told["told"]]
    return {"answers": rows}


def _print(path: Path, told: dict[str, Any]) -> None:
    if "error" in told:
        print(f"{path}: {told['error']}", file=sys.stderr)
        return
    if "value" in told:
        print(f"{path}: {told['value']:.4g}")
        return
    print(path)
    for row in told.get("answers", ()):
        print(f"{row['share']:8.2%}  {row['name']}")
