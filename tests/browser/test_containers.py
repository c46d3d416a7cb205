"""Towers in towers, several bricks at once, and bricks as text."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect

DIGITS_CNN = ("Conv2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense", "Dense")


def wrapped(visitor, first: str, *more: str, kind: str = "wrap") -> None:
    """Put bricks, named by kind from the ground up, into a container."""
    visitor.brick(first).click()
    for brick in more:
        visitor.brick(brick, 1 if brick == first else 0).click(modifiers=["Shift"])
    if kind == "wrap":
        visitor.page.keyboard.press("Control+g")
    else:
        visitor.inspector.locator(f"[data-act='{kind}']").click()


def test_chosen_bricks_go_into_a_block_and_out_again(visitor):
    visitor.start_from("digits-cnn")
    wrapped(visitor, "Conv2D", "MaxPooling2D")
    visitor.sees("Block", *DIGITS_CNN)
    expect(visitor.brick("Conv2D")).to_have_attribute("aria-level", "2")
    expect(visitor.health).to_contain_text("The tower holds")
    visitor.brick("Block").locator(".tag").click()
    visitor.inspector.get_by_role("button", name="Unwrap").click()
    visitor.sees(*DIGITS_CNN)


def test_a_block_folds_and_unfolds_by_mouse_and_by_keys(visitor):
    visitor.start_from("digits-cnn")
    wrapped(visitor, "Conv2D", "MaxPooling2D")
    visitor.sees("Block", *DIGITS_CNN)
    block = visitor.brick("Block")
    block.locator(".chevron").click()
    expect(block).to_have_attribute("aria-expanded", "false")
    visitor.sees("Block", *DIGITS_CNN[3:])
    block.focus()
    visitor.page.keyboard.press("Space")
    visitor.sees("Block", *DIGITS_CNN)
    visitor.page.keyboard.press("ArrowLeft")
    expect(block).to_have_attribute("aria-expanded", "false")


def test_a_block_is_repeated_and_its_weights_follow(visitor):
    visitor.start_from("digits-cnn")
    visitor.brick("Flatten").click()
    visitor.item("Dense").click()
    visitor.sees(*DIGITS_CNN[:4], "Dense", *DIGITS_CNN[4:])
    visitor.page.keyboard.press("Control+g")
    visitor.sees(*DIGITS_CNN[:4], "Block", "Dense", *DIGITS_CNN[4:])
    before = visitor.health.locator("[data-figure=weights]").inner_text()
    visitor.inspector.get_by_role("spinbutton", name="repeat").fill("3")
    expect(visitor.brick("Block")).to_have_attribute("aria-label", re.compile("×3"))
    weights = visitor.health.locator("[data-figure=weights]")
    expect(weights).not_to_have_text(before)


def test_bricks_are_dragged_into_a_branch_and_out_again(visitor):
    visitor.start_from("digits-cnn")
    wrapped(visitor, "Conv2D", kind="wrap")
    visitor.page.keyboard.press("Control+z")
    visitor.sees(*DIGITS_CNN)
    visitor.brick("MaxPooling2D").click()
    visitor.item("Parallel").click()
    visitor.sees(*DIGITS_CNN[:3], "Parallel", *DIGITS_CNN[3:])
    floor = visitor.board.locator("[data-floor]").last
    visitor.drag_to(visitor.item("Conv2D"), floor)
    visitor.sees(*DIGITS_CNN[:3], "Parallel", "Conv2D", *DIGITS_CNN[3:])
    expect(visitor.brick("Conv2D", 2)).to_have_attribute("aria-level", "2")
    visitor.drag(visitor.brick("Conv2D", 2), visitor.brick("Flatten"))
    visitor.sees(*DIGITS_CNN[:3], "Parallel", "Flatten", "Conv2D", *DIGITS_CNN[4:])


def test_an_empty_branch_is_chosen_by_keys_and_takes_a_brick(visitor):
    visitor.start_from("digits-cnn")
    visitor.brick("MaxPooling2D").click()
    visitor.item("Parallel").click()
    parallel = visitor.brick("Parallel")
    expect(parallel).to_be_focused()
    keys = visitor.page.keyboard
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    expect(visitor.board.locator("[data-floor]").last).to_be_focused()
    visitor.item("Dropout").focus()
    keys.press("Enter")
    visitor.sees(*DIGITS_CNN[:3], "Parallel", "Dropout", *DIGITS_CNN[3:])
    parallel.locator(".tag").click()
    visitor.inspector.get_by_role("button", name="Add a branch").click()
    expect(visitor.board.locator("[data-floor]")).to_have_count(2)


def test_several_bricks_are_chosen_by_keys_moved_and_removed(visitor):
    visitor.start_from("digits-cnn")
    keys = visitor.page.keyboard
    visitor.brick("Conv2D", 1).click()
    keys.press("Shift+ArrowUp")
    expect(visitor.board.locator("[aria-selected='true']")).to_have_count(2)
    keys.press("Alt+ArrowUp")
    visitor.sees("Conv2D", "Flatten", "Conv2D", "MaxPooling2D", "Dense", "Dense")
    keys.press("Control+d")
    two = ("Conv2D", "MaxPooling2D")
    visitor.sees("Conv2D", "Flatten", *two, *two, "Dense", "Dense")
    keys.press("Delete")
    visitor.sees("Conv2D", "Flatten", *two, "Dense", "Dense")
    keys.press("Control+a")
    keys.press("Delete")
    visitor.sees()


def test_a_frame_on_the_empty_board_chooses(visitor):
    visitor.start_from("digits-cnn")
    first, last = visitor.brick("Conv2D"), visitor.brick("MaxPooling2D")
    low, high = first.bounding_box(), last.bounding_box()
    mouse = visitor.page.mouse
    mouse.move(low["x"] + low["width"] + 60, low["y"] + low["height"] + 4)
    mouse.down()
    mouse.move(low["x"] - 30, high["y"] - 4, steps=8)
    mouse.up()
    expect(visitor.inspector).to_contain_text("3 bricks chosen")


def test_a_container_travels_as_text_and_nonsense_is_refused(visitor):
    visitor.start_from("digits-cnn")
    wrapped(visitor, "Conv2D", "MaxPooling2D")
    visitor.sees("Block", *DIGITS_CNN)
    visitor.brick("Block").locator(".tag").click()
    keys = visitor.page.keyboard
    keys.press("Control+c")
    sheet = json.loads(visitor.page.evaluate("navigator.clipboard.readText()"))
    inner = sheet["bricks"][0]["inner"][0]
    assert [brick["kind"] for brick in inner] == list(DIGITS_CNN[:3])
    keys.press("Control+v")
    visitor.sees("Block", *DIGITS_CNN[:3], "Block", *DIGITS_CNN)
    visitor.page.evaluate("navigator.clipboard.writeText('a shopping list')")
    keys.press("Control+v")
    expect(visitor.page.get_by_text("holds no bricks")).to_be_visible()
    visitor.sees("Block", *DIGITS_CNN[:3], "Block", *DIGITS_CNN)


def test_a_setting_follows_a_parameter_of_its_block(visitor):
    visitor.start_from("digits-cnn")
    wrapped(visitor, "Conv2D", "Conv2D")
    visitor.sees("Block", *DIGITS_CNN)
    visitor.brick("Conv2D").click()
    field = visitor.inspector.locator("[data-setting='filters']")
    field.get_by_role("button", name="Follow a parameter").click()
    field.get_by_role("combobox").select_option("+filters")
    visitor.brick("Block").locator(".tag").click()
    visitor.inspector.get_by_role("spinbutton", name="filters").fill("5")
    visitor.brick("Conv2D").click()
    expect(field.get_by_role("combobox")).to_contain_text("filters = 5")
    expect(visitor.brick("Conv2D")).to_have_attribute("aria-label", re.compile("× 5"))


def test_a_repeated_run_is_offered_to_be_folded(visitor):
    visitor.start_from("digits-cnn")
    visitor.brick("Flatten").click()
    for _ in range(3):
        visitor.item("Dropout").click()
    visitor.sees(*DIGITS_CNN[:4], *["Dropout"] * 3, *DIGITS_CNN[4:])
    visitor.page.get_by_role("button", name="These 3 look alike").click()
    visitor.sees(*DIGITS_CNN[:4], "Block", "Dropout", *DIGITS_CNN[4:])


def test_bricks_are_kept_as_ones_own_and_used_again(visitor):
    visitor.start_from("digits-cnn")
    visitor.brick("Conv2D").click()
    visitor.brick("MaxPooling2D").click(modifiers=["Shift"])
    visitor.inspector.get_by_role("button", name="Save as your own brick").click()
    visitor.page.get_by_label("What is it called?").fill("Stem")
    visitor.page.get_by_role("button", name="Save", exact=True).click()
    piece = visitor.palette.locator("[data-piece]")
    expect(piece).to_contain_text("Stem")
    visitor.brick("MaxPooling2D").click()
    piece.click()
    visitor.sees(*DIGITS_CNN[:3], *DIGITS_CNN)
    visitor.palette.get_by_role("button", name="Delete Stem").click()
    expect(piece).to_have_count(0)


def test_pasted_code_is_read_and_taken_over(visitor):
    visitor.page.get_by_role("button", name="Paste code").click()
    sheet = visitor.page.get_by_role("dialog", name="Paste code")
    code = "model = keras.Sequential([layers.Flatten(), layers.Dense(10, 'softmax')])"
    sheet.get_by_label("Python code with Keras").fill(code)
    expect(sheet).to_contain_text("2 bricks were read")
    sheet.get_by_role("button", name="Take it over").click()
    visitor.sees("Flatten", "Dense")


def test_bricks_are_found_by_what_they_do_in_both_languages(visitor):
    search = visitor.palette.get_by_role("searchbox")
    search.fill("pool")
    expect(visitor.palette.locator(".results .item").first).to_contain_text("Pooling")
    search.fill("합성곱")
    expect(visitor.item("Conv2D")).to_be_visible()
    search.fill("")
    expect(visitor.item("Dense")).to_be_visible()


def test_several_are_chosen_by_taps(visitor):
    visitor.start_from("digits-cnn")
    visitor.page.get_by_role("button", name="Choose several").click()
    visitor.brick("Flatten").click()
    visitor.brick("MaxPooling2D").click()
    expect(visitor.inspector).to_contain_text("2 bricks chosen")
