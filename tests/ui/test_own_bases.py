"""Over HTTP: a person's own runs and files become bases, and nobody else's."""

from __future__ import annotations

import json
import os
import time
import zipfile
from dataclasses import replace

import pytest

from bricks.tower import Placed, Tower
from tests.training.workshop import digits
from tests.ui.test_bringing_routes import Site
from training import bases as made
from training import runs
from training.settings import Settings
from training.store import Store
from ui import bases, desk
from ui.compare import listing
from ui.home.offers import home_json
from ui.opening import new_desk


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "home", f"sqlite:///{tmp_path}/home/brickyard.db")


@pytest.fixture
def record(settings, monkeypatch):
    store = Store(settings.database)
    for module in (bases, desk, listing):
        monkeypatch.setattr(module, "store", lambda: store)
        monkeypatch.setattr(module, "settings", lambda: settings)
    monkeypatch.setattr(bases, "ensure_trainer", lambda _: None)  # none is needed
    monkeypatch.setenv(made.VARIABLE, str(made.folder(settings.home)))
    yield store
    store.close()


@pytest.fixture
def site(record, settings):
    site = Site(settings.home, bases.ROUTES)
    yield site
    site.end()


def ran(record, settings, owner="me", model=b"a model"):
    """A run that has left a model, as far as it is looked at here."""
    project = digits()
    row = record.create_project(owner, project.name, project.to_json())
    run = record.ask_run(owner, row.id, project.to_json(), row.id)
    where = runs.folder(settings, run.id)
    runs.create(where, project)
    if model:
        (where / runs.MODEL).write_bytes(model)
    return run


def told(site, method, path, body=b""):
    status, content = site.ask(method, path, body)
    return json.loads(content) if status == 200 else status


def test_a_person_sees_the_own_runs_that_left_a_model(site, record, settings):
    mine = ran(record, settings)
    ran(record, settings, model=None)
    theirs = ran(record, settings, owner="you")
    rows = told(site, "GET", "bases/runs")
    assert [row["run"] for row in rows] == [mine.id]
    assert told(site, "GET", f"bases/plan?run={theirs.id}") == {
        "refused": "This run or file is not here any more: choose it again."
    }


def test_a_run_tells_its_bricks_and_where_its_features_end(site, record, settings):
    run = ran(record, settings)
    plan = told(site, "GET", f"bases/plan?run={run.id}")
    assert [brick["kind"] for brick in plan["bricks"]] == [
        "Flatten",
        "Dense",
        "Dropout",
        "Dense",
    ]
    assert (plan["cut"], plan["title"]) == (2, "Small")


def test_asking_makes_it_and_nothing_learned_is_refused(site, record, settings):
    run = ran(record, settings)
    waiting = told(site, "POST", f"bases/make?run={run.id}&cut=2")
    assert waiting == {"state": "waiting", "said": "", "settings": None}
    assert len([*made.asked(settings).where.iterdir()]) == 1
    refused = told(site, "POST", f"bases/make?run={run.id}&cut=1")
    assert "has learned anything" in refused["refused"]
    assert told(site, "POST", f"bases/make?run={run.id}&cut=x") == 400


def keras_file(path, config):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", json.dumps(config))
    return path.read_bytes()


DENSE = {"class_name": "Dense", "config": {"name": "d", "units": 5}}
INPUT = {"class_name": "InputLayer", "config": {"batch_shape": [None, 8]}}


def sequential(*layers):
    rows = {"name": "s", "layers": [INPUT, *layers]}
    return {"class_name": "Sequential", "config": rows}


def test_a_file_is_brought_and_told_as_bricks(site, record, tmp_path):
    content = keras_file(tmp_path / "a.keras", sequential(DENSE))
    file = told(site, "POST", "bases/file", content)["file"]
    plan = told(site, "GET", f"bases/plan?file={file}&name=mine")
    assert [brick["kind"] for brick in plan["bricks"]] == ["Dense"]
    assert plan["title"] == "mine"


def test_what_is_not_known_in_a_file_is_refused_by_name(site, record, tmp_path):
    mystery = {"class_name": "Mystery", "config": {"name": "m"}}
    content = keras_file(tmp_path / "a.keras", sequential(DENSE, mystery))
    file = told(site, "POST", "bases/file", content)["file"]
    refused = told(site, "GET", f"bases/plan?file={file}")["refused"]
    assert "There is no brick for Mystery" in refused


def test_a_file_that_is_too_large_leaves_nothing(site, settings, monkeypatch):
    monkeypatch.setattr(bases, "MOST_FILE", 1_000)
    assert "too large" in told(site, "POST", "bases/file", b"x" * 2_000)["refused"]
    assert not [*settings.home.rglob("*.keras")]


def test_a_file_is_refused_where_the_disk_is_nearly_full(site, settings, monkeypatch):
    none = replace(settings.limits, room=10**18)
    monkeypatch.setattr(bases, "settings", lambda: replace(settings, limits=none))
    told_no = told(site, "POST", "bases/file", b"x" * 100)
    assert "disk" in told_no["refused"]
    assert not [*(settings.home / bases.BROUGHT).glob("*/*")]


def test_files_that_are_old_go_whoever_brought_them(site, settings):
    theirs = settings.home / bases.BROUGHT / ("0" * 32) / f"{'1' * 32}.keras"
    young = theirs.with_name(f"{'2' * 32}.keras")
    theirs.parent.mkdir(parents=True)
    for path in (theirs, young):
        path.touch()
    long_ago = time.time() - bases.KEPT_SECONDS - 60
    os.utime(theirs, (long_ago, long_ago))
    told(site, "POST", "bases/file", b"mine")
    assert (theirs.exists(), young.exists()) == (False, True)


def test_only_so_many_files_are_kept(site, settings, monkeypatch):
    monkeypatch.setattr(bases, "MOST_KEPT", 3)
    for _ in range(5):
        told(site, "POST", "bases/file", b"x")
    assert len([*settings.home.rglob("*.keras")]) == 3


@pytest.mark.parametrize("file", ["../../etc", "a" * 31, "A" * 32, "0" * 31 + "/"])
def test_no_other_file_can_be_asked_for(site, file):
    assert told(site, "GET", f"bases/plan?file={file}") == 400


def test_a_file_that_is_gone_is_said(site):
    refused = told(site, "GET", f"bases/plan?file={'0' * 32}")["refused"]
    assert refused == "This run or file is not here any more: choose it again."


def test_take_home_offers_the_weights_that_are_here(record, settings):
    base = Placed("Trained", {"weights": "mine-0123456789abcdef"})
    project = replace(digits(), tower=Tower(Placed("Digits", id="data"), (base,)))
    mine = new_desk("me", project)
    assert home_json(mine, "en")["bases"] == []
    where = made.folder(settings.home)
    where.mkdir(parents=True)
    (where / "mine-0123456789abcdef.weights.h5").write_bytes(b"w")
    assert home_json(mine, "en")["bases"] == ["mine-0123456789abcdef.weights.h5"]
    assert made.found("../mine-0123456789abcdef.weights.h5") is None
