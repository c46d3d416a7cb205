"""What is made of a tower alone, trained or not."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from bricks.project import Project
from bricks.walk import walk
from codegen.graph import graph
from codegen.latex import table
from codegen.literal import identifier
from codegen.notebook import notebook
from codegen.source import script
from ui.words import Translate

MOST_PICTURE = 12_000_000  # bytes of a tower's picture
MOST_POINTS = 60_000_000
Print = Callable[[Project, Translate, bytes | None], str]


@dataclass(frozen=True)
class Made:
    """A file that is printed: its name (`{name}` is the tower's), its kind, and
    whether only a tower that holds has it."""

    file: str
    mime: str
    made: Print
    whole: bool = True


def png(drawn: bytes | None) -> bytes | None:
    """The picture where it is a PNG file, for what can show nothing else."""
    return drawn if drawn and drawn.startswith(b"\x89PNG") else None


MADE = {
    "script": Made("train.py", "text/x-python", lambda p, _tell, _png: script(p)),
    "notebook": Made(
        "{name}.ipynb",
        "application/x-ipynb+json",
        lambda p, tell, drawn: notebook(p, tell, png(drawn)),
    ),
    "project": Made(
        "{name}.brick.json",
        "application/json",
        lambda p, _tell, _png: p.to_json(),
        whole=False,
    ),
    "latex": Made(
        "{name}.tex", "application/x-tex", lambda p, tell, _png: table(p, tell), False
    ),
    "graph": Made(
        "{name}.gv", "text/vnd.graphviz", lambda p, _tell, _png: graph(p), False
    ),
}


class Misfit(ValueError):
    """A tower that does not hold, asked for what only one that holds can have."""


def made(
    what: str, project: Project, tell: Translate, picture: bytes | None = None
) -> tuple[str, str]:
    """The file's name and its text; raises `KeyError` for what is not made here, and
    `Misfit`."""
    kind = MADE[what]
    if kind.whole and any(stage.problem for stage in walk(project.tower)):
        raise Misfit(f"The tower does not hold. Received: {project.name!r}")
    name = kind.file.format(name=identifier(project.name, "tower"))
    return name, kind.made(project, tell, picture)


def picture(body: bytes) -> bytes | None:
    """A tower's picture as the page drew it, a PNG or an SVG file; None for anything
    else that may have come."""
    if body.startswith(b"<svg ") and b"<script" not in body:
        return body
    try:
        with Image.open(io.BytesIO(body), formats=["PNG"]) as image:
            fits = image.width * image.height <= MOST_POINTS
            image.verify()
            return body if fits else None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None
