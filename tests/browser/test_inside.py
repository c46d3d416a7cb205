"""A person looks into a tower that they trained, in a real browser."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_access import serious
from tests.browser.test_train import said

pytestmark = pytest.mark.keras


@pytest.fixture(scope="module")
def trained(chromium, server):
    """A browser whose person has trained the small convnet on Digits."""
    from tests.browser.visitor import Visitor

    context = chromium.new_context(
        viewport={"width": 1280, "height": 720}, locale="en-US"
    )
    visitor = Visitor(context.new_page(), server.url)
    visitor.open()
    visitor.start_from("digits-cnn")
    visitor.train()
    expect(said(visitor, "Done: 15 epochs")).to_be_visible(timeout=120_000)
    yield visitor
    assert visitor.complaints == []
    context.close()


@pytest.fixture
def inside(trained):
    """The Inside view of it, at its feature maps."""
    trained.view("Inside")
    tab(trained.page, "Feature maps").click()
    expect(rows(trained.page).first).to_be_visible(timeout=90_000)
    return trained


def tab(page, name):
    return page.get_by_role("tab", name=name)


def rows(page):
    return page.locator(".brick-row")


def row(page, name):
    return rows(page).filter(has_text=name)


def test_before_any_training_the_view_says_where_to_go(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Inside")
    expect(visitor.page.get_by_text("See what each brick sees")).to_be_visible()
    assert serious(visitor.page) == []
    visitor.page.get_by_role("button", name="Go to Train").click()
    expect(visitor.page.get_by_role("radio", name="Train", exact=True)).to_be_checked()


def test_every_brick_shows_its_channels_beside_it(inside):
    page = inside.page
    first = row(page, "Conv2D").last  # rows are read from the top
    expect(first.locator(".channel").first).to_be_visible()
    brick = page.locator(".yard-rim").first.bounding_box()
    beside = first.bounding_box()
    middle = brick["y"] + brick["height"] / 2
    assert beside["y"] < middle < beside["y"] + beside["height"]
    assert serious(page) == []


def test_a_channel_is_looked_at_closely_and_on_other_pictures(inside):
    page = inside.page
    row(page, "Conv2D").last.locator(".channel").nth(2).click()
    closely = page.get_by_role("complementary", name="One brick, closely")
    expect(closely.locator("figcaption b")).to_have_text("Channel 2")
    expect(closely.locator(".other")).to_have_count(10)
    chosen = closely.get_by_role("option", name="Channel 2", exact=True)
    chosen.focus()
    page.keyboard.press("ArrowRight")
    expect(closely.locator("figcaption b")).to_have_text("Channel 3")
    closely.get_by_role("button", name="Strongest first").click()
    bars = closely.locator(".channel-sheet .thin-bar i")
    expect(bars.first).to_have_attribute("style", "width: 100%;")
    closely.get_by_role("button", name="By number").click()


def test_bricks_are_chosen_by_keys(inside):
    page = inside.page
    row(page, "Conv2D").first.locator(".row-name").click()
    page.get_by_role("region", name="The tower and what").focus()
    closely = page.get_by_role("complementary", name="One brick, closely")
    for key, name in (("ArrowUp", "MaxPooling2D"), ("ArrowDown", "Conv2D")):
        page.keyboard.press(key)
        expect(closely.get_by_role("heading").first).to_have_text(name)
    tab(page, "Filters").click()
    page.get_by_role("region", name="The tower and what").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".filters h2")).to_have_text("MaxPooling2D")
    page.keyboard.press("ArrowDown")


def test_arrows_go_from_example_to_example(inside):
    page = inside.page
    number = page.get_by_role("textbox", name="Number of the test example")
    number.fill("5")
    number.press("Enter")
    expect(number).to_have_value("5")
    verdict = page.locator(".head-verdict b")
    expect(verdict).to_have_count(1)
    page.get_by_role("button", name="Next example").click()
    expect(number).to_have_value("6")
    page.get_by_role("button", name="Example before").click()
    page.get_by_role("button", name="Example before").click()
    expect(number).to_have_value("4")


def test_a_picture_of_ones_own_is_looked_at(inside):
    page = inside.page
    raw = io.BytesIO()
    Image.new("L", (40, 40), 255).save(raw, "PNG")
    page.locator(".inside-head input[type=file]").set_input_files(
        {"name": "white.png", "mimeType": "image/png", "buffer": raw.getvalue()}
    )
    expect(page.locator(".example-step .of")).to_have_text("")
    page.locator(".inside-head input[type=file]").set_input_files(
        {"name": "no.png", "mimeType": "image/png", "buffer": b"no picture"}
    )
    expect(page.get_by_role("alert").filter(has_text="picture")).to_be_visible()
    page.get_by_role("button", name="Next example").click()
    expect(page.get_by_role("alert").filter(has_text="picture")).to_be_hidden()


def test_heatmaps_of_all_methods_stand_beside_one_another(inside):
    page = inside.page
    tab(page, "Heatmaps").click()
    cards = page.locator(".heat-card")
    expect(cards).to_have_count(4)
    for n in range(4):
        expect(cards.nth(n)).not_to_have_attribute("aria-busy", "true")
        expect(cards.nth(n).locator("canvas")).to_have_attribute("width", "8")
    cards.nth(3).click()
    large = page.locator(".heat-large")
    page.get_by_label("What speaks for", exact=True).select_option("3")
    expect(large).to_have_attribute("aria-label", "Occlusion: what speaks for 3")
    page.get_by_label("What speaks for", exact=True).select_option("")
    assert serious(page) == []


def test_patterns_are_made_and_stay(inside):
    page = inside.page
    row(page, "Conv2D").last.locator(
        ".row-name"
    ).click()  # the one a reload begins with
    tab(page, "Filters").click()
    page.get_by_role("button", name="Make the patterns").click()
    expect(page.get_by_role("button", name="Make them again")).to_be_visible()
    pictures = page.locator(".pattern .tile")
    many = page.locator(".pattern").count()
    expect(pictures).to_have_count(many)
    tab(page, "Feature maps").click()
    page.reload()
    expect(rows(page).first).to_be_visible()
    tab(page, "Filters").click()
    expect(pictures).to_have_count(many)
    assert serious(page) == []


def test_gradients_are_seen_over_the_epochs(inside):
    page = inside.page
    tab(page, "Units and gradients").click()
    expect(page.locator(".flow-line")).to_have_count(1)
    expect(page.locator(".units-said")).to_contain_text("gradients")
    slider = page.get_by_role("slider", name="Epoch")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator(".epoch-told")).to_have_text("before the training")
    expect(page.locator(".bars-picture").first).to_be_visible()
    assert serious(page) == []


def test_a_pixel_is_taken_apart(inside):
    page = inside.page
    tab(page, "What the convolution does").click()
    out = page.get_by_role("application", name="What comes out")
    expect(page.locator(".numbers span")).to_have_count(27)
    out.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".conv-line b")).to_have_count(1)
    page.get_by_role("button", name="Let it slide").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    out.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Let it slide")).to_be_visible()
    page.get_by_label("Kernel").select_option("vertical")
    kernel = page.locator("[data-grid=kernel] span")
    expect(kernel.first).to_have_text("−1.00")
    assert serious(page) == []
