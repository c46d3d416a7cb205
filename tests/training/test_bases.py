"""A trained tower of one's own as a base: it answers as the tower did at that brick."""

import math
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.recipes import recipe
from bricks.sealed import written
from bricks.tower import Placed, Tower
from bricks.training import Training
from bricks.walk import step, walk
from codegen.source import script as script_of
from tests.training.basing import examples, foreign, gave, opened, run_of
from training import bases, runs

SETTINGS = {"weights": "small-0123456789abcdef"}


def trained(settings, data="Digits"):
    """A project whose tower is such a base, and a Dense."""
    bricks = (
        Placed("Trained", settings, id="t"),
        Placed("Dense", {"units": 10, "activation": "softmax"}, id="d"),
    )
    return Project("On it", Tower(Placed(data, id="data"), bricks))


def test_without_its_weights_a_base_says_where_they_belong(tmp_path, monkeypatch):
    monkeypatch.setenv(bases.VARIABLE, str(tmp_path))
    whole = bases.whole_of((8, 8, 1), recipe("digits-cnn").tower.bricks)
    text = bases.sealed_tower(whole, whole.cut)
    project = trained({**SETTINGS, "tower": text})
    told = str(bases.missing(project.tower))
    assert "small-0123456789abcdef.weights.h5" in told
    assert str(tmp_path) not in told  # pupils need not know where the server lives
    known = bases.at_random(project.tower)
    assert bases.missing(known) is None


@pytest.mark.parametrize(
    ("name", "shape", "top"),
    [
        ("digits-cnn", (8, 8, 1), "Dense"),
        ("mnist-cnn", (28, 28, 1), "Dense"),
        ("resnet-18", (32, 32, 3), "GlobalAverage"),
    ],
)
def test_a_base_is_taken_up_to_the_brick_below_the_last_dense(name, shape, top):
    whole = bases.whole_of(shape, recipe(name).tower.bricks)
    assert whole.bricks[whole.cut - 1].kind.startswith(top)


def test_what_has_learned_nothing_is_no_base():
    whole = bases.whole_of((8, 8, 1), recipe("digits-cnn").tower.bricks)
    with pytest.raises(ProjectError, match="has learned anything"):
        bases.taken(whole, 0)


def test_a_run_goes_on_with_what_its_folder_has(tmp_path, monkeypatch):
    monkeypatch.setenv(bases.VARIABLE, str(bases.folder(tmp_path)))
    bases.folder(tmp_path).mkdir()
    file = bases.folder(tmp_path) / "small-0123456789abcdef.weights.h5"
    file.write_bytes(b"weights")
    run = tmp_path / "run"
    run.mkdir()
    tower = trained(SETTINGS).tower
    bases.bring(tower, run)
    file.unlink()
    assert (run / file.name).read_bytes() == b"weights"
    assert bases.missing(tower)
    assert bases.missing(tower, run) is None
    bases.find_in(tmp_path, tower)
    assert bases.found(file.name) is None
    bases.find_in(run, tower)
    assert bases.found(file.name) == run / file.name


# What needs Keras.


TOWERS = {
    "line": recipe("digits-cnn").tower,
    "branches": Tower(
        Placed("Digits", id="data"),
        (
            Placed("RandomTranslation", {"height_factor": 0.1, "width_factor": 0.1}),
            Placed("Conv2D", {"filters": 4, "kernel_size": 3, "padding": "same"}),
            Placed(
                "Block",
                {"repeat": 2},
                "ConvBlock",
                inner=(
                    (
                        Placed(
                            "Residual",
                            inner=(
                                (
                                    Placed(
                                        "Conv2D",
                                        {
                                            "filters": 4,
                                            "kernel_size": 3,
                                            "padding": "same",
                                        },
                                    ),
                                    Placed("BatchNormalization"),
                                ),
                                (Placed("Conv2D", {"filters": 4, "kernel_size": 1}),),
                            ),
                        ),
                    ),
                ),
            ),
            Placed(
                "Parallel",
                inner=(
                    (Placed("Conv2D", {"filters": 3, "kernel_size": 1}),),
                    (
                        Placed(
                            "Conv2D",
                            {"filters": 3, "kernel_size": 3, "padding": "same"},
                        ),
                    ),
                ),
            ),
            Placed("GlobalAveragePooling2D"),
            Placed("Dropout", {"rate": 0.5}),
            Placed("Dense", {"units": 10, "activation": "softmax"}),
        ),
    ),
    "steps": Tower(
        Placed("Digits", id="data"),
        (
            Placed("Reshape", {"target_shape": (8, 8)}),
            Placed("TimeDistributed", inner=((Placed("Dense", {"units": 5}),),)),
            Placed("LSTM", {"units": 6, "bidirectional": True}),
            Placed("Dense", {"units": 10, "activation": "softmax"}),
        ),
    ),
}


@pytest.mark.keras
@pytest.mark.parametrize("name", TOWERS)
def test_a_base_gives_what_the_tower_gave_at_that_brick(name, made, tmp_path):
    import numpy as np

    model = run_of(Project("Small", TOWERS[name]), tmp_path)
    whole = bases.of_run(tmp_path)
    base = opened(made(tmp_path, whole.cut), whole.shape)
    top = model.layers[-2]
    top = model.layers[-3] if type(top).__name__ == "Dropout" else top
    x = examples(whole.shape)
    want = np.asarray(gave(model, top, x))
    assert want.std() > 0
    np.testing.assert_allclose(np.asarray(base(x)), want, rtol=1e-5, atol=1e-6)


@pytest.mark.keras
def test_the_same_base_made_twice_is_one_file(made, tmp_path):
    run_of(Project("Small", TOWERS["line"]), tmp_path)
    cut = bases.of_run(tmp_path).cut
    assert made(tmp_path, cut) == made(tmp_path, cut)
    assert made(tmp_path, cut - 1)["weights"] != made(tmp_path, cut)["weights"]


@pytest.mark.keras
def test_a_base_of_a_tower_that_stands_on_a_base_has_the_bricks_of_both(made, tmp_path):
    import numpy as np

    run_of(Project("Small", TOWERS["branches"]), tmp_path / "first")
    cut = bases.of_run(tmp_path / "first").cut
    first = made(tmp_path / "first", cut)
    dense = Placed("Dense", {"units": 7, "activation": "relu"})
    project = trained(first)
    bricks = (project.tower.bricks[0], dense, project.tower.bricks[1])
    project = replace(project, tower=replace(project.tower, bricks=bricks))
    model = run_of(project, tmp_path / "second")
    whole = bases.of_run(tmp_path / "second")
    second = made(tmp_path / "second", whole.cut)
    assert "Trained" not in second["tower"]
    x = examples(whole.shape)
    np.testing.assert_allclose(
        np.asarray(opened(second, whole.shape)(x)),
        np.asarray(gave(model, model.layers[1], x)),
        rtol=1e-5,
        atol=1e-6,
    )


@pytest.mark.keras
def test_a_base_may_stand_in_a_block_that_is_repeated(tmp_path):
    from codegen import live
    from explain.taps import watched

    dense = Placed("Dense", {"units": 8, "activation": "relu"})
    text = written((8,), (dense,))
    base = Placed("Trained", {"tower": text}, id="t")
    block = Placed("Block", {"repeat": 3}, "Twice", inner=((base,),))
    bricks = (Placed("Flatten"), dense, block, *trained({}).tower.bricks[1:])
    project = Project("Again", Tower(Placed("Digits", id="data"), bricks))
    script = live.module(script_of(project))
    watch = watched(script)
    taps = watch.taps(project, script.build_model())
    assert [tap.time for tap in taps if tap.brick == "t"] == [0, 1, 2]


@pytest.mark.keras
@pytest.mark.parametrize(
    ("name", "frozen"),
    [("line", True), ("line", False), ("line", 3), ("branches", False)],
)
def test_the_padlock_says_what_learns(name, frozen):
    whole = bases.whole_of((8, 8, 1), TOWERS[name].bricks)
    text = bases.sealed_tower(whole, whole.cut)
    settings = {"tower": text, "frozen": frozen}
    model = opened(settings, whole.shape)
    stage = step(Placed("Trained", settings), whole.shape)
    learn = sum(math.prod(each.shape) for each in model.trainable_weights)
    assert learn == stage.weights - stage.fixed
    assert (learn > 0) == (frozen is not True)


@pytest.mark.keras
def test_inside_has_the_bricks_of_a_base_without_its_file(made, tmp_path, monkeypatch):
    from explain.opened import opened as looked_into

    run_of(Project("Small", TOWERS["line"]), tmp_path / "first")
    told = made(tmp_path / "first", bases.of_run(tmp_path / "first").cut)
    project = trained(told)
    run_of(project, tmp_path / "second")
    monkeypatch.setenv(bases.VARIABLE, str(tmp_path))  # where it is not
    source = (tmp_path / "second" / runs.SCRIPT).read_text()
    names = looked_into(project, source, loaded_later=True).names["t"]
    assert list(names) == ["Conv2D", "Conv2D 2", "MaxPooling2D", "Flatten", "Dense"]


# From one run to the next, by real processes.


@pytest.mark.keras
def test_a_run_stands_on_an_earlier_one_that_is_then_deleted(workshop, tmp_path):
    project = Project("Small", TOWERS["line"], Training(epochs=2, batch_size=64))
    first = workshop.finish(workshop.ask(project))
    where = runs.folder(workshop.settings, first.id)
    cut = bases.of_run(where).cut
    found = []

    def look():
        found.append(bases.look(workshop.settings, where, cut, "Small", "Small"))
        return found[-1].state != "waiting"

    workshop.work_until(look)
    assert found[-1].state == "done"
    shutil.rmtree(where)
    project = replace(trained(found[-1].settings), training=project.training)
    second = workshop.finish(workshop.ask(project))
    assert second.state == "done"
    where = runs.folder(workshop.settings, second.id)
    files = [path.name for path in where.glob("*.weights.h5")]
    assert files == [f"{found[-1].settings['weights']}.weights.h5"]
    assert [*workshop.settings.home.glob("features/*/train.npy")]  # worked out once
    script_runs_alone(where, tmp_path / "home-alone", files[0])


def script_runs_alone(where, alone, file):
    """The script in a folder of its own: with the weights beside it, it trains."""
    alone.mkdir()
    shutil.copy(where / runs.SCRIPT, alone)
    told = run_script(alone)
    assert told.returncode == 1
    assert f"{file} is missing: put it into {alone}" in told.stderr.splitlines()[-1]
    shutil.copy(where / file, alone)
    told = run_script(alone)
    assert "test accuracy" in told.stdout


def run_script(folder):
    environ = {k: v for k, v in os.environ.items() if k != bases.VARIABLE}
    program = [sys.executable, runs.SCRIPT]
    return subprocess.run(
        program, cwd=folder, env=environ, capture_output=True, text=True
    )


# From the command line.


def command(home, *words):
    program = [sys.executable, "-m", "training", "base", *map(str, words)]
    environ = {**os.environ, "BRICKYARD_HOME": str(home)}
    return subprocess.run(program, env=environ, capture_output=True, text=True)


@pytest.mark.keras
def test_a_keras_file_becomes_a_project_in_the_terminal(tmp_path):
    foreign("sequential").save(tmp_path / "mine.keras")
    out = tmp_path / "on.brick.json"
    told = command(tmp_path / "home", tmp_path / "mine.keras", "-o", out)
    assert (told.returncode, told.stdout) == (0, ""), told.stderr
    project = Project.from_json(out.read_text())
    kinds = [placed.kind for placed in project.tower.bricks]
    assert (project.tower.data.kind, kinds) == ("Digits", ["Trained", "Dense"])
    assert all(stage.problem is None for stage in walk(project.tower))
    name = project.tower.bricks[0].settings["weights"]
    assert (tmp_path / "home" / "bases" / f"{name}.weights.h5").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["0" * 32], "There is no run 0000"),
        (["pyproject.toml"], "This is not a .keras file"),
        (["no such run"], "There is no run no such run"),
    ],
)
def test_what_is_no_base_is_said_in_the_terminal(words, said, tmp_path):
    told = command(tmp_path / "home", *words)
    assert told.returncode == 2
    assert told.stderr.startswith(said)
    assert len(told.stderr.splitlines()) == 1
