"""Two trained runs are compared in a real browser, starred, noted and deleted."""

from __future__ import annotations

import csv
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from bricks import edit
from bricks.tower import Placed
from tests.browser.test_access import serious
from tests.training.workshop import digits
from training.store import Store
from ui.owner import OWNER

pytestmark = pytest.mark.keras


WITH = edit.put(digits().tower, Placed("BatchNormalization", id="new"), "d")


def trained_twice(visitor, server):
    """Runs of the open tower, as it is and with one brick more, asked for in the
    record as another page of this visitor would."""
    (cookie,) = (c for c in visitor.page.context.cookies() if c["name"] == OWNER)
    open_project = parse_qs(urlsplit(visitor.page.url).query)["project"][0]
    store = Store(f"sqlite:///{server.home}/brickyard.db")
    for key, tower in (("1", digits().tower), ("2", WITH)):
        document = replace(digits(), tower=tower).to_json()
        store.ask_run(cookie["value"], open_project, document, open_project + key)
    for _ in range(900):
        states = [run.state for run in store.runs(cookie["value"], open_project)]
        if states == ["done", "done"]:
            break
        visitor.page.wait_for_timeout(100)
    store.close()
    assert states == ["done", "done"]


def rows(visitor):
    return visitor.page.locator("tr[data-run]")


def test_two_runs_are_laid_over_and_beside_one_another(visitor, server):
    visitor.view("Compare")
    expect(visitor.page.get_by_text("This tower was not trained yet")).to_be_visible()
    visitor.page.get_by_role("button", name="Go to Train").click()
    expect(visitor.page.get_by_role("spinbutton", name="Epochs")).to_be_visible()
    visitor.settled()
    trained_twice(visitor, server)
    visitor.view("Compare")
    page = visitor.page
    expect(rows(visitor)).to_have_count(2)
    changes = page.locator(".changes li")
    expect(changes).to_have_count(1)
    expect(changes).to_contain_text("BatchNormalization was added after Dense 32")
    expect(page.locator(".lit[data-what='added']")).to_have_count(1)
    expect(page.locator(".verdict-line")).to_contain_text("validation accuracy")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(2)
    assert serious(page) == []


def test_runs_are_starred_noted_deleted_and_opened(visitor, server, tmp_path):
    trained_twice(visitor, server)
    visitor.view("Compare")
    page = visitor.page
    run = rows(visitor).nth(1).get_attribute("data-run")
    row = page.locator(f"tr[data-run='{run}']")
    star, note = row.locator("[data-act=star]"), row.locator("td.note input")
    star.click()
    note.fill("=my note")
    note.press("Enter")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.reload()
    expect(note).to_have_value("=my note")
    expect(star).to_have_attribute("aria-pressed", "true")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Runs as CSV").click()
    waiting.value.save_as(tmp_path / "runs.csv")
    with (tmp_path / "runs.csv").open(encoding="utf-8-sig") as file:
        assert "'=my note" in [row["note"] for row in csv.DictReader(file)]
    rows(visitor).nth(0).get_by_role("checkbox").click()
    page.locator("[data-act=delete]").click()
    expect(rows(visitor)).to_have_count(1)
    page.locator("[data-act=restore]").click()
    expect(rows(visitor)).to_have_count(2)
    rows(visitor).nth(1).locator("[data-act=open]").click()
    expect(visitor.palette).to_be_visible()
    name = page.get_by_test_id("stPopoverButton").first
    expect(name).to_contain_text("Small")
