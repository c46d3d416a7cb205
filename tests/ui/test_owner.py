"""Who asks: our own page, however it came, and no other site in the same browser."""

from __future__ import annotations

import pytest
from starlette.requests import HTTPConnection

from ui.owner import from_own_page

HOST = {"host": "school.example:8501"}
PAGE = "http://school.example:8501/?view=train"
ASKED = {
    "told by a browser of today": ({"sec-fetch-site": "same-origin"}, True),
    "another site": ({"sec-fetch-site": "cross-site"}, False),
    "another site, whose address is ours": (
        {"sec-fetch-site": "cross-site", "referer": PAGE},
        False,
    ),
    "sent by plain http": ({"origin": "http://school.example:8501"}, True),
    "sent by another site": ({"origin": "http://evil.example"}, False),
    "sent by another site, which has our address": (
        {"origin": "http://evil.example", "referer": PAGE},
        False,
    ),
    "sent from a sandbox": ({"origin": "null", "referer": PAGE}, False),
    "read by plain http": ({"referer": PAGE}, True),
    "read by another site": ({"referer": "http://evil.example/school"}, False),
    "read by a site that hides": ({}, False),
    "behind a proxy": (
        {"origin": "https://bricks.school", "x-forwarded-host": "bricks.school"},
        True,
    ),
}


@pytest.mark.parametrize(("told", "ours"), ASKED.values(), ids=ASKED)
def test_only_our_own_page_may_ask(told, ours):
    headers = [(n.encode(), v.encode()) for n, v in (HOST | told).items()]
    asked = HTTPConnection({"type": "http", "headers": headers})
    assert from_own_page(asked) is ours
