"""The routes by which a browser brings files: in slices, straight to the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bricks import strictjson
from bricks.errors import ProjectError
from bricks.project import clean_name
from bricks.words import N_, Text
from ui.desk import settings
from ui.owner import from_own_page, owner_of
from ui.slices import Slice, SliceError, Slices
from ui.words import spoken, translator
from uploads import bringing
from uploads.errors import UploadError
from uploads.shelf import Shelf

MOST_ASKED = 20_000  # bytes of a request that only says something
HELD = 1_000_000  # bytes of a body that wait in memory for the disk
NOT_THERE = N_("There is no folder {path} that this server may read.")
Answer = Callable[[Request, Shelf], Awaitable[Response]]


def _guarded(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Only for the person's own page; what can't be taken is said in its language."""

    async def guarded(request: Request) -> Response:
        owner = owner_of(request)
        if owner is None or not from_own_page(request):
            return Response(status_code=403)
        try:
            return await answer(request, Shelf(settings().home, owner))
        except UploadError as error:
            return JSONResponse({"said": _told(error.said, request)}, 409)
        except (SliceError, ValueError, TypeError):
            return Response(status_code=400)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it

    return guarded


def _told(said: Text | None, request: Request) -> str | None:
    lang = spoken(request.query_params.get("lang"))
    return said.told(translator(lang)) if said else None


async def _asked(request: Request) -> dict[str, Any]:
    """What a small request says."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_ASKED:
            raise ValueError(f"At most {MOST_ASKED} bytes. Received: {len(body)}")
    try:
        told = strictjson.loads(bytes(body) or b"{}", MOST_ASKED)
    except ProjectError as error:
        raise ValueError(str(error)) from error
    if not isinstance(told, dict):
        raise ValueError(f"An object is asked for. Received: {told!r}")
    return told


async def _begin(request: Request, shelf: Shelf) -> Response:
    told = await _asked(request)
    files, size = int(told.get("files", 0)), int(told.get("size", 0))
    name, into = str(told.get("name", "")), str(told.get("into") or "") or None
    limits = settings().limits
    id = await asyncio.to_thread(
        bringing.begin, shelf, limits, name, files, size, into=into
    )
    return JSONResponse({"id": id})


async def _receive(request: Request, shelf: Shelf) -> Response:
    id, slices = request.path_params["id"], Slices()
    waiting: list[Slice] = []
    held = 0
    async for piece in request.stream():
        waiting += slices.feed(piece)
        held += len(piece)
        if held >= HELD:
            await asyncio.to_thread(_keep, shelf, id, waiting)
            waiting, held = [], 0
    if not slices.whole:
        raise SliceError("The body ends in the middle of a slice.")
    await asyncio.to_thread(_keep, shelf, id, waiting)
    return Response(status_code=204)


def _keep(shelf: Shelf, id: str, slices: list[Slice]) -> None:
    for one in slices:
        bringing.receive(shelf, id, one.path, one.offset, one.content)


async def _finish(request: Request, shelf: Shelf) -> Response:
    id, told = request.path_params["id"], await _asked(request)
    if "folder" in told:
        path = str(told["folder"])
        await asyncio.to_thread(bringing.finish_folder, shelf, id, _allowed(path))
    else:
        await asyncio.to_thread(bringing.finish, shelf, id)
    return await _state(request, shelf)


async def _state(request: Request, shelf: Shelf) -> Response:
    state = await asyncio.to_thread(bringing.state, shelf, request.path_params["id"])
    told = {
        "state": state.state,
        "done": state.done,
        "of": state.of,
        "said": _told(state.said, request),
        "dataset": state.dataset,
    }
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


async def _cancel(request: Request, shelf: Shelf) -> Response:
    await asyncio.to_thread(bringing.cancel, shelf, request.path_params["id"])
    return Response(status_code=204)


def _allowed(path: str) -> Path:
    """A folder of this server, below one of those that its operator named."""
    asked = Path(path).resolve()
    roots = [folder.resolve() for folder in settings().folders]
    if not any(asked.is_relative_to(root) for root in roots) or not asked.is_dir():
        raise UploadError(Text(NOT_THERE, {"path": clean_name(path)}))
    return asked


_ONE = "/brickyard/uploads/{id:str}"
ROUTES = [
    Route("/brickyard/uploads", _guarded(_begin), methods=["POST"]),
    Route(_ONE, _guarded(_receive), methods=["PUT"]),
    Route(_ONE, _guarded(_state), methods=["GET"]),
    Route(_ONE, _guarded(_cancel), methods=["DELETE"]),
    Route(f"{_ONE}/done", _guarded(_finish), methods=["POST"]),
]
