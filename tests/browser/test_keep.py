"""Nothing is lost: reload, another tab, a killed server, a bad file."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def test_a_reload_brings_the_tower_back(visitor):
    visitor.start_from("digits-cnn")
    visitor.item("Dropout").click()
    kinds = visitor.kinds()
    visitor.sees(*kinds)
    visitor.page.reload()
    visitor.sees(*kinds)


def test_a_reload_keeps_the_tower_that_lay_open(visitor):
    visitor.start_from("digits-cnn")
    visitor.page.get_by_test_id("stPopoverButton").click()
    visitor.page.get_by_role("button", name="New tower").click()
    expect(visitor.health).to_contain_text("No bricks yet")
    visitor.page.get_by_test_id("stPopoverButton").click()
    visitor.page.get_by_role("button", name="Digits CNN", exact=True).click()
    expect(visitor.health).to_contain_text("The tower holds")
    visitor.page.reload()
    expect(visitor.health).to_contain_text("The tower holds")


def test_a_browser_that_lost_its_cookie_gets_a_lasting_one(visitor, context):
    context.clear_cookies()
    visitor.page.reload()
    visitor.start_from("digits-cnn")
    kinds = visitor.kinds()
    visitor.page.reload()
    visitor.sees(*kinds)


def test_the_language_can_be_switched_and_stays(visitor):
    visitor.view("한국어")
    expect(visitor.page.get_by_text("첫 탑을 쌓아 보세요")).to_be_visible()
    visitor.page.reload()
    expect(visitor.page.get_by_text("첫 탑을 쌓아 보세요")).to_be_visible()


def test_the_page_speaks_the_browsers_language(chromium, server):
    context = chromium.new_context(locale="ko-KR")
    page = context.new_page()
    page.goto(server.url)
    expect(page.get_by_text("첫 탑을 쌓아 보세요")).to_be_visible()
    context.close()


def test_the_later_of_two_tabs_is_told(visitor, context, server):
    visitor.start_from("digits-cnn")
    other = Visitor(context.new_page(), server.url)
    other.open()
    other.item("Dropout").click()
    other.sees(*visitor.kinds(), "Dropout")
    visitor.item("Flatten").click()
    warning = visitor.page.get_by_text("changed in another tab")
    expect(warning).to_be_visible()
    visitor.page.get_by_role("button", name="Take theirs").click()
    expect(warning).to_be_hidden()
    visitor.sees(*other.kinds())
    assert other.complaints == []


def test_my_tower_stays_where_i_say_so(visitor, context, server):
    visitor.start_from("digits-cnn")
    other = Visitor(context.new_page(), server.url)
    other.open()
    other.item("Dropout").click()
    other.sees(*visitor.kinds(), "Dropout")
    visitor.item("Flatten").click()
    visitor.page.get_by_role("button", name="Keep mine").click()
    expect(visitor.page.get_by_text("changed in another tab")).to_be_hidden()
    mine = visitor.kinds()
    visitor.sees(*mine)
    visitor.page.reload()
    visitor.sees(*mine)


def test_two_people_do_not_see_each_other(visitor, chromium, server):
    visitor.start_from("digits-cnn")
    theirs = chromium.new_context(locale="en-US")
    other = Visitor(theirs.new_page(), server.url)
    other.open()
    expect(other.health).to_contain_text("No bricks yet")
    address = visitor.page.url
    assert "project=" in address
    other.page.goto(address)
    expect(other.health).to_contain_text("No bricks yet")
    visitor.page.goto(address)
    expect(visitor.health).to_contain_text("The tower holds")
    theirs.close()


def test_a_killed_server_loses_nothing(visitor, server):
    visitor.start_from("digits-cnn")
    visitor.item("Dropout").click()
    kinds = visitor.kinds()
    visitor.sees(*kinds)
    server.kill()
    server.start()
    visitor.page.reload()
    visitor.sees(*kinds)
    visitor.complaints.clear()  # a browser rightly complains of a dead server


NASTY = "<img src=x onerror=alert(1)> **b** `c` $x$ :red[d] 탑 🗼"


def test_a_name_is_only_ever_text(visitor):
    dialogs = []
    visitor.page.on("dialog", lambda dialog: (dialogs.append(1), dialog.dismiss()))
    visitor.page.get_by_test_id("stPopoverButton").click()
    field = visitor.page.get_by_role("textbox", name="Name")
    field.fill(NASTY)
    field.press("Enter")
    expect(visitor.page.get_by_test_id("stPopoverButton")).to_contain_text(NASTY)
    assert dialogs == []


def open_file(visitor: Visitor, content: bytes) -> None:
    visitor.page.get_by_test_id("stPopoverButton").click()
    visitor.page.locator("input[type=file]").set_input_files(
        {"name": "tower.json", "mimeType": "application/json", "buffer": content}
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"hello", "This is not a project file"),
        (b'{"format": "brickyard", "version": 9}', "newer Brickyard"),
    ],
)
def test_a_bad_file_gets_a_sentence_and_the_tower_stays(visitor, content, says):
    visitor.start_from("digits-cnn")
    kinds = visitor.kinds()
    open_file(visitor, content)
    expect(visitor.page.get_by_test_id("stAlert")).to_contain_text(says)
    assert visitor.kinds() == kinds


def test_a_project_file_opens_again(visitor):
    rows = [{"kind": "Digits"}, {"kind": "Flatten"}, {"kind": "Teleport"}]
    file = {"format": "brickyard", "version": 1, "name": "saved", "tower": rows}
    open_file(visitor, json.dumps(file).encode())
    visitor.sees("Flatten", "Teleport")
    expect(visitor.page.locator("[data-problem-of]").first).to_contain_text("Teleport")


def test_the_last_of_many_quick_presses_is_the_view_that_opens(visitor):
    names = ["Results", "Try", "Inside", "Take home", "Train", "Inside", "Try"]
    for name in names:
        visitor.page.get_by_role("radio", name=name, exact=True).click()
        visitor.page.wait_for_timeout(250)
    visitor.page.wait_for_timeout(3_000)  # an answer that is late would turn it back
    last = visitor.page.get_by_role("radio", name="Try", exact=True)
    expect(last).to_be_checked()
    expect(visitor.page).to_have_url(re.compile("view=try"))
