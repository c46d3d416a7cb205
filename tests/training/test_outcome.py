"""The figures by which runs are compared."""

from __future__ import annotations

import math

import pytest

from training.outcome import Outcome, best, outcome, summary


def epoch(number, **figures):
    return {"epoch": number, "seconds": 2.0, **figures}


def test_the_best_epoch_is_that_of_the_best_accuracy():
    epochs = [
        epoch(1, val_accuracy=0.8, val_loss=0.5),
        epoch(2, val_accuracy=0.9, val_loss=0.6),
        epoch(3, val_accuracy=0.9, val_loss=0.4),
    ]
    found = outcome(epochs, {"test": {"accuracy": 0.88, "loss": math.nan}})
    assert (found.accuracy, found.loss, found.best_epoch) == (0.9, 0.4, 2)
    assert found.test == {"accuracy": 0.88}
    assert found.seconds == 6.0


def test_a_run_without_epochs_has_no_figures():
    assert outcome([], {}) == Outcome()


def test_a_figure_that_is_no_number_is_never_the_best():
    epochs = [epoch(1, val_loss=math.nan), epoch(2, val_loss=3.0)]
    assert outcome(epochs, {}).loss == 3.0
    assert outcome(epochs[:1], {}).rank is None


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (Outcome(accuracy=0.8, loss=0.1), Outcome(accuracy=0.9, loss=0.9)),
        (Outcome(mae=2.0, loss=0.1), Outcome(mae=1.0, loss=0.9)),
        (Outcome(loss=2.0), Outcome(loss=1.0)),
        (Outcome(), Outcome(loss=9.0)),
    ],
    ids=["accuracy", "error", "loss", "anything"],
)
def test_the_best_run_is_found(worse, better):
    assert best([("w", worse), ("b", better)]) == "b"
    assert best([("b", better), ("w", worse)]) == "b"


def test_no_run_is_the_best_of_none():
    assert best([("a", Outcome())]) is None


def told(first, second, examples=0):
    return [str(text) for text in summary(first, second, examples)]


def test_a_summary_says_points_and_times():
    first = Outcome(accuracy=0.9, loss=0.5, test={"accuracy": 0.9}, seconds=10)
    second = Outcome(accuracy=0.908, loss=0.4, test={"accuracy": 0.85}, seconds=25)
    assert told(first, second) == [
        "validation accuracy +0.8 points",
        "validation loss −0.1",
        "test accuracy −5.0 points",
        "2.5 × the training time",
    ]


def test_a_summary_says_where_chance_may_do_as_much():
    first, second = Outcome(accuracy=0.9), Outcome(accuracy=0.91)
    warning = "on 360 validation examples, chance alone may do as much"
    assert warning in told(first, second, 360)
    assert warning not in told(first, Outcome(accuracy=0.99), 360)


def test_runs_of_other_kinds_have_nothing_to_compare():
    assert told(Outcome(accuracy=0.9), Outcome(mae=1.0)) == []
