"""Towers built by mouse, by touch and by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bricks.recipes import recipe
from codegen.source import script
from tests.browser.visitor import Visitor

DIGITS_CNN = ("Conv2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense", "Dense")


def test_a_new_visitor_sees_an_inviting_board(visitor):
    expect(visitor.page.get_by_text("Build your first tower")).to_be_visible()
    expect(visitor.page.locator("[data-recipe]").nth(4)).to_be_visible()
    expect(visitor.health).to_contain_text("No bricks yet")


def test_a_tower_is_built_by_dragging(visitor):
    ground = visitor.board.locator("[data-id='data']")
    visitor.drag(visitor.item("Dense"), ground)
    visitor.sees("Dense")
    visitor.drag(visitor.item("Flatten"), ground)
    visitor.sees("Flatten", "Dense")
    visitor.drag(visitor.item("Conv2D"), ground)
    visitor.sees("Conv2D", "Flatten", "Dense")


def test_a_brick_is_dragged_to_another_seam(visitor):
    visitor.start_from("digits-cnn")
    visitor.drag(visitor.brick("MaxPooling2D"), visitor.brick("Conv2D"))
    visitor.sees("Conv2D", "MaxPooling2D", "Conv2D", "Flatten", "Dense", "Dense")


def test_a_click_puts_a_brick_on_the_chosen_one(visitor):
    visitor.start_from("digits-cnn")
    visitor.brick("Flatten").click()
    visitor.item("Dropout").click()
    visitor.sees(*DIGITS_CNN[:4], "Dropout", *DIGITS_CNN[4:])


def test_a_tower_is_built_by_keyboard_alone(visitor):
    keys = visitor.page.keyboard
    visitor.page.get_by_role("searchbox").focus()
    keys.type("flatten")
    visitor.item("Flatten").focus()
    keys.press("Enter")
    visitor.sees("Flatten")
    visitor.brick("Flatten").focus()
    keys.press("Control+d")
    visitor.sees("Flatten", "Flatten")
    keys.press("Delete")
    visitor.sees("Flatten")
    keys.press("Control+z")
    visitor.sees("Flatten", "Flatten")
    keys.press("Control+Shift+z")
    visitor.sees("Flatten")


def test_arrows_choose_and_alt_arrows_move(visitor):
    visitor.start_from("digits-cnn")
    keys = visitor.page.keyboard
    visitor.brick("Flatten").click()
    keys.press("ArrowDown")
    expect(visitor.brick("MaxPooling2D")).to_have_attribute("aria-selected", "true")
    keys.press("Alt+ArrowDown")
    visitor.sees("Conv2D", "MaxPooling2D", "Conv2D", "Flatten", "Dense", "Dense")
    expect(visitor.brick("MaxPooling2D")).to_be_focused()


def test_bricks_travel_through_the_clipboard(visitor):
    visitor.start_from("digits-cnn")
    visitor.brick("MaxPooling2D").click()
    visitor.page.keyboard.press("Control+c")
    visitor.brick("Conv2D").click()
    visitor.page.keyboard.press("Control+v")
    visitor.sees("Conv2D", "MaxPooling2D", *DIGITS_CNN[1:])


def test_a_setting_changes_shapes_and_weights_at_once(visitor):
    visitor.start_from("digits-cnn")
    visitor.brick("Conv2D").click()
    visitor.inspector.get_by_role("spinbutton", name="filters").fill("16")
    expect(visitor.brick("Conv2D")).to_contain_text("160 weights")
    expect(visitor.brick("Conv2D", 1)).to_contain_text("4,640 weights")
    visitor.page.get_by_role("tab", name="Code").click()
    code = visitor.page.get_by_role("region", name="The script of this tower")
    expect(code).to_contain_text('layers.Conv2D(16, 3, activation="relu")')


def test_a_misfit_says_why_and_one_click_mends_it(visitor):
    visitor.item("Dense").click()
    misfit = visitor.page.locator("[data-problem-of]").first
    expect(misfit).to_contain_text("a vector: one row of numbers")
    expect(misfit).to_contain_text("a map of")
    misfit.get_by_role("button", name="Put a Flatten before it").click()
    visitor.sees("Flatten", "Dense")
    visitor.page.get_by_role("button", name="Put a Dense on top").or_(
        visitor.page.get_by_role("button", name="Set 10 units and softmax")
    ).first.click()
    expect(visitor.health).to_contain_text("The tower holds")


def test_quick_edits_are_neither_lost_nor_reordered(visitor):
    for kind in ["Flatten", "Dropout", "Dense", "Dropout", "Dense"] * 3:
        visitor.item(kind).click(delay=0)
    visitor.sees(*["Flatten", "Dropout", "Dense", "Dropout", "Dense"] * 3)
    for _ in range(6):
        visitor.page.keyboard.press("Control+z")
    visitor.sees(*(["Flatten", "Dropout", "Dense", "Dropout", "Dense"] * 3)[:9])


def test_an_edit_made_offline_arrives_when_the_line_is_back(visitor, context):
    visitor.start_from("digits-cnn")
    context.set_offline(True)
    visitor.item("Dropout").click()
    context.set_offline(False)
    visitor.sees(*DIGITS_CNN, "Dropout")
    visitor.page.reload()
    visitor.sees(*DIGITS_CNN, "Dropout")
    visitor.complaints = [c for c in visitor.complaints if "ERR_INTERNET" not in c]


def test_a_drag_that_ends_outside_changes_nothing(visitor):
    visitor.start_from("digits-cnn")
    box = visitor.brick("Flatten").bounding_box()
    mouse = visitor.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + 300, box["y"] + 60, steps=5)
    visitor.page.keyboard.press("Escape")
    mouse.up()
    visitor.sees(*DIGITS_CNN)


@pytest.fixture
def tablet(chromium, server):
    """Someone with a tablet and fingers."""
    context = chromium.new_context(
        viewport={"width": 1024, "height": 768}, has_touch=True, locale="en-US"
    )
    visitor = Visitor(context.new_page(), server.url)
    visitor.open()
    yield visitor
    assert visitor.complaints == []
    context.close()


def finger(visitor: Visitor, path: list[tuple[float, float]]) -> None:
    """A finger that goes down, stays a moment, moves along the path and lifts."""
    session = visitor.page.context.new_cdp_session(visitor.page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
        visitor.page.wait_for_timeout(16)

    touch("touchStart", path[0])
    visitor.page.wait_for_timeout(300)
    for point in path[1:]:
        touch("touchMove", point)
    touch("touchEnd")


def middle(locator) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_tower_is_built_by_touch(tablet):
    tablet.item("Flatten").tap()
    tablet.sees("Flatten")
    tablet.item("Conv2D").scroll_into_view_if_needed()
    (x, y), (to_x, to_y) = (
        middle(tablet.item("Conv2D")),
        middle(tablet.brick("Flatten")),
    )
    steps = [n / 10 for n in range(11)]
    finger(tablet, [(x + (to_x - x) * n, y + (to_y + 10 - y) * n) for n in steps])
    tablet.sees("Conv2D", "Flatten")


def test_the_copied_script_is_whole_with_its_pictures(visitor):
    visitor.start_from("digits-cnn")
    visitor.page.get_by_role("tab", name="Code").click()
    visitor.page.get_by_role("button", name="Copy").click()
    expect(visitor.page.get_by_role("button", name="Copied")).to_be_visible()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied == script(recipe("digits-cnn"))
