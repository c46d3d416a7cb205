"""A trained tower of one's own is put on the board as a base, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_access import serious
from tests.browser.test_home import trained

pytestmark = pytest.mark.keras


@pytest.fixture
def owner(visitor, server):
    """A visitor who has trained a tower: Flatten, Dense, Dropout, Dense."""
    visitor.item("Flatten").click()
    visitor.sees("Flatten")
    visitor.page.keyboard.press("Delete")
    visitor.sees()
    trained(visitor, server)
    return visitor


def choose(visitor):
    """Take a trained tower from the palette, whose bases are folded."""
    visitor.palette.get_by_role("searchbox").fill("Trained")
    visitor.item("Trained").click()


def sheet(visitor):
    return visitor.page.get_by_role("dialog", name="A tower of your own as a base")


def test_a_run_and_then_its_file_become_bases(owner, server):
    page = owner.page
    choose(owner)
    runs = sheet(owner).get_by_role("radiogroup", name="Your trained towers")
    runs.get_by_role("radio", name="Small").check()
    bricks = sheet(owner).get_by_role("radiogroup", name="Up to which brick")
    expect(bricks.get_by_role("radio")).to_have_count(4)
    expect(bricks.get_by_role("radio", checked=True)).to_have_value("2")
    expect(sheet(owner).get_by_role("status")).to_have_text(
        "2 of 4 bricks, 2,080 weights"
    )
    assert serious(page) == []
    sheet(owner).get_by_role("button", name="Put it on the board").click()
    owner.sees("Trained")
    expect(sheet(owner)).to_be_hidden()

    page.keyboard.press("Control+z")
    owner.sees()
    choose(owner)
    models = server.home.glob("runs/*/model.keras")  # others have trained here before
    model = max(models, key=lambda path: path.stat().st_mtime)
    sheet(owner).locator("input[type=file]").set_input_files(model)
    bricks.get_by_role("radio", name="Dense").last.check()  # the lower one
    sheet(owner).get_by_role("button", name="Put it on the board").click()
    owner.sees("Trained")


def test_a_file_that_is_none_is_refused_in_the_sheet(visitor, tmp_path):
    path = tmp_path / "mine.keras"
    path.write_bytes(b"no model")
    choose(visitor)
    status = sheet(visitor).get_by_role("status")
    expect(status).to_contain_text("No tower of yours is trained yet")
    sheet(visitor).locator("input[type=file]").set_input_files(path)
    expect(status).to_contain_text("This is not a .keras file")
    take = sheet(visitor).get_by_role("button", name="Put it on the board")
    expect(take).to_be_disabled()
    visitor.page.keyboard.press("Escape")
    expect(sheet(visitor)).to_be_hidden()
