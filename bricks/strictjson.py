"""JSON as project files allow it: small, shallow, finite, without a key given twice."""

from __future__ import annotations

import json
import math
from typing import Any

from bricks.errors import ProjectError
from bricks.words import N_, Text

MOST_BYTES = 1_000_000
MOST_SAVED = 8_000_000
"""Of a document that we wrote ourselves: it may name thousands of moved pictures."""


def loads(raw: bytes | str, most: int = MOST_BYTES) -> Any:
    """The value of a JSON text; ProjectError says in one sentence what is wrong."""
    if len(raw) > most:
        said = N_("This file is too large for a project: {size} MB, at most {most} MB.")
        sizes = {"size": round(len(raw) / 1e6, 1), "most": most // 1_000_000}
        raise ProjectError(Text(said, sizes))
    try:
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw
        text.encode("utf-8")
        value = json.loads(
            text,
            parse_constant=_no_number,
            parse_float=_finite,
            object_pairs_hook=_once,
        )
        _no_surrogates(value)
    except RecursionError as error:
        raise ProjectError(
            Text(N_("This is not a project file: it is nested too deep."))
        ) from error
    except (ValueError, UnicodeError) as error:
        raise ProjectError(
            Text(N_("This is not a project file: {why}."), {"why": _why(error)})
        ) from error
    return value


def _why(error: ValueError) -> Text:
    if isinstance(error, json.JSONDecodeError):
        values = {"line": error.lineno, "column": error.colno}
        return Text(N_("not JSON at line {line}, column {column}"), values)
    if isinstance(error, UnicodeError):
        return Text(N_("it is not UTF-8 text"))
    return Text("{why}", {"why": error.args[0]}) if error.args else Text(N_("not JSON"))


def _no_number(name: str) -> None:
    raise ValueError(Text(N_("{name} is not a number"), {"name": name}))


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(Text(N_("{name} is too large"), {"name": digits[:20]}))
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(Text(N_("a key is given twice")))
    return found


def _no_surrogates(value: Any) -> None:
    """Raise UnicodeError for half a character, which no database can keep."""
    json.dumps(value, ensure_ascii=False).encode("utf-8")
