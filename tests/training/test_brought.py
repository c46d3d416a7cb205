"""In a terminal, a tower on own pictures trains on a folder or a zip file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bricks.project import Project
from bricks.tower import Placed, Tower
from bricks.training import Training
from tests.pictures import folder_of
from training import brought, runs
from training.own import own
from uploads import binding
from uploads.shelf import Shelf

ROOT = Path(__file__).parents[2]


@pytest.fixture
def command(settings):
    """Run `python -m training run ...` with a home of its own."""

    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "training", "run", *map(str, words)],
            cwd=ROOT,
            env={**os.environ, **settings.to_environment()},
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture
def project(tmp_path):
    """The file of a small tower that has seen no pictures yet."""
    bricks = (
        Placed("Flatten"),
        Placed("Dense", {"units": 1, "activation": "sigmoid"}),
    )
    tower = Tower(Placed("Images", {"image_size": 16}), bricks)
    made = Project("Cats", tower, Training(epochs=1, batch_size=8))
    path = tmp_path / "cats.brick.json"
    path.write_text(made.to_json())
    return path


@pytest.fixture
def pictures(tmp_path):
    """Two folders of them."""
    return folder_of(tmp_path / "pets", {"cat": 12, "dog": 12})


def test_own_data_must_be_named(command, project):
    told = command(project)
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("Images trains on your own data: name a folder,")


BAD = {"nothing there": None, "no pictures": "readme.txt", "one class": "cat/1.jpg"}


@pytest.mark.parametrize("name", BAD.values(), ids=BAD)
def test_data_that_teach_nothing_are_refused_in_a_sentence(
    command, project, tmp_path, name
):
    data = tmp_path / "given"
    if name == "cat/1.jpg":
        folder_of(data, {"cat": 3})
    elif name:
        data.mkdir()
        (data / name).write_text("hello")
    told = command(project, "--data", data)
    assert (told.returncode, told.stdout) == (2, "")
    assert len(told.stderr.strip().splitlines()) == 1


def test_the_same_data_are_taken_once_and_classes_stay_as_they_were(
    settings, project, pictures
):
    first = Project.from_json(project.read_text())
    bound = brought.on_data(settings, first, pictures)
    assert binding.full(bound.tower.data)["names"] == ("cat", "dog")
    shelf = brought.shelf_of(settings)
    (dataset,) = shelf.all()
    renamed = binding.rename_class(bound.tower.data, dataset, "cat", "kitten")
    named = replace(bound, tower=replace(bound.tower, data=renamed))
    again = brought.on_data(settings, named, pictures)
    assert binding.full(again.tower.data)["names"] == ("kitten", "dog")
    assert [one.id for one in shelf.all()] == [dataset.id]
    assert brought.on_data(settings, again, None) == again


def test_nobody_at_the_page_reaches_what_a_terminal_brought(
    settings, project, pictures
):
    made = Project.from_json(project.read_text())
    bound = brought.on_data(settings, made, pictures).tower.data
    (dataset,) = brought.shelf_of(settings).all()
    for cookie in "terminal", brought.FOLDER, f"../uploads/{brought.FOLDER}", "":
        shelf = Shelf(settings.home, cookie)
        assert shelf.root != brought.shelf_of(settings).root
        assert shelf.get(dataset.id) is None
        assert own(bound, shelf) is None


def test_the_last_data_sets_of_a_terminal_are_kept(
    settings, project, tmp_path, monkeypatch
):
    monkeypatch.setattr(brought, "KEPT", 2)
    made = Project.from_json(project.read_text())
    for name, count in {"first": 2, "second": 3, "third": 4}.items():
        folder = folder_of(tmp_path / name, {"cat": count, "dog": count})
        brought.on_data(settings, made, folder)
    shelf = brought.shelf_of(settings)
    assert [one.name for one in shelf.all()] == ["third", "second"]


@pytest.mark.keras
@pytest.mark.slow
def test_a_zip_file_is_trained_on(command, project, pictures, tmp_path):
    archive = shutil.make_archive(str(tmp_path / "pets"), "zip", pictures)
    out = tmp_path / "out"
    told = command(project, "--data", archive, "--out", out)
    assert told.returncode == 0, told.stderr
    assert "test accuracy" in told.stdout
    report = json.loads((out / runs.REPORT).read_text())
    assert (report["classes"], report["data"]) == (["cat", "dog"], "pets")


@pytest.mark.keras
@pytest.mark.slow
def test_the_run_s_script_repeats_it_on_the_folder_itself(
    command, project, pictures, tmp_path
):
    out = tmp_path / "out"
    command(project, "--data", pictures, "--out", out)
    script = [sys.executable, str(out / runs.SCRIPT), "--data", str(pictures)]
    told = subprocess.run(
        script, capture_output=True, text=True, cwd=tmp_path, check=True
    )
    report = json.loads((out / runs.REPORT).read_text())
    accuracy, loss = report["test"]["accuracy"], report["test"]["loss"]
    assert f"test accuracy {accuracy:.4f}, test loss {loss:.4f}" in told.stdout


@pytest.mark.keras
@pytest.mark.slow
@pytest.mark.parametrize(
    ("label", "said"),
    [("kind", "test accuracy"), ("length", "test mae")],
    ids=["classes", "values"],
)
def test_a_table_is_trained_on(command, tmp_path, label, said):
    rows = [f"{n % 7},{n % 5},{'abc'[n % 3]},{n / 60:.3f}" for n in range(60)]
    table = tmp_path / "flowers.csv"
    lines = ["petals,leaves,kind,length", *rows]
    order = [0, 1, 2, 3] if label == "length" else [0, 1, 3, 2]
    cells = [line.split(",") for line in lines]
    text = "\n".join(",".join(row[n] for n in order) for row in cells)
    table.write_text(text + "\n")
    top = {"units": 3, "activation": "softmax"} if label == "kind" else {"units": 1}
    tower = Tower(Placed("Table"), (Placed("Dense", top),))
    file = tmp_path / "table.brick.json"
    file.write_text(Project("T", tower, Training(16, 2)).to_json())
    told = command(file, "--data", table, "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    assert said in told.stdout
    report = json.loads((tmp_path / "out" / runs.REPORT).read_text())
    assert report["data"] == "flowers"
    assert report["content"]
