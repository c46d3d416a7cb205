"""Take home in a real browser: files, the picture in both themes, and the report."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_access import serious
from tests.training.workshop import digits
from training.store import Store
from ui.owner import OWNER

pytestmark = pytest.mark.keras
pypdf = pytest.importorskip("pypdf")


def trained(visitor, server):
    """A run of the open tower, asked for in the record as the page would."""
    (cookie,) = (c for c in visitor.page.context.cookies() if c["name"] == OWNER)
    id = parse_qs(urlsplit(visitor.page.url).query)["project"][0]
    store = Store(f"sqlite:///{server.home}/brickyard.db")
    store.ask_run(cookie["value"], id, digits(epochs=2).to_json(), id)
    states = []
    for _ in range(900):
        states = [run.state for run in store.runs(cookie["value"], id)]
        if states == ["done"]:
            break
        visitor.page.wait_for_timeout(100)
    store.close()
    assert states == ["done"]


def pressed(visitor, name):
    """What a button of this name brings: the file's name and its bytes."""
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name=name, exact=True).click()
    file = waiting.value
    return file.suggested_filename, open(file.path(), "rb").read()  # noqa: PTH123


def test_a_tower_is_taken_home_untrained(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Take home")
    page = visitor.page
    expect(page.get_by_text("Once the tower is trained")).to_be_visible()
    expect(
        page.get_by_role("button", name="Download the report as PDF")
    ).to_be_disabled()
    name, script = pressed(visitor, "Download: Script")
    assert (name, b"def build_model" in script) == ("train.py", True)
    name, book = pressed(visitor, "Download: Notebook")
    (kept,) = json.loads(book)["cells"][0]["attachments"].values()
    assert name == "digits_cnn.ipynb"
    assert len(kept["image/png"]) > 10_000
    assert pressed(visitor, "Download: Project file")[0] == "digits_cnn.brick.json"
    assert rb"\toprule" in pressed(visitor, "Download: Table for LaTeX")[1]
    assert b"digraph" in pressed(visitor, "Download: Graphviz")[1]
    page.get_by_role("button", name="Go to Train").click()
    expect(page.get_by_role("spinbutton", name="Epochs")).to_be_visible()


def test_the_towers_picture_is_saved_in_both_themes(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Take home")
    grounds = {}
    for theme in ("light", "dark"):
        name, text = pressed(visitor, f"Download the {theme} picture as SVG")
        assert (name, text[:5]) == (f"digits_cnn-{theme}.svg", b"<svg ")
        name, points = pressed(visitor, f"Download the {theme} picture as PNG")
        assert name == f"digits_cnn-{theme}.png"
        with Image.open(io.BytesIO(points)) as picture:
            assert picture.height > 500
            grounds[theme] = sum(picture.convert("RGB").getpixel((2, 2)))
    assert grounds["light"] > 500
    assert grounds["dark"] < 100


def test_the_graph_is_drawn_on_the_page(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Take home")
    visitor.page.get_by_text("The tower as Graphviz draws it").click()
    drawn = visitor.page.get_by_test_id("stGraphVizChart")
    expect(drawn.get_by_text("Conv2D 32 3×3").first).to_be_visible()


def test_a_misfit_keeps_the_script_back_and_says_why(visitor):
    visitor.start_from("digits-cnn")
    visitor.brick("Flatten").click()
    visitor.page.keyboard.press("Delete")
    visitor.view("Take home")
    expect(visitor.page.get_by_text("once every brick fits")).to_be_visible()
    script = visitor.page.get_by_role("button", name="Download: Script", exact=True)
    expect(script).to_be_disabled()
    assert pressed(visitor, "Download: Project file")[0] == "digits_cnn.brick.json"


def test_a_run_is_taken_home_with_its_report(visitor, server):
    trained(visitor, server)
    visitor.view("Take home")
    page = visitor.page
    expect(page.get_by_role("combobox", name="Run")).to_contain_text("2 epochs")
    assert pressed(visitor, "Download: Trained model")[1][:2] == b"PK"
    name, table = pressed(visitor, "Download: History")
    assert name == "small.csv"
    assert len(list(csv.DictReader(io.StringIO(table.decode())))) == 2
    name, paper = pressed(visitor, "Download the report as PDF")
    assert name == "small-report.pdf"
    (sheet,) = pypdf.PdfReader(io.BytesIO(paper)).pages
    assert "Test accuracy" in sheet.extract_text()
    assert max(image.image.height for image in sheet.images) > 500, "the tower"
    assert b"data:image/svg+xml" in pressed(visitor, "Download the report as HTML")[1]
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Open the report").click()
    expect(opened.value.get_by_role("heading", name="Small")).to_be_visible()
    assert serious(page) == []


def test_what_the_server_can_not_give_is_said_and_can_be_tried_again(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Take home")
    page = visitor.page
    page.route("**/brickyard/home/tower/notebook*", lambda route: route.abort())
    page.get_by_role("button", name="Download: Notebook", exact=True).click()
    group = page.get_by_role("region", name="The tower", exact=True)
    expect(group.get_by_text("That did not work")).to_be_visible()
    page.unroute("**/brickyard/home/tower/notebook*")
    assert pressed(visitor, "Download: Notebook")[0] == "digits_cnn.ipynb"
    visitor.complaints.clear()  # the browser tells of the request that was cut
