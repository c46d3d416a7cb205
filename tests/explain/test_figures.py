"""Figures counted from answers: against a count by hand, and against Keras."""

from __future__ import annotations

import numpy as np
import pytest

from explain import figures
from explain.answers import Answers, of_classes, of_rebuilt, of_values


def answered(told, true, sure=None, classes=3):
    """Answers that say `told`, `sure` of it."""
    told, true = np.array(told), np.array(true)
    sure = np.full(len(told), 0.9) if sure is None else np.array(sure)
    shares = np.repeat(((1 - sure) / (classes - 1))[:, None], classes, axis=1)
    shares[np.arange(len(told)), told] = sure
    return of_classes(shares, true, [f"c{n}" for n in range(classes)], {})


def test_a_class_without_pictures_or_answers_has_figures():
    table = np.array([[3, 1, 0], [0, 4, 0], [0, 0, 0]])
    first, second, third = figures.per_class(table)
    assert first == {"precision": 1.0, "recall": 0.75, "f1": 6 / 7, "support": 4}
    assert second["precision"] == 0.8
    assert third == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 0}


def test_what_was_not_answered_was_not_found():
    table = np.array([[2, 1], [0, 4]])  # and three of the first without an answer
    first, second = figures.per_class(table, np.array([6, 4]))
    assert first == {"precision": 1.0, "recall": 2 / 6, "f1": 4 / 8, "support": 6}
    assert second == figures.per_class(table)[1]


def test_a_class_without_pictures_does_not_pull_the_mean_down():
    rows = figures.per_class(np.array([[2, 0, 0], [0, 2, 0], [0, 0, 0]]))
    assert figures.macro(rows) == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_mistakes_come_with_the_surest_first():
    found = answered([1, 0, 2, 1], [0, 0, 1, 2], [0.5, 0.99, 0.9, 0.7])
    assert figures.worst(found).tolist() == [2, 3, 0]


def test_no_answer_is_a_mistake_and_in_no_cell():
    shares = np.array([[np.nan] * 3, [0.2, 0.7, 0.1]])
    found = of_classes(shares, np.array([0, 1]), ["a", "b", "c"], {})
    assert figures.worst(found).tolist() == [0]
    assert figures.confusion(found.true, found.told, 3).sum() == 1


def test_values_and_what_is_given_back_come_with_the_greatest_error_first():
    values = of_values(
        np.array([1.0, 5.0, np.nan, 2.0]), np.array([1.0, 2.0, 3.0, 4.0]), {}
    )
    assert figures.worst(values).tolist() == [2, 1, 3, 0]
    assert figures.worst(of_rebuilt(np.array([0.1, 0.4, 0.2]), {})).tolist() == [
        1,
        2,
        0,
    ]


def test_alike_are_others_of_its_class_that_were_nearly_told_the_same():
    shares = np.array(
        [[0.1, 0.9, 0], [0.8, 0.2, 0], [0.3, 0.7, 0], [0.1, 0.9, 0], [0.5, 0.4, 0.1]]
    )
    found = of_classes(shares, np.array([0, 0, 0, 1, 0]), ["a", "b", "c"], {})
    assert figures.alike(found, 0).tolist() == [2, 4, 1]


def test_alike_values_are_near_in_truth_and_in_error():
    found = of_values(
        np.array([2.0, 2.1, 1.0, 9.0]), np.array([1.0, 1.0, 1.0, 8.0]), {}
    )
    assert figures.alike(found, 0).tolist()[0] == 1


@pytest.mark.keras
def test_the_area_is_what_keras_says_of_many_thresholds():
    import keras

    random = np.random.default_rng(3)
    is_yes = random.random(2_000) < 0.3
    share = np.clip(random.normal(0.4 + 0.2 * is_yes, 0.15), 0, 1).astype("float32")
    metric = keras.metrics.AUC(num_thresholds=5_000)
    metric.update_state(is_yes, share)
    found = figures.roc(is_yes, share)
    assert found.area == pytest.approx(float(metric.result()), abs=1e-3)
    assert len(found.false) == len(found.found) == len(found.thresholds)
    assert (found.false[0], found.found[0], found.thresholds[0]) == (0, 0, None)
    assert (found.false[-1], found.found[-1]) == (1, 1)


def test_the_curve_of_a_sure_model_is_that_of_its_own_shares():
    """Most of its answers lie between 0.999 and 1, where float16 has two numbers."""
    random = np.random.default_rng(0)
    is_yes = random.random(2_000) < 0.5
    yes = 1 / (1 + np.exp(-random.normal(7 + 3 * is_yes, 2))).astype("float32")
    found = of_classes(np.stack([1 - yes, yes], 1), is_yes, ["no", "yes"], {})
    back = Answers.from_bytes(found.to_bytes())
    higher = yes[is_yes][:, None] > yes[~is_yes]
    same = yes[is_yes][:, None] == yes[~is_yes]
    area = figures.roc(back.true == 1, back.share_of(1)).area
    assert area == pytest.approx(higher.mean() + same.mean() / 2, abs=1e-6)


def test_a_constant_answer_has_half_the_area():
    found = figures.roc(np.array([1, 0, 1, 0]), np.full(4, 0.5))
    assert found.area == 0.5
    assert found.found == [0, 1]


def test_examples_of_one_kind_have_no_curve():
    assert figures.roc(np.ones(4), np.linspace(0, 1, 4)) is None


def test_a_point_of_the_curve_is_what_its_threshold_gives():
    random = np.random.default_rng(5)
    is_yes, share = random.random(50) < 0.5, random.random(50)
    found = figures.roc(is_yes, share)
    for false, hit, from_ in list(zip(found.false, found.found, found.thresholds))[1:]:
        says = share >= from_
        assert hit == pytest.approx(says[is_yes].mean())
        assert false == pytest.approx(says[~is_yes].mean())


def test_who_is_as_right_as_sure_has_no_calibration_error():
    sure = np.repeat([0.55, 0.75], 20)
    right = np.array([True] * 11 + [False] * 9 + [True] * 15 + [False] * 5)
    found = figures.reliability(sure, right)
    assert found.error == pytest.approx(0)
    assert [count for *_, count, _, _ in found.bins] == [0, 0, 0, 0, 0, 20, 0, 20, 0, 0]


def test_the_calibration_error_is_the_gap_weighted_by_how_many():
    sure = np.array([1.0] * 30 + [0.6] * 10)
    right = np.array([True] * 15 + [False] * 15 + [True] * 6 + [False] * 4)
    assert figures.reliability(sure, right).error == pytest.approx(0.5 * 30 / 40)


def test_what_is_explained_is_nothing_for_the_mean_and_no_figure_without_spread():
    true = np.array([1.0, 2.0, 6.0])
    assert figures.explained(true, np.full(3, 3.0)) == pytest.approx(0)
    assert figures.explained(np.ones(3), true) is None


def test_a_histogram_leaves_out_what_is_no_number():
    found = figures.histogram(np.array([1.0, np.nan, 2.0, np.inf]), bins=4)
    assert sum(found["counts"]) == 2
    assert figures.histogram(np.array([np.nan])) == {"edges": [], "counts": []}


@pytest.mark.parametrize("value", [0.0, 0.25, -1e-12, 1e300])
def test_a_histogram_of_one_value_has_it_in_the_middle(value):
    found = figures.histogram(np.array([value, value * (1 + 1e-16)]), bins=5)
    assert found["counts"] == [0, 0, 2, 0, 0]
