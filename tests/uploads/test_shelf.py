"""A person's shelf: what is on it is whole, whatever else happens at the same time."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from storage import files
from tests.shelved import shelved
from uploads.shelf import INDEX, Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "home", "a person")


def test_pictures_are_on_the_disk_before_they_are_on_the_shelf(
    shelf, tmp_path, monkeypatch
) -> None:
    there, settle = [], files.settle_all

    def spy(folder: Path) -> None:
        there.append((len(list((folder / "pictures").iterdir())), shelf.all()))
        settle(folder)

    monkeypatch.setattr(files, "settle_all", spy)
    shelved(shelf, tmp_path / "pets", {"cat": 2, "dog": 2})
    assert there == [(4, [])]


def test_a_data_set_deleted_twice_is_gone(shelf, tmp_path) -> None:
    dataset = shelved(shelf, tmp_path / "pets", {"cat": 2, "dog": 2})
    shelf.drop(dataset.id)
    shelf.drop(dataset.id)
    assert shelf.all() == []


def test_two_changes_in_one_tick_of_the_clock_are_both_seen(shelf, tmp_path) -> None:
    dataset = shelved(shelf, tmp_path / "pets", {"cat": 2, "dog": 2})
    index = shelf.folder(dataset.id) / INDEX
    for name in "a", "b":
        shelf.save(replace(dataset, name=name))
        os.utime(index, (1, 1))
        assert shelf.get(dataset.id).name == name
