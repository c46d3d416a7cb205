"""The route that a page asks, each second, how far its runs are."""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict
from typing import Any

from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bricks.words import Text
from training.rows import WAITING, RunRow
from training.tables import StoreError
from training.watching import Known, Watched, watched
from ui.desk import store
from ui.owner import from_own_page, owner_of
from ui.words import Translate, spoken, translator

MOST_WATCHED = 12  # runs in one question
_ID = re.compile(r"[0-9a-f]{32}")
_KNOWN = re.compile(r"(\d{1,9})-(\d{1,9})")
_NOW = {"Cache-Control": "no-store"}


async def _live(request: Request) -> Response:
    """The runs that are asked for, as far as they are this person's."""
    owner = owner_of(request)
    if owner is None or not from_own_page(request):
        return Response(status_code=403)
    asked = asked_for(
        request.query_params.get("runs", ""), request.query_params.get("since", "")
    )
    if asked is None:
        return Response(status_code=400)
    tell = translator(spoken(request.query_params.get("lang")))
    try:
        text = await run_in_threadpool(_told, owner, asked, tell)
    except (StoreError, OperationalError):  # busy just now: the page asks again
        return Response(status_code=503)
    return Response(text, media_type="application/json", headers=_NOW)


def asked_for(ids: str, since: str) -> dict[str, Known] | None:
    """The runs in a question, and what is known of each: `since` is epoch-start.

    >>> asked_for("0" * 32, "5-1")
    {'00000000000000000000000000000000': Known(epoch=5, start=1)}
    >>> asked_for("../../etc", "0-0")
    """
    names, marks = ids.split(","), since.split(",")
    known = [_KNOWN.fullmatch(mark) for mark in marks]
    if len(names) > MOST_WATCHED or len(names) != len(marks):
        return None
    if not all(known) or not all(_ID.fullmatch(name) for name in names):
        return None
    found = [Known(int(one[1]), int(one[2])) for one in known if one]
    return dict(zip(names, found, strict=True))


def _told(owner: str, asked: dict[str, Known], tell: Translate) -> str:
    rows = [watched_json(one, tell) for one in watched(store().engine, owner, asked)]
    return json.dumps({"runs": rows}, ensure_ascii=False, allow_nan=False)


def watched_json(one: Watched, tell: Translate) -> dict[str, Any]:
    """A run for the panel; a figure that is no number is null there."""
    run = one.run
    return {
        "id": run.id,
        "state": run.state,
        "wanted": run.wanted,
        "epoch": run.epoch,
        "epochs": run.epochs,
        "start": one.start,
        "since": one.since,
        "rows": finite(one.epochs),
        "progress": finite(run.progress),
        "device": run.device,
        "reason": _reason(run, tell),
        "wait": _wait(run),
    }


def _reason(run: RunRow, tell: Translate) -> str | None:
    if run.reason:
        return Text.from_json(run.reason).told(tell)
    return run.early.told(tell) if run.early else None


def _wait(run: RunRow) -> dict[str, Any] | None:
    """Which place in the line, and in about how many seconds its turn comes."""
    if run.state != WAITING:
        return None
    wait = store().waits(run.id)
    return asdict(wait) if wait else None


def finite(value: Any) -> Any:
    """The value with null for what JSON has no number for.

    >>> finite({"loss": math.nan, "epoch": 3})
    {'loss': None, 'epoch': 3}
    """
    if isinstance(value, dict):
        return {name: finite(one) for name, one in value.items()}
    if isinstance(value, list):
        return [finite(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


ROUTES = [Route("/brickyard/live", _live, methods=["GET"])]
