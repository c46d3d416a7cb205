"""ImageNet's own answers: a network is opened, and asked with a picture."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bricks.recipes import recipe
from tests.browser.conftest import Server
from tests.browser.test_access import serious
from tests.browser.test_train import said
from tests.browser.visitor import Visitor
from tests.pretrained import needs_weights

pytestmark = pytest.mark.keras

RECIPE = "imagenet-mobilenet"


@pytest.fixture(scope="module")
def asked(chromium, tmp_path_factory):
    """Someone who has opened MobileNet, on a server with the real weights."""
    needs_weights(recipe(RECIPE).tower)
    home = tmp_path_factory.mktemp("asked") / "home"
    server = Server(home, os.environ.get("BRICKYARD_DATASETS"))
    context = chromium.new_context(
        viewport={"width": 1280, "height": 720}, locale="en-US"
    )
    visitor = Visitor(context.new_page(), server.url)
    visitor.open()
    visitor.start_from_shelf(RECIPE)
    visitor.view("Train")
    visitor.page.get_by_role("button", name="Open", exact=True).click()
    expect(said(visitor, "Open: ask it with a picture")).to_be_visible(timeout=90_000)
    visitor.settled()
    yield visitor
    context.close()
    server.end()


@pytest.fixture(scope="module")
def elephant() -> Path:
    """The picture of an elephant that the books have."""
    folder = Path(os.environ.get("BRICKYARD_DATASETS", "."), "sample_images")
    path = folder / "creative_commons_elephant.jpg"
    if not path.is_file():
        pytest.skip(f"needs {path.name} in BRICKYARD_DATASETS/sample_images")
    return path


def test_opening_shows_no_figures_of_a_training(asked):
    expect(asked.page.locator(".curves")).to_be_hidden()
    expect(asked.page.locator("[data-act=more_run]")).to_be_hidden()
    expect(asked.page.get_by_text("Nothing is trained here")).to_be_visible()
    assert serious(asked.page) == []


def test_the_elephant_is_named_and_its_heatmap_is_a_click_away(asked, elephant):
    asked.view("Try")
    page = asked.page
    expect(page.get_by_role("button", name="Test examples")).to_be_hidden()
    page.locator("input[type=file]").first.set_input_files(elephant)
    word = page.locator(".told-word").first
    expect(word).to_have_text("African elephant", timeout=60_000)
    names = page.locator(".bar .name").all_text_contents()
    assert names[:3] == ["African elephant", "tusker", "Indian elephant"]
    assert len(names) == 5
    assert serious(page) == []
    page.get_by_role("button", name="Where it sees tusker").click()
    target = page.get_by_role("combobox", name="What speaks for")
    expect(target).to_have_value("101", timeout=60_000)
    expect(page.locator(".heat-large canvas")).to_be_visible()
    assert asked.complaints == []


def test_results_lead_to_try(asked):
    asked.view("Results")
    expect(asked.page.get_by_text("Nothing was trained here")).to_be_visible()
    asked.page.get_by_role("button", name="Go to Try").click()
    expect(asked.page.locator(".try-main")).to_be_visible()
    assert asked.complaints == []
