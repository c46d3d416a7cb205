"""The routes by which files are taken home; each person has only their own."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bricks.errors import ProjectError
from bricks.project import Project
from training import bases, exports
from training.launch import ensure_trainer
from training.rows import RunRow
from training.runs import folder
from training.tables import StoreError
from ui.desk import MOST_SAVED, settings, store
from ui.home.towers import MADE, MOST_PICTURE, Misfit, made, picture, png
from ui.home.trained import FILES, export_json, named, predicting, run_json
from ui.owner import from_own_page, owner_of
from ui.report.paper import pdf
from ui.report.sheet import sheet
from ui.report.web import html
from ui.words import Translate, spoken, translator

_NOW = {"Cache-Control": "no-store"}
_REPORTS = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}
Answer = Callable[[Request, str], Awaitable[Response]]


class _Gone(Exception):
    """What is asked for is not this person's, or not there."""


def _own(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Answers people who are known, on a page of this server."""

    async def guarded(request: Request) -> Response:
        owner = owner_of(request)
        if owner is None or not from_own_page(request):
            return Response(status_code=403)
        try:
            return await answer(request, owner)
        except (_Gone, KeyError, ProjectError, FileNotFoundError):
            return Response(status_code=404)
        except Misfit:
            return Response(status_code=409)
        except (StoreError, OperationalError):  # busy just now
            return Response(status_code=503)

    return guarded


async def _tower(request: Request, owner: str) -> Response:
    """A file that is made of a project as it was last saved."""
    what = request.path_params["what"]
    drawn = await _picture(request)
    name, text = await run_in_threadpool(
        _printed, owner, request.query_params.get("project", ""), what, request, drawn
    )
    return _file(text.encode(), name, MADE[what].mime)


def _printed(
    owner: str, id: str, what: str, request: Request, drawn: bytes | None
) -> tuple[str, str]:
    row = store().project(owner, id)
    if row is None:
        raise _Gone
    project = Project.from_json(row.document, MOST_SAVED)
    return made(what, project, _tell(request), drawn)


async def _picture(request: Request) -> bytes | None:
    """The tower's picture in a request's body, where there is a fit one."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_PICTURE:
            return None
    return await run_in_threadpool(picture, bytes(body)) if body else None


async def _told(request: Request, owner: str) -> Response:
    run = await _run(request, owner)
    return _json(await run_in_threadpool(run_json, run, _tell(request)))


async def _taken(request: Request, owner: str) -> Response:
    """A file of a run's folder."""
    run = await _run(request, owner)
    source, pattern = FILES[request.path_params["what"]]
    path = folder(settings(), run.id) / source
    return _kept(path, named(run, pattern))


async def _base(request: Request, owner: str) -> Response:
    """What a base of somebody's own learned; who knows its name has its tower."""
    file = request.path_params["file"]
    path = await run_in_threadpool(bases.found, file)
    if path is None:
        raise _Gone
    return _kept(path, file)


async def _predict(request: Request, owner: str) -> Response:
    """The script that tells what the run's model sees in picture files."""
    run = await _run(request, owner)
    text = await run_in_threadpool(predicting, run)
    if text is None:
        raise _Gone
    return _file(text.encode(), "predict.py", "text/x-python")


async def _export(request: Request, owner: str) -> Response:
    """How far the model is in another format; asking makes it."""
    run = await _run(request, owner)
    kind = request.path_params["kind"]
    told = await run_in_threadpool(_looked, run, kind, _tell(request))
    return _json(told)


def _looked(run: RunRow, kind: str, tell: Translate) -> dict[str, Any]:
    ensure_trainer(settings())
    return export_json(exports.look(settings(), run, kind), tell)


async def _exported(request: Request, owner: str) -> Response:
    """The model in another format, once it was proved."""
    run = await _run(request, owner)
    kind = request.path_params["kind"]
    found = await run_in_threadpool(exports.kept, settings(), run.id, kind)
    if found is None or found.path is None:
        raise _Gone
    ending = "".join(Path(exports.KINDS[kind].file).suffixes)
    name = named(run, "{name}" + ending)
    return _kept(found.path, name, exports.KINDS[kind].mime)


async def _report(request: Request, owner: str) -> Response:
    """A run on one page, with its tower as the browser drew it."""
    run = await _run(request, owner)
    kind = request.path_params["kind"]
    mime = _REPORTS[kind]
    drawn = await _picture(request)
    lang = spoken(request.query_params.get("lang"))
    zone = _zone(request.query_params.get("zone"))
    content = await run_in_threadpool(_laid_out, run, kind, lang, zone, drawn)
    return _file(content, named(run, f"{{name}}-report.{kind}"), mime)


def _laid_out(
    run: RunRow, kind: str, lang: str, zone: str, drawn: bytes | None
) -> bytes:
    told = sheet(run, lang, zone)
    if kind == "html":
        return html(told, drawn).encode()
    return pdf(told, png(drawn))


def _zone(wanted: str | None) -> str:
    """A time zone that is known here."""
    try:
        return ZoneInfo(wanted or "UTC").key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


async def _run(request: Request, owner: str) -> RunRow:
    id = request.query_params.get("run", "")
    run = await run_in_threadpool(store().run, owner, id)
    if run is None or run.deleted:
        raise _Gone
    return run


def _tell(request: Request) -> Translate:
    return translator(spoken(request.query_params.get("lang")))


def _json(told: dict[str, Any]) -> Response:
    text = json.dumps(told, ensure_ascii=False)
    return Response(text, media_type="application/json", headers=_NOW)


def _file(content: bytes, name: str, mime: str) -> Response:
    """A file to be saved; names are plain ASCII."""
    headers = {**_NOW, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=mime, headers=headers)


def _kept(path: Path, name: str, mime: str = "application/octet-stream") -> Response:
    if not path.is_file():
        raise _Gone
    return FileResponse(path, filename=name, media_type=mime, headers=_NOW)


ROUTES = [
    Route("/brickyard/home/tower/{what}", _own(_tower), methods=["GET", "POST"]),
    Route("/brickyard/home/base/{file}", _own(_base), methods=["GET"]),
    Route("/brickyard/home/run", _own(_told), methods=["GET"]),
    Route("/brickyard/home/run/predict", _own(_predict), methods=["GET"]),
    Route("/brickyard/home/run/{what}", _own(_taken), methods=["GET"]),
    Route("/brickyard/home/export/{kind}", _own(_export), methods=["GET"]),
    Route("/brickyard/home/export/{kind}/file", _own(_exported), methods=["GET"]),
    Route("/brickyard/home/report/{kind}", _own(_report), methods=["POST"]),
]
