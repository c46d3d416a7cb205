"""The route by which a page looks into a trained model: an answer in lines of JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict
from functools import cache
from typing import Any

import numpy as np
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bricks import strictjson
from bricks.errors import ProjectError
from bricks.project import Project
from bricks.words import N_, Text
from training import viewing
from training.own import own
from training.rows import RunRow
from training.runs import folder
from training.tables import StoreError
from training.viewing import FAILED, Asked, NoViewer, Told
from ui.desk import MOST_SAVED, settings, store
from ui.looking.given import Given, NotGiven, given
from ui.looking.operations import WEIGHTS
from ui.looking.paint import line
from ui.owner import from_own_page, owner_of
from ui.words import Translate, spoken, translator
from uploads.errors import UploadError
from uploads.shelf import Shelf

MOST_ASKED = 8_000  # signs of a question
MOST_LOOKING = 100  # questions that are answered at once
LOOK_SECONDS = 0.25  # how often it is seen whether the browser still listens
_NOW = {
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
    # A packer would hold small parts back till the end, and pictures do not shrink.
    "Content-Encoding": "identity",
}
NOT_THERE = Text(N_("This run is not here any more."))


async def _look(request: Request) -> Response:
    """The viewer's answer on a run of this person's."""
    owner = owner_of(request)
    if owner is None or not from_own_page(request):
        return Response(status_code=403)
    try:
        ask = _asked(request.query_params.get("ask", ""))
        body = await _body(request)
    except ValueError:
        return Response(status_code=400)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it
    tell = translator(spoken(request.query_params.get("lang")))
    lines = _lines(request, owner, ask, body, tell)
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=_NOW)


def _asked(text: str) -> dict[str, Any]:
    """The question. Raises `ValueError`."""
    try:
        ask = strictjson.loads(text.encode(), MOST_ASKED)
    except ProjectError as error:
        raise ValueError(str(error)) from error
    if not isinstance(ask, dict) or not isinstance(ask.get("run"), str):
        raise ValueError(f"A question names its run. Received: {text[:80]!r}")
    if ask.setdefault("which", WEIGHTS[0]) not in WEIGHTS:
        # Any other word would have the model opened once more.
        raise ValueError(f"which must be one of {WEIGHTS}. Received: {ask['which']!r}")
    return {name: ask[name] for name in ask if name not in ("folder", "own")}


async def _body(request: Request) -> bytes:
    """A picture's file, where one is sent. Raises `ValueError`."""
    most = settings().limits.tried
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise ValueError(f"At most {most} bytes. Received: {len(body)}")
    return bytes(body)


async def _lines(
    request: Request, owner: str, ask: dict[str, Any], body: bytes, tell: Translate
) -> AsyncIterator[str]:
    """Each part of the answer as it comes, while the browser listens."""
    threads = _threads()
    asked, first = await run_sync(_begun, owner, ask, body, tell, limiter=threads)
    if first:
        yield first
    if asked is None:
        return
    try:
        while not asked.over:
            # One thread for each part: while a pen draws, each change of threads tells.
            heard = await run_sync(_heard, asked, tell, limiter=threads)
            if heard:
                yield heard
            elif await request.is_disconnected():
                return
    finally:
        asked.close()


def _begun(
    owner: str, ask: dict[str, Any], body: bytes, tell: Translate
) -> tuple[Asked | None, str]:
    """The question on its way, and the line that comes before its answer, if any; no
    question where it can't be asked, and the line that says why."""
    try:
        asked, brought = _ask(owner, ask, body)
    except (NoViewer, UploadError, ProjectError, StoreError) as error:
        bad = {"bad": "given"} if isinstance(error, NotGiven) else {}
        return None, line(Told(FAILED, bad, said=error.said), tell)
    return asked, line(brought.told(), tell) if brought else ""


def _heard(asked: Asked, tell: Translate) -> str:
    """The next part of an answer as a line; empty where none came for a moment."""
    return line(asked.hear(), tell) if asked.ready(LOOK_SECONDS) else ""


@cache
def _threads() -> CapacityLimiter:
    """Threads of our own: a class that waits for the viewer takes none from the page.

    Made within the server's loop.
    """
    return CapacityLimiter(MOST_LOOKING)


def _ask(owner: str, ask: dict[str, Any], body: bytes) -> tuple[Asked, Given | None]:
    """Ask the viewer. Raises `NoViewer`, `UploadError`."""
    run = _run(owner, ask["run"])
    project = Project.from_json(run.document, MOST_SAVED)
    brought = given(project, ask, body)
    mine = own(project.tower.data, Shelf(settings().home, owner))
    question = {
        **ask,
        "folder": str(folder(settings(), run.id)),
        "own": asdict(mine) if mine else None,
    }
    arrays: dict[str, np.ndarray] = {"given": brought.picture[None]} if brought else {}
    return viewing.ask(settings(), question, arrays), brought


def _run(owner: str, id: str) -> RunRow:
    run = store().run(owner, id)
    if run is None or run.deleted:
        raise UploadError(NOT_THERE)
    return run


ROUTES = [Route("/brickyard/look", _look, methods=["POST"])]
