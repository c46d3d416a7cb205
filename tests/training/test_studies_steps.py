"""Studies step by step: what is tried next, what is given up, when it ends."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bricks.catalog import catalog
from bricks.variants import Axis, Plan, varied
from bricks.words import Text
from tests.training.studying import UNITS, ask, train
from tests.training.workshop import digits
from training import tables
from training.rows import DONE, RUNNING, STOPPED, WAITING
from training.studies import MISFIT, PRUNED, Trial
from training.studies.running import Running
from training.studies.search import Search
from training.studies.trial import HOPELESS
from training.tables import writing


def test_one_run_of_a_study_waits_until_a_slot_is_to_spare(
    store, studies, ledger, running
):
    study = ask(store)
    for spare, count in ((False, 1), (False, 1), (True, 2)):
        running.step(spare)
        assert [t.state for t in studies.trials("ann", study.id)] == [WAITING] * count
    names = {trial.run.name for trial in studies.trials("ann", study.id)}
    assert names == {"Small #1", "Small #2"}
    assert {run.epochs for run in store.runs("ann")} == {2}


def test_a_search_begins_with_the_project_as_it_is(store, studies, running):
    study = ask(store, Plan((Axis("d", "units", (8, 32)),), "search", 2))
    running.step()
    (trial,) = studies.trials("ann", study.id)
    assert trial.chosen == {"d.units": 32}


def test_a_search_tries_nothing_twice_and_ends_when_all_was_tried(
    store, studies, ledger, running
):
    study = ask(store, Plan((UNITS,), "search", 20, 1))
    for _ in range(4):
        running.step()
        if store.place(studies.trials("ann", study.id)[-1].run.id):
            train(ledger, running, 0.5)
    ended = studies.study("ann", study.id)
    assert ended.state == DONE
    assert "Every variant was tried" in str(Text.from_json(ended.reason))
    chosen = [trial.chosen["d.units"] for trial in studies.trials("ann", study.id)]
    assert sorted(chosen) == [4, 8, 16]


SPACES = {
    "values": (Axis("d", "units", tuple(range(1, 8))), 7),
    "words": (Axis("d", "activation", (None, "relu", "tanh", "elu")), 4),
    "a range of whole numbers": (Axis("d", "units", low=3, high=8), 6),
    "pairs": (Axis("d", "kernel_regularizer", (None, ("l2", 0.1), ("l1", 0.1))), 3),
}


@pytest.mark.parametrize(("axis", "count"), SPACES.values(), ids=SPACES)
def test_a_search_finds_the_last_variant_of_a_few(axis, count):
    search = Search(Plan((axis,), "search", 50), digits(), "val_accuracy")
    told = []
    for number in range(1, count + 1):
        chosen = search.next(number)
        assert chosen not in [trial.chosen for trial in told]
        told.append(Trial(number, chosen, DONE, value=0.5))
        search.learn(told)
    assert search.next(count + 1) is None
    assert all(varied(digits(), trial.chosen) for trial in told)


def test_a_search_among_very_many_variants_is_quick_to_find_another():
    names = ("kernel_initializer", "bias_initializer", "activation", "units")
    most = {"units": tuple(range(1, 51))}
    params = {p.name: p for p in catalog()["Dense"].params}
    axes = [Axis("d", n, most.get(n) or params[n].choices[:9]) for n in names]
    search = Search(Plan(tuple(axes), "search", 9), digits(), "val_accuracy")
    assert search._left([]) is not None
    found = [search.next(number) for number in range(1, 10)]
    assert len({str(chosen) for chosen in found}) == 9


def test_numbers_of_a_range_are_short_and_within_it():
    axis = Axis(None, "learning_rate", low=0.00012345, high=0.00098765, log=True)
    search = Search(Plan((axis,), "search", 30), digits(), "val_accuracy")
    rates = [search.next(n)["training.learning_rate"] for n in range(1, 31)]
    assert all(axis.low <= rate <= axis.high for rate in rates)
    assert all(len(f"{rate:.10g}") <= 9 for rate in rates if rate != axis.low)


def test_towers_that_do_not_hold_are_listed_and_cost_no_run(
    store, studies, ledger, running
):
    study = ask(store, Plan((Axis("a", "units", (9, 10, 11)),), "grid", epochs=1))
    for _ in range(2):
        running.step()
        if studies.study("ann", study.id).state == RUNNING and store.runs("ann"):
            train(ledger, running, 0.5)
    running.step()
    trials = {t.chosen["a.units"]: t for t in studies.trials("ann", study.id)}
    assert [trials[units].state for units in (9, 10, 11)] == [MISFIT, DONE, MISFIT]
    assert "10 units" in str(trials[9].reason)
    assert trials[9].run is None
    assert len(store.runs("ann")) == 1
    assert studies.study("ann", study.id).state == DONE


def test_a_study_none_of_whose_towers_holds_says_so(store, studies, running):
    study = ask(store, Plan((Axis("a", "units", (8, 9)),), "search", 5))
    running.step()
    ended = studies.study("ann", study.id)
    assert ended.state == "failed"
    assert "No variant can be built" in str(Text.from_json(ended.reason))


def test_five_failures_in_a_row_end_a_study_in_a_sentence(
    store, studies, ledger, running
):
    study = ask(store, Plan((Axis(None, "seed", tuple(range(9))),), "grid", epochs=1))
    outcomes = ["failed", "failed", DONE, *["failed"] * 5]
    for state in outcomes:
        running.step()
        train(ledger, running, state=state, reason=Text("It burst."))
    running.step()
    ended = studies.study("ann", study.id)
    assert ended.state == "failed"
    said = str(Text.from_json(ended.reason))
    assert said == "5 variants in a row failed; the last one: It burst."
    assert len(studies.trials("ann", study.id)) == len(outcomes)


def test_a_study_ends_when_its_minutes_are_spent(store, studies, ledger, running):
    plan = Plan((Axis(None, "seed", tuple(range(9))),), "grid", epochs=9, minutes=1)
    study = ask(store, plan)
    running.step()
    run = train(ledger, running, 0.5, 0.6, 0.7)  # half a minute each
    assert (run.state, run.epoch) == (STOPPED, 3)
    ended = studies.study("ann", study.id)
    assert ended.state == DONE
    assert (
        str(Text.from_json(ended.reason))
        == "Time is up: these variants had 1 min to train."
    )
    assert studies.best("ann", study.id).value == 0.7


def test_a_hopeless_variant_is_given_up_at_an_epochs_end(
    store, studies, ledger, running
):
    plan = Plan((Axis(None, "seed", tuple(range(9))),), "grid", epochs=4)
    study = ask(store, plan)
    for good in (0.6, 0.7, 0.8, 0.9):
        running.step()
        assert train(ledger, running, good, good, good, good).state == DONE
    running.step()
    run = train(ledger, running, 0.1)
    assert (run.state, Text.from_json(run.reason)) == (STOPPED, HOPELESS)
    trial = studies.trials("ann", study.id)[-1]
    assert (trial.state, trial.value, trial.epochs) == (PRUNED, 0.1, 1)
    assert run.id in running.hopeless
    running.step()
    assert train(ledger, running, 0.95, 0.95, 0.95, 0.95).state == DONE


def test_nothing_is_given_up_where_all_are_to_be_trained(store, ledger, running):
    plan = Plan((Axis(None, "seed", tuple(range(9))),), "grid", epochs=2, prune=False)
    ask(store, plan)
    for reached in (0.9, 0.9, 0.9, 0.9, 0.9, 0.1):
        running.step()
        assert train(ledger, running, reached, reached).state == DONE


def test_another_trainer_goes_on_where_the_record_stands(
    store, studies, ledger, running
):
    plan = Plan((Axis(None, "seed", tuple(range(9))),), "grid", epochs=4)
    study = ask(store, plan)
    for _ in range(4):
        running.step()
        train(ledger, running, 0.9, 0.9, 0.9, 0.9)
    another = Running(ledger)
    another.go_on(spare=False)
    run = train(ledger, another, 0.1)
    assert Text.from_json(run.reason) == HOPELESS
    trials = studies.trials("ann", study.id)
    assert [trial.number for trial in trials] == [1, 2, 3, 4, 5]
    assert len({trial.chosen["training.seed"] for trial in trials}) == 5


def test_a_search_that_is_taken_up_again_draws_other_variants(store, studies, ledger):
    axis = Axis(None, "learning_rate", low=0.0001, high=0.1, log=True)
    study = ask(store, Plan((axis,), "search", 8, 1))
    for _ in range(6):
        running = Running(ledger)  # each time a new trainer
        running.go_on(spare=False)
        train(ledger, running, 0.5)
    rates = [
        t.chosen["training.learning_rate"] for t in studies.trials("ann", study.id)
    ]
    assert len(set(rates)) == 6
    assert all(0.0001 <= rate <= 0.1 for rate in rates)


def test_a_document_that_can_no_longer_be_read_ends_its_study_alone(
    store, studies, ledger, running
):
    study = ask(store)
    other = ask(store, owner="bob")
    with writing(ledger.engine) as connection:
        mine = tables.studies.c.id == study.id
        spoilt = update(tables.studies).where(mine).values(plan={"axes": []})
        connection.execute(spoilt)
    running.step()
    running.step()
    assert studies.study("ann", study.id).state == "failed"
    assert studies.study("bob", other.id).state == RUNNING
    assert len(studies.trials("bob", other.id)) == 1


def test_nothing_is_added_to_a_study_that_was_stopped_meanwhile(
    store, studies, running
):
    study = ask(store)
    known = running._of(study.id)
    studies.stop("ann", study.id)
    assert running._try(known, 1, {"d.units": 8})
    assert store.runs("ann") == []
