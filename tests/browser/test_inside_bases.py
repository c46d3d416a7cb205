"""A person looks into a pretrained base: its layers, one by name, its heat and sums."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_access import serious
from tests.browser.test_inside import row, rows, tab
from tests.browser.visitor import Visitor
from tests.training.standing import digits_on_base
from training.settings import Settings
from training.store import Store

pytestmark = pytest.mark.keras

OWNER = "looks-into-bases-0123456789"


@pytest.fixture(scope="module")
def trained(chromium, server):
    """The browser of a person who has trained a small tower on a base."""
    settings = Settings(server.home, f"sqlite:///{server.home}/brickyard.db")
    store = Store(settings.database)
    document = digits_on_base(frozen=80).to_json()
    project = store.create_project(OWNER, "Digits on a base", document)
    store.ask_run(OWNER, project.id, document, project.id)
    store.close()
    context = chromium.new_context(
        viewport={"width": 1280, "height": 720}, locale="en-US"
    )
    context.add_cookies(
        [{"name": "brickyard_owner", "value": OWNER, "url": server.url}]
    )
    visitor = Visitor(context.new_page(), server.url)
    visitor.page.goto(f"{server.url}?project={project.id}&view=train")
    done = visitor.page.get_by_text("Done: 1 epoch").first
    expect(done).to_be_visible(timeout=180_000)
    yield visitor
    assert visitor.complaints == []
    context.close()


@pytest.fixture
def inside(trained):
    trained.view("Inside")
    tab(trained.page, "Feature maps").click()
    expect(rows(trained.page).first).to_be_visible(timeout=120_000)
    return trained


def finder(page):
    return page.get_by_role("textbox", name="Find a layer by its name").or_(
        page.get_by_role("combobox", name="Find a layer by its name")
    )


def test_the_arrow_of_a_base_opens_its_layers_and_closes_them(inside):
    page = inside.page
    before = rows(page).count()
    page.get_by_role("button", name="Open the layers of MobileNet").click()
    expect(row(page, "conv1_relu")).to_be_visible(timeout=30_000)
    assert rows(page).count() >= before + 8
    assert serious(page) == []
    channel = row(page, "conv1_relu").locator(".channel").nth(2)
    channel.click()
    expect(page.locator(".close-head h2")).to_have_text("MobileNet · conv1_relu")
    expect(page.get_by_text("Channel 2", exact=True)).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Close the layers of MobileNet").click()
    expect(row(page, "conv1_relu")).to_have_count(0)


def test_any_layer_is_found_by_its_name_and_by_its_place(inside):
    page = inside.page
    row(page, "MobileNet").locator("button.row-name").click()
    finder(page).fill("pw_2_bn")
    finder(page).press("Enter")
    expect(finder(page)).to_have_value("conv_pw_2_bn")
    expect(page.locator(".close-head h2")).to_have_text("MobileNet · conv_pw_2_bn")
    expect(page.locator(".channel-sheet .channel")).to_have_count(32, timeout=30_000)
    page.get_by_role("button", name="Next layer").click()
    expect(finder(page)).to_have_value("conv_pw_2_relu")
    slider = page.get_by_role("slider", name="Layer of the base")
    slider.focus()
    slider.press("Home")
    slider.press("ArrowRight")
    expect(finder(page)).to_have_value("conv1")
    finder(page).fill("no such layer")
    finder(page).press("Enter")
    expect(finder(page)).to_have_value("conv1")


def test_heat_filters_and_sums_reach_into_the_base(inside):
    page = inside.page
    row(page, "MobileNet").locator("button.row-name").click()
    tab(page, "Heatmaps").click()
    said = page.locator(".heat .facts-line")
    expect(said).to_contain_text("MobileNet · conv_pw_11_relu", timeout=60_000)
    page.locator(".heat").get_by_role("button", name="Layer before").click()
    expect(said).to_contain_text("MobileNet · conv_pw_11_bn", timeout=60_000)
    tab(page, "Filters").click()
    expect(page.locator(".filters h2")).to_have_text("MobileNet · conv_pw_11_bn")
    finder(page).fill("conv1")
    finder(page).press("Enter")
    expect(page.locator(".kernel-sheet .tile")).to_have_count(8, timeout=30_000)
    tab(page, "What the convolution does").click()
    expect(page.locator(".conv h2")).to_have_text("MobileNet · conv1")
    expect(page.locator(".conv-line")).to_contain_text("bias", timeout=30_000)
    tab(page, "Units and gradients").click()
    learned = page.locator(".units-table tr").filter(has_text="conv_pw_13")
    expect(learned.first).to_be_visible(timeout=120_000)
