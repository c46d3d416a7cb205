"""Studies on record: asked for once, by one person, told trial by trial."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bricks.errors import ProjectError
from bricks.variants import Axis, Plan
from tests.training.studying import PLAN, TOWER, UNITS, ask, train
from training.asking import Refused
from training.rows import DONE, RUNNING, STOPPED
from training.studies import MISFIT, record
from training.tables import reading, writing


def test_a_double_click_is_one_study(store, studies):
    project = store.create_project("ann", "Mine", TOWER)
    twice = [studies.ask("ann", project.id, TOWER, PLAN, "k") for _ in range(2)]
    assert twice[0] == twice[1]
    assert studies.studies("ann") == studies.studies("ann", project.id) == [twice[0]]
    assert (twice[0].state, twice[0].name) == (RUNNING, "Small")
    assert Plan.from_json(twice[0].plan) == PLAN


def test_one_study_of_a_person_runs_at_a_time(store, studies):
    first = ask(store)
    with pytest.raises(Refused, match="being tried already"):
        ask(store, key="l")
    ask(store, owner="bob")
    studies.stop("ann", first.id)
    assert ask(store, key="l").state == RUNNING


REFUSED = {
    "no axes": (Plan(()), TOWER, "at least one setting"),
    "a large grid": (
        Plan(
            (UNITS, Axis(None, "seed", tuple(range(50))), Axis("o", "rate", (0.0, 0.1)))
        ),
        TOWER,
        "300 variants",
    ),
    "many trials": (replace(PLAN, trials=500), TOWER, "trials must be a whole number"),
    "no project": (PLAN, "{", "not a project file"),
}


@pytest.mark.parametrize(("plan", "document", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_tried_is_refused_and_not_on_record(
    store, studies, plan, document, said
):
    with pytest.raises(ProjectError, match=said):
        ask(store, plan, document=document)
    assert studies.studies("ann") == []


def test_nobody_varies_another_persons_project(store, studies):
    project = store.create_project("ann", "Mine", TOWER)
    with pytest.raises(Refused, match="no such project"):
        studies.ask("eve", project.id, TOWER, PLAN, "k")


def test_a_data_set_is_in_use_between_two_runs_of_a_study(store, studies):
    study = ask(store)
    assert store.uses("ann", "Digits") == ["Small"]
    studies.stop("ann", study.id)
    assert store.uses("ann", "Digits") == []


DEEDS = {
    "study": lambda studies, owner, id: studies.study(owner, id),
    "studies": lambda studies, owner, id: studies.studies(owner),
    "trials": lambda studies, owner, id: studies.trials(owner, id),
    "best": lambda studies, owner, id: studies.best(owner, id),
    "stop": lambda studies, owner, id: studies.stop(owner, id),
    "delete": lambda studies, owner, id: studies.delete(owner, id),
    "restore": lambda studies, owner, id: studies.restore(owner, id),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_nobody_reaches_another_persons_study(
    store, studies, ledger, running, deed, request
):
    study = ask(store)
    running.step()
    train(ledger, running, 0.5, 0.6)
    name = request.node.callspec.id
    if name in ("delete", "restore"):
        studies.stop("ann", study.id)
    if name == "restore":
        studies.delete("ann", study.id)
    study = studies.study("ann", study.id)
    assert not deed(studies, "eve", study.id)
    assert studies.study("ann", study.id) == study
    assert len(studies.trials("ann", study.id)) == 1
    assert deed(studies, "ann", study.id)  # or it would tell us nothing


def test_runs_of_a_study_leave_a_persons_own_runs_their_room(store, running):
    ask(store)
    for _ in range(3):
        running.step(spare=True)
    project = store.create_project("ann", "Mine", TOWER)
    for key in "abc":
        store.ask_run("ann", project.id, TOWER, key)
    with pytest.raises(Refused, match="You have 3 runs"):
        store.ask_run("ann", project.id, TOWER, "d")


def test_trials_are_told_with_what_was_chosen_and_how_they_did(
    store, studies, ledger, running
):
    study = ask(store, Plan((UNITS,), "grid", epochs=3, prune=False))
    for reached in ((0.1, 0.3, 0.2), (0.5, 0.7, 0.9), (0.4, 0.4, 0.4)):
        running.step()
        train(ledger, running, *reached)
    running.step()
    trials = studies.trials("ann", study.id)
    assert [(t.value, t.epoch, t.epochs, t.seconds) for t in trials] == [
        (0.3, 2, 3, 90.0),
        (0.9, 3, 3, 90.0),
        (0.4, 1, 3, 90.0),
    ]
    assert {trial.chosen["d.units"] for trial in trials} == {4, 8, 16}
    assert studies.best("ann", study.id) == trials[1]
    ended = studies.study("ann", study.id)
    assert (ended.state, ended.reason) == (DONE, None)
    assert ended.ended <= time.time()


def test_stop_ends_all_that_waits_and_asks_all_that_runs(
    store, studies, ledger, running
):
    study = ask(store)
    running.step()
    run = ledger.take()
    running.step(spare=True)
    assert studies.stop("ann", study.id)
    assert not studies.stop("ann", study.id)
    assert studies.study("ann", study.id).state == STOPPED
    first, second = studies.trials("ann", study.id)
    assert (first.run.id, first.run.wanted, second.state) == (run.id, STOPPED, STOPPED)
    running.step(spare=True)
    assert len(studies.trials("ann", study.id)) == 2


def test_a_study_is_deleted_with_its_runs_and_comes_back_with_them(
    store, studies, ledger, running
):
    study = ask(store)
    with pytest.raises(Refused, match="stop them first"):
        studies.delete("ann", study.id)
    for _ in range(2):
        running.step()
        train(ledger, running, 0.5)
    alone = store.runs("ann")[0]
    studies.stop("ann", study.id)
    store.delete_run("ann", alone.id)
    assert studies.delete("ann", study.id)
    assert not studies.delete("ann", study.id)
    assert (studies.studies("ann"), store.runs("ann")) == ([], [])
    assert studies.restore("ann", study.id)
    assert len(studies.studies("ann")) == 1
    assert [run.id for run in store.runs("ann")] != [alone.id]
    assert len(store.runs("ann")) == 1


def test_a_study_that_was_deleted_long_ago_is_forgotten(
    store, studies, ledger, running
):
    study = ask(store, Plan((Axis("a", "units", (9, 10)),), "grid"))
    running.step()
    studies.stop("ann", study.id)
    studies.delete("ann", study.id)
    with writing(ledger.engine) as connection:
        record.remove(connection, before=time.time() - 1000)
    assert studies.study("ann", study.id)
    with writing(ledger.engine) as connection:
        record.remove(connection, before=time.time() + 1)
    assert studies.study("ann", study.id) is None
    with reading(ledger.engine) as connection:
        left = record.trials(connection, study.id, "val_accuracy")
    assert MISFIT not in [trial.state for trial in left]
