"""A run on which nothing is trained: it is opened, and then asked with pictures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bricks.project import Project
from bricks.recipes import recipe
from bricks.tower import Placed, Tower
from codegen.predict import predict
from codegen.source import script
from tests.pretrained import needs_weights
from tests.training.looking import trained
from tests.training.workshop import digits
from training import exports, imagenet, runs
from training.__main__ import main
from training.messages import Fetching, Prepare
from training.outset import to_prepare
from training.rows import DONE

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("looking")]

ROOT = Path(__file__).parents[2]
ELEPHANT = "creative_commons_elephant.jpg"


def small() -> Project:
    """A tower by chance, which names some of the 1,000 classes all the same."""
    bricks = (
        Placed("Conv2D", {"filters": 2, "kernel_size": 3}, id="c"),
        Placed("GlobalAveragePooling2D", id="g"),
        Placed("Dense", {"units": 1000, "activation": "softmax"}, id="d"),
    )
    return Project("Asked", Tower(Placed("ImageNet", {"image_size": 32}), bricks))


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """An observatory at work, and the run of the small tower that is open in it."""
    with trained(tmp_path_factory.mktemp("asked") / "home", small()) as pair:
        yield pair


@pytest.fixture(scope="module")
def picture(tmp_path_factory) -> Path:
    """A picture of noise, wider than high."""
    path = tmp_path_factory.mktemp("pictures") / "noise.png"
    noise = np.random.default_rng(1).integers(0, 256, (40, 60, 3), dtype="uint8")
    Image.fromarray(noise).save(path)
    return path


def test_it_is_done_without_an_epoch_and_has_its_model(opened):
    observatory, run = opened
    row = observatory.workshop.see(run)
    assert (row.state, row.epoch, row.epochs) == (DONE, 0, 0)
    where = observatory.folder(run)
    assert {path.name for path in where.iterdir()} >= {runs.MODEL, runs.SCRIPT}
    assert not (where / runs.REPORT).exists()


def test_it_tells_the_shares_of_a_picture_that_is_given(opened):
    observatory, run = opened
    given = np.zeros((1, 32, 32, 3), "uint8")
    told = observatory.last("told", run, which="best", arrays={"given": given})
    assert told.fields["kind"] == "shares"
    assert told.arrays["shares"].shape == (1000,)
    assert told.arrays["shares"].sum() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("what", ["told", "maps", "answers", "rows"])
def test_what_needs_test_examples_says_that_there_are_none(opened, what):
    observatory, run = opened
    ask = {"which": "best", "given": {"test": 0}}
    told = observatory.last(what, run, **ask)
    assert told.state == "failed"
    assert "there are no test examples" in str(told.said)


def test_the_exported_file_is_proved_with_random_pictures(opened):
    observatory, run = opened
    found = exports.look(observatory.settings, run, "keras")
    while found.state == "waiting":
        time.sleep(0.05)
        found = exports.look(observatory.settings, run, "keras")
    assert found.state == "done"
    assert "64 random examples, as ImageNet's own are not here" in str(found.said)


def test_predict_py_has_the_names_that_are_known():
    names = tuple(f"class {n}" for n in range(1000))
    assert "class 386" in predict(small(), names)
    assert "range(1000)" in predict(small())


def test_how_far_a_download_is_comes_to_the_record(workshop):
    run = workshop.ask(small())
    workshop.trainer._write(run.id, Fetching("a.h5", 1, 2))
    assert workshop.see(run).progress == {"file": "a.h5", "done": 1, "of": 2}


def test_no_data_are_loaded_ahead(opened):
    observatory, _ = opened
    project = small()
    assert to_prepare(observatory.settings, "ann", project.to_json()) is None
    known = recipe("digits-cnn").to_json()
    assert isinstance(to_prepare(observatory.settings, "ann", known), Prepare)


@pytest.fixture
def command(opened):
    """Run `python -m training ...` in this observatory's home."""

    def run(*words):
        given = {**os.environ, **opened[0].settings.to_environment()}
        words = [sys.executable, "-m", "training", *map(str, words)]
        return subprocess.run(
            words, cwd=ROOT, env=given, capture_output=True, text=True
        )

    return run


def test_a_run_is_asked_from_the_command_line(opened, command, picture):
    bad = ("nowhere.jpg", ROOT / "README.md")
    told = command("ask", opened[1].id, *bad, picture, "--json")
    assert told.returncode == 1  # two could not be read
    missing, text, one = json.loads(told.stdout)
    assert missing["error"] == "No such file or directory"
    assert "answers" not in text
    shares = [row["share"] for row in one["answers"]]
    assert one["picture"] == str(picture)
    assert len(shares) == 5
    assert shares == sorted(shares, reverse=True)


def test_any_run_is_asked(opened, command, tmp_path):
    observatory, _ = opened
    run = observatory.workshop.ask(digits(epochs=1))
    while observatory.workshop.see(run).state != DONE:
        time.sleep(0.05)
    picture = tmp_path / "one.png"
    Image.fromarray(np.eye(8, dtype="uint8") * 255).save(picture)
    told = command("ask", run.id, picture)
    assert told.returncode == 0, told.stderr
    first, *rows = told.stdout.splitlines()
    assert first == str(picture)
    assert len(rows) == 5
    assert {row.split()[1] for row in rows} <= set("0123456789")


REFUSED = {
    "no run": ("0" * 32, "There is no run 000"),
    "no recipe": ("no-such-thing", "There is no recipe no-such-thing"),
    "untrained": ("mnist-cnn", "has to be trained before it is asked"),
}


@pytest.mark.parametrize(("which", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    opened, monkeypatch, capsys, picture, which, said
):
    for name, value in opened[0].settings.to_environment().items():
        monkeypatch.setenv(name, value)
    assert main(["ask", which, str(picture)]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_the_elephant_is_an_african_elephant(command, tmp_path):
    project = recipe("imagenet-mobilenet")
    needs_weights(project.tower)
    named = os.environ.get("BRICKYARD_DATASETS")
    elephant = Path(named or "", "sample_images", ELEPHANT)
    if not named or not elephant.is_file():
        pytest.skip(f"needs {ELEPHANT} in BRICKYARD_DATASETS/sample_images")
    told = json.loads(command("ask", "imagenet-mobilenet", elephant, "--json").stdout)
    assert told[0]["answers"][0]["name"] == "African elephant"
    assert told[0]["answers"][0]["share"] > 0.8
    (tmp_path / "train.py").write_text(script(project))
    alone = subprocess.run(
        [sys.executable, "train.py", str(elephant)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    first = alone.stdout.split(str(elephant))[1].splitlines()[1]
    share, name = first.split()
    assert name == "African_elephant"
    assert float(share[:-1]) == pytest.approx(
        100 * told[0]["answers"][0]["share"], abs=0.01
    )


def test_names_come_from_keras_file_and_numbers_where_it_is_not(monkeypatch, tmp_path):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setenv("BRICKYARD_DATASETS", str(tmp_path))
    placed = Placed("ImageNet")
    assert imagenet.class_names(placed)[:2] == ("0", "1")
    index = {str(n): [f"n{n}", f"class_{n}"] for n in range(1000)}
    (tmp_path / "models").mkdir()
    path = tmp_path / "models" / imagenet.CLASS_INDEX
    path.write_text(json.dumps(index))
    assert imagenet.class_names(placed)[386] == "class 386"
    path.write_text("{damaged")
    os.utime(path, (1, 1))
    assert imagenet.class_names(placed)[386] == "386"
