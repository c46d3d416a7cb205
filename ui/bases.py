"""The routes by which a person's own trained towers become bases on the board."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bricks.errors import ProjectError
from bricks.project import clean_name
from bricks.walk import Stage
from bricks.words import N_, Text
from storage import files
from training import bases
from training.bases import Whole
from training.launch import ensure_trainer
from training.runs import MODEL, folder
from training.tables import StoreError
from ui.board.payload import shown_settings
from ui.compare.listing import facts
from ui.desk import settings, store
from ui.figures import figure, share
from ui.owner import from_own_page, owner_of
from ui.words import Translate, spoken, translator

MOST_RUNS = 100
MOST_FILE = 2_000_000_000
"""Bytes of a file that somebody brings."""
MOST_KEPT = 10
"""Files of one person; they are needed until the base is made."""
KEPT_SECONDS = 86_400.0
HELD = 4_000_000
"""Bytes that wait in memory for the disk."""
BROUGHT = "brought-bases"
_NOW = {"Cache-Control": "no-store"}
GONE = Text(N_("This run or file is not here any more: choose it again."))
TOO_LARGE = N_("This file is too large: {most} MB at most.")
Answer = Callable[[Request, str], Awaitable[Response]]


class _Refused(Exception):
    """What can't be had; `said` is why."""

    def __init__(self, said: Text) -> None:
        super().__init__(str(said))
        self.said = said


def _guarded(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Answers people who are known, on a page of this server, in their language."""

    async def guarded(request: Request) -> Response:
        owner = owner_of(request)
        if owner is None or not from_own_page(request):
            return Response(status_code=403)
        try:
            return await answer(request, owner)
        except (_Refused, ProjectError) as error:
            return _json({"refused": error.said.told(_tell(request))})
        except (ValueError, ClientDisconnect):
            return Response(status_code=400)
        except (StoreError, OperationalError):  # busy just now
            return Response(status_code=503)

    return guarded


async def _runs(request: Request, owner: str) -> Response:
    """The person's runs that left a model, the newest first."""
    return _json(await run_in_threadpool(_listed, owner, _tell(request)))


def _listed(owner: str, tell: Translate) -> list[dict[str, Any]]:
    rows = [
        run
        for run in store().listed_runs(owner)
        if not run.study_id and (folder(settings(), run.id) / MODEL).is_file()
    ]
    return [
        {
            "run": run.id,
            "title": run.name,
            "data": facts(run).data,
            "when": round(1000 * (run.ended or run.asked)),
            "result": _result(facts(run).outcome.test, tell),
        }
        for run in rows[:MOST_RUNS]
    ]


def _result(test: Any, tell: Translate) -> str:
    if "accuracy" in test:
        return tell("Test accuracy") + " " + share(test["accuracy"])
    return tell("Test loss") + " " + figure(test["loss"]) if "loss" in test else ""


async def _plan(request: Request, owner: str) -> Response:
    """The bricks of a run or file, and how many of them make a base."""
    tell = _tell(request)
    return _json(await run_in_threadpool(_planned, request, owner, tell))


def _planned(request: Request, owner: str, tell: Translate) -> dict[str, Any]:
    source, title = _source(request, owner)
    whole = _whole(source)
    return {"title": title, "cut": whole.cut, "bricks": [*map(_brick, whole.stages)]}


def _brick(stage: Stage) -> dict[str, Any]:
    placed = stage.placed
    return {
        "kind": placed.kind,
        "name": placed.name,
        "settings": shown_settings(placed),
        "gives": stage.gives,
        "weights": stage.weights,
    }


def _whole(source: Path) -> Whole:
    if source.is_dir():
        return bases.of_run(source)
    if not source.is_file():
        raise _Refused(GONE)
    return bases.of_file(source)


def _source(request: Request, owner: str) -> tuple[Path, str]:
    """A run's folder, or a file that was brought; and what it is called."""
    file = request.query_params.get("file")
    if file:
        name = clean_name(request.query_params.get("name", "")) or "model"
        return _brought(owner, file), name
    run = store().run(owner, request.query_params.get("run", ""))
    if run is None or run.deleted:
        raise _Refused(GONE)
    return folder(settings(), run.id), run.name


async def _bring(request: Request, owner: str) -> Response:
    """Take a file in, and say what it is called here."""
    id = token_hex(16)
    path = _brought(owner, id)
    await run_in_threadpool(_make_room, path.parent)
    try:
        await _receive(request, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return _json({"file": id})


async def _receive(request: Request, path: Path) -> None:
    waiting, size, most = bytearray(), 0, min(MOST_FILE, settings().limits.upload)
    async for piece in request.stream():
        waiting += piece
        size += len(piece)
        if size > most:
            raise _Refused(Text(TOO_LARGE, {"most": most // 10**6}))
        if len(waiting) >= HELD:
            await run_in_threadpool(_append, path, bytes(waiting))
            waiting.clear()
    await run_in_threadpool(_append, path, bytes(waiting))


def _append(path: Path, content: bytes) -> None:
    if files.room(path.parent) < settings().limits.room:
        raise _Refused(files.DISK_FULL)
    try:
        with path.open("ab") as file:
            file.write(content)
    except OSError as error:
        if files.disk_is_full(path.parent):
            raise _Refused(files.DISK_FULL) from error
        raise


def _brought(owner: str, id: str) -> Path:
    """Where a file lies. Raises `ValueError` for no id of ours."""
    if len(id) != 32 or not set(id) <= set("0123456789abcdef"):
        raise ValueError(f"An id is 32 hexadecimal digits. Received: {id[:40]!r}")
    whose = sha256(owner.encode()).hexdigest()[:32]  # the name is a cookie's secret
    return settings().home / BROUGHT / whose / f"{id}.keras"


def _make_room(where: Path) -> None:
    """Remove files from which nobody makes a base any more, whoever brought them."""
    where.mkdir(parents=True, exist_ok=True)
    there = sorted(where.glob("*.keras"), key=lambda path: -path.stat().st_mtime)
    for path in there[MOST_KEPT - 1 :]:
        path.unlink(missing_ok=True)
    for path in where.parent.glob("*/*.keras"):
        with suppress(FileNotFoundError):  # who brought it has just removed it
            if path.stat().st_mtime < time.time() - KEPT_SECONDS:
                path.unlink()


async def _make(request: Request, owner: str) -> Response:
    """How far the base is; asking makes it."""
    told = await run_in_threadpool(_made, request, owner, _tell(request))
    return _json(told)


def _made(request: Request, owner: str, tell: Translate) -> dict[str, Any]:
    source, title = _source(request, owner)
    cut = int(request.query_params.get("cut", ""))
    bases.taken(_whole(source), cut)  # what is in the way is said at once
    ensure_trainer(settings())
    made = bases.look(settings(), source, cut, title, title)
    return {
        "state": made.state,
        "said": made.said.told(tell) if made.said else "",
        "settings": made.settings,
    }


def _tell(request: Request) -> Translate:
    return translator(spoken(request.query_params.get("lang")))


def _json(told: Any) -> Response:
    text = json.dumps(told, ensure_ascii=False)
    return Response(text, media_type="application/json", headers=_NOW)


ROUTES = [
    Route("/brickyard/bases/runs", _guarded(_runs), methods=["GET"]),
    Route("/brickyard/bases/plan", _guarded(_plan), methods=["GET"]),
    Route("/brickyard/bases/file", _guarded(_bring), methods=["POST"]),
    Route("/brickyard/bases/make", _guarded(_make), methods=["POST"]),
]
