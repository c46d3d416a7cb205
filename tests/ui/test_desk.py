"""A desk applies each operation once, undoes, and never overwrites another tab."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bricks.project import Project
from bricks.recipes import recipe
from bricks.training import Training
from tests.towers import tower
from training.store import Store
from ui import desk as desks
from ui.board.pieces import pieces_json
from ui.desk import Desk
from ui.opening import new_desk, open_desk


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    """A desk with an empty tower, on a record of its own."""
    store = Store(f"sqlite:///{tmp_path}/brickyard.db")
    monkeypatch.setattr(desks, "store", lambda: store)
    yield new_desk("me", Project("mine", tower(data="Digits")))
    store.close()


def put(seq: int, kind: str = "Flatten") -> dict:
    return {"seq": seq, "op": "put", "id": f"n{seq}", "kind": kind, "after": "top"}


def send(desk: Desk, *ops: dict, client: str = "tab") -> None:
    desk.receive({"client": client, "ops": list(ops)})


def kinds(desk: Desk) -> list[str]:
    return [placed.kind for placed in desk.project.tower.bricks]


def test_an_operation_sent_again_is_applied_once(desk):
    send(desk, put(1))
    send(desk, put(1), put(2, "Dense"))
    send(desk, put(1), put(2, "Dense"))
    assert kinds(desk) == ["Flatten", "Dense"]
    assert desk.acks == {"tab": 2}


def test_an_undo_sent_again_undoes_once(desk):
    undo = {"seq": 3, "op": "undo"}
    send(desk, put(1), put(2, "Dense"), undo)
    send(desk, undo)
    assert kinds(desk) == ["Flatten"]
    send(desk, {"seq": 4, "op": "redo"}, {"seq": 5, "op": "redo"})
    assert kinds(desk) == ["Flatten", "Dense"]


def test_two_scripts_of_one_page_do_not_take_each_other_for_a_tab(desk):
    ops = [put(n) for n in range(1, 41)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: send(desk, *ops[:n]), range(1, 41)))
    assert not desk.elsewhere
    assert len(kinds(desk)) == 40
    assert kinds(open_desk("me")) == kinds(desk)


def test_a_restarted_server_remembers_what_it_has_applied(desk):
    send(desk, put(1), put(2, "Dense"), {"seq": 3, "op": "remove", "id": "n1"})
    again = open_desk("me")
    send(again, put(1), put(2, "Dense"), {"seq": 3, "op": "remove", "id": "n1"})
    assert kinds(again) == ["Dense"]


def test_every_edit_is_saved_as_it_is_made(desk):
    send(desk, put(1))
    assert open_desk("me").project == desk.project


def test_a_recipe_can_be_undone(desk):
    send(desk, put(1), {"seq": 2, "op": "recipe", "name": "mnist-mlp"})
    assert desk.project.name == recipe("mnist-mlp").name
    assert desk.project.training == recipe("mnist-mlp").training
    send(desk, {"seq": 3, "op": "undo"})
    assert kinds(desk) == ["Flatten"]
    assert (desk.project.name, desk.project.training) == ("mine", Training())
    send(desk, {"seq": 4, "op": "redo"})
    assert desk.project.name == recipe("mnist-mlp").name


def test_undo_leaves_the_training_and_the_name_alone(desk):
    send(desk, put(1))
    desk.train_with(Training(epochs=77))
    desk.rename("better")
    send(desk, {"seq": 2, "op": "undo"})
    assert kinds(desk) == []
    assert (desk.project.name, desk.project.training.epochs) == ("better", 77)


def test_what_is_not_saved_is_not_acknowledged(desk):
    other = open_desk("me", desk.id)
    send(other, put(1, "Dense"), client="other")
    send(desk, put(1))
    assert desk.saved == {}
    desk.keep_mine()
    assert desk.saved["tab"] == 1


def test_an_outbox_without_news_saves_nothing(desk):
    send(desk, put(1))
    version = desk.version
    send(desk, put(1))
    send(desk)
    assert desk.version == version


def test_a_project_that_cannot_be_read_keeps_nobody_out(desk):
    desks.store().save_project("me", desk.id, desk.version, "x", "rubbish", {})
    again = open_desk("me")
    assert again.id != desk.id
    assert desks.store().project("me", desk.id).document == "rubbish"


SENSELESS = [
    {},
    {"client": 1, "ops": []},
    {"client": "a", "ops": 3},
    {"client": "a", "ops": [None, 1, {"seq": "1"}]},
    {"client": "a", "ops": [{"seq": 1, "op": "recipe", "name": "x"}]},
]


@pytest.mark.parametrize("outbox", SENSELESS, ids=str)
def test_an_outbox_that_makes_no_sense_changes_nothing(desk, outbox):
    before = desk.project
    desk.receive(outbox)
    assert desk.project == before


def test_the_second_tab_to_save_is_told_and_overwrites_nothing(desk):
    other = open_desk("me", desk.id)
    send(other, put(1, "Dense"), client="other")
    send(desk, put(1))
    assert desk.elsewhere
    assert kinds(open_desk("me", desk.id)) == ["Dense"]


STAR = {"op": "star_run", "run": "0" * 32, "on": True}


def test_what_changes_no_tower_is_no_conflict_between_tabs(desk):
    other = open_desk("me", desk.id)
    for seq in (1, 2):
        send(other, STAR | {"seq": seq}, client="other")
        send(desk, STAR | {"seq": seq})
    assert not desk.elsewhere
    assert not other.elsewhere
    assert desk.saved == {"other": 2, "tab": 2}


def test_a_star_beside_another_tabs_tower_takes_that_tower(desk):
    other = open_desk("me", desk.id)
    send(other, put(1, "Dense"), client="other")
    send(desk, STAR | {"seq": 1})
    assert not desk.elsewhere
    assert desk.saved["tab"] == 1
    assert kinds(desk) == kinds(open_desk("me", desk.id)) == ["Dense"]


def test_a_tower_built_after_another_tabs_star_is_saved(desk):
    other = open_desk("me", desk.id)
    send(other, STAR | {"seq": 1}, client="other")
    send(desk, put(1, "Dense"))
    assert not desk.elsewhere
    assert kinds(open_desk("me", desk.id)) == ["Dense"]


def test_after_a_tower_was_taken_over_both_tabs_still_ask(desk):
    other = open_desk("me", desk.id)
    send(other, put(1, "Dense"), client="other")
    send(desk, STAR | {"seq": 1})
    send(other, put(2), client="other")
    send(desk, put(2, "Dropout"))
    assert desk.elsewhere
    assert kinds(open_desk("me", desk.id)) == ["Dense", "Flatten"]


def test_mine_or_theirs_is_for_the_user_to_say(desk):
    other = open_desk("me", desk.id)
    send(other, put(1, "Dense"), client="other")
    send(desk, put(1))
    desk.take_theirs()
    assert kinds(desk) == ["Dense"]
    send(desk, {"seq": 2, "op": "undo"})
    assert kinds(desk) == ["Flatten"]
    assert not desk.elsewhere


def test_keeping_mine_saves_it(desk):
    other = open_desk("me", desk.id)
    send(other, put(1, "Dense"), client="other")
    send(desk, put(1))
    desk.keep_mine()
    assert kinds(open_desk("me", desk.id)) == ["Flatten"]


def test_nobody_opens_the_project_of_another(desk):
    send(desk, put(1))
    stranger = open_desk("stranger", desk.id)
    assert stranger.id != desk.id
    assert kinds(stranger) == []


def test_a_name_is_cleaned_and_an_empty_one_ignored(desk):
    desk.rename("  my\n\u202etower ")
    desk.rename(" \n")
    assert open_desk("me").project.name == "my tower"


def test_own_bricks_are_kept_for_every_project_and_dropped(desk):
    send(desk, put(1), put(2, "Dense"))
    send(desk, {"seq": 3, "op": "save_piece", "ids": ["n1", "n2"], "name": "Head"})
    kept = new_desk("me", Project("other", tower())).pieces()
    assert [(p.name, len(b["bricks"])) for p, b in zip(kept, pieces_json(kept))] == [
        ("Head", 2)
    ]
    assert new_desk("you", Project("theirs", tower())).pieces() == []
    send(desk, {"seq": 4, "op": "drop_piece", "piece": kept[0].id})
    assert desk.pieces() == []


def test_advice_on_the_training_is_taken_and_undone(desk):
    grey = [("RepeatChannels", {}), ("Resizing", {"height": 96, "width": 96})]
    base = ("MobileNet", {"include_top": False, "frozen": False, "pooling": "avg"})
    answer = ("Dense", {"units": 10, "activation": "softmax"})
    desk.project = Project("mine", tower(*grey, base, answer, data="Digits"))
    take = {"op": "suggest", "rule": "thawed_fast", "id": "b2"}
    send(desk, {"seq": 1, **take}, {"seq": 2, **take})
    assert desk.project.training == Training(learning_rate=1e-5)
    assert kinds(desk) == ["RepeatChannels", "Resizing", "MobileNet", "Dense"]
    send(desk, {"seq": 3, "op": "undo"})
    assert desk.project.training == Training()


def test_a_rule_is_switched_off_and_on_for_a_project(desk):
    off = {"seq": 1, "op": "silence", "rule": "dropout"}
    send(desk, off)
    assert Project.from_json(desk.project.to_json()).silenced == ("dropout",)
    send(desk, {"seq": 2, "op": "unsilence", "rule": "dropout"})
    assert desk.project.silenced == ()


CODE = "model = Sequential([Flatten(input_shape=(28, 28)), Dense(10, 'softmax')])"


def test_pasted_code_is_taken_over_only_when_asked(desk):
    send(desk, {"seq": 1, "op": "read", "text": CODE})
    assert kinds(desk) == []
    assert len(desk.reading.to_json("ko")["tower"]) == 4
    send(desk, {"seq": 2, "op": "take_reading"})
    assert kinds(desk) == ["Flatten", "Dense"]
    assert desk.reading is None
    send(desk, {"seq": 3, "op": "undo"})
    assert kinds(desk) == []


def test_pasted_text_that_is_no_code_gets_a_sentence(desk):
    send(desk, {"seq": 1, "op": "read", "text": "hello (("})
    assert desk.reading.project is None
    assert desk.reading.to_json("en")["error"]
    send(desk, {"seq": 2, "op": "drop_reading"})
    assert desk.reading is None
