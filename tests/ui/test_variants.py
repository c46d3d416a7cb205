"""Variants: what is offered, what a plan would be, and what came of a study."""

from __future__ import annotations

import json

import pytest
from filelock import FileLock

from bricks import edit
from bricks.project import Project
from bricks.tower import Placed, Ref, Tower
from bricks.training.measures import METRICS
from bricks.variants import Plan, varied
from bricks.words import Text
from tests.training.workshop import digits
from training.ledger import Ledger
from training.rows import DONE, STOPPED
from training.settings import Settings
from training.store import Store
from training.studies import Studies, record
from training.studies.trial import HOPELESS
from training.tables import writing
from ui import desk as desks
from ui.desk import Desk
from ui.live.payload import live_json
from ui.opening import new_desk
from ui.variants.outlook import SAMPLED, sampled
from ui.variants.page import page_json
from ui.variants.studied import goal_json

UNITS = {"brick": "d", "name": "units", "values": [16, 32]}
RATE = {"brick": "o", "name": "rate", "values": [0.1, 0.2, 0.4]}
OPTIMIZER = {"brick": None, "name": "optimizer", "values": ["adam", "sgd"]}
STEPS = {"brick": None, "name": "learning_rate", "low": 1e-4, "high": 0.1, "log": True}


def plan(*axes: dict, **more) -> dict:
    """A plan as the browser sends it."""
    usual = {"method": "grid", "trials": 20, "epochs": 2, "prune": True}
    return {"axes": list(axes), **usual, "minutes": None, "seed": 42, **more}


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    """A desk with a small tower, on a home of its own in which no trainer can start."""
    home = Settings.from_environment({"BRICKYARD_HOME": str(tmp_path / "home")})
    store = Store(home.database)
    monkeypatch.setattr(desks, "store", lambda: store)
    monkeypatch.setattr(desks, "settings", lambda: home)
    with FileLock(home.lock, thread_local=False):
        yield new_desk("me", digits())
    store.close()


@pytest.fixture
def send(desk):
    """Sends operations as the browser does."""
    seq = iter(range(1, 100))

    def sent(op: str, **told) -> None:
        row = {"seq": next(seq), "op": op, **told}
        desk.receive({"client": "tab", "ops": [row]})

    return sent


def page(desk: Desk, lang: str = "en") -> dict:
    """What the browser gets: plain data, without what JSON has no number for."""
    data = page_json(desk, studies(desk), desks.settings(), None, lang)
    return json.loads(json.dumps(data, allow_nan=False))


def studies(desk: Desk) -> Studies:
    return Studies(desks.store())


def asked(desk: Desk, send, *axes: dict, **more) -> str:
    """The id of a study that is on its way."""
    send("ask_variants", plan=plan(*axes, **more), key=f"k{len(axes)}{more}")
    return page(desk)["study"]["id"]


def tried(desk: Desk, study: str, number: int, chosen: dict, *shares: float, **more):
    """A trial that came to these accuracies, as the trainer has it."""
    row = studies(desk).study("me", study)
    variant = varied(Project.from_json(row.document), chosen)
    with writing(desks.store().engine) as connection:
        record.add_run(connection, row, number, chosen, variant)
    ledger = Ledger(desks.settings().database)
    run = ledger.take()
    for epoch, share in enumerate(shares, 1):
        figures = {"epoch": epoch, "loss": 1.0, "val_loss": 1.0, "seconds": 2.0}
        ledger.epoch(run.id, figures | {"val_accuracy": share})
    ledger.end(run.id, more.get("state", DONE), more.get("reason"))
    ledger.close()


def test_every_offer_says_what_it_takes_and_some_are_advised_first(desk):
    plan = page(desk)["plan"]
    keys = [offer["key"] for offer in plan["offers"]]
    assert len(set(keys)) == len(keys)
    assert {offer["param"] for offer in plan["offers"]} <= set(plan["params"])
    assert plan["tips"] == [
        "d.units",
        "o.rate",
        "training.learning_rate",
        "training.optimizer",
    ]
    units = plan["offers"][keys.index("d.units")]
    assert (units["group"], units["title"], units["now"]) == ("Dense 32", "units", 32)


def test_the_words_of_the_training_are_told_in_the_pages_language(desk):
    plan = page(desk, "ko")["plan"]
    titles = {offer["key"]: offer["title"] for offer in plan["offers"]}
    assert titles["training.learning_rate"] == "학습률"
    labels = plan["params"]["training.schedule"]["labels"]
    assert labels["null"] == "그대로"


def test_a_plan_says_how_many_variants_it_has_and_which_do_not_hold(desk, send):
    top = {"brick": "a", "name": "units", "values": [10, 11]}
    send("plan_variants", plan=plan(top, RATE))
    outlook = page(desk)["plan"]["outlook"]
    assert (outlook["count"], outlook["misfits"]) == (6, 3)


WRONG = [
    ({}, "can't be read"),
    (plan(), "Choose at least one setting"),
    (plan({**UNITS, "brick": "gone"}), "no longer in the tower"),
    (
        plan({**UNITS, "values": list(range(1, 41))}, {**RATE}, OPTIMIZER),
        "240 variants",
    ),
    (plan(STEPS), "needs values"),
]


@pytest.mark.parametrize(("data", "said"), WRONG, ids=[row[1] for row in WRONG])
def test_what_can_not_be_tried_is_said_and_not_begun(desk, send, data, said):
    send("plan_variants", plan=data)
    assert said in page(desk)["plan"]["refused"]
    send("ask_variants", plan=data, key="k")
    assert said in str(desk.complaint)
    assert page(desk)["studies"] == []


def test_a_double_click_asks_for_one_study(desk, send):
    for _ in range(2):
        send("ask_variants", plan=plan(UNITS), key="same")
    assert desk.complaint is None
    assert len(page(desk)["studies"]) == 1
    send("ask_variants", plan=plan(UNITS), key="other")
    assert "being tried already" in str(desk.complaint)


def test_a_tower_that_does_not_hold_is_not_tried(desk, send):
    desk.build(edit.remove(desk.project.tower, "a"))
    send("ask_variants", plan=plan(UNITS), key="k")
    assert desk.complaint is not None
    assert page(desk)["studies"] == []


def test_a_study_tells_its_trials_and_the_best(desk, send):
    study = asked(desk, send, UNITS, RATE)
    tried(desk, study, 1, {"d.units": 16, "o.rate": 0.1}, 0.5, 0.7)
    tried(desk, study, 2, {"d.units": 32, "o.rate": 0.1}, 0.6, 0.9)
    early = {"state": STOPPED, "reason": HOPELESS.to_json()}
    tried(desk, study, 3, {"d.units": 32, "o.rate": 0.2}, 0.3, **early)
    known = studies(desk).study("me", study)
    with writing(desks.store().engine) as connection:
        chosen = {"d.units": 16, "o.rate": 0.2}
        record.add_misfit(connection, known.id, 4, chosen, Text("it hangs"))
    data = page(desk)["study"]
    rows = {row["number"]: row for row in data["rows"]}
    assert data["best"] == 2
    assert [rows[n]["state"] for n in (1, 2, 3, 4)] == [
        "done",
        "done",
        "pruned",
        "misfit",
    ]
    assert rows[1]["chosen"] == [16, 0.1]
    assert (rows[2]["value"], rows[2]["epoch"], rows[2]["seconds"]) == (0.9, 2, 4.0)
    assert (rows[4]["said"], rows[4]["run"]) == ("it hangs", None)
    # Four of six have ended, and took 10 s.
    assert data["left"] == pytest.approx(2 * 10 / 3)


def test_taking_a_variant_is_one_step_back_and_forth(desk, send):
    before = desk.project
    study = asked(desk, send, UNITS, OPTIMIZER)
    chosen = {"d.units": 16, "training.optimizer": "sgd"}
    tried(desk, study, 1, chosen, 0.9)
    assert [row["mine"] for row in page(desk)["study"]["rows"]] == [False]
    send("take_variant", study=study, trial=1)
    assert desk.project.tower.brick("d").settings["units"] == 16
    assert desk.project.training.optimizer == "sgd"
    assert [row["mine"] for row in page(desk)["study"]["rows"]] == [True]
    send("undo")
    assert desk.project == before


def test_a_tower_that_was_changed_since_is_told_so(desk, send):
    study = asked(desk, send, UNITS)
    tried(desk, study, 1, {"d.units": 16}, 0.9)
    assert page(desk)["study"]["changed"] == ""
    desk.build(edit.remove(desk.project.tower, "o"))
    assert page(desk)["study"]["changed"] == "other"
    desk.build(edit.remove(desk.project.tower, "d"))
    assert page(desk)["study"]["changed"] == "gone"
    before = desk.project
    send("take_variant", study=study, trial=1)
    assert "no longer in the tower" in str(desk.complaint)
    assert desk.project == before


def test_a_study_is_stopped_deleted_and_had_again(desk, send):
    study = asked(desk, send, UNITS)
    send("delete_study", study=study)
    assert "stop them first" in str(desk.complaint)
    send("stop_study", study=study)
    assert page(desk)["study"]["state"] == STOPPED
    send("delete_study", study=study)
    assert page(desk)["studies"] == []
    assert page(desk)["deleted"] == 1
    send("restore_study")
    assert page(desk)["study"]["id"] == study


def test_one_goes_to_a_new_plan_and_back_to_a_study(desk, send):
    study = asked(desk, send, UNITS)
    send("open_study", study=None)
    assert "plan" in page(desk)
    assert page(desk)["going"] == "Small"
    send("open_study", study=study)
    assert page(desk)["study"]["id"] == study


def test_nobody_touches_the_study_of_another(desk, send):
    theirs = new_desk("you", digits())
    row = studies(desk).ask(
        "you", theirs.id, digits().to_json(), Plan.from_json(plan(UNITS)), "k"
    )
    tried_before = desk.project
    for op in ("stop_study", "delete_study", "open_study", "take_variant"):
        send(op, study=row.id, trial=1)
    assert studies(desk).study("you", row.id) == row
    assert "study" not in page(desk)
    assert desk.project == tried_before


ODD = [
    {"op": "open_study", "study": 7},
    {"op": "take_variant"},
    {"op": "take_variant", "study": None, "trial": "1"},
    {"op": "restore_study"},
    {"op": "stop_study", "study": {}},
    {"op": "plan_variants", "plan": [1]},
]


@pytest.mark.parametrize("op", ODD, ids=str)
def test_what_no_page_of_ours_sends_changes_nothing(desk, send, op):
    before = desk.project
    send(**op)
    assert desk.project == before
    assert page(desk)["studies"] == []


def test_a_large_plan_is_looked_at_in_samples_over_all_of_it():
    many = [
        {"brick": "d", "name": "units", "values": list(range(1, 41))},
        {"brick": "o", "name": "rate", "values": [0.1, 0.2, 0.3, 0.4, 0.5]},
    ]
    grid = Plan.from_json(plan(*many))
    seen = [*sampled(grid)]
    assert len({(chosen["d.units"], chosen["o.rate"]) for chosen in seen}) == SAMPLED
    assert {chosen["o.rate"] for chosen in seen} == {0.1, 0.2, 0.3, 0.4, 0.5}
    units = [chosen["d.units"] for chosen in seen]
    assert min(units) < 10 < 30 < max(units)
    search = Plan.from_json(plan(STEPS, method="search", trials=200))
    rates = [chosen["training.learning_rate"] for chosen in sampled(search)]
    assert len(rates) == SAMPLED
    assert all(1e-4 <= rate <= 0.1 for rate in rates)
    assert min(rates) < 1e-3 < 1e-2 < max(rates)


def test_two_bricks_of_one_setting_are_named_once_in_the_menu(desk, send):
    asked(desk, send, UNITS, {**UNITS, "brick": "a", "values": [10]}, RATE)
    assert [row["axes"] for row in page(desk)["studies"]] == [["units", "rate"]]


def test_parameters_of_one_name_are_described_for_each_block_by_itself(desk):
    def block(id: str, brick: str, setting: str, value: float) -> Placed:
        inner = Placed(brick, {setting: Ref("f")}, id=f"in {id}")
        return Placed("Block", id=id, inner=((inner,),), parameters={"f": value})

    blocks = block("wide", "Dense", "units", 8), block("drop", "Dropout", "rate", 0.5)
    tower = Tower(digits().tower.data, (Placed("Flatten", id="f"), *blocks))
    desk.build(tower)
    plan = page(desk)["plan"]
    of = {offer["key"]: plan["params"][offer["param"]] for offer in plan["offers"]}
    assert of["wide.parameters.f"]["kind"] == "whole"
    assert of["drop.parameters.f"]["kind"] != "whole"


def test_what_is_told_in_per_cent_is_so_in_every_view(desk):
    shares = live_json(desk, [], "en")["shares"]
    assert {"accuracy", "auc"} <= set(shares)
    told = {name: goal_json(f"val_{name}", str)["share"] for name in (*METRICS, "loss")}
    assert [name for name, share in told.items() if share] == shares
