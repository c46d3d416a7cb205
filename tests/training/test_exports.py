"""A trained model leaves in other formats only when another program has proved them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from tests.training.workshop import Workshop, digits
from training import exports, runs
from training.__main__ import main
from training.settings import Settings

pytestmark = pytest.mark.keras

PROOF = Path(exports.__file__).parent / "worker" / "exports" / "proof.py"
FORMATS = ("keras", "onnx", "litert", "savedmodel")


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A run of a small tower that is done, and its trainer."""
    root = tmp_path_factory.mktemp("exports")
    settings = Settings(root / "home", f"sqlite:///{root}/home/brickyard.db")
    workshop = Workshop(replace(settings, silence=10.0))
    run = workshop.finish(workshop.ask(digits(epochs=1)))
    yield workshop, run
    workshop.close()


@pytest.fixture
def folder(trained, tmp_path):
    """A copy of that run's folder, without exports."""
    workshop, run = trained
    where = runs.folder(workshop.settings, run.id)
    ignore = shutil.ignore_patterns(exports.FOLDER)
    return Path(shutil.copytree(where, tmp_path / "run", ignore=ignore))


def made(workshop, run, kind):
    """Look until the trainer's worker has made it, or says why not."""
    found = []

    def ended():
        found.append(exports.look(workshop.settings, run, kind))
        return found[-1].state != "waiting"

    workshop.work_until(ended)
    return found[-1]


def exported(folder, kind):
    """The same, made in this process."""
    from training.worker.exports.exporting import export

    stamp = exports.stamp(folder)
    steps = []
    ask = {"folder": str(folder), "kind": kind, "own": None, "of": stamp}
    export(ask, steps.append)
    found = exports.read(folder, kind)
    return found, steps


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_is_offered_when_its_own_runtime_gave_the_models_answers(trained, kind):
    workshop, run = trained
    found = made(workshop, run, kind)
    assert found.state == "done", found.said
    assert (found.count, found.agreement) == (64, 1.0)
    assert found.difference < 1e-5
    assert found.size == found.path.stat().st_size > 0
    assert "64 test examples" in str(found.said)


def test_what_is_made_is_kept_until_the_model_is_another(trained):
    workshop, run = trained
    first = made(workshop, run, "onnx")
    assert exports.look(workshop.settings, run, "onnx") == first
    os.utime(runs.folder(workshop.settings, run.id) / runs.MODEL)
    assert exports.kept(workshop.settings, run.id, "onnx") is None
    assert made(workshop, run, "onnx").state == "done"


def test_a_saved_model_is_a_zip_file_of_one_folder(folder):
    found, _ = exported(folder, "savedmodel")
    names = zipfile.ZipFile(found.path).namelist()
    assert "saved_model/saved_model.pb" in names
    assert {Path(name).parts[0] for name in names} == {"saved_model"}


def test_the_steps_are_told_and_nothing_is_left_beside_the_file(folder):
    _, steps = exported(folder, "onnx")
    assert steps == ["reading", "making", "proving"]
    left = sorted(path.name for path in (folder / exports.FOLDER).iterdir())
    assert left == ["model.onnx", "onnx.json"]


def test_the_summary_needs_no_proof(folder):
    found, _ = exported(folder, "summary")
    assert "Total params" in found.path.read_text("utf-8")
    assert found.difference is None


def test_a_demo_page_says_what_of_it_is_proved(folder):
    found, _ = exported(folder, "demo")
    assert found.state == "done", found.said
    assert any("the model in the page" in str(note) for note in found.notes)
    assert found.path.read_text("utf-8").startswith("<!doctype html>")


def test_a_run_without_a_model_says_so(trained, folder):
    (folder / runs.MODEL).unlink()
    assert exports.hindrance(folder, "onnx") == exports.NO_MODEL


def test_a_missing_package_is_named_and_other_formats_go_on(folder, monkeypatch):
    known = exports.KINDS["onnx"]
    lacking = replace(known, needs=("no_such_package",), packages=("onnx-of-old",))
    monkeypatch.setitem(exports.KINDS, "onnx", lacking)
    assert "onnx-of-old" in str(exports.hindrance(folder, "onnx"))
    assert exports.hindrance(folder, "litert") is None


def test_what_takes_more_memory_than_there_is_is_refused_and_not_kept(folder):
    from training.worker.exports import memory
    from training.worker.exports.refusal import NotNow

    too_much = memory.limited("onnx", psutil.virtual_memory().total)
    with pytest.raises(NotNow, match="SavedModel"), too_much:
        pytest.fail("It was let in.")
    assert exports.read(folder, "onnx") is None


def test_a_process_is_limited_only_while_it_makes_a_file(folder):
    before = psutil.Process().rlimit(psutil.RLIMIT_DATA)
    exported(folder, "litert")
    assert psutil.Process().rlimit(psutil.RLIMIT_DATA) == before


TIGHT = """
import sys
from pathlib import Path
import keras
from training import exports, runs
from training.worker import life
from training.worker.exports.exporting import export
from training.worker.exports.refusal import NotNow
folder = Path(sys.argv[1])
model = [keras.Input((1,)), keras.layers.Dense(25_000_000, use_bias=False)]
keras.Sequential(model).save(folder / runs.MODEL)
life.limit_memory(60_000_000)
ask = {"folder": str(folder), "kind": "onnx", "own": None, "of": exports.stamp(folder)}
try:
    export(ask, print)
except NotNow as refused:
    assert refused.said == exports.NO_MEMORY, refused
    print("not now")
"""


def test_a_model_that_there_is_no_memory_to_load_is_not_called_damaged(folder):
    tight = [sys.executable, "-c", TIGHT, folder]
    told = subprocess.run(tight, capture_output=True, encoding="utf-8")
    assert told.stdout.splitlines()[-1:] == ["not now"], told.stderr
    assert exports.read(folder, "onnx") is None


def test_what_another_process_makes_just_now_is_left_alone(folder):
    half, dead = (folder / exports.FOLDER / f".{name}.new" for name in ("a", "b"))
    for one in (half, dead):
        one.mkdir(parents=True)
    past = dead.stat().st_mtime - exports.LONGEST - 1
    os.utime(dead, (past, past))
    exported(folder, "summary")
    assert half.exists()
    assert not dead.exists()


def test_a_damaged_model_is_a_sentence(folder):
    raw = (folder / runs.MODEL).read_bytes()
    (folder / runs.MODEL).write_bytes(raw[: len(raw) // 2])
    found, _ = exported(folder, "onnx")
    assert (found.state, found.path) == ("failed", None)
    assert "damaged" in str(found.said)


def test_weights_that_are_no_numbers_prove_nothing(folder):
    import keras

    model = keras.models.load_model(folder / runs.MODEL)
    model.set_weights([weight * np.nan for weight in model.get_weights()])
    model.save(folder / runs.MODEL)
    found, _ = exported(folder, "onnx")
    assert "NaN" in str(found.said)
    assert not (folder / exports.FOLDER / "model.onnx").exists()


def test_without_its_data_a_model_is_proved_by_chance_and_says_so(folder):
    script = folder / runs.SCRIPT
    source = script.read_text("utf-8").replace("def load_data", "def load_other")
    script.write_text(source, "utf-8")
    found, _ = exported(folder, "onnx")
    assert found.state == "done"
    assert "64 random examples" in str(found.said)


def test_what_could_not_be_made_is_tried_again_after_a_while(folder):
    (folder / runs.MODEL).write_bytes(b"nothing")
    exported(folder, "onnx")
    assert exports.read(folder, "onnx").state == "failed"
    note = exports.note(folder, "onnx")
    past = note.stat().st_mtime - exports.FAILED_SECONDS
    os.utime(note, (past, past))
    assert exports.read(folder, "onnx") is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"of": 3', "\0\0", '{"said": 1}'])
def test_a_damaged_note_is_as_good_as_none(folder, text):
    exported(folder, "summary")
    note = exports.note(folder, "summary")
    note.write_text(text)
    assert exports.read(folder, "summary") is None
    found, _ = exported(folder, "summary")
    assert found.state == "done"


def test_a_note_of_other_values_is_as_good_as_none(folder):
    exported(folder, "summary")
    note = exports.note(folder, "summary")
    told = json.loads(note.read_text("utf-8"))
    for wrong in ({"said": []}, {"notes": 3}, {"unknown": 1}):
        note.write_text(json.dumps(told | wrong))
        assert exports.read(folder, "summary") is None


def test_a_file_that_answers_otherwise_is_not_offered(folder):
    from training.worker.exports import proving
    from training.worker.exports.examples import examples
    from training.worker.exports.refusal import Refused

    found, _ = exported(folder, "onnx")
    x, real = examples(folder, None)
    assert real
    other = np.full((len(x), 10), 0.1, "float32")
    with pytest.raises(Refused, match="other answers"):
        proving.proved("onnx", found.path, x, other, half=False, classes=True)


def test_a_file_that_can_not_be_loaded_is_not_offered(folder, tmp_path):
    from training.worker.exports import proving
    from training.worker.exports.refusal import Refused

    broken = tmp_path / "model.onnx"
    broken.write_bytes(b"no graph")
    x = np.zeros((1, 8, 8, 1), "float32")
    with pytest.raises(Refused, match="could not be loaded") as refused:
        proving.proved("onnx", broken, x, x, half=False, classes=True)
    assert str(tmp_path) not in str(refused.value)


def test_the_proving_process_ends_with_whoever_asked():
    ended = subprocess.run(
        [sys.executable, "-I", PROOF, "keras", "none.keras", "none.npy", "none.npy"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    assert ended.returncode == 1
    assert b"none.keras" not in ended.stderr


def test_the_terminal_writes_a_proved_file(trained, tmp_path, monkeypatch, capsys):
    workshop, run = trained
    for name, value in workshop.settings.to_environment().items():
        monkeypatch.setenv(name, value)
    out = tmp_path / "digits.onnx"
    assert main(["export", run.id, "--as", "onnx", "-o", str(out)]) == 0
    assert "ONNX Runtime" in capsys.readouterr().out
    assert out.stat().st_size > 0
