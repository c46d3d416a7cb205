"""Answers kept as a file: they come back as they were, damaged ones not at all."""

from __future__ import annotations

import numpy as np
import pytest

from explain import answers
from explain.answers import BEST, FILES, LAST, MOST_SHARES, NO_ANSWER, TOP

RANDOM = np.random.default_rng(0)


def shares(n: int, classes: int) -> np.ndarray:
    """Some softmax's, (n, classes)."""
    powers = np.exp(RANDOM.normal(size=(n, classes)))
    return (powers / powers.sum(axis=1, keepdims=True)).astype("float32")


def named(count: int) -> list[str]:
    return [f"class {n}" for n in range(count)]


def kept(found, tmp_path, which=BEST):
    (tmp_path / FILES[which]).write_bytes(found.to_bytes())
    return answers.read(tmp_path, which)


def test_answers_come_back_as_they_were(tmp_path):
    given = shares(40, 3)
    found = answers.of_classes(
        given, np.arange(40) % 3, ["a", "b", "다"], {"loss": 0.5}
    )
    back = kept(found, tmp_path)
    assert (back.kind, back.classes, back.test) == (
        "classes",
        ("a", "b", "다"),
        {"loss": 0.5},
    )
    assert len(back) == 40
    np.testing.assert_array_equal(back.told, given.argmax(axis=1))
    np.testing.assert_array_equal(back.sure, given.max(axis=1))
    np.testing.assert_allclose(back.share_of(1), given[:, 1], atol=1e-3)


def test_best_and_last_epoch_are_kept_apart(tmp_path):
    kept(answers.of_values(np.ones(3), np.zeros(3), {}), tmp_path, LAST)
    assert answers.read(tmp_path, BEST) is None
    assert len(answers.read(tmp_path, LAST)) == 3


def test_of_very_many_classes_the_greatest_shares_are_kept(tmp_path):
    given = shares(30, 1_000)
    found = answers.of_classes(given, np.arange(30), named(1_000), {})
    back = kept(found, tmp_path)
    assert back.shares.shape == back.ranked.shape == (30, TOP)
    first = list(back.shares_of(7))
    assert first == np.argsort(-given[7], kind="stable")[:TOP].tolist()
    best = first[0]
    assert back.share_of(best)[7] == pytest.approx(given[7, best], rel=1e-3)
    missing = int(given[7].argmin())
    assert back.share_of(missing)[7] == 0


def test_up_to_a_hundred_classes_every_share_is_kept():
    found = answers.of_classes(
        shares(5, MOST_SHARES), np.arange(5), named(MOST_SHARES), {}
    )
    assert found.shares.shape == (5, MOST_SHARES)
    assert len(found.ranked) == 0


def test_ten_thousand_answers_of_ten_classes_are_small():
    found = answers.of_classes(
        shares(10_000, 10), np.arange(10_000) % 10, named(10), {}
    )
    assert len(found.to_bytes()) < 400_000


def test_what_is_no_number_is_no_answer(tmp_path):
    given = shares(4, 3)
    given[2, 1] = np.nan
    back = kept(answers.of_classes(given, np.zeros(4), named(3), {}), tmp_path)
    assert back.told[2] == NO_ANSWER
    assert back.sure[2] == 0
    assert (back.told[[0, 1, 3]] >= 0).all()


def changed(raw: bytes, at: int) -> bytes:
    """With another byte at this place."""
    return raw[:at] + bytes([raw[at] ^ 255]) + raw[at + 1 :]


DAMAGE = {
    "empty": lambda raw: b"",
    "cut": lambda raw: raw[: len(raw) // 2],
    "other": lambda raw: b"not an archive at all",
    "packed otherwise": lambda raw: changed(raw, raw.index(b"PK\1\2") + 10),
    "garbled": lambda raw: changed(raw, 59),  # where the first packed array begins
    "turned": lambda raw: raw[:60] + bytes(200) + raw[260:],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_none(tmp_path, damage):
    found = answers.of_classes(shares(300, 3), np.arange(300) % 3, named(3), {})
    (tmp_path / FILES[BEST]).write_bytes(DAMAGE[damage](found.to_bytes()))
    assert answers.read(tmp_path, BEST) is None
