"""What the Inside panel is told: the runs, and which of them is looked into."""

from __future__ import annotations

import json

import pytest
from filelock import FileLock

from bricks.recipes import recipe
from tests.training.workshop import digits
from training.runs import MODEL, folder
from training.settings import Settings
from training.store import Store
from ui import desk as desks
from ui.compare import listing
from ui.inside import page
from ui.inside.page import page_json
from ui.looking import runs as lookable
from ui.opening import new_desk


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A desk with a small tower, on a home of its own in which no trainer can start."""
    home = Settings.from_environment({"BRICKYARD_HOME": str(tmp_path / "home")})
    store = Store(home.database)
    for module in (desks, page, lookable, listing):  # each has it by name
        monkeypatch.setattr(module, "store", lambda: store)
    for module in (desks, lookable, listing):
        monkeypatch.setattr(module, "settings", lambda: home)
    with FileLock(home.lock, thread_local=False):
        yield new_desk("me", digits())
    store.close()


def trained(desk, key):
    """A run of the desk's tower that has a model's file."""
    document = desk.project.to_json()
    run = desks.store().ask_run(desk.owner, desk.id, document, key)
    where = folder(desks.settings(), run.id)
    where.mkdir(parents=True)
    (where / MODEL).write_bytes(b"")
    return run


def test_a_tower_that_was_never_trained_is_shown_bare(desk):
    told = page_json(desk, "en")
    assert (told["runs"], told["looking"], told["tower"]) == ([], None, None)
    assert [stage["id"] for stage in told["bare"]][1:-1] == ["f", "d", "o", "a"]


def test_the_first_run_is_looked_into_unless_another_is_asked_for(desk):
    runs = [trained(desk, key) for key in ("one", "two")]
    first = page_json(desk, "en")
    assert first["looking"]["run"] == first["runs"][0]["id"]
    (other,) = (run.id for run in runs if run.id != first["looking"]["run"])
    asked = {"op": "look_inside", "run": other, "which": "last", "given": {"test": 7}}
    desk.receive({"client": "c", "ops": [{"seq": 1, **asked}]})
    assert desk.going == "inside"
    told = page_json(desk, "en")["looking"]
    assert told == {"run": other, "which": "last", "test": [7], "number": 1}
    desk.receive({"client": "c", "ops": [{"seq": 2, **asked}]})
    again = page_json(desk, "en")["looking"]
    assert again == {**told, "number": 2}  # so that the page goes there again


def test_a_run_of_another_tower_is_not_looked_into(desk):
    run = trained(desk, "one")
    asked = {"op": "look_inside", "run": "0" * 32, "which": "best", "given": {}}
    desk.receive({"client": "c", "ops": [{"seq": 1, **asked}]})
    assert page_json(desk, "en")["looking"]["run"] == run.id


def test_runs_of_other_towers_on_the_same_data_can_be_put_beside(desk):
    own = trained(desk, "own")
    alike, other = new_desk("me", digits()), new_desk("me", recipe("shapes-cnn"))
    stranger = new_desk("eve", digits())
    beside = trained(alike, "alike")
    for n, one in enumerate((other, stranger)):
        trained(one, f"not {n}")
    told = page_json(desk, "en")
    assert [run["id"] for run in told["runs"]] == [own.id]
    assert [run["id"] for run in told["others"]] == [beside.id]


def test_the_page_is_told_the_tower_that_the_run_trained(desk):
    trained(desk, "one")
    desk.build(digits().tower.__class__(digits().tower.data))
    told = page_json(desk, "ko")
    assert len(told["tower"]["stages"]) == 6
    assert told["tower"]["pictures"]
    assert told["methods"][0]["name"] == "grad_cam"
    json.dumps(told, allow_nan=False)
