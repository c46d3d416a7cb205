"""The JSON Schema of project files, grown from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bricks.brick import Brick, Container, Data
from bricks.catalog import catalog
from bricks.containers import PARAMETER as _NAME
from bricks.param import Param
from bricks.project import FORMAT, MOST_BRICKS, MOST_NAME, VERSION
from bricks.training import FURTHER, SETTINGS, callbacks, optimizers, schedules
from bricks.training.measured import NOTE, WAYS
from bricks.training.part import Part


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a project in which every setting is within its limits.

    Brickyard reads more than this: a value beyond its limits and an unknown brick are
    kept and marked on the page.
    """
    bricks = catalog().values()
    data = [_placed(brick) for brick in bricks if isinstance(brick, Data)]
    layers = [b for b in bricks if b.family not in ("data", "label")]
    tower = {
        "type": "array",
        "prefixItems": [{"anyOf": data}],
        "items": _ANY,
        "minItems": 1,
        "maxItems": MOST_BRICKS + 1,
    }
    properties = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "name": {"type": "string", "maxLength": MOST_NAME},
        "about": {"type": "string"},
        "source": {"type": "string"},
        "tower": tower,
        "training": _training(),
        "silenced": {"type": "array", "items": {"type": "string"}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Brickyard project",
        **_object(properties, ["format", "version", "tower"]),
        "$defs": {
            "brick": {"anyOf": [{"$ref": f"#/$defs/{b.kind}"} for b in layers]},
            "parameter": _object(
                {"parameter": {"type": "string", "pattern": _NAME.pattern}},
                ["parameter"],
            ),
            **{brick.kind: _placed(brick) for brick in layers},
        },
    }


_ANY = {"$ref": "#/$defs/brick"}


def _training() -> dict[str, Any]:
    """A training: plain settings, and those of its parts."""
    plain = {p.name: p.schema() for p in (*SETTINGS, *FURTHER)}
    return _object(
        {
            **plain,
            "optimizer_settings": _of_any(optimizers().values()),
            "schedule_settings": _of_any(schedules().values()),
            "callbacks": _object({k: _of(part) for k, part in callbacks().items()}),
            "measured": _object({name: _note(plain[name]) for name in WAYS}),
        }
    )


def _note(value: dict[str, Any]) -> dict[str, Any]:
    """What was measured of a setting's value."""
    told = {"value": value, **{param.name: param.schema() for param in NOTE}}
    return _object(told, [*told])


def _of(part: Part) -> dict[str, Any]:
    return _object({param.name: param.schema() for param in part.params})


def _of_any(parts: Iterable[Part]) -> dict[str, Any]:
    """The settings of one of these parts; which one, only the reader checks."""
    return {"anyOf": [_of(part) for part in parts]}


def _placed(brick: Brick) -> dict[str, Any]:
    required = [p.name for p in brick.params if p.required]
    either = {p.name: _or_parameter(p, brick) for p in brick.params}
    settings = _object(either, required)
    properties = {
        "kind": {"const": brick.kind},
        "id": {"type": "string", "pattern": "^[A-Za-z0-9]{1,40}$"},
        "name": {"type": "string", "maxLength": MOST_NAME},
        "settings": settings,
    }
    if isinstance(brick, Container):
        bricks = {"type": "array", "items": _ANY}
        properties["inner"] = {"type": "array", "items": bricks, "maxItems": brick.most}
    if brick.kind == "Block":
        names = {"pattern": _NAME.pattern}
        properties["parameters"] = {"type": "object", "propertyNames": names}
    return _object(properties, ["kind", *(["settings"] if required else [])])


def _or_parameter(param: Param, brick: Brick) -> dict[str, Any]:
    """A value, or for a layer the parameter of a Block that gives it."""
    if isinstance(brick, Data):
        return param.schema()
    return {"anyOf": [param.schema(), {"$ref": "#/$defs/parameter"}]}


def _object(
    properties: dict[str, Any], required: list[str] | None = None
) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required or [],
        "additionalProperties": False,
    }
