"""Two trained runs are compared in a real browser; one is starred, noted, deleted."""

from __future__ import annotations

import csv

import pytest
from playwright.sync_api import expect

from tests.browser.test_access import serious

pytestmark = pytest.mark.keras


def trained_twice(visitor):
    """A tower on Digits, once as it is and once with a Dropout."""
    visitor.start_from("digits-cnn")
    for change in (None, "Dropout"):
        if change:
            visitor.view("Build")
            visitor.brick("Flatten").click()
            visitor.item(change).click()
            expect(visitor.board).not_to_have_attribute("aria-busy", "true")
        visitor.view("Train")
        visitor.page.get_by_test_id("stBaseButton-primary").click()
        expect(visitor.page.get_by_text("Done: 15 epochs")).to_be_visible(
            timeout=90_000
        )


def rows(visitor):
    return visitor.page.locator("tr[data-run]")


def test_two_runs_are_compared_and_one_is_put_away(visitor, tmp_path):
    visitor.view("Compare")
    expect(visitor.page.get_by_text("This tower was not trained yet")).to_be_visible()
    visitor.page.get_by_role("button", name="Go to Train").click()
    expect(visitor.page.get_by_role("spinbutton", name="Epochs")).to_be_visible()
    visitor.settled()
    visitor.view("Build")
    trained_twice(visitor)
    visitor.view("Compare")
    page = visitor.page
    expect(rows(visitor)).to_have_count(2)
    changes = page.locator(".changes li")
    expect(changes).to_have_count(1)
    expect(changes).to_contain_text("Dropout 0.5 was added after")
    expect(page.locator(".lit[data-what='added']")).to_have_count(1)
    expect(page.locator(".verdict-line")).to_contain_text("validation accuracy")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(2)
    assert serious(page) == []
    star = rows(visitor).nth(1).locator("[data-act=star]")
    star.click()
    note = rows(visitor).nth(1).locator("td.note input")
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
    expect(page.get_by_text("Digits CNN 2")).to_be_visible()
