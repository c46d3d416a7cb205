"""What is wrong with a file of weights is said in one sentence; the files are real."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bricks.project import Project
from bricks.tower import Placed, Tower
from tests.pretrained import needs_weights
from training import weights
from training.worker.weights import ready

pytestmark = pytest.mark.keras

ROOT = Path(__file__).parents[2]
WIDE, NARROW = {"alpha": 0.75, "include_top": False}, "mobilenet_5_0_224_tf_no_top.h5"


def on(**settings) -> Tower:
    """A MobileNet on pictures of 32 by 32 points."""
    ground = Placed("Images", {"image_size": 32, "classes": 3, "label": "Category"})
    return Tower(ground, (Placed("MobileNet", settings, id="b"),))


BUILDER = """
import json, os, sys
from bricks.project import Project
from codegen import live
from training import weights
from training.worker.weights import Unobtained, ready

for line in sys.stdin:
    document, os.environ["BRICKYARD_DATASETS"] = json.loads(line)
    project = Project.from_json(document)
    try:
        with ready(weights.files(project.tower)):
            said = live.model(project).count_params()
    except Unobtained as error:
        said = str(error)
    print(json.dumps(said), flush=True)
"""


@pytest.fixture(scope="module")
def builder(tmp_path_factory):
    """A process with a home of Keras' of its own, that builds one model after another;
    Keras asks for its home once in a process."""
    home = tmp_path_factory.mktemp("keras")
    process = subprocess.Popen(
        [sys.executable, "-c", BUILDER],
        cwd=ROOT,
        env={**os.environ, "KERAS_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    process.home = home
    yield process
    process.stdin.close()
    process.wait(60)


@pytest.fixture
def real(monkeypatch, builder) -> Path:
    """The file of MobileNet's weights, 0.75 wide, without top; Keras has none yet."""
    needs_weights(on(**WIDE))
    ((_, file),) = weights.files(on(**WIDE))
    shutil.rmtree(builder.home / "models", ignore_errors=True)
    return weights.found(file.name)


def given(tmp_path, name: str) -> Path:
    """Where a file of this name lies in this test's BRICKYARD_DATASETS."""
    path = tmp_path / "datasets" / "models" / name
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def said(builder, tmp_path):
    """What comes of building a tower: why it can't be, or how many weights it has."""

    def ask(tower: Tower):
        asked = [Project("any", tower).to_json(), str(tmp_path / "datasets")]
        builder.stdin.write(json.dumps(asked) + "\n")
        builder.stdin.flush()
        return json.loads(builder.stdout.readline())

    return ask


def test_a_file_that_was_cut_off_is_called_damaged(real, said, tmp_path):
    path = given(tmp_path, real.name)
    path.write_bytes(real.read_bytes()[:3_000_000])
    told = said(on(**WIDE))
    assert told.startswith(f"{real.name}, the weights of MobileNet, is damaged: remove")
    assert "BRICKYARD_DATASETS" in told


def test_a_file_that_is_a_page_of_the_web_is_called_damaged(real, said, tmp_path):
    given(tmp_path, real.name).write_text("<html>Sign in to the network</html>")
    assert "is damaged" in said(on(**WIDE))


def test_a_file_of_another_width_is_told(real, said, tmp_path):
    shutil.copy(real, given(tmp_path, NARROW))
    told = said(on(**{**WIDE, "alpha": 0.5}))
    assert told.startswith(f"{NARROW} does not hold the weights of this MobileNet")
    assert "of another width" in told


def test_a_file_with_a_top_in_place_of_one_without_is_told(real, said, tmp_path):
    whole = real.with_name(real.name.replace("_no_top", ""))
    if not whole.is_file():
        pytest.skip(f"needs {whole.name} in BRICKYARD_DATASETS/models")
    shutil.copy(whole, given(tmp_path, real.name))
    assert "with a top in place of without" in said(on(**WIDE))


def test_the_whole_file_is_loaded(real, said, builder, tmp_path):
    shutil.copy(real, given(tmp_path, real.name))
    assert said(on(**WIDE)) == 1_832_976
    assert (builder.home / "models" / real.name).read_bytes() == real.read_bytes()


def test_another_error_of_the_building_stays_itself():
    with pytest.raises(ValueError, match="mine"), ready([]):
        raise ValueError("mine")
