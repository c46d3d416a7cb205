"""Variants are chosen, tried, looked at and taken in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_access import serious
from tests.training.workshop import digits
from training.store import Store
from ui.owner import OWNER


def planning(visitor):
    """A small tower on Digits, in Variants with nothing chosen yet."""
    visitor.start_from("digits-cnn")
    visitor.view("Variants")
    return visitor.page


def chips(page, setting):
    """The values of a setting that is varied."""
    card = page.locator(".axis-card", has_text=setting)
    return card.locator("[data-value]").evaluate_all(
        "all => all.map(one => one.dataset.value)"
    )


def said(page):
    return page.locator(".sum")


def test_values_are_added_taken_away_and_counted(visitor):
    page = planning(visitor)
    expect(page.get_by_role("button", name="Try them")).to_be_disabled()
    page.locator("[data-tip$='.units']").click()
    more = page.get_by_role("textbox", name="Another value of")
    before = chips(page, "units")
    more.fill("7, 9000")
    more.press("Enter")
    assert chips(page, "units") == ["7", *before, "9000"]
    more.fill("none")
    more.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("A whole number from 1 to 65536")
    page.locator("[data-value='9000']").click()
    expect(said(page)).to_contain_text(f"{len(before) + 1} variants")
    page.locator(".picker [data-key='training.optimizer']").click()
    expect(said(page)).to_contain_text(f"{4 * (len(before) + 1)} variants")
    page.get_by_role("button", name="Adam", exact=True).click()
    expect(said(page)).to_contain_text(f"{3 * (len(before) + 1)} variants")
    expect(page.locator(".lines .line")).to_have_count(3 * (len(before) + 1))
    page.reload()  # what was chosen is still there
    expect(said(page)).to_contain_text(f"{3 * (len(before) + 1)} variants")


def test_a_brick_of_the_tower_offers_its_settings_and_a_search_ranges(visitor):
    page = planning(visitor)
    page.locator("button.stand-name", has_text="Conv2D").first.click()
    chosen = page.get_by_label("Settings of").locator("option:checked")
    expect(chosen).to_contain_text("Conv2D")
    page.locator(".picker [data-key$='.filters']").click()
    expect(page.locator(".stand-pill", has_text="filters")).to_be_visible()
    page.get_by_role("radio", name="Search").check()
    page.get_by_role("button", name="Range", exact=True).click()
    low = page.get_by_role("textbox", name="From")
    low.fill("100000")
    low.press("Tab")
    expect(page.get_by_role("alert")).to_be_visible()
    low.fill("4")
    low.press("Tab")
    expect(said(page)).to_contain_text("20 variants")
    expect(page.locator(".stand-pill", has_text="filters")).to_contain_text("4 –")
    assert serious(page) == []


def test_a_grid_that_is_too_large_is_not_begun(visitor):
    page = planning(visitor)
    for key in ("optimizer", "learning_rate", "batch_size", "seed"):
        page.locator(f".picker [data-key='training.{key}']").click()
    expect(said(page)).to_contain_text("at most 200 can be tried")
    expect(page.get_by_role("button", name="Try them")).to_be_disabled()


def small_tower(visitor, server):
    """The visitor's newest tower is now one that trains in a second."""
    (cookie,) = (c for c in visitor.page.context.cookies() if c["name"] == OWNER)
    store = Store(f"sqlite:///{server.home}/brickyard.db")
    row = store.create_project(cookie["value"], "Small", digits(epochs=1).to_json())
    store.close()
    address = f"{server.url}?project={row.id}&view=variants"
    visitor.page.goto(address)
    return visitor.page


@pytest.mark.keras
def test_a_study_is_tried_looked_at_and_its_best_taken(visitor, server):
    page = small_tower(visitor, server)
    page.locator("[data-tip$='.units']").click()
    page.locator("[data-value='64']").click()
    page.locator(".picker [data-key='training.optimizer']").click()
    for name in ("RMSprop", "AdamW"):
        page.get_by_role("button", name=name, exact=True).click()
    expect(said(page)).to_contain_text("4 variants")
    page.get_by_role("button", name="Try them").dblclick()
    expect(page.get_by_role("button", name="Stop all")).to_be_visible()
    far = page.locator(".far")
    expect(far).to_contain_text("4 of 4 tried", timeout=120_000)
    expect(page.get_by_role("button", name="Stop all")).to_be_hidden()
    rows = page.locator(".trials tbody tr")
    expect(rows).to_have_count(4)
    shares = [
        float(text.split()[0]) for text in page.locator("td.value b").all_inner_texts()
    ]
    assert shares == sorted(shares, reverse=True)
    assert serious(page) == []
    by_keys(page, rows)
    marked(page, rows)
    taken(visitor, page, rows)


def by_keys(page, rows):
    """Arrows on the picture go from the best to the next one, Escape to the best."""
    picture = page.get_by_role("slider", name="Variants, the best first")
    picture.focus()
    picture.press("ArrowDown")
    expect(picture).to_have_attribute("aria-valuenow", "2")
    expect(rows.nth(1)).to_have_attribute("data-picked", "")
    second = rows.nth(1).get_attribute("data-number")
    expect(page.locator(".one-name")).to_contain_text(f"Number {second} · place 2 of 4")
    picture.press("Escape")
    expect(page.locator(".one .crown")).to_be_visible()


def marked(page, rows):
    """Of an axis a part is marked by dragging: only what passes there is listed."""
    at = page.locator(".lines .axis line").last.bounding_box()
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    page.mouse.move(at["x"], at["y"] + 4, steps=3)
    page.mouse.move(at["x"], at["y"] + 6, steps=3)
    page.mouse.up()
    expect(page.locator(".marked")).to_contain_text("of 4 pass through")
    assert rows.count() < 4
    page.locator("[data-act=clear]").click()
    expect(rows).to_have_count(4)


def taken(visitor, page, rows):
    """The settings of one that is not set yet come onto the tower, and go again."""
    other = page.locator(".trials tbody tr:not(:has(.mine:not([hidden])))").first
    number = other.get_attribute("data-number")
    other.locator(".number button").click()
    page.locator("[data-act=take]").click()
    expect(page.locator(f"tr[data-number='{number}'] .mine")).to_be_visible()
    page.locator(".one [data-act=undo]").click()
    expect(page.locator(f"tr[data-number='{number}'] .mine")).to_be_hidden()
    page.locator(".one [data-act=compare]").click()
    expect(page.locator("tr[data-run][data-chosen]")).to_have_count(3)
    page.go_back()
    expect(rows).to_have_count(4)
    visitor.settled()


@pytest.mark.keras
def test_a_study_is_stopped_deleted_and_had_again(visitor, server):
    page = small_tower(visitor, server)
    page.locator(".picker [data-key='training.seed']").click()
    page.get_by_role("spinbutton", name="Epochs each").fill("400")
    expect(said(page)).to_contain_text("400 epochs each")
    page.get_by_role("button", name="Try them").click()
    page.get_by_role("button", name="Stop all").click()
    expect(page.get_by_role("button", name="Delete")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("button", name="Try them")).to_be_enabled()
    page.locator(".gone-bar").get_by_role("button", name="Undo").click()
    expect(page.locator(".far")).to_contain_text("stopped")
