"""The layers of a pretrained base, for the slider of its padlock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bricks import strictjson
from bricks.brick import Base, Shape
from bricks.catalog import catalog
from bricks.errors import ProjectError
from bricks.project import read_value
from ui.board import VERSION

MOST_ASKED = 20_000  # signs of a question
LONGEST_SIDE = 10_000  # pixels of a picture
_FOREVER = "public, max-age=31536000, immutable"  # the address holds the version


@dataclass(frozen=True)
class Layers:
    """The layers of a base, from the ground up.

    `fixed[n]` is how many of its `weights` training leaves alone where the first n
    layers are frozen; its last is that of the whole base.
    """

    names: tuple[str, ...]
    fixed: tuple[int, ...]
    weights: int


@lru_cache(maxsize=64)
def layers(kind: str, gets: Shape, settings: tuple[tuple[str, Any], ...]) -> Layers:
    """The layers of a base of such settings on such pictures. Raises `ValueError`."""
    brick = catalog().get(kind)
    if not isinstance(brick, Base):
        raise ValueError(f"A pretrained base is needed. Received: {kind!r}")
    full = brick.full(_read(brick, dict(settings)))
    if not isinstance(brick.gives(gets, full), tuple):
        raise ValueError(f"{kind} does not take these pictures. Received: {gets}")
    names = brick.names(full)
    each = (brick.fixed(gets, full | {"frozen": n}) for n in range(len(names) + 1))
    return Layers(names, tuple(each), brick.weights(gets, full))


def _read(brick: Base, settings: dict[str, Any]) -> dict[str, Any]:
    read = {}
    for name, value in settings.items():
        param = brick.by_name.get(name)
        if param is None or param.wrong(read_value(param, value)):
            raise ValueError(f"{brick.kind} has no such {name}. Received: {value!r}")
        read[name] = read_value(param, value)
    return read


def _asked(text: str) -> tuple[str, Shape, tuple[tuple[str, Any], ...]]:
    """The question. Raises `ValueError`."""
    try:
        ask = strictjson.loads(text.encode(), MOST_ASKED)
    except ProjectError as error:
        raise ValueError(str(error)) from error
    if not isinstance(ask, dict):
        raise ValueError(f"A base is asked for by its kind. Received: {text[:80]!r}")
    return str(ask.get("kind")), _gets(ask.get("gets")), _settings(ask.get("settings"))


def _gets(sizes: Any) -> Shape:
    right = isinstance(sizes, list) and len(sizes) == 3
    if not right or not all(type(n) is int and 0 < n <= LONGEST_SIDE for n in sizes):
        raise ValueError(f"Pictures of a base have three sizes. Received: {sizes!r}")
    return tuple(sizes)


def _settings(settings: Any) -> tuple[tuple[str, Any], ...]:
    """Without the padlock: which layers are frozen is what is asked for."""
    plain = (str, int, float, type(None))
    if not isinstance(settings, dict) or not all(
        isinstance(value, plain) for value in settings.values()
    ):
        raise ValueError(f"Settings are names with values. Received: {settings!r}")
    return tuple(sorted((k, v) for k, v in settings.items() if k != "frozen"))


async def _layers(request: Request) -> Response:
    """The same for everybody, as long as the catalogue stays what it is."""
    try:
        found = layers(*_asked(request.query_params.get("ask", "")))
    except ValueError:
        return Response(status_code=400)
    headers = {"Cache-Control": _FOREVER}
    return JSONResponse(vars(found), headers=headers)


ROUTES = [Route(f"/brickyard/{VERSION}/layers.json", _layers)]
