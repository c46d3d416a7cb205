"""A run's report: what it tells, and that page and PDF say it, in both languages."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from PIL import Image

from tests.training.looking import Observatory
from tests.training.workshop import digits
from ui.compare import listing
from ui.report import confused, letters
from ui.report import sheet as sheets
from ui.report.paper import pdf
from ui.report.plots import Curve, Plot, cloud, curve, marks
from ui.report.sheet import Example, Sheet, sheet
from ui.report.web import html
from ui.words import translator

pypdf = pytest.importorskip("pypdf")


def png(width=40, height=60):
    file = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(file, "PNG")
    return file.getvalue()


ROWS = [("Data", "MNIST"), ("Batch size", "128")]
SHEET = Sheet(
    "en",
    "Cats & dogs",
    "2026-11-22 · MNIST",
    [("Test accuracy", "98.3 %"), ("Weights", "1,234")],
    ROWS,
    [Curve("Accuracy", True, [(1, 0.5), (2, 0.7)], [(1, 0.4), (2, 0.6)])],
    ["cat", "dog"],
    [[5, 2], [1, 9]],
    [],
    [Example(png(), "cat → dog\n99.0 %")],
    [("cat", "83.3 %", "71.4 %", "76.9 %", "7")],
)


class Read(HTMLParser):
    """What a page says, and the tags and addresses in it."""

    def __init__(self, page):
        super().__init__()
        self.said, self.tags, self.sources = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.sources += [v for name, v in attrs if name in ("src", "href")]

    def handle_data(self, data):
        self.said.append(data)

    @property
    def text(self):
        return "\n".join(self.said)


def paper(content):
    """The one page of a PDF."""
    (page,) = pypdf.PdfReader(io.BytesIO(content)).pages
    return page


def fonts(page):
    """Each font's name, and whether the file carries it."""
    found = {}
    for font in page["/Resources"]["/Font"].values():
        one = font.get_object()
        below = (
            one["/DescendantFonts"][0].get_object()
            if "/DescendantFonts" in one
            else one
        )
        about = below.get("/FontDescriptor", {})
        found[one["/BaseFont"].split("+")[-1]] = "/FontFile2" in about
    return found


@pytest.mark.parametrize(
    "part", ["98.3 %", "cat → dog", "Batch size", "Accuracy", "71.4 %", "Epoch"]
)
def test_page_and_paper_say_the_same(part):
    assert part in Read(html(SHEET)).text
    assert part in paper(pdf(SHEET)).extract_text()


def test_the_paper_is_one_page_of_a4_with_its_picture_and_its_letters():
    page = paper(pdf(SHEET, png(80, 90)))
    assert [round(float(n)) for n in page.mediabox[2:]] == [595, 842]
    assert len(page.images) == 2
    assert set(fonts(page).values()) == {True}


def test_korean_is_written_with_letters_that_the_file_carries():
    told = replace(SHEET, lang="ko", title="숫자 탑", tell=translator("ko"))
    page = paper(pdf(told))
    assert "숫자 탑" in page.extract_text()
    assert set(fonts(page).values()) == {True}


def test_letters_that_are_not_carried_are_the_readers_own():
    assert [font for font, _ in letters.runs("가 뷁 A")] == [
        letters.PLAIN,
        letters.OTHER,
        letters.PLAIN,
    ]
    page = paper(pdf(replace(SHEET, title="뷁 漢字")))
    (other,) = (name for name, carried in fonts(page).items() if not carried)
    assert letters.OTHER in other


def test_what_people_typed_stays_text():
    evil = '<script>alert(1)</script><img src=x onerror="x">'
    told = replace(SHEET, title=evil, note=evil, classes=[evil, "dog"], about=evil)
    told = replace(told, rows=[(evil, evil)], examples=[Example(png(), evil)])
    page = Read(html(told, b'<svg xmlns="x"><script>1</script></svg>'))
    assert "script" not in page.tags
    assert page.said.count(evil) == 9
    assert all(source.startswith("data:image/") for source in page.sources)
    assert "default-src 'none'" in html(told)
    assert "alert(1)" in paper(pdf(told)).extract_text()


def test_long_names_are_cut_and_not_written_over_one_another():
    long = "A tower with a name that goes on and on and on " * 8
    told = letters.fitted(long, 21, 500, bold=True)
    assert told.endswith("...")
    assert letters.breadth(told, 21, bold=True) <= 500


@pytest.mark.parametrize("classes", [1, 12, 13, 20, 21, 1_000])
def test_any_number_of_classes_has_a_place(classes):
    table = np.eye(classes, dtype=int) * 5
    table[0, -1] += 7
    names = [f"class {n}" for n in range(classes)]
    told = replace(SHEET, classes=names, confusion=table.tolist())
    page = Read(html(told))
    shown = page.tags.count("td") >= classes**2
    assert shown == (classes <= confused.MOST_CLASSES)
    assert ("class 0 → class 999" in page.text) == (classes == 1_000)
    paper(pdf(told))


def test_long_names_of_classes_have_a_line_each():
    row = {"true": 0, "told": 1, "share": 0.5}
    assert sheets._said(row, ["cat", "dog"], str) == "cat → dog\n50.0 %"
    long = sheets._said(row, ["sunflower", "rose"], str)
    assert long == "sunflower →\nrose\n50.0 %"


def test_a_picture_without_an_answer_is_told_as_no_class():
    row = {"true": 0, "told": -1, "share": 0.0}
    assert "b" not in sheets._said(row, ["a", "b"], str)
    assert sheets._said(row, ["a", "b"], str).startswith("a → no answer")


def test_few_mistakes_are_seen_beside_many_right_ones():
    first, second = confused.cells([[9_000, 2], [1, 9_500]])
    assert first[1].strength == 1.0
    assert second[0].strength == 0.5
    assert second[1].right


def test_values_are_a_cloud_on_one_scale():
    pairs = [[1.0, 2.0], [3.0, 3.0], [2.0, math.nan]]
    told = replace(SHEET, classes=[], confusion=[], pairs=pairs)
    page = html(told)
    assert page.count("<circle") == 2
    assert "Predicted against true values" in paper(pdf(told)).extract_text()
    plot = cloud(pairs, 200, 100)
    assert [said for _, said in plot.up] == [said for _, said in plot.across]


NOT_A_NUMBER = Curve("Loss", False, [(1, 2.0), (2, math.nan), (3, None)], [(1, None)])


def test_what_is_no_number_is_left_out_of_a_curve():
    plot = curve(NOT_A_NUMBER, 200, 100)
    assert [len(line) for line in plot.lines] == [1, 0]
    assert "nan" not in html(replace(SHEET, curves=[NOT_A_NUMBER])).lower()
    paper(pdf(replace(SHEET, curves=[NOT_A_NUMBER, NOT_A_NUMBER])))


def test_places_of_a_curve_by_hand():
    plot = curve(Curve("", False, [(1, 0.0), (11, 10.0)], []), 240, 120)
    left, top, right, bottom = plot.inside
    assert plot.lines[0] == [(left, bottom), (right, top)]
    assert plot.up[0] == (bottom, "0")
    assert {said: x for x, said in plot.across}["6"] == (left + right) / 2


@pytest.mark.parametrize(
    "span", [(0, 0), (5, 5), (-3, 4), (1e-9, 2e-9), (0, 1e12), (0.999, 1.0)]
)
def test_marks_are_few_and_hold_all_between_them(span):
    found = marks(*span)
    assert found[0] <= span[0] + 1e-15
    assert found[-1] >= span[1]
    assert 3 <= len(found) <= 8
    assert found == sorted(set(found))


def test_a_run_without_anything_has_a_page_all_the_same():
    empty = Sheet("en", "", "", [], [], [], [], [], [], [])
    assert isinstance(curve(Curve("", True, [], []), 10, 90), Plot)
    Read(html(empty))
    paper(pdf(empty))


@pytest.mark.keras
def test_a_trained_run_tells_how_it_did(tmp_path, monkeypatch):
    made = Observatory(tmp_path / "home")
    try:
        run = made.train(digits(epochs=2))
        for module in (sheets, listing):
            monkeypatch.setattr(module, "settings", lambda: made.settings)
            monkeypatch.setattr(module, "store", lambda: made.workshop.store)
        told = sheet(run, "en", "Asia/Seoul")
        korean = sheet(run, "ko")
        (made.folder(run) / "mistakes.npz").write_bytes(b"PK\x03\x04" + b"x" * 200)
        without = sheet(run, "en", "Asia/Seoul")
        (made.folder(run) / "report.json").write_bytes(b"\0")
        listing._facts.cache_clear()
        judged = sheet(run, "en", "Asia/Seoul")
        (made.folder(run) / "answers.npz").unlink()
        untested = sheet(run, "en")
    finally:
        made.close()
    assert told.title == "Small"
    assert dict(told.rows)["Epochs"] == "2"
    assert "2,410" in dict(told.tiles).values()
    assert [len(one.validation) for one in told.curves] == [2, 2]
    assert len(told.confusion) == len(told.classes) == 10
    assert len(told.examples) == sheets.MOST_PICTURES
    assert "→" in told.examples[0].said
    assert korean.heads["tower"] != told.heads["tower"]
    page = paper(pdf(told, png(80, 90)))
    assert len(page.images) == 1 + len({e.picture for e in told.examples})
    assert dict(told.tiles)["Test accuracy"] in page.extract_text()
    assert without == replace(told, examples=[])
    assert judged == without  # counted from the answers themselves
    assert (untested.examples, untested.confusion) == ([], [])
    assert "Test accuracy" not in dict(untested.tiles)
    assert untested.curves == told.curves
    paper(pdf(untested))
