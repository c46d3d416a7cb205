"""What the server does beside the page: the board's files, a cookie, safe headers."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bricks.catalog import data_brick
from training.datasets import network
from training.launch import ensure_trainer
from training.settings import Settings
from ui import bases, thumbs, uploading
from ui.board import VERSION, WEB, layers
from ui.board.catalogue import catalogue_json
from ui.home import route as home
from ui.live import route as live
from ui.looking import route as looking
from ui.owner import OWNER
from ui.results import route as results
from ui.sockets import send_at_once
from ui.words import LANGUAGES, preferred, spoken

LOOK_SECONDS = 3.0  # how often the server looks whether the trainer is there
log = logging.getLogger(__name__)
YEAR = 365 * 24 * 3600  # seconds
_FOREVER = "public, max-age=31536000, immutable"  # the address holds the version
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
}


async def _catalogue(request: Request) -> Response:
    if request.path_params["lang"] not in LANGUAGES:
        return Response(status_code=404)
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


_TYPES = {".js": "text/javascript", ".css": "text/css"}
# From memory: forty small files at a class's first visit, and no path to walk out of.
_FILES = {
    path.relative_to(WEB).as_posix(): path.read_bytes()
    for path in sorted(WEB.rglob("*.*"))
    if path.suffix in _TYPES
}


async def _board_file(request: Request) -> Response:
    """A file of the board's browser half, kept by browsers for as long as they like."""
    name = request.path_params["name"]
    if name not in _FILES:
        return Response(status_code=404)
    headers = {"Cache-Control": _FOREVER}
    return Response(_FILES[name], media_type=_TYPES[Path(name).suffix], headers=headers)


class _Visitor:
    """Gives each new visitor a random name in a cookie; each answer, safe headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        if OWNER not in asked.cookies:
            scope = {**scope, "headers": _without_conditions(scope["headers"])}

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(MutableHeaders(scope=message), asked)
            await send(message)

        await self.app(scope, receive, answer)


def _without_conditions(headers: list[tuple[bytes, bytes]]) -> Any:
    """The headers without If-None-Match and its like: "not modified" has no page, and
    so no cookie, to give to a browser that lost its own."""
    return [(name, value) for name, value in headers if not name.startswith(b"if-")]


_OTHER_VIEWS = (
    "data/",
    "compare/",
    "variants/",
    "live/",
    "results/",
    "try/",
    "inside/",
    "home/",
    "letters.css",
    "looking.js",
)


def _early() -> str:
    """A Link header that lets the browser fetch the board beside Streamlit's own files,
    and not module by module once Streamlit stands: 0.7 s of a first visit."""
    kinds = {".js": "modulepreload", ".css": "preload; as=style"}
    return ", ".join(
        f"<brickyard/{VERSION}/{name}>; rel={kinds[Path(name).suffix]}"
        for name in _FILES
        if name != "loader.js" and not name.startswith(_OTHER_VIEWS)
    )


_EARLY = _early()


def _words(asked: HTTPConnection) -> str:
    """The Link header of the catalogue in the language that the page will have."""
    locale = asked.headers.get("accept-language", "").split(",")[0]
    lang = spoken(asked.query_params.get("lang") or preferred(locale))
    address = f"brickyard/{VERSION}/catalogue.{lang}.json"
    return f"<{address}>; rel=preload; as=fetch; crossorigin"


def _dress(headers: MutableHeaders, asked: HTTPConnection) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if not headers.get("content-type", "").startswith("text/html"):
        return
    headers.append("Link", f"{_EARLY}, {_words(asked)}")
    owner = asked.cookies.get(OWNER) or secrets.token_urlsafe(16)
    cookie = f"{OWNER}={owner}; Path=/; Max-Age={YEAR}"  # a year from each visit
    safe = "; Secure" if asked.url.scheme == "https" else ""
    headers.append("Set-Cookie", f"{cookie}; HttpOnly; SameSite=Lax{safe}")


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Have a trainer, from before the first page loads until the server ends."""
    send_at_once()
    network.known()
    watch = asyncio.create_task(_keep_a_trainer(Settings.from_environment()))
    yield
    watch.cancel()


async def _keep_a_trainer(settings: Settings) -> None:
    """Start a trainer where none is running; runs of a killed one then go on."""
    while True:
        try:
            await asyncio.to_thread(ensure_trainer, settings)
        except OSError:
            log.exception("The trainer can't be started; trying again.")
        await asyncio.sleep(LOOK_SECONDS)


ROUTES = [
    *thumbs.ROUTES,
    *uploading.ROUTES,
    *bases.ROUTES,
    *live.ROUTES,
    *looking.ROUTES,
    *results.ROUTES,
    *home.ROUTES,
    *layers.ROUTES,
    Route(f"/brickyard/{VERSION}/catalogue.{{lang}}.json", _catalogue),
    Route(f"/brickyard/{VERSION}/attached/{{kind}}.txt", _attached),
    Route(f"/brickyard/{VERSION}/{{name:path}}", _board_file),
]
MIDDLEWARE = [Middleware(_Visitor)]
