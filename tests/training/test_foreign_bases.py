"""A `.keras` file of somebody else as a base, and files that are none."""

import json
import zipfile
from pathlib import Path

import pytest

from bricks.errors import ProjectError
from tests.training.basing import examples, foreign, opened
from training import bases


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
