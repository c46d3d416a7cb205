"""A learning rate is found and taken on the page; so is the fastest way to run."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_access import serious

pytestmark = pytest.mark.keras
MEASURED = 120_000  # milliseconds: compiling takes long on a busy machine


def test_a_learning_rate_is_found_and_taken(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    page = visitor.page
    rate = page.get_by_role("spinbutton", name="Learning rate")
    expect(rate).to_have_value("0.001")
    page.get_by_role("button", name="Find a rate").click()
    page.get_by_role("button", name="Find", exact=True).click()
    take = page.get_by_role("button", name=re.compile(r"Take 0\.\d+"))
    expect(take).to_be_visible(timeout=MEASURED)
    expect(page.get_by_text("L. N. Smith 2017")).to_be_visible()
    visitor.settled()
    assert serious(page) == []
    found = take.inner_text().split()[-1]
    take.click()
    expect(page.get_by_role("button", name=f"Taken: {found}")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(rate).to_have_value(found)


def test_another_tower_is_not_measured_before_it_is_asked_for(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    page = visitor.page
    page.get_by_role("button", name="Find a rate").click()
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_text("Take 0.").first).to_be_visible(timeout=MEASURED)
    page.keyboard.press("Escape")
    batch = page.get_by_role("spinbutton", name="Batch size")
    batch.fill("77")
    batch.press("Enter")
    visitor.settled()
    page.get_by_role("button", name="Find a rate").click()
    expect(page.get_by_role("button", name="Find", exact=True)).to_be_visible()


def test_what_is_fastest_is_measured_on_request(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    page = visitor.page
    page.get_by_role("button", name="Speed", exact=True).click()
    page.get_by_role("button", name="Measure", exact=True).click()
    again = page.get_by_role("button", name="Measure again")
    expect(again).to_be_visible(timeout=3 * MEASURED)
    table = page.get_by_role("table")
    expect(table).to_contain_text("As usual")
    expect(table).to_contain_text("Compile with XLA: always")
    visitor.settled()
    assert serious(page) == []
