"""A table of the user's own: which rows are taken, how they are split and scaled."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bricks.project import PlacedReader, Project, placed_json
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training
from bricks.walk import walk
from codegen import live
from codegen.source import script
from uploads import binding, tabular
from uploads.dataset import Column, DataSet, Sheet

ON_MNIST = Placed("MNIST", id=GROUND)


def flowers(count: int = 60) -> list[dict[str, object]]:
    """Rows of three kinds of flower; a few lack a cell."""
    chance = random.Random(3)
    rows = []
    for n in range(count):
        kind = ["붓꽃", "장미", "무궁화"][n % 3]
        length = round(n % 3 * 2 + chance.random(), 3)
        colour = chance.choice(["빨강", "하양"])
        rows.append({"길이": length, "색": colour, "낱장": n % 5 + 3, "이름": kind})
    rows[4]["길이"] = ""
    rows[5]["색"] = "?"
    return rows


def table(
    folder: Path,
    rows: list[dict[str, object]],
    encoding: str = "utf-8",
    delimiter: str = ",",
) -> DataSet:
    """A data set of these rows on a shelf; columns are inspected as an intake does."""
    folder.mkdir(exist_ok=True)
    header = list(rows[0])
    lines = [delimiter.join(str(row[name]) for name in header) for row in rows]
    text = "\n".join([delimiter.join(header), *lines])
    (folder / "table.csv").write_text(text, encoding=encoding)
    sheet = Sheet("in/꽃.csv", encoding, delimiter, header[-1])
    columns = tuple(column(name, [str(row[name]) for row in rows]) for name in header)
    made = DataSet("b" * 32, "꽃", "table", "sheet", 0.0, sheet=sheet, columns=columns)
    return DataSet(**{**vars(made), "where": folder})


def column(name: str, cells: list[str]) -> Column:
    known = [cell for cell in cells if cell not in ("", "?")]
    numeric = all(cell.replace(".", "").replace("-", "").isdigit() for cell in known)
    values = tuple(sorted(set(known)))
    few = values if len(values) <= 100 else ()
    return Column(name, numeric, few, len(cells) - len(known))


@pytest.fixture
def iris(tmp_path) -> DataSet:
    return table(tmp_path / "꽃", flowers())


def full(placed: Placed) -> dict:
    return binding.full(placed)


def test_a_tower_put_on_a_table_tells_its_label(iris):
    placed = binding.put_on(ON_MNIST, iris)
    stages = walk(Tower(placed))
    assert stages[0].gives == (4,)  # two numbers, one of two words
    assert stages[-1].placed.kind == "Category"
    assert full(placed)["names"] == ("무궁화", "붓꽃", "장미")
    assert full(placed)["columns"] == (
        ("길이", ()),
        ("색", ("빨강", "하양")),
        ("낱장", ()),
    )


def test_rows_with_something_missing_are_left_out(iris):
    assert sum(full(binding.put_on(ON_MNIST, iris))["counts"]) == 58


def test_a_column_left_out_brings_its_rows_back(iris):
    placed = binding.put_on(ON_MNIST, iris)
    fewer = tabular.choose_columns(placed, iris, ["낱장", "색"])
    assert [name for name, _ in full(fewer)["columns"]] == ["색", "낱장"]
    assert sum(full(fewer)["counts"]) == 59
    assert full(fewer)["content"] != full(placed)["content"]
    assert tabular.choose_columns(fewer, iris, []) == fewer
    assert tabular.choose_columns(fewer, iris, ["이름"]) == fewer


OFFERED = [
    ("이름", ("Category",)),
    ("색", ("YesNo", "Category")),
    ("길이", ("Value",)),
    ("낱장", ("Category", "Value")),
]


@pytest.mark.parametrize(("target", "labels"), OFFERED)
def test_any_column_can_be_told(iris, target, labels):
    placed = tabular.choose_target(binding.put_on(ON_MNIST, iris), iris, target)
    settings = full(placed)
    assert binding.offered(settings) == labels
    assert settings["label"] == labels[0]
    assert len(settings["columns"]) == 3
    assert target not in [name for name, _ in settings["columns"]]
    assert tabular.choose_target(placed, iris, "nothing") == placed


def test_numbers_that_are_classes_may_be_told_as_a_value(iris):
    placed = tabular.choose_target(binding.put_on(ON_MNIST, iris), iris, "낱장")
    value = binding.choose(placed, iris, label="Value")
    assert walk(Tower(value))[-1].placed.kind == "Value"
    assert "CLASSES" not in script(Project("own", Tower(value)))


def test_many_different_words_are_no_column_to_learn_from(tmp_path):
    rows = [row | {"id": f"n{n}"} for n, row in enumerate(flowers(150))]
    rows = [{"id": row.pop("id"), **row} for row in rows]
    dataset = table(tmp_path / "t", rows)
    settings = full(binding.put_on(ON_MNIST, dataset))
    assert "id" not in [name for name, _ in settings["columns"]]
    assert settings["sheet"][4] == "이름"


def people(count: int = 60) -> list[dict[str, object]]:
    """Rows with a name that is another in each, a town of many, and a group."""
    return [
        {
            "name": f"Kim {n}",
            "town": f"town {n % 30}",
            "group": "ab"[n % 2],
            "age": n % 50 / 2,
            "ill": "yn"[n % 3 == 0],
        }
        for n in range(count)
    ]


def said(placed: Placed, dataset: DataSet) -> list[str]:
    return [note.template for note in tabular.notes(full(placed), dataset)]


def columns_of(placed: Placed) -> list[str]:
    return [name for name, _ in full(placed)["columns"]]


def test_columns_of_names_and_many_words_are_used_where_chosen_only(tmp_path):
    dataset = replace(table(tmp_path / "t", people()), rows=60)
    placed = binding.put_on(ON_MNIST, dataset)
    assert columns_of(placed) == ["group", "age"]
    note = tabular.notes(full(placed), dataset)[0]
    assert (note.template, note.values["names"]) == (tabular.IDLE, "name, town")
    chosen = tabular.choose_columns(placed, dataset, ["town", "age", "name"])
    assert columns_of(chosen) == ["name", "town", "age"]
    assert said(chosen, dataset) == []


def test_words_that_differ_in_each_of_a_few_rows_are_not_used(tmp_path):
    dataset = replace(table(tmp_path / "t", people(12)), rows=12)
    assert columns_of(binding.put_on(ON_MNIST, dataset)) == ["group", "age"]


def test_a_column_of_names_that_was_told_is_not_told_by_next(tmp_path):
    dataset = replace(table(tmp_path / "t", people()), rows=60)
    placed = tabular.choose_target(binding.put_on(ON_MNIST, dataset), dataset, "town")
    assert tabular.MANY_CLASSES in said(placed, dataset)
    again = tabular.choose_target(placed, dataset, "ill")
    assert columns_of(again) == ["group", "age"]
    assert tabular.MANY_CLASSES not in said(again, dataset)


def test_of_values_the_least_the_mean_and_the_most_are_told(iris):
    placed = tabular.choose_target(binding.put_on(ON_MNIST, iris), iris, "낱장")
    value = full(binding.choose(placed, iris, label="Value"))
    least, mean, most = tabular.counts(value, iris).values["train"]
    assert (least, most) == (3, 7)
    assert 4 < mean < 6
    assert not tabular.counts(full(placed), iris).values


def test_a_ready_towers_label_goes_before_the_one_told_last(iris):
    placed = tabular.choose_target(binding.put_on(ON_MNIST, iris), iris, "색")
    category = binding.choose(placed, iris, label="Category")
    latest = placed_json(category)["settings"]
    ready = Placed("Table", {}, id=GROUND)
    assert full(binding.put_on(ready, iris, latest))["label"] == "YesNo"


def test_what_was_chosen_is_there_again_for_the_next_tower(iris):
    placed = binding.put_on(ON_MNIST, iris)
    placed = tabular.choose_target(placed, iris, "색")
    placed = tabular.choose_columns(placed, iris, ["길이"])
    latest = placed_json(placed)["settings"]
    again = binding.put_on(ON_MNIST, iris, latest)
    assert again == placed
    assert PlacedReader(-1).placed(placed_json(placed)).settings == placed.settings


def project(placed: Placed, *bricks: Placed) -> Project:
    settings = full(placed)
    ends = {
        "Category": (len(settings["names"]), "softmax"),
        "Value": (1, None),
        "YesNo": (1, "sigmoid"),
    }
    units, activation = ends[settings["label"]]
    dense = Placed("Dense", {"units": units, "activation": activation})
    return Project("own", Tower(placed, (*bricks, dense)), Training(epochs=1))


def loaded(placed: Placed, dataset: DataSet, monkeypatch):
    assert dataset.where
    monkeypatch.setenv("BRICKYARD_DATA", str(dataset.where / "table.csv"))
    return live.module(script(project(placed))).load_data()


@pytest.mark.keras
def test_the_rows_to_test_with_are_in_the_scripts_order(iris, monkeypatch):
    placed = binding.put_on(ON_MNIST, iris)
    rows = tabular.tested(full(placed), iris)
    _x, y = loaded(placed, iris, monkeypatch)[2]
    names = full(placed)["names"]
    assert [row["이름"] for row in rows] == [names[number] for number in y]
    assert set(rows[0]) == {"길이", "색", "낱장", "이름"}


def test_a_table_is_split_once_until_it_is_another(iris):
    placed = full(binding.put_on(ON_MNIST, iris))
    first = tabular.tested(placed, iris)
    assert tabular.tested(placed, iris).texts is first.texts
    path = iris.where / tabular.TABLE
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-20]), "utf-8")
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 10**9))
    assert len(tabular.tested(placed, iris)) < len(first)


WRITTEN = [("utf-8", ","), ("utf-8-sig", ";"), ("cp949", "\t"), ("utf-16", ",")]


@pytest.mark.keras
@pytest.mark.parametrize(("encoding", "delimiter"), WRITTEN)
def test_a_script_loads_as_many_rows_as_the_page_counts(
    tmp_path, monkeypatch, encoding, delimiter
):
    dataset = table(tmp_path / "t", flowers(), encoding, delimiter)
    placed = binding.put_on(ON_MNIST, dataset)
    data = loaded(placed, dataset, monkeypatch)
    assert tuple(len(y) for _, y in data) == full(placed)["counts"]
    parts = tabular.counts(full(placed), dataset).parts
    for (_, y), told in zip(data, parts.values(), strict=True):
        names = full(placed)["names"]
        assert dict(zip(names, np.bincount(y).tolist(), strict=True)) == told


@pytest.mark.keras
def test_numbers_are_scaled_by_the_training_part_and_words_are_not(iris, monkeypatch):
    placed = binding.put_on(ON_MNIST, iris)
    (x, _), (x_val, _), _ = loaded(placed, iris, monkeypatch)
    assert x.dtype == np.float32
    np.testing.assert_allclose(x[:, [0, 3]].mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(x[:, [0, 3]].std(axis=0), 1, atol=1e-5)
    assert abs(x_val[:, 0].mean()) > 1e-4
    assert set(x[:, [1, 2]].ravel()) == {0, 1}
    assert (x[:, 1] + x[:, 2]).tolist() == [1] * len(x)


@pytest.mark.keras
def test_a_value_is_told_as_it_is(iris, monkeypatch):
    placed = tabular.choose_target(binding.put_on(ON_MNIST, iris), iris, "길이")
    data = loaded(placed, iris, monkeypatch)
    told = sorted(float(y) for _, part in data for y in part)
    known = sorted(r["길이"] for r in flowers() if r["길이"] != "" and r["색"] != "?")
    assert told == known


def test_the_same_rows_in_another_order_are_split_alike(tmp_path):
    rows = flowers()
    first = full(binding.put_on(ON_MNIST, table(tmp_path / "a", rows)))
    second = full(binding.put_on(ON_MNIST, table(tmp_path / "b", rows[::-1])))
    assert first["content"] == second["content"]
    modules = [live.module(tabular._source(first), "t") for _ in range(2)]
    for module, name in zip(modules, "ab"):
        module.DATA = tmp_path / name / "table.csv"
    one, two = (
        {p: sorted(r) for p, r in m.split_rows(m.read_rows()).items()} for m in modules
    )
    assert one == two


def test_another_seed_splits_otherwise(iris):
    placed = binding.put_on(ON_MNIST, iris)
    other = binding.choose(placed, iris, split_seed=2)
    assert full(other)["counts"] == full(placed)["counts"]
    rows = [live.module(tabular._source(full(p)), "t") for p in (placed, other)]
    for module in rows:
        module.DATA = iris.where / "table.csv"
    assert rows[0].split_rows(rows[0].read_rows()) != rows[1].split_rows(
        rows[1].read_rows()
    )


def run(folder: Path, text: str, *words: str) -> subprocess.CompletedProcess[str]:
    (folder / "train.py").write_text(text, encoding="utf-8")
    taken = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    command = [sys.executable, "train.py", *words]
    return subprocess.run(
        command, cwd=folder, env=taken, capture_output=True, text=True
    )


@pytest.mark.keras
@pytest.mark.parametrize("target", ["이름", "색", "길이"])
def test_a_script_trains_on_a_table(iris, tmp_path, target):
    placed = tabular.choose_target(binding.put_on(ON_MNIST, iris), iris, target)
    (tmp_path / "my 꽃.csv").write_bytes((iris.where / "table.csv").read_bytes())
    done = run(tmp_path, script(project(placed)), "--data", "my 꽃.csv")
    assert done.returncode == 0, done.stderr[-2000:]
    assert ("test mae" if target == "길이" else "test accuracy") in done.stdout


@pytest.mark.keras
def test_a_script_without_its_table_or_a_column_says_so(iris, tmp_path):
    text = script(project(binding.put_on(ON_MNIST, iris)))
    done = run(tmp_path, text)
    assert done.stderr.splitlines()[-1] == (
        "There is no file 꽃.csv: python train.py --data FILE"
    )
    (tmp_path / "꽃.csv").write_text("길이,이름\n1,장미\n", encoding="utf-8")
    done = run(tmp_path, text)
    assert done.stderr.splitlines()[-1] == "꽃.csv has no column 낱장, 색."


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=9).filter(
    lambda word: word.isprintable() and word == word.strip()
)


@settings(max_examples=40, deadline=None)
@given(st.lists(words, min_size=2, max_size=4, unique=True), words)
def test_any_words_stand_in_the_script_as_they_are(names, target):
    columns = (("a", ()), ("b", tuple(names)))
    data = Placed(
        "Table",
        {
            "dataset": "a" * 32,
            "names": tuple(names),
            "columns": columns,
            "label": "Category",
            "sheet": ("f.csv", "utf-8", ",", "", target),
        },
        id=GROUND,
    )
    text = script(Project("own", Tower(data)))
    taken = text[text.index("BATCH_SIZE") : text.index("# Several")]
    found = live.module("import os\nfrom pathlib import Path\n" + taken)
    assert names == found.CLASSES
    assert {"a": [], "b": names} == found.COLUMNS
    assert target == found.TARGET


MADE_UP = {
    "another column": {"sheet": ("t.csv", "utf-8", ",", "", "nobody")},
    "another encoding": {"sheet": ("꽃.csv", "rot13", ",", "", "이름")},
    "no columns": {"columns": ()},
    "other words": {"columns": (("색", ("초록",)),)},
    "other classes": {"names": ("a", "b")},
    "nothing": {"sheet": (), "columns": (), "names": ()},
}


@pytest.mark.parametrize("told", MADE_UP.values(), ids=MADE_UP)
def test_what_a_project_file_makes_up_of_a_table_is_put_right(told, iris):
    placed = binding.put_on(ON_MNIST, iris)
    made_up = Placed("Table", {**placed.settings, **told}, id=GROUND)
    assert binding.refreshed(made_up, iris) == placed
    assert binding.choose(made_up, iris) == placed


def test_a_wide_table_stays_within_what_a_brick_may_have(tmp_path):
    rows = [{f"c{n}": f"w{row % 100}" for n in range(110)} for row in range(200)]
    wide = table(tmp_path / "wide", [row | {"y": n % 2} for n, row in enumerate(rows)])
    placed = binding.put_on(ON_MNIST, wide)
    (ground, *_) = walk(Tower(placed))
    assert (ground.gives, ground.problem) == ((11_000,), None)


def test_a_table_whose_last_brick_can_not_be_read_is_opened_all_the_same(iris):
    latest = {"columns": "of another Brickyard"}
    assert binding.put_on(ON_MNIST, iris, latest) == binding.put_on(ON_MNIST, iris)
