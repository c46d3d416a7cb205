"""A tower on the user's own pictures trains as any other, through the trainer."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace

import numpy as np
import pytest

from bricks.tower import Placed, Tower
from bricks.words import Text
from explain.answers import read as answered
from tests.shelved import shelved, tower_on
from tests.training.workshop import Workshop, digits
from training import outset, own, runs
from training.admission import hindrance
from uploads import binding, prepare
from uploads.shelf import Shelf


@pytest.fixture
def shelf(settings):
    """Ann's data sets."""
    return Shelf(settings.home, "ann")


@pytest.fixture
def cats(shelf, tmp_path):
    """Two classes of pictures."""
    return shelved(shelf, tmp_path / "own", {"cat": 30, "dog": 30})


def report_of(workshop: Workshop, run) -> dict:
    """What a finished run says of its test."""
    where = runs.folder(workshop.settings, run.id)
    return json.loads((where / runs.REPORT).read_text())


def test_a_tower_without_a_data_set_is_told_where_to_add_one(shelf):
    tower = Tower(Placed("Images"), (Placed("Flatten"), Placed("Dense", {"units": 1})))
    said = str(own.missing(tower.data, shelf))
    assert said == "There are no data yet: add your own in Data."


def test_data_of_another_person_are_not_here(settings, cats):
    project = tower_on(cats)
    assert hindrance(project, shelf=Shelf(settings.home, "ann")) is None
    said = str(hindrance(project, shelf=Shelf(settings.home, "bob")))
    assert said == 'The data "own" are not here: add them again in Data.'
    assert own.own(project.tower.data, Shelf(settings.home, "bob")) is None


def test_one_class_is_too_few(shelf, cats):
    project = tower_on(cats)
    placed = binding.drop_class(project.tower.data, cats, "dog")
    assert str(own.missing(placed, shelf)).startswith("Two classes at least")


def test_a_part_without_a_picture_is_said(shelf, tmp_path):
    few = shelved(shelf, tmp_path / "few", {"cat": 1, "dog": 1})
    said = str(own.missing(tower_on(few).tower.data, shelf))
    assert said.startswith("Every part needs a picture")


def test_pictures_on_the_disk_take_no_memory(shelf, cats):
    project = tower_on(cats)
    many = binding.full(project.tower.data) | {"counts": (10**9, 10**9, 10**9)}
    placed = replace(project.tower.data, settings=many)
    project = replace(project, tower=replace(project.tower, data=placed))
    assert hindrance(project, shelf=shelf) is None


def test_very_large_arrays_are_not_made_ahead(settings, cats, monkeypatch):
    document = tower_on(cats).to_json()
    assert outset.to_prepare(settings, "ann", document) is not None
    assert outset.to_prepare(settings, "bob", document) is None
    monkeypatch.setattr(outset, "PREPARE_DISK", 60 * 16 * 16 * 3 - 1)
    assert outset.to_prepare(settings, "ann", document) is None


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
class TestTraining:
    """Real processes, real pictures."""

    def test_two_classes_are_learnt_and_reported(self, workshop, cats):
        project = tower_on(cats, epochs=4)
        run = workshop.finish(workshop.ask(project))
        assert (run.state, run.epoch) == ("done", 4), run.reason
        found = report_of(workshop, run)
        settings = project.tower.data.settings
        assert found["classes"] == ["cat", "dog"]
        assert found["content"] == settings["content"]
        assert found["data"] == "own"
        assert sum(map(sum, found["confusion"])) == settings["counts"][2]

    def test_thousands_of_moved_pictures_hinder_no_run(self, workshop, cats):
        project = tower_on(cats, epochs=1)
        data = project.tower.data
        moved = tuple((f"{number:012x}", "강아지" * 26) for number in range(15_000))
        placed = replace(data, settings={**data.settings, "changes": moved})
        large = replace(project, tower=replace(project.tower, data=placed))
        assert len(large.to_json()) > 1_000_000
        assert workshop.finish(workshop.ask(large)).state == "done"

    def test_mistakes_are_pictures_and_name_the_file(self, workshop, cats, shelf):
        project = tower_on(cats, epochs=1)
        keys = [item.key for item in cats.items if item.label == "cat"][:12]
        wrong = binding.move(project.tower.data, cats, keys, "dog")
        project = replace(project, tower=replace(project.tower, data=wrong))
        run = workshop.finish(workshop.ask(project))
        where = runs.folder(workshop.settings, run.id)
        with np.load(where / runs.MISTAKES) as kept:
            shown = kept["pictures"]
        mistakes = report_of(workshop, run)["mistakes"]
        assert len(mistakes) == len(shown) > 0
        items = {item.key: item for item in cats.items}
        settings = binding.full(wrong)
        read = binding.module(settings).read_picture
        for mistake, picture in zip(mistakes, shown, strict=True):
            digest = items[mistake["key"]].digest
            copy = shelf.folder(cats.id) / "pictures" / f"{digest}.jpg"
            np.testing.assert_array_equal(picture, read(copy))
        answers = answered(where)
        assert len(answers.keys) == len(answers)
        for mistake in mistakes:
            assert answers.keys[mistake["index"]].decode() == mistake["key"]

    def test_values_are_reported_by_their_error(self, workshop, shelf, tmp_path):
        dataset = shelved(shelf, tmp_path / "own", {"x": 40}, values=True)
        run = workshop.finish(workshop.ask(tower_on(dataset, epochs=2)))
        assert run.state == "done", run.reason
        found = report_of(workshop, run)
        assert set(found["test"]) == {"loss", "mae", "mse"}
        assert len(found["pairs"]) == 8
        figures = workshop.store.epochs(run.id)[-1]
        assert {"mae", "val_mae"} <= set(figures)
        history = runs.folder(workshop.settings, run.id) / runs.HISTORY
        assert "mae,val_loss,val_mae" in history.read_text().splitlines()[0]

    def test_pictures_that_are_given_back_are_reported(self, workshop, cats):
        run = workshop.finish(workshop.ask(tower_on(cats, label="Picture")))
        assert run.state == "done", run.reason
        found = report_of(workshop, run)
        assert set(found["test"]) == {"loss"}
        assert found["mistakes"][0]["key"] in {item.key for item in cats.items}

    def test_the_reading_is_told_and_can_be_stopped(
        self, workshop, shelf, tmp_path, monkeypatch
    ):
        dataset = shelved(shelf, tmp_path / "own", {"cat": 300, "dog": 300})
        workshop.trainer.engine.spares = False  # or one may read them ahead
        project = tower_on(dataset, image_size=512)
        run = workshop.ask(project)
        workshop.work_until(lambda: "of" in workshop.see(run).progress)
        assert workshop.see(run).progress["of"] == 600
        workshop.store.stop_run("ann", run.id)
        stopped = workshop.finish(run)
        assert (stopped.state, stopped.epoch) == ("stopped", 0)
        folder = shelf.folder(dataset.id)
        settings = binding.full(project.tower.data)
        assert prepare.ready(folder, settings) is None
        workshop.store.resume_run("ann", run.id)
        assert workshop.finish(run).state == "done"

    def test_they_are_read_before_anybody_trains(self, workshop, shelf, cats):
        project = tower_on(cats)
        row = workshop.store.create_project("ann", "Own", project.to_json())
        folder, settings = shelf.folder(cats.id), binding.full(project.tower.data)
        workshop.work_until(lambda: prepare.ready(folder, settings))
        run = workshop.store.ask_run("ann", row.id, row.document, "k")
        assert workshop.finish(run).state == "done"

    def test_who_reads_ahead_stops_for_a_run(self, workshop, shelf, tmp_path):
        dataset = shelved(shelf, tmp_path / "own", {"cat": 400, "dog": 400})
        project = tower_on(dataset, image_size=800)
        workshop.store.create_project("ann", "Own", project.to_json())
        folder, settings = shelf.folder(dataset.id), binding.full(project.tower.data)
        begun = folder / "prepared"
        workshop.work_until(lambda: any(begun.glob("*.half/train_x.npy")))
        assert workshop.finish(workshop.ask(digits(epochs=1), "bob")).state == "done"
        assert prepare.ready(folder, settings) is None

    def test_pictures_deleted_meanwhile_fail_a_run_in_words(
        self, workshop, shelf, cats
    ):
        run = workshop.ask(tower_on(cats))
        shelf.drop(cats.id)
        failed = workshop.finish(run)
        said = str(Text.from_json(failed.reason))
        assert said == 'The data "own" are not here: add them again in Data.'

    def test_a_picture_that_can_not_be_read_fails_a_run_by_name(
        self, workshop, shelf, cats
    ):
        item = cats.items[0]
        copy = shelf.folder(cats.id) / "pictures" / f"{item.digest}.jpg"
        copy.write_bytes(b"no picture")
        failed = workshop.finish(workshop.ask(tower_on(cats)))
        said = str(Text.from_json(failed.reason))
        assert said.startswith("cat/000.jpg can't be read any more")

    def test_a_killed_run_goes_on(self, workshop, cats):
        run = workshop.ask(tower_on(cats, epochs=60))
        pid = workshop.work_into_epoch(run, 3).pid
        os.kill(pid, signal.SIGKILL)
        assert workshop.finish(run).state == "done"
        numbers = [row["epoch"] for row in workshop.store.epochs(run.id)]
        assert numbers == list(range(1, 61))


def test_runs_and_projects_on_a_data_set_are_named(store, cats, shelf, tmp_path):
    other = shelved(shelf, tmp_path / "other", {"a": 5, "b": 5})
    document = tower_on(cats).to_json()
    row = store.create_project("ann", "Mine", document)
    store.create_project("ann", "Plain", digits().to_json())
    run = store.ask_run("ann", row.id, document, "k")
    assert store.projects_on("ann", cats.id) == ["Mine"]
    assert store.uses("ann", cats.id) == ["Own"]
    for owner, dataset in ("ann", other.id), ("bob", cats.id), ("ann", "%"):
        assert store.uses(owner, dataset) == store.projects_on(owner, dataset) == []
    store.stop_run("ann", run.id)
    assert store.uses("ann", cats.id) == []
    assert store.projects_on("ann", cats.id) == ["Mine"]
