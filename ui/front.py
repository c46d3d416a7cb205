"""What the server does beside the page: the board's files, a cookie, safe headers."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bricks.catalog import data_brick
from training.datasets import network
from training.launch import ensure_trainer
from training.settings import Settings
from ui.board import VERSION, WEB
from ui.board.catalogue import catalogue_json

OWNER = "brickyard_owner"  # the cookie that names a person's projects and runs
YEAR = 365 * 24 * 3600  # seconds
_FOREVER = "public, max-age=31536000, immutable"  # the address holds the version
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
}


async def _catalogue(request: Request) -> Response:
    text = catalogue_json(request.path_params["lang"])
    headers = {"Cache-Control": _FOREVER}
    return Response(text, media_type="application/json", headers=headers)


async def _attached(request: Request) -> Response:
    """The pictures that a script of this data brick carries at its end."""
    brick = data_brick(request.path_params["kind"])
    if brick is None or brick.attached is None:
        return Response(status_code=404)
    headers = {"Cache-Control": _FOREVER}
    return Response(brick.attached(), media_type="text/plain", headers=headers)


class _BoardFiles(StaticFiles):
    """The browser half of the board, kept by browsers for as long as they like."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOREVER
        return response


class _Visitor:
    """Gives each new visitor a random name in a cookie; each answer, safe headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_new = OWNER not in HTTPConnection(scope).cookies

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(MutableHeaders(scope=message), is_new, scope["scheme"])
            await send(message)

        await self.app(scope, receive, answer)


def _dress(headers: MutableHeaders, is_new: bool, scheme: str) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if is_new and headers.get("content-type", "").startswith("text/html"):
        cookie = f"{OWNER}={secrets.token_urlsafe(16)}; Path=/; Max-Age={YEAR}"
        safe = "; Secure" if scheme == "https" else ""
        headers.append("Set-Cookie", f"{cookie}; HttpOnly; SameSite=Lax{safe}")


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Warm the trainer, and ask for the network, while the first page loads."""
    ensure_trainer(Settings.from_environment())
    network.known()
    yield


ROUTES = [
    Route(f"/brickyard/{VERSION}/catalogue.{{lang}}.json", _catalogue),
    Route(f"/brickyard/{VERSION}/attached/{{kind}}.txt", _attached),
    Mount(f"/brickyard/{VERSION}", _BoardFiles(directory=WEB)),
]
MIDDLEWARE = [Middleware(_Visitor)]
