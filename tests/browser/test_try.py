"""Try: an example is drawn, brought or chosen, and a trained tower answers at once."""

from __future__ import annotations

import base64
import json
import re
import time
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np
import pytest
from playwright.sync_api import expect

from bricks.recipes import recipe
from tests.browser.test_access import serious
from tests.browser.test_train import said
from tests.browser.visitor import Visitor
from tests.uploads import corpus
from training.rows import ACTIVE
from training.store import Store
from ui.owner import OWNER

pytestmark = pytest.mark.keras

DROP = """([name, type, text]) => {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type }));
  return transfer;
}"""
PASTE = """([name, type, text]) => {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], name, { type }));
  document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
}"""


class Tried(Visitor):
    """A visitor of Try."""

    @property
    def pad(self):
        return self.page.locator(".pad")

    @property
    def word(self):
        """What the first tower tells, in large letters."""
        return self.page.locator(".told-word").first

    def at(self, x, y):
        """A place on the sheet, in parts of its side."""
        box = self.pad.bounding_box()
        assert box is not None
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    def stroke(self, *points):
        """A stroke by mouse."""
        self.page.mouse.move(*self.at(*points[0]))
        self.page.mouse.down()
        for point in points[1:]:
            self.page.mouse.move(*self.at(*point), steps=6)
        self.page.mouse.up()

    def answers(self, text):
        expect(self.word).to_have_text(text)

    def way(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture(scope="module")
def trained(server, chromium):
    """Someone who trained Digits in two towers; their context, for all tests."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 720}, locale="en-US", has_touch=True
    )
    visitor = Visitor(context.new_page(), server.url)
    visitor.open()
    visitor.start_from("digits-cnn")
    visitor.train()
    expect(said(visitor, "Done: 15 epochs")).to_be_visible(timeout=90_000)
    visitor.settled()
    address = visitor.page.url.replace("view=train", "view=try")
    _train_another(server, context)
    visitor.page.close()
    yield context, address
    context.close()


def _train_another(server, context):
    """Have another tower on the same data trained for two epochs."""
    owner = next(c["value"] for c in context.cookies() if c["name"] == OWNER)
    store = Store(f"sqlite:///{server.home}/brickyard.db")
    project = replace(recipe("digits-cnn"), name="Another")
    project = replace(project, training=replace(project.training, epochs=2))
    row = store.create_project(owner, project.name, project.to_json())
    run = store.ask_run(owner, row.id, project.to_json(), row.id)
    while store.run(owner, run.id).state in ACTIVE:
        time.sleep(0.1)
    store.close()


@pytest.fixture
def tried(trained):
    context, address = trained
    tried = Tried(context.new_page(), address)
    tried.page.goto(address)
    expect(tried.pad).to_be_visible()
    yield tried
    assert tried.complaints == []
    tried.page.close()


def test_a_drawn_one_is_told_and_what_the_network_sees_is_shown(tried):
    assert serious(tried.page) == []
    tried.stroke((0.5, 0.15), (0.48, 0.85))
    tried.answers("1")
    expect(tried.page.locator(".seen-picture .tile").first).to_be_visible()
    expect(tried.page.locator(".bar[data-told] .name")).to_have_text("1")
    assert serious(tried.page) == []


def test_a_stroke_is_taken_back_and_the_sheet_cleared(tried):
    undo = tried.page.locator("[data-act=undo]")
    expect(undo).to_be_disabled()
    tried.stroke((0.5, 0.15), (0.48, 0.85))
    tried.answers("1")
    tried.stroke((0.3, 0.3), (0.7, 0.3))
    undo.click()
    tried.answers("1")
    tried.page.locator("[data-act=clear]").click()
    tried.answers("?")
    expect(tried.page.locator(".pad-empty")).to_be_visible()
    undo.click()  # what Clear took
    tried.answers("1")


def test_a_finger_draws_and_the_page_stays_where_it_is(tried):
    session = tried.page.context.new_cdp_session(tried.page)
    points = [(0.5, 0.15 + n * 0.07) for n in range(11)]

    def touch(kind, *places):
        told = [dict(zip("xy", tried.at(*place), strict=True)) for place in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    touch("touchStart", points[0])
    for point in points[1:]:
        touch("touchMove", point)
    touch("touchEnd")
    tried.answers("1")


def test_keys_draw_too(tried):
    tried.pad.focus()
    for key in ["ArrowUp"] * 18 + [" "] + ["ArrowDown"] * 34 + [" "]:
        tried.page.keyboard.press(key)
    tried.answers("1")
    tried.page.keyboard.press("Control+z")
    tried.answers("?")


def test_a_drawing_is_there_again_after_a_look_at_another_view(tried):
    tried.stroke((0.5, 0.15), (0.48, 0.85))
    tried.answers("1")
    tried.view("Results")
    tried.view("Try")
    tried.answers("1")


def test_the_test_set_is_leafed_through_by_keys(tried):
    tried.way("Test examples")
    number = tried.page.get_by_role("spinbutton")
    expect(number).to_have_value("0")
    expect(tried.page.locator(".told-truth").first).to_contain_text("it is")
    for key in ("ArrowRight", "ArrowRight", "PageDown", "ArrowLeft"):
        tried.page.keyboard.press(key)
    expect(number).to_have_value("11")
    tried.page.keyboard.press("End")
    expect(number).to_have_value("359")
    expect(tried.page.locator(".small-one[aria-current]")).to_have_accessible_name(
        "Test example 359"
    )
    expect(tried.page.locator(".told-truth").first).to_contain_text("it is")
    assert serious(tried.page) == []


def picture(name="one.png"):
    """A photographed one, as a file."""
    paper = np.full((200, 200), 230, "uint8")
    paper[30:170, 92:108] = 40
    content = corpus.saved(corpus.Image.fromarray(paper), "PNG")
    return [name, "image/png", base64.b64encode(content).decode()]


def test_a_dropped_picture_is_prepared_and_told(tried):
    transfer = tried.page.evaluate_handle(DROP, picture())
    main = tried.page.locator(".try-main")
    main.dispatch_event("drop", {"dataTransfer": transfer})
    tried.answers("1")
    expect(tried.page.get_by_text("one.png")).to_be_visible()


def test_a_pasted_picture_is_prepared_and_told(tried):
    tried.page.evaluate(PASTE, picture("pasted.png"))
    tried.answers("1")


def test_a_bad_file_is_told_by_name_and_the_next_one_taken(tried):
    tried.way("Picture")
    field = tried.page.locator("input[type=file]")
    field.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no"})
    failed = tried.page.locator(".drop-zone .card-failed")
    expect(failed).to_have_text("a.jpg: It is no picture.")
    name, kind, text = picture()
    good = {"name": name, "mimeType": kind, "buffer": base64.b64decode(text)}
    field.set_input_files(good)
    tried.answers("1")
    expect(failed).to_be_hidden()


def test_two_towers_answer_side_by_side_each_with_its_weights(tried):
    tried.way("Compare with another run")
    tried.stroke((0.5, 0.15), (0.48, 0.85))
    cards = tried.page.locator(".answer-card")
    expect(cards).to_have_count(2)
    for card in cards.all():
        expect(card.locator(".told-word")).not_to_have_text("?")
    expect(cards.nth(1).locator(".who")).to_contain_text("Another")
    cards.nth(1).get_by_label("Which weights").select_option("last")
    expect(cards.nth(1).locator(".told-word")).not_to_have_text("?")
    assert serious(tried.page) == []
    cards.nth(0).get_by_role("button", name="This run need not answer").click()
    expect(cards).to_have_count(1)
    expect(cards.locator(".who option:checked")).to_contain_text("Another")


def test_what_is_drawn_is_looked_into_till_another_example_is_chosen(tried):
    page = tried.page
    tried.stroke((0.5, 0.15), (0.48, 0.85))
    tried.answers("1")
    status = page.locator(".try-panel > [role=status]")
    expect(status).to_contain_text("1, ")  # once the whole stroke is answered
    drawn = points(page.locator(".seen-picture .tile").first)
    asked = []
    page.on("request", lambda request: asked.append(unquote(request.url)))
    page.get_by_role("button", name="Look inside").click()
    expect(page.locator(".head-verdict b")).to_have_text("1")
    assert points(page.locator(".head-seen .tile")) == drawn
    page.get_by_role("tab", name="Heatmaps").click()
    expect(page.locator(".heat-card[aria-busy=true]")).to_have_count(0)
    with page.expect_response(looks(which="last")):
        page.get_by_label("Weights").select_option("last")
    assert points(page.locator(".head-seen .tile")) == drawn
    for what in ("maps", "channels", "heat"):
        found = [url for url in asked if f'"what":"{what}"' in url]
        assert found
        assert all('"drawn":' in url for url in found)
    with page.expect_response(looks(given={"test": 0})):
        page.get_by_role("button", name="Next example").click()
    expect(page.locator(".example-step .of")).to_contain_text("of 0 to")


def looks(**given):
    """Whether a response is to a question that holds this."""

    def holds(response):
        query = parse_qs(urlsplit(response.url).query)
        ask = json.loads(query["ask"][0]) if "ask" in query else {}
        return given.items() <= ask.items()

    return holds


def points(tile):
    """The picture of a tile, as an address of its own."""
    return tile.evaluate("(tile) => tile.style.backgroundImage")


def test_an_answer_is_said_to_those_who_listen(tried):
    tried.stroke((0.5, 0.15), (0.48, 0.85))
    status = tried.page.locator(".try-panel > [role=status]")
    expect(status).to_contain_text("1, ")


def test_the_empty_view_says_what_to_do(visitor):
    visitor.view("Try")
    expect(visitor.page.get_by_text("Train this tower for one epoch")).to_be_visible()
    assert serious(visitor.page) == []
    visitor.page.get_by_role("button", name="Go to Train").click()
    expect(visitor.page).to_have_url(re.compile("view=train"))
    visitor.settled()
