"""Notes and counts follow what people made of their pictures."""

from __future__ import annotations

from dataclasses import replace

from bricks.tower import GROUND, Placed
from tests.uploads.test_binding import dataset, item
from uploads import binding, notes
from uploads.dataset import DataSet
from uploads.standing import Standing, standing

ON_MNIST = Placed("MNIST", id=GROUND)
PETS = dataset(
    *(item("cat", n) for n in range(150)),
    *(item("dog", n) for n in range(12)),
    *(item("Dog", n) for n in range(3)),
)


def now(placed: Placed, found: DataSet = PETS) -> Standing:
    return standing(binding.full(placed), found)


def templates(placed: Placed, found: DataSet = PETS) -> list[str]:
    return [note.template for note in now(placed, found).notes]


def test_at_first_all_is_as_it_was_found():
    placed = binding.put_on(ON_MNIST, PETS)
    assert now(placed).pictures == 165
    assert now(placed).classes == {"cat": 150, "dog": 12, "Dog": 3}
    assert now(placed).notes == notes.notes(PETS.items)
    assert templates(placed) == [notes.ALIKE, notes.FEW_PICTURES, notes.BALANCE]


def test_classes_that_were_merged_are_not_told_to_be():
    placed = binding.put_on(ON_MNIST, PETS)
    merged = binding.rename_class(placed, PETS, "Dog", "dog")
    assert templates(merged) == []
    assert now(merged).classes == {"cat": 150, "dog": 15}


def test_a_note_names_a_class_as_it_is_called_now():
    placed = binding.put_on(ON_MNIST, PETS)
    renamed = binding.rename_class(placed, PETS, "Dog", "wolf")
    few = [n for n in now(renamed).notes if n.template == notes.FEW_PICTURES]
    assert few[0].values["names"] == "wolf"


def test_pictures_left_out_count_no_more():
    placed = binding.put_on(ON_MNIST, PETS)
    keys = [one.key for one in PETS.items[:100]]
    less = binding.move(placed, PETS, keys, "")
    assert now(less).pictures == 65
    assert now(binding.put_back(less, PETS, keys)).pictures == 165


def test_one_class_that_is_left_is_said_to_teach_nothing():
    placed = binding.put_on(ON_MNIST, PETS)
    for name in ("dog", "Dog"):
        placed = binding.drop_class(placed, PETS, name)
    assert templates(placed) == [notes.ONE_LEFT]
    assert now(placed).notes[0].values == {"name": "cat"}


def test_a_class_that_was_emptied_is_said_to_be_empty():
    placed = binding.put_on(ON_MNIST, PETS)
    keys = [one.key for one in PETS.items if one.label == "Dog"]
    moved = binding.move(placed, PETS, keys, "dog")
    assert templates(moved) == [notes.NO_PICTURES]


def test_with_all_pictures_left_out_that_is_said_alone():
    placed = binding.put_on(ON_MNIST, PETS)
    none = binding.move(placed, PETS, [one.key for one in PETS.items], "")
    assert templates(none) == [notes.NONE_LEFT]


def test_what_was_added_counts_once_it_is_taken():
    placed = binding.put_on(ON_MNIST, PETS)
    bird = (item("bird", n, added=1) for n in range(20))
    names = ("bird", *PETS.names)
    more = replace(PETS, items=(*PETS.items, *bird), added=1, names=names)
    assert now(placed, more).pictures == 165
    grown = binding.put_on(placed, more)
    assert now(grown, more).classes["bird"] == 20
    assert now(placed, more).classes == {"cat": 150, "dog": 12, "Dog": 3}


def test_the_same_picture_in_two_classes_is_told_by_their_names_of_now():
    twin = replace(item("cat", 0), label="dog", path="dog/0.jpg")
    pets = dataset(*(item(c, n) for c in ("cat", "dog") for n in range(12)), twin)
    placed = binding.put_on(ON_MNIST, pets)
    renamed = binding.rename_class(placed, pets, "cat", "kitten")
    assert [str(note) for note in now(renamed, pets).notes] == [
        "The same picture in more than one class: dog/0.jpg = kitten/0.jpg."
    ]
    merged = binding.rename_class(placed, pets, "cat", "dog")
    assert notes.TWO_CLASSES not in templates(merged, pets)


def test_values_have_no_classes():
    ages = dataset(*(item("", n, value=float(n)) for n in range(12)), names=())
    placed = binding.put_on(ON_MNIST, ages)
    assert now(placed, ages) == Standing(12, {}, ())


def test_it_is_worked_out_once():
    settings = binding.full(binding.put_on(ON_MNIST, PETS))
    assert standing(settings, PETS) is standing(dict(settings), PETS)
