"""A learning rate is found by a range test, and by a rule that is said."""

from __future__ import annotations

from dataclasses import replace
from math import inf, log10

import pytest

from bricks.project import Project
from bricks.tower import Placed, Tower
from bricks.training import Training
from tests.shelved import shelved, tower_on
from tests.training.standing import in_two_steps, shut
from tests.training.workshop import digits
from training import finder, measures
from training.finder import Found, find, question, suggestion
from uploads.shelf import Shelf


def valley(least: float) -> tuple[list[float], list[float]]:
    """Rates, and a loss that is least at one of them."""
    rates = finder.rates(100)
    return rates, [0.5 + (log10(rate) - log10(least)) ** 2 / 4 for rate in rates]


@pytest.mark.parametrize("least", [1e-4, 1e-2, 1.0])
def test_a_tenth_of_the_rate_with_the_least_loss_is_suggested(least):
    assert suggestion(*valley(least)) == pytest.approx(least / 10, rel=0.2)


def test_where_the_loss_never_falls_nothing_is_suggested():
    assert suggestion(finder.rates(50), [2.3] * 49 + [2.29]) is None
    assert suggestion((), ()) is None


def test_a_suggestion_is_a_rate_that_a_training_can_have():
    rates = finder.rates(50)
    assert suggestion(rates, [9.0, 1.0, *[9.0] * 48]) == finder.LOWEST
    assert suggestion(rates, [9.0] * 49 + [1.0]) == 1.0


@pytest.mark.parametrize(
    ("losses", "over"),
    [
        ([2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 9.0, 9.0, 9.0], True),
        ([2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 9.0, 1.0, 9.0], False),
        ([2.0, 1.0, 1.0, 0.1, 1.0, 1.0, 1.0, 1.0, 1.0], False),
        ([2.0, float("nan")], True),
        ([2.0, inf], True),
        ([9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 2.0, 2.0], False),
    ],
    ids=["away", "one bad batch", "one good batch", "no number", "infinite", "falling"],
)
def test_it_ends_where_the_loss_runs_away(losses, over):
    assert finder.runs_away(losses) == over


def test_one_bad_batch_does_not_move_the_valley():
    rates, losses = valley(1e-2)
    losses[30] += 0.4
    smooth = finder.smoothed(losses)
    assert suggestion(rates, smooth) == pytest.approx(1e-3, rel=0.2)


def test_what_is_measured_is_the_towers_own_training_at_any_rate():
    project = digits()
    meddling = Training(
        epochs=7,
        batch_size=64,
        learning_rate=0.5,
        schedule="cosine",
        callbacks={"early_stopping": {}},
        metrics=("top_3",),
        steps=9,
    )
    assert question(replace(project, training=meddling)) == question(project)
    other = replace(project.training, optimizer="sgd", learning_rate=0.01)
    assert question(replace(project, training=other)) != question(project)


def test_a_tower_that_does_not_hold_is_said_at_once(settings):
    tower = Tower(Placed("Digits"), (Placed("RandomRotation", {"factor": 9}),))
    found = find(settings, "ann", Project("M", tower))
    assert found.state == "failed"
    assert str(found.said).startswith("RandomRotation: ")
    assert not measures.asked(settings).where.exists()


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
class TestByAWorker:
    """On real towers."""

    def found(self, workshop, project) -> tuple[Found, list[Found]]:
        """The answer, and what was seen before it."""
        seen = [find(workshop.settings, "ann", project)]

        def ready() -> bool:
            seen.append(find(workshop.settings, "ann", project))
            return seen[-1].state != "waiting"

        workshop.work_until(ready)
        return seen[-1], seen[:-1]

    def test_the_rate_grows_the_loss_falls_and_a_rate_comes_of_it(self, workshop):
        found, before = self.found(workshop, digits())
        assert (found.state, found.said) == ("done", None)
        assert list(found.rates) == sorted(found.rates)
        assert found.rates[0] == finder.LOWEST
        assert len(found.rates) == len(found.losses) == len(found.smooth)
        assert found.losses[0] == pytest.approx(2.3, abs=0.4)
        assert min(found.smooth) < 0.7 * found.smooth[0]
        assert 1e-4 <= found.rate <= 0.1
        assert before[0].state == "waiting"
        assert find(workshop.settings, "ann", digits()) == found

    def test_gradient_descent_and_other_optimizers_are_measured_too(self, workshop):
        training = Training(optimizer="gd", learning_rate=0.01)
        found, _ = self.found(workshop, replace(digits(), training=training))
        assert found.state == "done"
        assert found.rate > 1e-3

    def test_own_pictures_are_measured(self, workshop, tmp_path):
        shelf = Shelf(workshop.settings.home, "ann")
        cats = shelved(shelf, tmp_path / "own", {"cat": 12, "dog": 12})
        found, _ = self.found(workshop, tower_on(cats))
        assert found.state == "done"
        assert len(found.rates) > 20

    def test_a_run_goes_on_meanwhile(self, workshop):
        run = workshop.ask(digits(epochs=900))
        workshop.work_into_epoch(run, 1)
        found, _ = self.found(workshop, digits(batch_size=32))
        assert found.state == "done"
        assert workshop.see(run).state == "running"


@pytest.mark.keras
@pytest.mark.parametrize("project", [shut(), in_two_steps(2, 4)], ids=["head", "two"])
def test_on_a_base_it_is_the_heads_rate_that_is_looked_for(project):
    from training.worker.finder import rates

    told = rates({"script": question(project), "own": None, "whole": False}, _nobody)
    assert 0 < len(told["rates"]) == len(told["losses"])
    assert told["losses"][0] == pytest.approx(told["losses"][3], rel=0.5)


def _nobody(_told: object) -> None:
    """Nobody listens."""
