"""Over HTTP: people take their own towers and runs home, and nobody else's."""

from __future__ import annotations

import json
import zipfile
from base64 import b64decode
from dataclasses import replace
from io import BytesIO

import pytest

from bricks.recipes import recipe
from bricks.tower import Placed
from codegen.predict import predict
from codegen.source import script
from tests.training.looking import Observatory
from tests.training.workshop import digits
from tests.ui.test_bringing_routes import OWN, Site
from tests.ui.test_report import png
from training.store import Store
from ui import desk as desks
from ui import opening
from ui.compare import listing
from ui.home import route, towers, trained
from ui.home.offers import home_json
from ui.looking import runs as looking
from ui.opening import new_desk, open_desk
from ui.report import sheet as sheets

MODULES = (route, trained, sheets, listing, desks, opening, looking)


def stand_in(monkeypatch, settings, store):
    """Each module has both by name."""
    for module in MODULES:
        if hasattr(module, "store"):
            monkeypatch.setattr(module, "store", lambda: store)
        if hasattr(module, "settings"):
            monkeypatch.setattr(module, "settings", lambda: settings)


@pytest.fixture
def record(tmp_path, monkeypatch):
    from training.settings import Settings

    settings = Settings(tmp_path / "home", f"sqlite:///{tmp_path}/home/brickyard.db")
    store = Store(settings.database)
    stand_in(monkeypatch, settings, store)
    yield store
    store.close()


@pytest.fixture
def site(record, tmp_path):
    site = Site(tmp_path / "home", route.ROUTES)
    yield site
    site.end()


def saved(record, project, owner="me"):
    return record.create_project(owner, project.name, project.to_json()).id


def test_a_tower_is_printed_in_every_form(site, record):
    id = saved(record, digits())
    status, content = site.ask("GET", f"home/tower/script?project={id}")
    assert (status, content.decode()) == (200, script(digits()))
    for what, sign in (
        ("project", b'"brickyard"'),
        ("latex", rb"\begin{tabular}"),
        ("graph", b"digraph"),
        ("notebook", b'"nbformat"'),
    ):
        status, content = site.ask("GET", f"home/tower/{what}?project={id}")
        assert status == 200
        assert sign in content, what


def test_the_notebook_carries_the_picture_that_the_page_drew(site, record):
    id = saved(record, digits())
    path = f"home/tower/notebook?project={id}&lang=ko"
    book = json.loads(site.ask("POST", path, png())[1])
    (kept,) = book["cells"][0]["attachments"].values()
    assert b64decode(kept["image/png"]) == png()


def test_a_drawing_is_not_put_into_a_notebook_as_what_it_is_not(site, record):
    path = f"home/tower/notebook?project={saved(record, digits())}"
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'
    book = json.loads(site.ask("POST", path, drawing)[1])
    assert "attachments" not in book["cells"][0]
    assert "tower.png" not in "".join(book["cells"][0]["source"])


BROKEN = {
    "no picture": b"hello",
    "half a picture": png()[:60],
    "a program": b"<svg onload=x><script>1</script></svg>",
    "an archive": b"PK\x03\x04" + b"\0" * 80,
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_what_is_no_picture_is_left_out(site, record, body):
    path = f"home/tower/notebook?project={saved(record, digits())}"
    status, content = site.ask("POST", path, body)
    assert status == 200
    assert "attachments" not in json.loads(content)["cells"][0]


def test_too_large_a_picture_is_left_out(site, record, monkeypatch):
    monkeypatch.setattr(route, "MOST_PICTURE", 50)
    path = f"home/tower/notebook?project={saved(record, digits())}"
    _status, content = site.ask("POST", path, png())
    assert "attachments" not in json.loads(content)["cells"][0]
    assert towers.picture(png()) == png()


def test_others_get_nothing(site, record):
    id = saved(record, digits())
    assert site.ask("GET", f"home/tower/script?project={id}", owner="eve")[0] == 404
    cross = {"Sec-Fetch-Site": "cross-site"}
    status, _ = site.ask("GET", f"home/tower/script?project={id}", **cross)
    assert status == 403


@pytest.mark.parametrize(
    "path",
    [
        "home/tower/script",
        "home/tower/nothing?project={id}",
        "home/run?run=../../etc",
        "home/run/model?run=" + "0" * 32,
        "home/export/onnx?run=" + "0" * 32,
        "home/export/onnx/file?run=" + "0" * 32,
    ],
)
def test_what_is_not_there_is_not_found(site, record, path):
    id = saved(record, digits())
    assert site.ask("GET", path.format(id=id))[0] == 404


def test_a_tower_that_does_not_hold_has_no_script_but_a_project_file(site, record):
    tower = replace(digits().tower, bricks=(Placed("LSTM", {"units": 3}),))
    id = saved(record, replace(digits(), tower=tower))
    status = {
        what: site.ask("GET", f"home/tower/{what}?project={id}")[0]
        for what in ("script", "notebook", "project", "latex", "graph")
    }
    assert status == {
        "script": 409,
        "notebook": 409,
        "project": 200,
        "latex": 200,
        "graph": 200,
    }


def test_the_page_is_told_of_a_tower_that_was_never_trained(record):
    told = home_json(new_desk("me", recipe("mnist-cnn")), "en")
    assert told["runs"] == []
    assert told["whole"]
    assert told["name"] == "mnist_cnn"
    assert "python train.py" in told["needs"]


@pytest.fixture(scope="module")
def observatory(tmp_path_factory):
    made = Observatory(tmp_path_factory.mktemp("home") / "home")
    run = made.train(digits(epochs=2))
    yield made, run
    made.close()


@pytest.fixture
def own(observatory, monkeypatch):
    """The site of the person whose run was trained."""
    made, _run = observatory
    stand_in(monkeypatch, made.settings, made.workshop.store)
    site = Site(made.settings.home, route.ROUTES)
    yield site
    site.end()


@pytest.mark.keras
def test_a_runs_files_come_as_they_lie_on_the_disk(own, observatory):
    made, run = observatory
    told = json.loads(own.ask("GET", f"home/run?run={run.id}", owner="ann")[1])
    assert [stage["kind"] for stage in told["stages"]][1] == "Flatten"
    for what, (source, _name) in trained.FILES.items():
        status, content = own.ask("GET", f"home/run/{what}?run={run.id}", owner="ann")
        assert (status, content) == (200, (made.folder(run) / source).read_bytes())
        assert told["sizes"][what] == len(content)
    assert own.ask("GET", f"home/run?run={run.id}", owner="eve")[0] == 404
    assert zipfile.is_zipfile(BytesIO((made.folder(run) / "model.keras").read_bytes()))


@pytest.mark.keras
def test_a_run_on_pictures_comes_with_a_script_that_tells_them(own, observatory):
    _made, run = observatory
    told = json.loads(own.ask("GET", f"home/run?run={run.id}", owner="ann")[1])
    status, content = own.ask("GET", f"home/run/predict?run={run.id}", owner="ann")
    assert (status, told["predicts"]) == (200, True)
    assert content.decode() == predict(digits())


@pytest.mark.keras
def test_a_report_comes_in_both_languages_with_the_tower(own, observatory):
    _made, run = observatory
    for kind, sign in (("html", b"<!doctype html>"), ("pdf", b"%PDF-")):
        path = f"home/report/{kind}?run={run.id}&lang=ko&zone=America"
        status, content = own.ask("POST", path, png(), "ann", **OWN)
        assert status == 200
        assert content.startswith(sign)
    assert own.ask("POST", f"home/report/doc?run={run.id}", png(), "ann")[0] == 404
    assert own.ask("POST", f"home/report/pdf?run={run.id}", png(), "eve")[0] == 404


@pytest.mark.keras
def test_a_format_is_made_when_asked_for_and_only_then_handed_out(
    own, observatory, monkeypatch
):
    made, run = observatory
    monkeypatch.setattr(route, "ensure_trainer", lambda settings: False)
    status, _ = own.ask("GET", f"home/export/summary/file?run={run.id}", owner="ann")
    assert status == 404
    assert own.ask("GET", f"home/export/word?run={run.id}", owner="ann")[0] == 404
    assert own.ask("GET", f"home/export/summary?run={run.id}", owner="eve")[0] == 404
    with made.at_work():
        told = {"state": "waiting"}
        while told["state"] == "waiting":
            path = f"home/export/summary?run={run.id}"
            told = json.loads(own.ask("GET", path, owner="ann")[1])
    assert told["state"] == "done", told
    path = f"home/export/summary/file?run={run.id}"
    status, content = own.ask("GET", path, owner="ann")
    assert (status, len(content)) == (200, told["size"])
    assert "Total params" in content.decode()
    known = json.loads(own.ask("GET", f"home/run?run={run.id}", owner="ann")[1])
    assert known["exports"]["summary"]["state"] == "done"
    assert known["exports"]["onnx"]["state"] == "none"


@pytest.mark.keras
def test_a_run_that_was_deleted_is_gone(own, observatory):
    made, run = observatory
    store = made.workshop.store
    store.delete_run("ann", run.id)
    try:
        assert own.ask("GET", f"home/run/model?run={run.id}", owner="ann")[0] == 404
    finally:
        store.restore_run("ann", run.id)


@pytest.mark.keras
def test_the_page_is_told_which_runs_left_a_model_and_of_another_tower(
    own, observatory
):
    made, run = observatory
    row = made.workshop.store.project("ann", run.project_id)
    desk = open_desk("ann", row.id)
    (told,) = home_json(desk, "en")["runs"]
    assert told["id"] == run.id
    assert told["result"].startswith("Test accuracy ")
    assert not told["changed"]
    desk.project = replace(desk.project, tower=replace(desk.project.tower, bricks=()))
    (told,) = home_json(desk, "en")["runs"]
    assert told["changed"]
