"""The route by which a page looks into a model: whose runs, and what comes back."""

from __future__ import annotations

import json
from urllib.parse import quote

import numpy as np
import pytest

from tests.training.looking import trained
from tests.training.workshop import digits
from tests.ui.test_bringing_routes import OWN, Site
from training.viewing import DONE, Told
from ui.looking import given, paint, route

pytestmark = pytest.mark.keras


@pytest.fixture(scope="module")
def observatory(tmp_path_factory):
    with trained(tmp_path_factory.mktemp("looking") / "home", digits(epochs=1)) as made:
        yield made


@pytest.fixture
def site(observatory, monkeypatch):
    made, _ = observatory
    monkeypatch.setattr(route, "store", lambda: made.workshop.store)
    for module in (route, given):
        monkeypatch.setattr(module, "settings", lambda: made.settings)
    site = Site(made.settings.home, route.ROUTES)
    yield site
    site.end()


def asked(site, ask, owner="ann", body=b"", **headers):
    """The status, and the lines of the answer."""
    path = f"look?lang=en&ask={quote(json.dumps(ask))}"
    status, content = site.ask("POST", path, body, owner, **(headers or OWN))
    return status, [json.loads(line) for line in content.decode().splitlines()]


def told(run):
    """What the run's model says of a test example."""
    return {"what": "told", "run": run.id, "given": {"test": 0}}


def test_a_page_is_told_of_its_own_run(site, observatory):
    status, lines = asked(site, told(observatory[1]))
    assert (status, lines[-1]["state"]) == (200, "done")
    assert sum(lines[-1]["shares"]) == pytest.approx(1, abs=1e-3)


def test_nobody_looks_into_another_persons_run(site, observatory):
    _, lines = asked(site, told(observatory[1]), owner="eve")
    assert [line["said"] for line in lines] == ["This run is not here any more."]


def test_a_deleted_run_is_looked_into_no_more(site, observatory):
    made, run = observatory
    made.workshop.store.delete_run("ann", run.id)
    try:
        _, lines = asked(site, told(run))
    finally:
        made.workshop.store.restore_run("ann", run.id)
    assert [line["said"] for line in lines] == ["This run is not here any more."]


def test_a_question_can_name_no_folder_of_its_own(site, observatory):
    ask = {**told(observatory[1]), "folder": "/", "own": {}}
    assert asked(site, ask)[1][-1]["state"] == "done"


def test_another_site_can_ask_nothing(site, observatory):
    ask = told(observatory[1])
    assert asked(site, ask, **{"Sec-Fetch-Site": "cross-site"})[0] == 403


@pytest.mark.parametrize(
    "ask", [[], {}, {"run": 7}, {"run": "0" * 32, "which": "worst"}, "x" * 9000]
)
def test_what_is_no_question_is_refused(site, ask):
    assert asked(site, ask)[0] == 400


def test_only_weights_that_a_run_has_can_be_asked_for(site, observatory):
    ask = {"what": "summary", "run": observatory[1].id}
    found = [asked(site, {**ask, "which": which})[0] for which in ("last", "any", [])]
    assert found == [200, 400, 400]


def test_a_deleted_run_is_not_looked_into(site, observatory):
    made, run = observatory
    made.workshop.store.delete_run("ann", run.id)
    _, lines = asked(site, {"what": "summary", "run": run.id})
    made.workshop.store.restore_run("ann", run.id)
    assert [line["said"] for line in lines] == ["This run is not here any more."]


def test_an_answer_in_korean_is_told_in_korean(site, observatory):
    ask = quote(json.dumps({"what": "told", "run": "0" * 32}))
    _, content = site.ask("POST", f"look?lang=ko&ask={ask}", b"", "ann", **OWN)
    assert json.loads(content)["said"].startswith("이 학습 기록은")


def test_pictures_lie_in_one_sheet_in_their_order():
    from base64 import b64decode
    from io import BytesIO

    from PIL import Image

    pictures = np.arange(5, dtype="uint8").reshape(5, 1, 1, 1).repeat(2, 1).repeat(3, 2)
    told = paint.painted(pictures)
    sheet = np.asarray(Image.open(BytesIO(b64decode(told["src"].split(",")[1]))))
    columns = told["columns"]
    shown = [sheet[2 * (n // columns), 3 * (n % columns)] for n in range(told["n"])]
    assert (shown, told["width"], told["height"]) == ([0, 1, 2, 3, 4], 3, 2)


def test_a_number_that_is_none_is_told_as_null():
    line = paint.line(Told(DONE, {}, {"x": np.array([np.nan, 0.5])}), str)
    assert json.loads(line)["x"] == [None, 0.5]
