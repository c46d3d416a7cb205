"""What Results and Take home say of a run and a tower, on pictures and on rows."""

from __future__ import annotations

import ast

import pytest

from bricks.project import Project
from bricks.recipes import recipe
from bricks.tower import GROUND, Placed, Tower
from codegen.source import script
from tests.towers import tower
from tests.uploads.taken import took
from ui.data.table import balance
from ui.home.offers import runs_with
from ui.views import tested
from uploads import binding, tabular
from uploads.shelf import Shelf, new_id

FLOWERS = "n,colour,species\n" + "".join(
    f"{n},{('red', 'blue')[n % 2]},{('setosa', 'virginica')[n % 3 == 0]}\n"
    for n in range(60)
)


@pytest.fixture
def shelf(tmp_path) -> Shelf:
    return Shelf(tmp_path / "home", "me")


@pytest.fixture
def on_flowers(shelf, tmp_path) -> Placed:
    """The data brick on a table of flowers that lies on the shelf."""
    source = tmp_path / "iris.csv"
    source.write_text(FLOWERS)
    where = shelf.incoming(new_id())
    where.mkdir(parents=True)
    dataset = shelf.put(took(source, where), where)
    return binding.put_on(Placed("MNIST", id=GROUND), dataset)


KINDS = [
    ("MNIST", tested.PICTURES),
    ("Images", tested.PICTURES),
    ("Table", tested.ROWS),
    ("IMDB", tested.EXAMPLES),
]


@pytest.mark.parametrize(("kind", "unit"), KINDS)
def test_rows_are_not_called_pictures(kind, unit):
    assert tested.unit(Placed(kind, id=GROUND)) == unit


def test_a_mistake_of_a_table_shows_its_row(shelf, on_flowers):
    dataset = shelf.get(on_flowers.settings["dataset"])
    rows = tabular.tested(binding.full(on_flowers), dataset)
    found = tested.cells(on_flowers, shelf, [3, 0])
    assert found == [
        {"n": rows[at]["n"], "colour": rows[at]["colour"]} for at in (3, 0)
    ]
    assert found[0] != found[1]


def test_values_show_how_far_they_reach_and_no_classes(shelf, on_flowers):
    dataset = shelf.get(on_flowers.settings["dataset"])
    classes = balance(dataset, binding.full(on_flowers), str)
    assert [row[0] for row in classes] == ["setosa", "virginica"]
    told = tabular.choose_target(on_flowers, dataset, "n")
    value = binding.choose(told, dataset, label="Value")
    rows = balance(dataset, binding.full(value), str)
    assert [row[0] for row in rows] == ["Rows", "Least", "Mean", "Most"]
    assert rows[0][1:] == tuple(map(str, binding.full(value)["counts"]))
    least, most = (tuple(map(float, rows[n][1:])) for n in (1, 3))
    assert (min(least), max(most)) == (0, 59)


def test_a_table_that_is_gone_shows_no_rows(shelf, on_flowers):
    shelf.drop(on_flowers.settings["dataset"])
    assert tested.cells(on_flowers, shelf, [3, 0]) == []


SCRIPTS = ["book-cats-dogs", "numbers-value", "mnist-mlp"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_take_home_says_what_the_scripts_own_head_says(name):
    project = recipe(name)
    head = ast.get_docstring(ast.parse(script(project)))
    said = runs_with(project, str)
    assert said.split(": ")[1] in head
    assert ("Pillow" in said) == ("Pillow" in head)


def test_a_table_is_taken_home_as_a_file():
    project = Project("mine", Tower(Placed("Table", id=GROUND)))
    assert "--data FILE" in runs_with(project, str)
    pictures = Project("mine", tower(data="Images"))
    assert runs_with(pictures, str) == (
        "Runs anywhere with Keras and Pillow: python train.py --data FOLDER"
    )
