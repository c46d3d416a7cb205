"""The routes that show a person their own pictures, and nobody else's."""

from __future__ import annotations

import gzip
import json
import re
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from ui.desk import settings
from ui.owner import owner_of
from uploads.shelf import PICTURES, THUMBS, Shelf

_DIGEST = re.compile(r"[0-9a-f]{64}")
_TYPES = {"jpg": "image/jpeg", "png": "image/png"}
_PRIVATE = {"Cache-Control": "private, max-age=31536000, immutable"}


async def _thumb(request: Request) -> Response:
    return await _picture(request, THUMBS, ("jpg",))


async def _whole(request: Request) -> Response:
    return await _picture(request, PICTURES, ("jpg", "png"))


async def _picture(request: Request, where: str, kinds: tuple[str, ...]) -> Response:
    owner, digest = owner_of(request), request.path_params["digest"]
    if owner and _DIGEST.fullmatch(digest):
        try:
            folder = Shelf(settings().home, owner).folder(request.path_params["id"])
        except ValueError:
            return Response(status_code=404)
        for kind in kinds:
            path = folder / where / f"{digest}.{kind}"
            if await run_in_threadpool(path.is_file):
                return FileResponse(path, media_type=_TYPES[kind], headers=_PRIVATE)
    return Response(status_code=404)


async def _found(request: Request) -> Response:
    """Every picture of a data set as it was found, for the sheet."""
    id, added = request.path_params["id"], request.path_params["added"]
    owner = owner_of(request)
    if owner is None:
        return Response(status_code=404)
    try:
        packed = await run_in_threadpool(_packed, settings().home, owner, id, added)
    except KeyError:
        return Response(status_code=404)
    headers = {"Content-Encoding": "gzip", **_PRIVATE}
    return Response(packed, media_type="application/json", headers=headers)


@lru_cache(maxsize=16)
def _packed(home: Path, owner: str, id: str, added: int) -> bytes:
    """The list as gzip: it is half a megabyte for four thousand pictures."""
    dataset = Shelf(home, owner).get(id)
    if dataset is None or added > dataset.added:
        raise KeyError(id)
    rows = [
        [one.digest, one.path, one.label, one.value, one.part, one.width, one.height]
        for one in dataset.items
        if one.added <= added
    ]
    return gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), 5)


def thumb_path(shelf: Shelf, id: str, digest: str) -> Path:
    """Where the small picture lies."""
    return shelf.folder(id) / THUMBS / f"{digest}.jpg"


ROUTES = [
    Route("/brickyard/thumb/{id:str}/{digest:str}.jpg", _thumb),
    Route("/brickyard/picture/{id:str}/{digest:str}", _whole),
    Route("/brickyard/found/{id:str}/{added:int}.json", _found),
]
