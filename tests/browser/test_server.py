"""What the server sends beside the page."""

from __future__ import annotations

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from ui.board import VERSION


def test_a_new_visitor_gets_a_cookie_that_scripts_cannot_read(server, context):
    with urlopen(server.url) as answer:
        headers = answer.headers
    assert "HttpOnly" in headers["set-cookie"]
    assert "SameSite=Lax" in headers["set-cookie"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    page = context.new_page()
    page.goto(server.url)
    owner = {c["name"]: c["value"] for c in context.cookies()}["brickyard_owner"]
    page.reload()
    assert owner in [c["value"] for c in context.cookies()]
    assert "brickyard_owner" not in page.evaluate("document.cookie")


def test_the_boards_files_may_be_kept_for_good(server):
    with urlopen(f"{server.url}brickyard/{VERSION}/main.js") as answer:
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "immutable" in answer.headers["cache-control"]
    with urlopen(f"{server.url}brickyard/{VERSION}/attached/Digits.txt") as answer:
        assert answer.read(4) == b"c-ri"


@pytest.mark.parametrize(
    "path", ["attached/MNIST.txt", "attached/x.txt", "..%2f..%2f..%2fapp.py", "x.js"]
)
def test_nothing_else_is_served(server, path):
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{server.url}brickyard/{VERSION}/{path}")
    assert refused.value.code in (400, 404)
