"""A damaged record is restored under the page, which says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from storage import sqlite
from tests.browser.conftest import Server
from tests.browser.visitor import Visitor
from tests.training.test_backup import damage
from training import backup
from training.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Server]:
    """A server whose record may be damaged."""
    server = Server(tmp_path / "home")
    yield server
    server.end()


def test_a_damaged_record_is_restored_and_everybody_is_told(
    own: Server, context: BrowserContext
):
    visitor = Visitor(context.new_page(), own.url)
    visitor.open()
    visitor.start_from("digits-cnn")
    kinds = visitor.kinds()
    visitor.sees(*kinds)
    visitor.settled()
    settings = Settings(own.home, f"sqlite:///{own.home}/brickyard.db")
    own.end()
    made = backup.make(settings)
    record = own.home / "brickyard.db"
    sqlite.shorten(record)
    damage(record)
    own.start()
    visitor.page.goto(own.url)
    visitor.sees(*kinds)
    warning = visitor.page.get_by_text("The record was damaged and is back as it was")
    expect(warning).to_be_visible()
    visitor.page.goto(f"{own.url}?lang=ko")
    visitor.sees(*kinds)
    assert made.exists()
    assert sqlite.is_whole(record)
