"""Runs on a base: features kept and used again, kills in either step, small files."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bricks.project import Project
from bricks.words import Text
from codegen import live
from codegen.source import script
from tests.training.standing import awake, base, in_two_steps, on_base, shut
from tests.training.workshop import Workshop
from training import runs
from training.engines.local import FEATURES
from training.settings import Settings

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("trainer")]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """One home for several runs, so that they find one another's features."""
    where = tmp_path_factory.mktemp("home")
    settings = Settings(where, f"sqlite:///{where}/brickyard.db")
    workshop = Workshop(replace(settings, silence=30.0, tries=2))
    yield workshop
    workshop.close()


def trained(workshop: Workshop, project: Project) -> Path:
    """The folder of a run that went to its end."""
    run = workshop.finish(workshop.ask(project, script=awake(project)))
    assert run.state == "done", Text.from_json(run.reason) if run.reason else ""
    assert run.epoch == project.training.epochs
    return runs.folder(workshop.settings, run.id)


def kept(workshop: Workshop) -> dict[str, tuple[int, int]]:
    """The features that are kept, and which writing of them."""
    where = workshop.settings.home / FEATURES
    told = {path: path.stat() for path in where.glob("*/*.npy")}
    return {str(path): (s.st_ino, s.st_mtime_ns) for path, s in told.items()}


def seen(workshop: Workshop, project: Project) -> list[tuple[int, int]]:
    """All that is told of features while a run of the project goes to its end."""
    run = workshop.ask(project, script=awake(project))
    told = []

    def over() -> bool:
        progress = workshop.see(run).progress
        if progress.get("what") == "features":
            told.append((progress["done"], progress["of"]))
        return workshop.see(run).state == "done"

    workshop.work_until(over)
    workshop.finish(run)
    return told


def test_a_run_leaves_the_whole_model_and_a_small_checkpoint(home):
    import keras

    where = trained(home, shut())
    model = keras.models.load_model(where / runs.MODEL)
    assert model.input_shape == (None, 32, 32, 3)
    assert model.loss == "sparse_categorical_crossentropy"
    assert "mobilenet" in [layer.name for layer in model.layers]
    assert (where / runs.REPORT).exists()
    assert len(kept(home)) == 2


def test_features_are_worked_out_once_for_all_that_stand_on_them(home):
    trained(home, shut())
    before = kept(home)
    trained(home, shut(2, seed=42, optimizer="sgd"))
    trained(home, in_two_steps(1, 2))  # its padlock is open: of no matter to features
    assert kept(home) == before


OTHERS = {
    "other pictures": on_base(
        shut().training,
        ground=replace(shut().tower.data, settings={"count": 90, "seed": 7}),
    ),
    "another size": on_base(
        shut().training,
        ground=replace(shut().tower.data, settings={"count": 90, "image_size": 40}),
    ),
}


@pytest.mark.parametrize("project", OTHERS.values(), ids=OTHERS)
def test_of_other_examples_features_are_worked_out_anew(home, project):
    before = kept(home)
    trained(home, project)
    assert len(kept(home)) == len(before) + 2


@pytest.fixture(scope="module")
def standing():
    """A script on a base, read, its model and its data."""
    source = script(shut())
    found = live.module(source)
    return source, found, found.build_model(), found.load_data()


@pytest.mark.parametrize("part", [0, 1])
def test_features_are_of_these_very_examples(standing, part):
    """A file of data may be another tomorrow, and its examples as many."""
    from training.worker.features import key

    source, found, model, data = standing
    base, _ = found.split(model)
    parts = [(x.copy(), y) for x, y in data]
    assert key(source, base, parts) == key(source, base, data)
    parts[part][0][-1, -1, -1, -1] += 0.5
    assert key(source, base, parts) != key(source, base, data)


@pytest.mark.parametrize("count", [None, 7])
def test_features_of_another_count_are_worked_out_anew(standing, tmp_path, count):
    from training.messages import KeptFeatures
    from training.worker import features

    source, found, model, data = standing
    where = tmp_path / features.key(source, found.split(model)[0], data)
    where.mkdir()
    for part, (x, _) in zip(features.PARTS, data):
        np.save(where / f"{part}.npy", np.zeros((count or len(x), 2), "f4"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(features.FEATURES, "")
        kept = KeptFeatures(str(tmp_path), 10**9)
        features.bring(found, source, model, data, kept, lambda done, of: None)
    assert len([*where.glob("*.npy")]) == (2 if count is None else 0)


def test_it_is_told_how_far_the_features_are(home):
    ground = replace(shut().tower.data, settings={"count": 3_000, "seed": 11})
    told = seen(home, on_base(shut(1).training, ground=ground))
    assert told
    assert {of for _, of in told} == {max(of for _, of in told)}
    assert told == sorted(told)


def test_a_stop_is_heard_while_features_are_worked_out(home):
    ground = replace(shut().tower.data, settings={"count": 20_000, "seed": 5})
    project = on_base(shut().training, ground=ground)
    before = kept(home)
    run = home.ask(project, script=awake(project))
    home.work_until(lambda: home.see(run).progress.get("what") == "features")
    home.store.stop_run("ann", run.id)
    assert home.finish(run).state == "stopped"
    assert kept(home) == before
    assert not [*(home.settings.home / FEATURES).glob("*/.*.new")]


KILLED = {
    "on features": (shut(20), 3),
    "in the first of two steps": (in_two_steps(12, 14), 3),
    "in the second": (in_two_steps(1, 6), 3),
}


@pytest.mark.parametrize(("project", "epoch"), KILLED.values(), ids=KILLED)
def test_a_run_that_is_killed_goes_on(home, project, epoch):
    run = home.ask(project, script=awake(project))
    row = home.work_into_epoch(run, epoch)
    os.kill(row.pid, signal.SIGKILL)
    home.work_until(lambda: home.see(run).pid != row.pid)
    assert home.finish(run).state == "done"
    epochs = home.store.epochs(run.id)
    assert [one["epoch"] for one in epochs] == [*range(1, project.training.epochs + 1)]
    rates = [one["learning_rate"] for one in epochs]
    first = project.training.frozen_epochs or project.training.epochs
    assert rates[:first] == pytest.approx([0.01] * first)
    assert rates[first:] == pytest.approx([1e-5] * (len(rates) - first))
    where = runs.folder(home.settings, run.id)
    assert not [path for path in where.rglob("*") if ".new" in path.name]


def test_more_epochs_go_on_with_the_next_step(home):
    project = in_two_steps(2, 2)
    where = trained(home, project)
    run_id = where.name
    assert home.store.more("ann", run_id, 4)
    home.finish(home.ledger.run(run_id))
    rates = [one["learning_rate"] for one in home.store.epochs(run_id)]
    assert rates == pytest.approx([0.01, 0.01, 1e-5, 1e-5])


def test_on_a_disk_without_room_one_sentence_says_what_to_do(small_disk, monkeypatch):
    settings = Settings(small_disk / "home", f"sqlite:///{small_disk}/brickyard.db")
    workshop = Workshop(replace(settings, silence=30.0, tries=2))
    try:
        project = shut()
        run = workshop.finish(workshop.ask(project, script=awake(project)))
        assert run.state == "failed"
        assert "GlobalAveragePooling2D" in str(Text.from_json(run.reason))
        assert not [*(settings.home / FEATURES).rglob("*.npy")]
    finally:
        workshop.close()


WEIGHTS = Path(os.environ.get("BRICKYARD_DATASETS", "."), "models")


@pytest.mark.skipif(
    not (WEIGHTS / "mobilenet_7_5_224_tf_no_top.h5").is_file(),
    reason="ImageNet's weights are not in BRICKYARD_DATASETS",
)
def test_a_checkpoint_leaves_out_what_the_file_of_weights_has(home):
    import keras

    from training.worker import checkpoint
    from training.worker.kept_open import BEST, LAST, KeptOpen

    known = base(weights="imagenet", alpha=0.75)
    project = on_base(shut().training, stands_on=known)
    run = home.finish(home.ask(project))
    assert run.state == "done"
    where = runs.folder(home.settings, run.id)
    sizes = [path.stat().st_size for path in (where / runs.CHECKPOINT).iterdir()]
    assert max(sizes) < 100_000 < (where / runs.MODEL).stat().st_size
    kernel = keras.models.load_model(where / runs.MODEL).layers[0].weights[0]
    np.testing.assert_array_equal(kernel, live.model(project).layers[0].weights[0])
    opened = KeptOpen()
    last = opened.run(where, LAST).model
    np.testing.assert_array_equal(last.layers[0].weights[0], kernel)
    state, _ = checkpoint.load(where / runs.CHECKPOINT)
    checkpoint.restore_weights(live.model(project), state)
    assert opened.run(where, BEST).model.count_params() == last.count_params()


def test_what_was_not_used_for_longest_makes_room(tmp_path):
    from training.worker.features import USED, make_room

    for age, name in enumerate(("new", "middle", "old", "mine")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "train.npy").write_bytes(bytes(1_000))
        (tmp_path / name / USED).touch()
        used = time.time() - 3_600 * (age + 1)
        os.utime(tmp_path / name / USED, (used, used))
    in_use = tmp_path / "busy"
    in_use.mkdir()
    (in_use / USED).touch()
    make_room(tmp_path / "mine", 1_000, most=4_000)
    assert {path.name for path in tmp_path.iterdir()} == {
        "busy",
        "new",
        "middle",
        "mine",
    }
    make_room(tmp_path / "mine", 1_000, most=0)
    assert {path.name for path in tmp_path.iterdir()} == {"busy", "mine"}


def test_what_a_dead_process_left_is_removed_and_what_a_living_one_writes_is_not(
    tmp_path,
):
    from training.worker.features import forget_the_dead

    dead = subprocess.Popen(["true"])
    dead.wait()
    for pid in (dead.pid, os.getpid()):
        (tmp_path / f".train.{pid}.new").touch()
    forget_the_dead(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [f".train.{os.getpid()}.new"]
