"""A pretrained base on the board: its padlock, its slider, and what lacks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.test_access import serious
from tests.browser.visitor import Visitor


@pytest.fixture
def builder(visitor: Visitor) -> Visitor:
    """Someone who has put VGG16 on small photographs, under a head."""
    visitor.start_from("perceptron")
    visitor.board.locator("[data-id='data']").click()
    visitor.inspector.locator(".card", has_text="CIFAR10").first.click()
    visitor.palette.get_by_role("searchbox").fill("vgg16")
    visitor.item("VGG16").click()
    expect(learning(visitor)).to_be_visible()
    return visitor


def padlock(visitor: Visitor) -> Locator:
    """The padlock as it hangs on the board."""
    return visitor.page.locator("[data-lock]")


def slider(visitor: Visitor) -> Locator:
    """The slider over the base's layers."""
    return visitor.inspector.get_by_role("slider", name="Padlock")


def learning(visitor: Visitor) -> Locator:
    """How many weights learn, on the strip."""
    return visitor.health.locator("[data-figure='learn']")


def is_shut(visitor: Visitor) -> None:
    expect(padlock(visitor)).to_have_attribute("data-state", "shut")


def is_open(visitor: Visitor) -> None:
    expect(padlock(visitor)).to_have_attribute("data-state", "open")
    expect(learning(visitor)).to_be_hidden()


def test_bases_stand_folded_until_they_are_wanted(visitor):
    expect(visitor.item("VGG16")).to_be_hidden()
    visitor.palette.get_by_role("button", name="Pretrained bases").click()
    expect(visitor.item("VGG16")).to_contain_text("14.7M weights")
    visitor.palette.get_by_role("searchbox").fill("transfer learning")
    expect(visitor.palette.locator("[data-kind]").first).to_contain_text("VGG16")


def test_a_padlock_is_opened_where_it_hangs_by_one_wish_and_undone(builder):
    is_shut(builder)
    padlock(builder).dblclick()  # the second click of a double one is no second wish
    is_open(builder)
    builder.page.keyboard.press("Control+z")
    is_shut(builder)
    expect(learning(builder)).to_be_visible()


def test_a_padlock_is_reached_by_keyboard(builder):
    lock = builder.page.get_by_role("button", name="Padlock of VGG16: shut")
    lock.focus()
    builder.page.keyboard.press("Enter")
    is_open(builder)
    builder.brick("VGG16").focus()
    builder.page.keyboard.press("l")
    is_shut(builder)


def test_the_slider_goes_over_the_layers_by_keyboard_as_one_edit(builder):
    slider(builder).focus()
    for _ in range(4):
        builder.page.keyboard.press("ArrowLeft")
    expect(builder.inspector).to_contain_text("15 of 19 layers are frozen")
    expect(builder.inspector).to_contain_text("from block5_conv1 on they learn")
    expect(builder.inspector).to_contain_text("7,079,424 of its 14,714,688")
    expect(padlock(builder)).to_have_attribute("data-state", "partly")
    builder.page.keyboard.press("Control+z")
    is_shut(builder)
    expect(slider(builder)).to_have_value("19")


def test_only_where_the_slider_is_let_go_counts(builder):
    box = slider(builder).bounding_box()
    mouse, middle = builder.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + box["width"] - 6, middle)
    mouse.down()
    for share in (0.5, 0.9, 0.2, 0.7, 0.4):
        mouse.move(box["x"] + share * box["width"], middle, steps=4)
    is_shut(builder)
    mouse.move(box["x"] + 2, middle)
    mouse.up()
    is_open(builder)
    builder.page.keyboard.press("Control+z")
    is_shut(builder)


def test_a_half_open_base_leads_to_two_steps(builder):
    builder.inspector.get_by_role("button", name="Thaw from block5").click()
    expect(slider(builder)).to_have_value("15")
    assert serious(builder.page) == []
    builder.view("Train")
    builder.page.get_by_role("button", name="Two steps").click()
    builder.page.get_by_role("button", name="Head alone for 2 epochs").click()
    expect(builder.page.get_by_role("button", name="Two steps: 2 + 3")).to_be_visible()
    expect(builder.page.get_by_text("Epochs 3 to 5")).to_be_visible()
    told = "For the first 2 epochs what VGG16 gives is worked out once"
    expect(builder.page.get_by_text(told)).to_be_visible()


def test_a_brick_is_dragged_by_its_padlock(builder):
    builder.sees("VGG16", "Flatten", "Dense")
    builder.drag(padlock(builder), builder.brick("Dense"))
    builder.sees("Flatten", "Dense", "VGG16")
    builder.page.keyboard.press("Control+z")
    builder.sees("VGG16", "Flatten", "Dense")
    is_shut(builder)


def test_two_tabs_have_one_padlock(builder):
    other = Visitor(builder.page.context.new_page(), builder.page.url)
    other.open()
    is_shut(other)
    builder.page.bring_to_front()
    padlock(builder).click()
    is_open(builder)
    expect(builder.board).not_to_have_attribute("aria-busy", "true")
    other.page.reload()
    is_open(other)
    assert other.complaints == []


def test_random_weights_are_said_on_the_brick(builder):
    builder.inspector.get_by_label("weights").select_option(
        label="none: random weights"
    )
    expect(builder.brick("VGG16")).to_contain_text("random weights")
    named = builder.brick("VGG16").get_attribute("aria-label")
    assert "random weights" in named
