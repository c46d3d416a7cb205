"""A desk takes own data under the tower; all that is changed about them is undone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bricks.project import Project
from bricks.tower import GROUND, Placed
from bricks.training import Training
from bricks.walk import walk
from tests.pictures import folder_of
from tests.towers import tower
from tests.uploads.taken import took
from training.settings import Settings
from training.store import Store
from ui import desk as desks
from ui.board.payload import payload
from ui.data import choosing as chooser
from ui.data import own, passed_over
from ui.data.sheet import sheet_json
from ui.desk import Desk
from ui.opening import new_desk
from uploads import binding
from uploads.dataset import DataSet
from uploads.shelf import Shelf, new_id


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    """A desk with an empty tower, on a record and a home of its own."""
    store = Store(f"sqlite:///{tmp_path}/brickyard.db")
    home = Settings.from_environment({"BRICKYARD_HOME": str(tmp_path / "home")})
    monkeypatch.setattr(desks, "store", lambda: store)
    monkeypatch.setattr(desks, "settings", lambda: home)
    yield new_desk("me", Project("mine", tower(data="Digits")))
    store.close()


def brought(shelf: Shelf, root: Path, **classes: int) -> DataSet:
    """A data set of real pictures on the shelf, called Pets."""
    source = folder_of(root / new_id() / "Pets", classes or {"cats": 8, "dogs": 12})
    where = shelf.incoming(new_id())
    where.mkdir(parents=True)
    return shelf.put(took(source, where), where)


class Sender:
    """Sends operations as the browser does."""

    def __init__(self, desk: Desk, dataset: DataSet) -> None:
        self.desk, self.dataset, self.seq = desk, dataset, 0

    def __call__(self, op: str, **told) -> dict:
        self.seq += 1
        row = {"seq": self.seq, "op": op, "dataset": self.dataset.id, **told}
        self.desk.receive({"client": "tab", "ops": [row]})
        return binding.full(self.desk.project.tower.data)


@pytest.fixture
def send(desk, tmp_path) -> Sender:
    """A desk whose tower was put on two classes."""
    send = Sender(desk, brought(desk.shelf, tmp_path))
    send("put_on")
    return send


def test_a_tower_is_put_on_own_data_and_back(send, desk):
    assert desk.project.tower.data.kind == "Images"
    assert sum(binding.full(desk.project.tower.data)["counts"]) == 20
    send("undo")
    assert desk.project.tower.data == Placed("Digits", id=GROUND)


def test_what_was_changed_is_undone_step_by_step(send):
    assert send("rename_class", name="cats", new="kittens")["names"][0] == "kittens"
    assert send("drop_class", name="dogs")["names"] == ("kittens",)
    assert send("undo")["names"] == ("kittens", "dogs")
    assert send("undo")["names"] == ("cats", "dogs")
    assert send("redo")["names"] == ("kittens", "dogs")


def test_a_picture_left_out_is_counted_out(send):
    key = send.dataset.items[0].key
    assert sum(send("move_pictures", keys=[key], name="")["counts"]) == 19
    assert sum(send("put_back", keys=[key])["counts"]) == 20


def test_another_tower_finds_own_data_as_they_were_left(send, desk):
    send("rename_class", name="cats", new="kittens")
    other = new_desk("me", Project("other", tower(data="Digits")))
    names = Sender(other, send.dataset)("put_on")["names"]
    assert names == ("kittens", "dogs")


def test_nobody_else_can_take_own_data(send):
    other = new_desk("you", Project("theirs", tower(data="Digits")))
    Sender(other, send.dataset)("put_on")
    assert other.project.tower.data.kind == "Digits"


STRANGE = [
    {"op": "rename_class", "name": 3, "new": ["x"]},
    {"op": "rename_class", "name": "cats", "new": ""},
    {"op": "drop_class"},
    {"op": "move_pictures", "keys": "all", "name": "cats"},
    {"op": "move_pictures", "keys": [None, {}, "x" * 500], "name": "cats"},
    {"op": "move_pictures", "keys": [], "name": "nowhere"},
    {"op": "put_on", "dataset": "../../etc"},
    {"op": "put_on", "dataset": None},
]


@pytest.mark.parametrize("op", STRANGE, ids=lambda op: json.dumps(op)[:60])
def test_what_no_page_of_ours_sends_changes_nothing(send, desk, op):
    before = desk.project.tower
    send(**op)
    assert desk.project.tower == before


def test_a_setting_changed_on_the_board_counts_anew(send):
    counts = send("set", id="data", setting="test", value=0.4)["counts"]
    assert counts == (8, 4, 8)


def test_a_ready_tower_for_pictures_stands_on_the_persons_own(send, desk):
    send("recipe", name="book-cats-dogs")
    data = desk.project.tower.data
    assert len(desk.project.tower.bricks) > 3
    assert data.settings["dataset"] == send.dataset.id
    assert data.settings["names"] == ("cats", "dogs")


def top(desk: Desk) -> dict:
    return desk.project.tower.bricks[-1].settings


def problems(desk: Desk) -> list[str]:
    return [str(s.problem) for s in walk(desk.project.tower) if s.problem]


def test_a_ready_tower_is_made_to_fit_the_persons_classes(desk, tmp_path):
    two = Sender(desk, brought(desk.shelf, tmp_path))
    two("put_on")
    assert two("recipe", name="resnet-18")["label"] == "Category"
    assert problems(desk) == []
    assert top(desk)["units"] == 2
    assert two("recipe", name="book-cats-dogs")["label"] == "YesNo"
    assert problems(desk) == []
    assert top(desk) == {"units": 1, "activation": "sigmoid"}
    two.dataset = brought(desk.shelf, tmp_path, a=9, b=9, c=9)
    two("put_on")
    assert two("recipe", name="book-cats-dogs")["label"] == "Category"
    assert problems(desk) == []
    assert top(desk) == {"units": 3, "activation": "softmax"}


def test_a_ready_tower_on_pictures_with_values_tells_a_value(desk, tmp_path):
    source = folder_of(tmp_path / "Ages", {"in": 12})
    rows = [f"{n:03}.jpg,{n / 4}" for n in range(12)]
    (source / "ages.csv").write_text("\n".join(["picture,value", *rows]))
    where = desk.shelf.incoming(new_id())
    where.mkdir(parents=True)
    send = Sender(desk, desk.shelf.put(took(source, where), where))
    send("put_on")
    assert send("recipe", name="book-cats-dogs")["label"] == "Value"
    assert problems(desk) == []
    assert top(desk)["units"] == 1


def test_an_ordinary_change_of_the_data_leaves_the_bricks_alone(send, desk):
    send("recipe", name="book-cats-dogs")
    bricks = desk.project.tower.bricks
    key = send.dataset.items[0].key
    assert send("move_pictures", keys=[key], name="kittens")["label"] == "Category"
    assert desk.project.tower.bricks == bricks
    send("drop_class", name="kittens")
    assert problems(desk) == []


def test_a_third_class_that_is_left_out_again_gives_back_yes_or_no(
    send, desk, tmp_path
):
    assert binding.full(desk.project.tower.data)["label"] == "YesNo"
    more = folder_of(tmp_path / "more", {"birds": 5, "cats": 9})
    where = desk.shelf.incoming(new_id())
    where.mkdir(parents=True)
    desk.shelf.save(took(more, where, into=send.dataset))
    assert send("put_on")["label"] == "Category"
    assert send("drop_class", name="birds")["label"] == "YesNo"


def test_class_weights_stay_with_the_data_and_not_with_other_data(send, desk):
    desk.train_with(Training(class_weights=True))
    send("recipe", name="book-cats-dogs")
    assert desk.project.training.class_weights
    send("recipe", name="mnist-cnn")
    assert not desk.project.training.class_weights


def test_a_class_can_be_made_of_pictures(send):
    keys = [one.key for one in send.dataset.items[:4]]
    names = send("move_pictures", keys=keys, name="새 고양이")["names"]
    assert names == ("cats", "dogs", "새 고양이")
    assert send("undo")["names"] == ("cats", "dogs")


def test_a_tower_whose_data_are_gone_knows_the_same_pictures_again(
    send, desk, tmp_path
):
    key = send.dataset.items[0].key
    send("rename_class", name="cats", new="kittens")
    before = send("move_pictures", keys=[key], name="")
    desk.shelf.drop(send.dataset.id)
    again = brought(desk.shelf, tmp_path)
    after = Sender(desk, again)
    after.seq = send.seq
    assert after("put_on")["content"] == before["content"]


def test_a_tower_still_knows_what_was_deleted_under_it(send, desk, monkeypatch):
    monkeypatch.setattr(own, "store", desks.store)
    monkeypatch.setattr(chooser, "settings", desks.settings)
    assert chooser.gone(desk) is None
    own.delete(desk, send.dataset)
    assert desk.shelf.get(send.dataset.id) is None
    assert chooser.gone(desk) == "Pets"
    assert binding.full(desk.project.tower.data)["names"] == ("cats", "dogs")


def test_one_picture_many_times_is_one_reason(desk, tmp_path):
    source = folder_of(tmp_path / "Pets", {"cats": 8, "dogs": 9})
    first = source / "cats" / "000.jpg"
    for n in range(59):
        shutil.copy(first, source / "cats" / f"copy{n}.jpg")
    (source / "cats" / "bad.jpg").write_text("no picture")
    where = desk.shelf.incoming(new_id())
    where.mkdir(parents=True)
    dataset = took(source, where)
    told = passed_over.by_reason(dataset.skipped, str)
    assert told[0] == ("the same picture again", 59)
    assert [count for _reason, count in told] == [59, 1]


def test_the_board_is_not_sent_lists_of_pictures(send, desk):
    keys = [item.key for item in send.dataset.items]
    send("move_pictures", keys=keys[:5], name="")
    ground = payload(desk.project, "en")["tower"][0]
    assert {"dataset", "title"} <= set(ground["settings"])
    assert not {"changes", "names", "counts", "folders"} & set(ground["settings"])
    assert ground["settings"]["title"] == "Pets"


def test_the_sheet_tells_in_which_part_each_picture_is(send, desk):
    key = send.dataset.items[0].key
    send("move_pictures", keys=[key], name="")
    told = sheet_json(desk, send.dataset, "en")
    counts = binding.full(desk.project.tower.data)["counts"]
    assert tuple(told["parts"].count(letter) for letter in "tve") == counts
    assert told["parts"][0] == "-"
    json.dumps(told)


def test_a_class_that_is_added_later_is_one_more(send, desk, tmp_path):
    more = folder_of(tmp_path / "more", {"birds": 5, "cats": 9})
    where = desk.shelf.incoming(new_id())
    where.mkdir(parents=True)
    grown = took(more, where, into=send.dataset)
    desk.shelf.save(grown)
    full = send("put_on")
    assert full["names"] == ("birds", "cats", "dogs")
    assert sum(full["counts"]) == len(grown.items)


def test_what_was_added_stays_undone_when_something_else_is_changed(
    send, desk, tmp_path
):
    more = folder_of(tmp_path / "more", {"cats": 11})
    where = desk.shelf.incoming(new_id())
    where.mkdir(parents=True)
    desk.shelf.save(took(more, where, into=send.dataset))
    assert sum(send("put_on")["counts"]) == 23
    send("undo")
    assert sum(send("rename_class", name="cats", new="kittens")["counts"]) == 20
    assert sum(send("put_on")["counts"]) == 23
