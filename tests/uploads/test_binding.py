"""What people change about their pictures is in the data brick, and can be undone."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bricks.project import PlacedReader, placed_json
from bricks.tower import GROUND, Placed, Tower
from bricks.walk import walk
from uploads import binding
from uploads.dataset import DataSet, Item

GROUND_ON_MNIST = Placed("MNIST", id=GROUND)


def item(label: str, number: int, part: str | None = None, **more: object) -> Item:
    digest = sha256(f"{label} {number}".encode()).hexdigest()
    path = f"{label}/{number}.jpg"
    made = Item(digest, path, label, None, part, 200, 160, 9_000)
    return replace(made, **more)


def dataset(*items: Item, **more: object) -> DataSet:
    names = tuple(dict.fromkeys(item.label for item in items))
    made = DataSet("a" * 32, "Pets", "pictures", "folders", 0.0, names, items)
    return replace(made, **more)


PETS = dataset(
    *(item("cat", n) for n in range(20)), *(item("dog", n) for n in range(10))
)


def counts(placed: Placed) -> tuple[int, int, int]:
    return binding.full(placed)["counts"]


def test_a_tower_put_on_two_classes_answers_yes_or_no():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    stages = walk(Tower(placed))
    assert stages[0].gives == (150, 150, 3)
    assert stages[-1].placed.kind == "YesNo"
    assert counts(placed) == (18, 6, 6)


def test_three_classes_ask_for_a_category():
    three = dataset(*(item(name, n) for name in "abc" for n in range(5)))
    assert binding.put_on(GROUND_ON_MNIST, three).settings["label"] == "Category"


def test_small_pictures_keep_their_own_size():
    small = dataset(*(item(c, n, width=28, height=28) for c in "ab" for n in range(9)))
    assert binding.put_on(GROUND_ON_MNIST, small).settings["image_size"] == 28


def test_a_recipe_keeps_its_size_and_label_on_own_pictures():
    book = Placed("Images", {"image_size": 180, "label": "Category"}, id=GROUND)
    placed = binding.put_on(book, PETS)
    assert placed.settings["image_size"] == 180
    assert placed.settings["label"] == "Category"


def test_parts_that_folders_tell_are_left_alone():
    told = dataset(
        *(item(c, n, "train") for c in "ab" for n in range(10)),
        *(item(c, n + 50, "validation") for c in "ab" for n in range(3)),
        *(item(c, n + 80, "test") for c in "ab" for n in range(2)),
    )
    assert counts(binding.put_on(GROUND_ON_MNIST, told)) == (20, 6, 4)


def test_every_class_is_in_every_part():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    settings = binding.full(placed)
    parts = binding.split(settings, binding.rows(settings, PETS))
    for rows in parts.values():
        assert {row.label for row in rows} == {"cat", "dog"}


def test_a_split_does_not_ask_how_pictures_are_called_or_ordered():
    settings = binding.full(binding.put_on(GROUND_ON_MNIST, PETS))
    renamed = [replace(one, path=f"x/{n}.png") for n, one in enumerate(PETS.items)]
    other = replace(PETS, items=tuple(reversed(renamed)))
    first = binding.split(settings, binding.rows(settings, PETS))
    second = binding.split(settings, binding.rows(settings, other))
    for part, rows in first.items():
        assert [r.item.digest for r in rows] == [r.item.digest for r in second[part]]


def test_another_seed_is_another_split():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    other = binding.choose(placed, PETS, split_seed=2)

    def tested(placed: Placed) -> set[str]:
        settings = binding.full(placed)
        rows = binding.split(settings, binding.rows(settings, PETS))["test"]
        return {row.item.digest for row in rows}

    assert tested(placed) != tested(other)
    assert placed.settings["content"] == other.settings["content"]


def test_the_same_picture_twice_counts_once():
    twice = replace(PETS, items=(*PETS.items, replace(PETS.items[0], path="copy.jpg")))
    assert counts(binding.put_on(GROUND_ON_MNIST, twice)) == (18, 6, 6)


def test_a_class_with_another_name_keeps_its_pictures():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    renamed = binding.rename_class(placed, PETS, "cat", "고양이")
    assert renamed.settings["names"] == ("고양이", "dog")
    assert counts(renamed) == counts(placed)


def test_two_classes_of_one_name_are_one():
    three = dataset(*(item(name, n) for name in "abc" for n in range(5)))
    merged = binding.rename_class(
        binding.put_on(GROUND_ON_MNIST, three), three, "c", "b"
    )
    settings = binding.full(merged)
    assert settings["names"] == ("a", "b")
    assert sum(row.label == "b" for row in binding.rows(settings, three)) == 10


def test_a_dropped_class_is_gone_until_it_is_restored():
    three = dataset(*(item(name, n) for name in "abc" for n in range(5)))
    placed = binding.put_on(GROUND_ON_MNIST, three)
    less = binding.drop_class(placed, three, "b")
    assert binding.full(less)["names"] == ("a", "c")
    assert sum(counts(less)) == 10
    assert binding.dropped(binding.full(less)) == ("b",)
    again = binding.restore_class(less, three, "b")
    assert binding.full(again)["names"] == ("a", "b", "c")
    assert again.settings["content"] == placed.settings["content"]


def test_a_picture_moved_out_of_a_dropped_class_stays():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    key = PETS.items[-1].key
    moved = binding.move(placed, PETS, [key], "cat")
    less = binding.drop_class(moved, PETS, "dog")
    rows = binding.rows(binding.full(less), PETS)
    assert [row.label for row in rows if row.item.key == key] == ["cat"]
    assert len(rows) == 21


def test_a_picture_left_out_can_be_put_back():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    key = PETS.items[0].key
    without = binding.move(placed, PETS, [key], "")
    assert sum(counts(without)) == 29
    assert binding.put_back(without, PETS, [key]) == placed


def test_pictures_added_later_wait_until_they_are_taken():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    more = replace(PETS, items=(*PETS.items, item("cat", 99, added=1)), added=1)
    assert len(binding.rows(binding.full(placed), more)) == 30
    assert sum(counts(binding.refreshed(placed, more))) == 31


def test_the_next_tower_has_the_classes_as_they_were_left():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    left = binding.rename_class(placed, PETS, "cat", "Katze")
    latest = placed_json(left)["settings"]
    other = binding.put_on(GROUND_ON_MNIST, PETS, latest)
    assert other.settings["names"] == ("Katze", "dog")


THREE = dataset(*(item(name, n) for name in "abc" for n in range(5)))


def test_two_classes_that_are_left_of_three_are_a_yes_or_no():
    on_three = binding.put_on(binding.put_on(GROUND_ON_MNIST, PETS), THREE)
    assert binding.full(on_three)["label"] == "Category"
    less = binding.drop_class(on_three, THREE, "b")
    assert binding.full(less)["label"] == "YesNo"


def test_a_category_that_was_chosen_for_two_classes_stays():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    chosen = binding.choose(placed, PETS, label="Category")
    renamed = binding.rename_class(chosen, PETS, "cat", "kitten")
    assert binding.full(renamed)["label"] == "Category"


def test_a_towers_own_label_and_size_go_before_those_told_last():
    latest = {"label": "Category", "image_size": 28, "names": ["cat", "dog"]}
    book = Placed("Images", {}, id=GROUND)  # 150 points and yes or no, as it begins
    placed = binding.full(binding.put_on(book, PETS, latest))
    assert (placed["label"], placed["image_size"]) == ("YesNo", 150)


def test_pictures_moved_to_a_new_name_make_a_class():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    keys = [one.key for one in PETS.items[:6]]
    moved = binding.move(placed, PETS, keys, "  kitten ")
    settings = binding.full(moved)
    assert settings["names"] == ("cat", "dog", "kitten")
    assert settings["label"] == "Category"
    labels = [row.label for row in binding.rows(settings, PETS)]
    assert [labels.count(name) for name in settings["names"]] == [14, 10, 6]
    less = binding.drop_class(moved, PETS, "kitten")
    assert binding.full(less)["names"] == ("cat", "dog")
    assert sum(counts(less)) == 24
    assert not binding.dropped(binding.full(less))
    assert sum(counts(binding.put_back(less, PETS, keys))) == 30


def test_a_script_knows_a_class_that_no_folder_has():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    moved = binding.move(placed, PETS, [PETS.items[0].key], "kitten")
    script = binding.module(binding.full(moved))
    assert script.CLASSES == ["cat", "dog", "kitten"]
    assert script.FOLDERS == {"cat": "cat", "dog": "dog"}


@pytest.mark.parametrize("name", [" ", "\n", "\u200b"], ids=ascii)
def test_a_new_class_has_a_name(name):
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    assert binding.move(placed, PETS, [PETS.items[0].key], name) == placed


def test_there_are_no_more_new_classes_than_may_be_brought():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    for n in range(120):
        placed = binding.move(placed, PETS, [PETS.items[0].key], f"kind {n}")
    assert len(binding.full(placed)["names"]) == 100


def test_a_class_that_a_move_empties_stays():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    dogs = [one.key for one in PETS.items[20:]]
    moved = binding.move(placed, PETS, dogs, "cat")
    assert binding.full(moved)["names"] == ("cat", "dog")
    assert binding.put_back(moved, PETS, dogs) == placed


def test_a_value_is_not_moved_to_a_class():
    ages = dataset(*(item("", n, value=float(n)) for n in range(12)), names=())
    placed = binding.put_on(GROUND_ON_MNIST, ages)
    assert binding.move(placed, ages, [ages.items[0].key], "old") == placed


def test_values_ask_for_a_value():
    ages = dataset(*(item("", n, value=float(n)) for n in range(12)), names=())
    placed = binding.put_on(GROUND_ON_MNIST, ages)
    assert placed.settings["label"] == "Value"
    assert sum(counts(placed)) == 12


@pytest.mark.parametrize("name", ["", "   ", "\n"], ids=["empty", "blanks", "line"])
def test_no_class_is_without_a_name(name):
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    assert binding.rename_class(placed, PETS, "cat", name) == placed


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 30)), min_size=1))
def test_no_picture_is_lost_or_doubled_by_a_split(found):
    found = dataset(*(item(label, number) for label, number in found))
    settings = binding.full(binding.put_on(GROUND_ON_MNIST, found))
    parts = binding.split(settings, binding.rows(settings, found))
    split = [row.item.digest for rows in parts.values() for row in rows]
    assert sorted(split) == sorted({one.digest for one in found.items})


def test_a_project_file_brings_all_of_it_back():
    placed = binding.put_on(GROUND_ON_MNIST, PETS)
    placed = binding.move(placed, PETS, [PETS.items[3].key], "dog")
    assert PlacedReader(-1).placed(placed_json(placed)) == placed
