"""A project: a name, a tower and how to train it; and its file, `*.brick.json`."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bricks import strictjson
from bricks.catalog import catalog, data_brick
from bricks.errors import ProjectError
from bricks.param import Param
from bricks.tower import GROUND, TOP, Placed, Tower, new_id
from bricks.training import SETTINGS, Training
from bricks.words import N_, Text

FORMAT = "brickyard"
VERSION = 1
MOST_BRICKS = 2_000
MOST_NAME = 80
NEW_NAME = N_("My tower")
_ID = re.compile(r"[A-Za-z0-9]{1,40}")


@dataclass(frozen=True)
class Project:
    """What is saved, downloaded and opened."""

    name: str
    tower: Tower
    training: Training = field(default_factory=Training)
    about: str = ""

    def to_json(self) -> str:
        """The project file; bricks keep their ids, so that a page can go on."""
        head = {"format": FORMAT, "version": VERSION, "name": self.name}
        if self.about:
            head["about"] = self.about
        lines = [f' "{key}": {_json(value)},\n' for key, value in head.items()]
        rows = ",\n  ".join(_json(_placed_json(placed)) for placed in self.tower)
        tower = f' "tower": [\n  {rows}\n ],\n'
        training = f' "training": {_json(asdict(self.training))}\n'
        return "".join(["{\n", *lines, tower, training, "}\n"])

    @classmethod
    def from_json(cls, raw: bytes | str, most: int = strictjson.MOST_BYTES) -> Project:
        """Read a project file of at most so many bytes.

        ProjectError says in one sentence what is wrong with it.
        """
        data = _checked(strictjson.loads(raw, most))
        return cls(
            name=clean_name(_text(data, "name")) or NEW_NAME,
            tower=_tower(data["tower"]),
            training=_training(data.get("training", {})),
            about=_text(data, "about")[:2_000],
        )


def clean_name(name: str) -> str:
    """A name as people may see it: NFC, one line, no control or direction marks.

    >>> clean_name(" my\\n tower ")
    'my tower'
    """
    seen = "".join(
        c if not unicodedata.category(c).startswith("C") else " "
        for c in unicodedata.normalize("NFC", name)
    )
    return " ".join(seen.split())[:MOST_NAME].strip()


def fresh(project: Project) -> Project:
    """The same project with new ids for its bricks, to be put into a page."""
    bricks = tuple(replace(placed, id=new_id()) for placed in project.tower.bricks)
    return replace(project, tower=replace(project.tower, bricks=bricks))


def _json(value: Any) -> str:
    """On one line, so that a file has a line for each brick, however deep it is."""
    return json.dumps(value, ensure_ascii=False)


def _placed_json(placed: Placed) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": placed.kind}
    if placed.id != GROUND:
        data["id"] = placed.id
    if placed.name:
        data["name"] = placed.name
    if placed.settings:
        data["settings"] = dict(placed.settings)
    return data


def _refuse(template: str, **values: Any) -> ProjectError:
    return ProjectError(Text(template, values))


def _checked(data: Any) -> dict[str, Any]:
    """The file as a dict with a tower, of a version that we read."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _refuse(N_("This is not a Brickyard project file."))
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _refuse(N_("This project file does not say its version."))
    if version > VERSION:
        raise _refuse(
            N_(
                "This project was made with a newer Brickyard "
                "(file version {version}); this one reads up to version {known}."
            ),
            version=version,
            known=VERSION,
        )
    tower = data.get("tower")
    if not isinstance(tower, list) or not tower:
        raise _refuse(N_("This project file has no tower."))
    if len(tower) > MOST_BRICKS + 1:
        raise _refuse(
            N_("This tower has {count} bricks; the most is {most}."),
            count=len(tower) - 1,
            most=MOST_BRICKS,
        )
    return data


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if value is None or isinstance(value, str):
        return value or ""
    raise _refuse(N_("{key} must be a text."), key=key)


def _tower(rows: list[Any]) -> Tower:
    placed = [_placed(row, number) for number, row in enumerate(rows)]
    ground = replace(placed[0], id=GROUND)
    if data_brick(ground.kind) is None:
        raise _refuse(
            N_("The first brick must be a data brick, such as MNIST; it is {kind}."),
            kind=ground.kind,
        )
    seen = {GROUND, TOP}
    for number, brick in enumerate(placed[1:], start=1):
        if brick.id in seen:
            placed[number] = replace(brick, id=new_id())
        seen.add(placed[number].id)
    return Tower(ground, tuple(placed[1:]))


def _placed(row: Any, number: int) -> Placed:
    if not isinstance(row, dict) or not isinstance(row.get("kind"), str):
        raise _refuse(N_("Brick {number} does not say its kind."), number=number)
    kind = clean_name(row["kind"]) or "?"
    settings = row.get("settings", {})
    if not isinstance(settings, dict):
        raise _wrong(number, kind, "settings")
    brick = catalog().get(kind)
    if brick is not None:
        settings = _settings(number, kind, settings, brick.by_name)
    name = clean_name(_text(row, "name")) or None
    return Placed(kind, settings, name, _id(row.get("id")) or f"b{number}")


def _id(value: Any) -> str | None:
    """An id that a page may use, or None."""
    known = isinstance(value, str) and _ID.fullmatch(value)
    return value if known else None


def _settings(
    number: int, kind: str, settings: dict[str, Any], params: dict[str, Param]
) -> dict[str, Any]:
    """Settings of the right types; limits are left to the walk, which can mend."""
    read: dict[str, Any] = {}
    for name, value in settings.items():
        if name not in params:
            raise _wrong(number, kind, name)
        value = tuple(value) if isinstance(value, list) else value
        if not params[name].has_type(value):
            raise _wrong(number, kind, name)
        param = params[name]
        if param.required or value != param.default:
            read[name] = value
    return read


def _wrong(number: int, kind: str, setting: str) -> ProjectError:
    return _refuse(
        N_("Brick {number} ({kind}): {setting} can't be read."),
        number=number,
        kind=kind,
        setting=clean_name(setting),
    )


def _training(data: Any) -> Training:
    if not isinstance(data, dict):
        raise _refuse(N_("{key} must be a table of settings."), key="training")
    params = {param.name: param for param in SETTINGS}
    for name, value in data.items():
        wrong = params[name].wrong(value) if name in params else Text(N_("unknown"))
        if wrong:
            raise _refuse(
                N_("Training: {setting} must be {limits}, not {value}."),
                setting=clean_name(name),
                limits=wrong,
                value=clean_name(repr(value)),
            )
    return Training(**data)
