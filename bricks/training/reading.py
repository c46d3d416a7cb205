"""A training as a project file has it: what is unknown or beyond limits is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from bricks.errors import ProjectError
from bricks.param import Param
from bricks.training.callbacks import callbacks
from bricks.training.measured import NOTE, WAYS
from bricks.training.part import Part
from bricks.training.schedules import schedules
from bricks.training.training import FURTHER, SETTINGS, Training
from bricks.words import N_, Text

MOST_TOLD = 80  # characters of what a file says, in a sentence about it
_PLAIN = {param.name: param for param in (*SETTINGS, *FURTHER)}
_PARTS = ("optimizer_settings", "callbacks", "schedule_settings", "measured")
_NOTE = {param.name: param for param in NOTE}


def read_training(data: Any) -> Training:
    """The training of a file; ProjectError says in one sentence what is wrong."""
    table = _table(data, "training")
    parts = {name: _table(table.pop(name, {}), name) for name in _PARTS}
    plain = {name: _value(_PLAIN, name, value) for name, value in table.items()}
    base = Training(**plain)
    plan = schedules().get(base.schedule or "")
    return Training(
        **plain,
        optimizer_settings=_settings(base.rule, parts["optimizer_settings"]),
        schedule_settings=_settings(plan, parts["schedule_settings"]),
        callbacks=dict(_callbacks(parts["callbacks"])),
        measured=dict(_measured(parts["measured"])),
    )


def _table(data: Any, key: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        said = N_("{key} must be a table of settings.")
        raise ProjectError(Text(said, {"key": key}))
    return dict(data)


def _settings(part: Part | None, data: dict[str, Any]) -> dict[str, Any]:
    """The settings of a part; those of no part are refused, too."""
    params = part.by_name if part else {}
    return {name: _value(params, name, value) for name, value in data.items()}


def _callbacks(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, settings in data.items():
        if kind not in callbacks():
            raise _unknown(kind)
        yield kind, _settings(callbacks()[kind], _table(settings, kind))


def _measured(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The notes on what was measured, each whole."""
    for setting, told in data.items():
        if setting not in WAYS:
            raise _unknown(setting)
        note = _table(told, setting)
        params = {"value": _PLAIN[setting], **_NOTE}
        missing = next((name for name in params if name not in note), None)
        if missing:
            raise _refuse(missing, Text(N_("told as well")), None)
        yield setting, {name: _value(params, name, one) for name, one in note.items()}


def _value(params: Mapping[str, Param], name: str, value: Any) -> Any:
    """A setting's value, where it is known and within its limits."""
    if name not in params:
        raise _unknown(name)
    read = params[name].read(value)
    wrong = params[name].wrong(read)
    if wrong:
        raise _refuse(name, wrong, value)
    return read


def _unknown(name: str) -> ProjectError:
    said = N_("Training: there is no setting {setting} here, leave it out.")
    return ProjectError(Text(said, {"setting": _told(name)}))


def _refuse(name: str, limits: Text, value: Any) -> ProjectError:
    said = N_("Training: {setting} must be {limits}, not {value}.")
    values = {"setting": _told(name), "limits": limits, "value": _told(repr(value))}
    return ProjectError(Text(said, values))


def _told(text: str) -> str:
    """What a file says, on one harmless line."""
    seen = (" " if unicodedata.category(c)[0] == "C" else c for c in text)
    return " ".join("".join(seen).split())[:MOST_TOLD].strip()
