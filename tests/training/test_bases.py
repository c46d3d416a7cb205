"""A trained tower of one's own as a base: it answers as the tower did at that brick."""

import json
import math
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.recipes import recipe
from bricks.sealed import written
from bricks.tower import Placed, Tower
from bricks.training import Training
from bricks.walk import step, walk
from codegen.source import script as script_of
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
    assert str(tmp_path) in told
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


def test_a_folder_gets_what_its_tower_stands_on(tmp_path, monkeypatch):
    monkeypatch.setenv(bases.VARIABLE, str(bases.folder(tmp_path)))
    bases.folder(tmp_path).mkdir()
    file = bases.folder(tmp_path) / "small-0123456789abcdef.weights.h5"
    file.write_bytes(b"weights")
    run = tmp_path / "run"
    run.mkdir()
    bases.bring(trained(SETTINGS).tower, run)
    file.unlink()
    assert (run / file.name).read_bytes() == b"weights"


# What needs Keras.


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def made(home):
    """Makes a base in this process, as the worker does."""
    from training.worker.base import made

    def make(source, cut, name="mine"):
        ask = {"source": str(source), "cut": cut, "name": name, "title": "Mine"}
        return made({**ask, "into": str(bases.folder(home))})

    return make


@pytest.fixture(autouse=True)
def found(home, monkeypatch):
    monkeypatch.setenv(bases.VARIABLE, str(bases.folder(home)))


def run_of(project, where):
    """The folder of a run that has trained for a step, and its model."""
    import numpy as np

    from codegen import live

    runs.create(where, project)
    model = live.module((where / runs.SCRIPT).read_text()).build_model()
    rng = np.random.default_rng(1)
    values = [rng.normal(0, 0.2, w.shape) ** 2 for w in model.get_weights()]
    model.set_weights(values)  # variances, too, are not negative
    model.save(where / runs.MODEL)
    return model


def gave(model, layer, x):
    import keras

    return keras.Model(model.inputs, [layer.output])(x, training=False)


def opened(settings, shape):
    """The base that the script of its brick alone makes."""
    from codegen import live
    from codegen.model import alone

    return live.module(alone(Placed("Trained", settings), shape)).build_model()


def examples(shape):
    import numpy as np

    return np.random.default_rng(7).random((3, *shape), "float32")


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
def test_a_base_of_a_tower_that_stands_on_a_base_has_the_bricks_of_both(
    made, tmp_path, home
):
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
    names = looked_into(project, source).names["t"]
    assert list(names) == ["Conv2D", "Conv2D 2", "MaxPooling2D", "Flatten", "Dense"]


# Files of others.


def foreign(kind):
    import keras
    from keras import layers

    keras.utils.set_random_seed(3)
    inputs = keras.Input((8, 8, 1))
    if kind == "sequential":
        return keras.Sequential(
            [
                inputs,
                layers.Conv2D(4, 3, activation="relu", kernel_regularizer="l2"),
                layers.BatchNormalization(),
                layers.ReLU(),
                layers.MaxPooling2D(),
                layers.Conv2D(5, 3, trainable=False),
                layers.Flatten(),
                layers.Dropout(0.5),
                layers.Dense(10, activation="softmax"),
            ]
        )
    if kind == "nested":
        inside = keras.Sequential([layers.Conv2D(4, 3), layers.Conv2D(3, 3)])
        return keras.Sequential(
            [inputs, inside, layers.Flatten(), layers.Dense(6), layers.Dense(2)]
        )
    if kind == "steps":
        lstm = layers.LSTM(5, return_sequences=True)
        return keras.Sequential(
            [
                keras.Input((12,)),
                layers.Embedding(50, 8),
                layers.Bidirectional(lstm),
                layers.TimeDistributed(layers.Dense(3)),
                layers.GRU(4),
                layers.Dense(1),
            ]
        )
    x = layers.Conv2D(4, 3, padding="same", name="stem")(inputs)
    x = layers.Add()([x, layers.Conv2D(4, 3, padding="same")(x)])
    one = layers.Conv2D(2, 1)(x)
    other = layers.Conv2D(3, 3, padding="same")(x)
    x = layers.Concatenate()([one, other])
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(3)(x))


@pytest.mark.keras
@pytest.mark.parametrize("kind", ["sequential", "branches", "nested", "steps"])
def test_a_keras_file_is_read_as_bricks_with_its_weights(kind, made, tmp_path):
    import numpy as np

    model = foreign(kind)
    model.compile("adam", "mse")
    path = tmp_path / "foreign.keras"
    model.save(path)
    whole = bases.of_file(path)
    all_bricks = len(whole.stages)
    base = opened(made(path, all_bricks), whole.shape)
    x = examples(whole.shape)
    x = np.floor(x * 50) if kind == "steps" else x
    want = np.asarray(model(x, training=False))
    assert want.std() > 0
    np.testing.assert_allclose(np.asarray(base(x)), want, rtol=1e-5, atol=1e-6)
    assert whole.cut < all_bricks


def packed(path, model, change=None, **parts):
    """The model's file with other parts, or its weights changed by `change(file)`."""
    import h5py

    model.save(path)
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    if change:
        weights = path.with_name("weights.h5")
        weights.write_bytes(kept["model.weights.h5"])
        with h5py.File(weights, "r+") as file:
            change(file)
        kept["model.weights.h5"] = weights.read_bytes()
    kept |= {name.replace("_", "."): raw for name, raw in parts.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in kept.items():
            if raw is not None:
                archive.writestr(name, raw)
    return path


def other_shape(file):
    del file["layers/conv2d/vars/0"]
    file["layers/conv2d/vars/0"] = [[1.0]]


def a_link(file):
    import h5py

    del file["layers/conv2d/vars/0"]
    file["layers/conv2d/vars/0"] = h5py.ExternalLink("/etc/hostname", "/x")


def outside(file):
    del file["layers/conv2d/vars/0"]
    where = [("/etc/hostname", 0, 4 * 36)]
    file.create_dataset("layers/conv2d/vars/0", (3, 3, 1, 4), "f4", external=where)


def no_numbers(file):
    file["layers/conv2d/vars/1"][...] = float("nan")


def nothing(file):
    del file["layers/dense"]


BAD = {
    "another shape": ({"change": other_shape}, "conv2d.* another shape"),
    "a link to elsewhere": ({"change": a_link}, "not where Keras 3 puts them"),
    "numbers of another file": ({"change": outside}, "not where Keras 3 puts them"),
    "not numbers": ({"change": no_numbers}, "no numbers any more"),
    "a layer without weights": ({"change": nothing}, "dense.* not where Keras"),
    "no weights": ({"model_weights_h5": None}, "has no weights"),
    "weights that are none": ({"model_weights_h5": b"x" * 4000}, "damaged"),
    "a bomb": ({"model_weights_h5": bytes(60_000_000)}, "far larger than the model"),
}


@pytest.mark.keras
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_one_sentence(name, made, tmp_path):
    from training.worker.kept_open import Unopened

    given, said = BAD[name]
    path = packed(tmp_path / "bad.keras", named("sequential"), **given)
    with pytest.raises(Unopened, match=said) as raised:
        made(path, bases.of_file(path).cut + 2)
    assert len(str(raised.value).splitlines()) == 1
    assert {each.name for each in tmp_path.iterdir()} <= {"bad.keras", "weights.h5"}


def named(kind):
    """The model with layers that are counted from the beginning."""
    import keras

    keras.backend.clear_session()
    return foreign(kind)


@pytest.mark.keras
def test_a_truncated_file_is_refused(made, tmp_path):
    path = packed(tmp_path / "cut.keras", named("sequential"))
    path.write_bytes(path.read_bytes()[:-3000])
    with pytest.raises(ProjectError, match=r"not a \.keras file"):
        bases.of_file(path)


@pytest.mark.keras
@pytest.mark.parametrize(
    ("kind", "config", "said"),
    [
        ("Mystery", {"name": "m"}, "no brick for Mystery"),
        ("Lambda", {"name": "m", "function": "x"}, "Lambda layer is code"),
        ("LeakyReLU", {"name": "m", "negative_slope": 0.3}, "LeakyReLU"),
    ],
)
def test_what_is_not_known_is_refused_by_name(kind, config, said, tmp_path):
    path = tmp_path / "strange.keras"
    packed(path, named("sequential"))
    with zipfile.ZipFile(path) as archive:
        told = json.loads(archive.read("config.json"))
    told["config"]["layers"].insert(3, {"class_name": kind, "config": config})
    strange = json.dumps(told).encode()
    packed(path, named("sequential"), config_json=strange)
    with pytest.raises(ProjectError, match=said):
        bases.of_file(Path(path))


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
