"""A project: a name, a tower and how to train it; and its file, `*.brick.json`."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any

from bricks import strictjson
from bricks.brick import Brick, Container
from bricks.catalog import catalog, data_brick
from bricks.containers import is_number, may_follow, parameter_name
from bricks.edit import renamed
from bricks.errors import ProjectError
from bricks.param import Param
from bricks.tower import GROUND, MOST_DEEP, TOP, Placed, Ref, Tower, new_id
from bricks.training import Training
from bricks.training.reading import read_training
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
    source: str = ""
    silenced: tuple[str, ...] = ()
    """The rules of `bricks.advice` that shall say nothing of this tower."""

    def to_json(self) -> str:
        """The project file; bricks keep their ids, so that a page can go on."""
        head: dict[str, Any] = {"format": FORMAT, "version": VERSION, "name": self.name}
        told = {"about": self.about, "source": self.source}
        head |= {key: text for key, text in told.items() if text}
        lines = [f' "{key}": {_json(value)},\n' for key, value in head.items()]
        bricks = (self.tower.data, *self.tower.bricks)
        rows = ",\n  ".join(_json(placed_json(placed)) for placed in bricks)
        tower = f' "tower": [\n  {rows}\n ],\n'
        silenced = f' "silenced": {_json(self.silenced)},\n' if self.silenced else ""
        training = f' "training": {_json(self.training.to_json())}\n'
        return "".join(["{\n", *lines, tower, silenced, training, "}\n"])

    @classmethod
    def from_json(cls, raw: bytes | str, most: int = strictjson.MOST_BYTES) -> Project:
        """Read a project file of at most so many bytes.

        ProjectError says in one sentence what is wrong with it.
        """
        data = _checked(strictjson.loads(raw, most))
        return cls(
            name=clean_name(_text(data, "name")) or NEW_NAME,
            tower=_tower(data["tower"]),
            training=read_training(data.get("training", {})),
            about=_text(data, "about")[:2_000],
            source=_text(data, "source")[:500],
            silenced=_silenced(data.get("silenced", [])),
        )


def clean_name(name: str) -> str:
    """A name as people may see it: NFC, one line, no control or direction marks.

    >>> clean_name(" my\\n tower ")
    'my tower'
    """
    return clean(name, MOST_NAME)


def clean(text: str, most: int) -> str:
    """At most so many characters of a text, as `clean_name` has them."""
    seen = "".join(
        c if not unicodedata.category(c).startswith("C") else " "
        for c in unicodedata.normalize("NFC", text)
    )
    return " ".join(seen.split())[:most].strip()


def fresh(project: Project) -> Project:
    """The same project with new ids for its bricks, to be put into a page."""
    bricks = tuple(renamed(placed) for placed in project.tower.bricks)
    return replace(project, tower=replace(project.tower, bricks=bricks))


def _json(value: Any) -> str:
    """On one line, so that a file has a line for each brick, however deep it is."""
    return json.dumps(value, ensure_ascii=False)


def placed_json(placed: Placed) -> dict[str, Any]:
    """A brick, and the bricks inside of it, as plain data."""
    data: dict[str, Any] = {"kind": placed.kind}
    if placed.id != GROUND:
        data["id"] = placed.id
    if placed.name:
        data["name"] = placed.name
    if placed.settings:
        data["settings"] = {k: value_json(v) for k, v in placed.settings.items()}
    if placed.parameters:
        data["parameters"] = dict(placed.parameters)
    if placed.inner:
        data["inner"] = [[placed_json(b) for b in bricks] for bricks in placed.inner]
    return data


def value_json(value: Any) -> Any:
    """A setting's value as plain data; one that follows a parameter names it."""
    return {"parameter": value.parameter} if isinstance(value, Ref) else value


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


def _silenced(data: Any) -> tuple[str, ...]:
    if not isinstance(data, list) or not all(isinstance(name, str) for name in data):
        raise _refuse(N_("{key} must be a list of names."), key="silenced")
    return tuple(clean_name(name) for name in data[:100])


def _tower(rows: list[Any]) -> Tower:
    reader = PlacedReader(-1)
    placed = [reader.placed(row) for row in rows]
    ground = replace(placed[0], id=GROUND)
    if data_brick(ground.kind) is None:
        raise _refuse(
            N_("The first brick must be a data brick, such as MNIST; it is {kind}."),
            kind=ground.kind,
        )
    return Tower(ground, tuple(placed[1:]))


class PlacedReader:
    """Reads bricks of a file, and counts them; no id is given twice."""

    def __init__(self, last: int = 0) -> None:
        self.number = last  # of the brick that was read last; the data brick is 0
        self.ids = {GROUND, TOP}

    def placed(self, row: Any, deep: int = 0) -> Placed:
        """One brick with all that is inside; ProjectError says what is wrong."""
        self.number += 1
        if not isinstance(row, dict) or not isinstance(row.get("kind"), str):
            said = N_("Brick {number} does not say its kind.")
            raise _refuse(said, number=self.number)
        if self.number > MOST_BRICKS:
            said = N_("This tower has more than {most} bricks.")
            raise _refuse(said, most=MOST_BRICKS)
        if deep > MOST_DEEP:
            said = N_("Containers stand in containers more than {most} deep.")
            raise _refuse(said, most=MOST_DEEP)
        kind = clean_name(row["kind"]) or "?"
        number, brick = self.number, catalog().get(kind)
        settings = row.get("settings", {})
        if not isinstance(settings, dict):
            raise _wrong(number, kind, "settings")
        if brick is not None:
            settings = _settings(number, kind, settings, brick.by_name)
        if number == 0 and any(isinstance(v, Ref) for v in settings.values()):
            raise _wrong(number, kind, "settings")
        return Placed(
            kind,
            settings,
            clean_name(_text(row, "name")) or None,
            self._id(row.get("id")),
            self._inner(row, brick, deep),
            _parameters(number, kind, row.get("parameters", {})),
        )

    def _inner(
        self, row: dict[str, Any], brick: Brick | None, deep: int
    ) -> tuple[tuple[Placed, ...], ...]:
        number, towers = self.number, row.get("inner", [])
        lists = isinstance(towers, list) and all(isinstance(t, list) for t in towers)
        if not lists or (towers and brick and not isinstance(brick, Container)):
            raise _wrong(number, row["kind"], "inner")
        inner = tuple(tuple(self.placed(r, deep + 1) for r in rows) for rows in towers)
        if not isinstance(brick, Container):
            return inner
        if len(inner) > brick.most:
            raise _wrong(number, row["kind"], "inner")
        return inner + ((),) * (brick.least - len(inner))

    def _id(self, value: Any) -> str:
        """The id, where a page may use it and no brick before has it; else a new."""
        if self.number == 0:
            return GROUND
        known = isinstance(value, str) and _ID.fullmatch(value)
        id = value if known and value not in self.ids else f"b{self.number}"
        id = new_id() if id in self.ids else id
        self.ids.add(id)
        return id


def _parameters(number: int, kind: str, data: Any) -> dict[str, Any]:
    """A Block's parameters: names and numbers."""
    good = isinstance(data, dict) and (not data or kind == "Block")
    if not good or not all(parameter_name(name) for name in data):
        raise _wrong(number, kind, "parameters")
    if not all(is_number(value) for value in data.values()):
        raise _wrong(number, kind, "parameters")
    return dict(data)


def tupled(value: Any) -> Any:
    """A value as JSON has it, lists turned to tuples."""
    return tuple(map(tupled, value)) if isinstance(value, list) else value


def read_value(param: Param, value: Any) -> Any:
    """A setting's value from JSON; ValueError where it is not of the right type."""
    if isinstance(value, dict) and set(value) == {"parameter"}:
        name = parameter_name(str(value["parameter"]))
        if name is None or not may_follow(param):
            raise ValueError(value)
        return Ref(name)
    value = tupled(value)
    if not param.has_type(value):
        raise ValueError(value)
    return value


def _settings(
    number: int, kind: str, settings: dict[str, Any], params: dict[str, Param]
) -> dict[str, Any]:
    """Settings of the right types; limits are left to the walk, which can mend."""
    read: dict[str, Any] = {}
    for name, value in settings.items():
        try:
            known = read_value(params[name], value)
        except (KeyError, ValueError):
            raise _wrong(number, kind, name) from None
        if params[name].required or known != params[name].default:
            read[name] = known
    return read


def _wrong(number: int, kind: str, setting: str) -> ProjectError:
    return _refuse(
        N_("Brick {number} ({kind}): {setting} can't be read."),
        number=number,
        kind=clean_name(kind),
        setting=clean_name(setting),
    )
