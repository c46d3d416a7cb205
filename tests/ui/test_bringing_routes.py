"""Over HTTP: files are brought by their owner's own page; nobody else sees them."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette

from tests.browser.conftest import free_port
from tests.pictures import folder_of
from tests.ui.test_slices import body
from training.settings import Settings
from ui import thumbs, uploading
from ui.owner import OWNER
from uploads.shelf import Shelf

OWN = {"Sec-Fetch-Site": "same-origin"}


class Site:
    """The routes on a port of their own, and a browser's requests to them."""

    def __init__(self, home, routes=(*thumbs.ROUTES, *uploading.ROUTES)) -> None:
        self.home, self.port = home, free_port()
        app = Starlette(routes=list(routes))
        config = uvicorn.Config(
            app, port=self.port, log_level="warning", lifespan="off"
        )
        self.server = uvicorn.Server(config)
        run = self.server.serve()
        self.thread = threading.Thread(target=lambda: asyncio.run(run))
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def end(self) -> None:
        self.server.should_exit = True
        self.thread.join()

    def ask(
        self, method: str, path: str, told: Any = None, owner: str = "me", **headers
    ) -> tuple[int, bytes]:
        """The status and the body of an answer; `told` is JSON, or bytes."""
        raw = told if isinstance(told, bytes) else json.dumps(told).encode()
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        head = {"Cookie": f"{OWNER}={owner}"} | (headers or OWN)
        line.request(
            method, f"/brickyard/{path}", raw if told is not None else b"", head
        )
        answer = line.getresponse()
        content = answer.read()
        line.close()
        return answer.status, content

    def begin(self, **more) -> str:
        told = {"name": "Pets", "files": 6, "size": 0} | more
        status, content = self.ask("POST", "uploads", told)
        assert status == 200, content
        return json.loads(content)["id"]

    def bring(self, root) -> dict[str, Any]:
        """A folder, all of it in one request, until it is a data set."""
        files = sorted(path for path in root.rglob("*") if path.is_file())
        rows = [(str(p.relative_to(root.parent)), 0, p.read_bytes()) for p in files]
        id = self.begin(files=len(rows), size=sum(len(row[2]) for row in rows))
        assert self.ask("PUT", f"uploads/{id}", body(rows))[0] == 204
        self.ask("POST", f"uploads/{id}/done", {})
        while True:
            told = json.loads(self.ask("GET", f"uploads/{id}")[1])
            if told["state"] in ("done", "failed"):
                return told
            time.sleep(0.05)

    def incoming(self) -> list[str]:
        found = self.home.glob("uploads/*/incoming/*")
        return [path.name for path in found]


@pytest.fixture
def site(tmp_path, monkeypatch) -> Iterator[Site]:
    home = tmp_path / "home"
    settings = Settings.from_environment({"BRICKYARD_HOME": str(home)})
    for module in (thumbs, uploading):
        monkeypatch.setattr(module, "settings", lambda: settings)
    site = Site(home)
    yield site
    site.end()


@pytest.fixture
def pets(tmp_path):
    return folder_of(tmp_path / "Pets", {"고양이": 3, "dogs": 3})


def test_a_folder_becomes_a_data_set_that_only_its_owner_sees(site, pets):
    id = site.bring(pets)["dataset"]
    dataset = Shelf(site.home, "me").get(id)
    assert dataset.names == ("dogs", "고양이")
    one = dataset.items[0].digest
    for path in (f"thumb/{id}/{one}.jpg", f"picture/{id}/{one}", f"found/{id}/0.json"):
        status, content = site.ask("GET", path)
        assert status == 200
        assert content
        assert site.ask("GET", path, owner="you")[0] == 404
        assert site.ask("GET", path, owner="")[0] == 404
    rows = json.loads(gzip.decompress(content))
    assert len(rows) == 6
    assert rows[0][0] == one


PATHS = [
    "thumb/{id}/../../x.jpg",
    "thumb/{id}/..%2f..%2findex.json.jpg",
    "thumb/..%2f{id}/{one}.jpg",
    "thumb/{id}/{short}.jpg",
    "picture/{id}/index.json",
    "picture/x/{one}",
    "found/{id}/1.json",
    "found/..%2f{id}/0.json",
]


def test_no_other_file_is_reached(site, pets):
    id = site.bring(pets)["dataset"]
    one = Shelf(site.home, "me").get(id).items[0].digest
    for path in PATHS:
        asked = path.format(id=id, one=one, short=one[:12])
        assert site.ask("GET", asked)[0] == 404, path


SITES = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour": {"Sec-Fetch-Site": "same-site"},
    "an old browser on another site": {"Origin": "http://evil.example"},
    "nobody who says": {"X-Nothing": "1"},
}


@pytest.mark.parametrize("headers", SITES.values(), ids=SITES)
def test_no_other_page_brings_or_cancels_anything(site, headers):
    id = site.begin()
    told = {"name": "x", "files": 1, "size": 1}
    assert site.ask("POST", "uploads", told, **headers)[0] == 403
    assert site.ask("DELETE", f"uploads/{id}", **headers)[0] == 403
    assert site.incoming() == [id]


def test_an_old_browser_says_where_it_is(site):
    own = {"Origin": f"http://127.0.0.1:{site.port}"}
    told = {"name": "x", "files": 1, "size": 1}
    assert site.ask("POST", "uploads", told, **own)[0] == 200


def test_another_persons_upload_can_not_be_touched(site):
    id = site.begin()
    assert (
        site.ask("PUT", f"uploads/{id}", body([("a", 0, b"x")]), owner="you")[0] == 409
    )
    site.ask("DELETE", f"uploads/{id}", owner="you")
    assert site.incoming() == [id]


def test_what_is_cancelled_leaves_nothing(site):
    id = site.begin(files=1, size=10)
    site.ask("PUT", f"uploads/{id}", body([("a.jpg", 0, b"12345")]))
    assert site.ask("DELETE", f"uploads/{id}")[0] == 204
    assert site.incoming() == []
    assert site.ask("PUT", f"uploads/{id}", body([("a.jpg", 5, b"678")]))[0] == 409


def test_an_upload_that_was_cut_off_is_not_taken(site):
    id = site.begin(files=1, size=10)
    cut = body([("a.jpg", 0, b"1234567890")])[:-5]
    assert site.ask("PUT", f"uploads/{id}", cut)[0] == 400
    status, content = site.ask("POST", f"uploads/{id}/done?lang=en", {})
    assert status == 409
    assert "did not finish" in json.loads(content)["said"]
    assert Shelf(site.home, "me").all() == []


def test_a_refusal_is_told_in_the_language_of_the_page(site):
    told = {"name": "x", "files": 1_000_000, "size": 1}
    status, content = site.ask("POST", "uploads?lang=en", told)
    assert status == 409
    assert "1,000,000" in json.loads(content)["said"]


@pytest.mark.parametrize(
    "told",
    [
        b"\xff",
        b"[]",
        b"{" * 50_000,
        b'{"files": []}',
        b'{"size": "x"}',
        b'{"size": Infinity}',
        b"[" * 50_000,
    ],
)
def test_what_our_page_never_says_is_refused(site, told):
    assert site.ask("POST", "uploads", told)[0] == 400


def test_only_folders_that_the_operator_named_are_read(site, pets):
    id = site.begin()
    told = {"folder": str(pets)}
    status, content = site.ask("POST", f"uploads/{id}/done", told)
    assert status == 409
    assert "may read" in json.loads(content)["said"]
