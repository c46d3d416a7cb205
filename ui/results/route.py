"""The routes by which the panel of results gets figures and single examples."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from explain.answers import FILES
from training import runs
from training.rows import RunRow
from training.tables import StoreError
from ui.desk import settings, store
from ui.live.route import finite
from ui.looking.paint import sprite
from ui.owner import from_own_page, owner_of
from ui.results.examples import MOST_ROWS, chosen, example
from ui.results.kept import answers_of, pictures_of, report_of
from ui.results.summary import of_report, summary
from ui.views import tested
from uploads.shelf import Shelf

_ID = re.compile(r"[0-9a-f]{32}")
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,20})?(e[+-]?\d{1,3})?")
_NOW = {"Cache-Control": "no-store"}
Told = dict[str, Any]


async def _figures(request: Request) -> Response:
    """What came of a run's test; `{}` where it is to be worked out first."""
    return await _answer(request, figures_of)


async def _examples(request: Request) -> Response:
    """Some of the single examples, in order."""
    query = request.query_params
    asked = numbers(query.get("with", ""))
    begin, count = whole(query.get("from", "0")), whole(query.get("count", "25"))
    if asked is None or begin is None or count is None:
        return Response(status_code=400)
    of, some = query.get("of", ""), slice(begin, begin + min(count, MOST_ROWS))
    return await _answer(
        request, lambda run, which: examples_of(run, which, of, asked, some)
    )


async def _answer(
    request: Request, tell: Callable[[RunRow, str], Told | None]
) -> Response:
    """What `tell` says of the run, as far as it is this person's."""
    owner, which = owner_of(request), request.path_params["which"]
    if owner is None or not from_own_page(request):
        return Response(status_code=403)
    id = request.path_params["run"]
    if which not in FILES or not _ID.fullmatch(id):
        return Response(status_code=404)
    try:
        told = await run_in_threadpool(_told, owner, id, which, tell)
    except (StoreError, OperationalError):  # busy just now: the page asks again
        return Response(status_code=503)
    if told is None:
        return Response(status_code=404)
    text = json.dumps(finite(told), ensure_ascii=False, allow_nan=False)
    return Response(text, media_type="application/json", headers=_NOW)


def _told(
    owner: str, id: str, which: str, tell: Callable[[RunRow, str], Told | None]
) -> Told | None:
    run = store().run(owner, id)
    return None if run is None or run.deleted else tell(run, which)


def numbers(text: str) -> tuple[float, ...] | None:
    """What a question asks with; None where that is not all finite numbers.

    >>> numbers("3,5"), numbers(""), numbers("-0.5,1e-07"), numbers("x")
    ((3.0, 5.0), (), (-0.5, 1e-07), None)
    >>> numbers("1e999")
    """
    parts = text.split(",") if text else []
    if not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    found = tuple(map(float, parts))
    return found if all(map(math.isfinite, found)) else None


def whole(text: str) -> int | None:
    """A number of examples.

    >>> whole("25"), whole("-1"), whole("1e9")
    (25, None, None)
    """
    return int(text) if re.fullmatch(r"\d{1,9}", text) else None


def figures_of(run: RunRow, which: str) -> Told:
    """The figures by all answers, else by the report of an older run, else none."""
    where = runs.folder(settings(), run.id)
    answers = answers_of(where, which)
    if answers is not None:
        return summary(answers)
    report = report_of(where, which)
    return of_report(report) if report else {}


def examples_of(
    run: RunRow, which: str, of: str, asked: tuple[float, ...], some: slice
) -> Told | None:
    """`rows` of the chosen ones, how many there are in all (`count`), and as `pictures`
    those that the run's folder holds; None where the question makes no sense."""
    where = runs.folder(settings(), run.id)
    answers, report = answers_of(where, which), report_of(where, which)
    if answers is None:
        return _reported(run, report, some) if report and of == "worst" else None
    found = chosen(answers, of, asked)
    if found is None:
        return None
    rows = [example(answers, int(n)) for n in found[some]]
    told = {"count": len(found), "rows": _with_cells(run, rows)}
    return told | _pictures(pictures_of(where, report) if report else {}, rows)


def _reported(run: RunRow, report: Told, some: slice) -> Told:
    """The mistakes that an older run's report names: the worst ones only."""
    rows = [dict(row) for row in report["mistakes"][some]]
    shown = pictures_of(runs.folder(settings(), run.id), report)
    told = {"count": len(report["mistakes"]), "rows": _with_cells(run, rows)}
    return told | _pictures(shown, rows)


def _with_cells(run: RunRow, rows: list[Told]) -> list[Told]:
    """Examples of a table with the cells of their rows."""
    data = tested.ground(run)
    shelf = Shelf(settings().home, run.owner)
    cells = tested.cells(data, shelf, [row["index"] for row in rows])
    if not cells:
        return rows
    return [{**row, "cells": found} for row, found in zip(rows, cells, strict=True)]


def _pictures(shown: dict[int, np.ndarray], rows: list[Told]) -> Told:
    """The rows' pictures as one, where all of them are at hand."""
    numbers = [row["index"] for row in rows]
    if not numbers or not all(number in shown for number in numbers):
        return {}
    return {"pictures": sprite(np.stack([shown[number] for number in numbers]))}


ROUTES = [
    Route("/brickyard/results/{run}/{which}.json", _figures, methods=["GET"]),
    Route("/brickyard/results/{run}/{which}/examples.json", _examples, methods=["GET"]),
]
