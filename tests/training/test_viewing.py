"""Looking into a trained model: a worker answers, step by step, whoever looks."""

from __future__ import annotations

import shutil
from multiprocessing import AuthenticationError

import numpy as np
import psutil
import pytest

from tests.training.looking import trained
from tests.training.workshop import digits
from training import runs, viewing
from training.parcel import packed, unpacked
from training.viewing import DONE, FAILED

pytestmark = pytest.mark.keras


@pytest.fixture(scope="module")
def observatory(tmp_path_factory):
    with trained(tmp_path_factory.mktemp("looking") / "home", digits(epochs=2)) as made:
        yield made


@pytest.fixture
def copied(observatory):
    """A run's folder that a test may spoil, under a run id of its own."""
    made, run = observatory
    other = run.__class__(**{**run.__dict__, "id": "e" * 32})
    shutil.copytree(made.folder(run), made.folder(other))
    yield made, other
    shutil.rmtree(made.folder(other))


def seen(made, run, **more):
    """What the run's model says of a test example."""
    return made.last("told", run, given={"test": 0}, **more)


def test_the_last_weights_are_those_of_the_newest_checkpoint(copied):
    made, run = copied
    best, last = (seen(made, run, which=which) for which in ("best", "last"))
    (made.folder(run) / runs.CHECKPOINT / "2").unlink()
    earlier = seen(made, run, which="last")
    shares = [one.arrays["shares"].tolist() for one in (best, last, earlier)]
    assert shares[0] == shares[1] != shares[2]


def test_an_unknown_question_is_refused_and_the_next_one_answered(observatory):
    made, run = observatory
    assert made.last("nothing", run).state == FAILED
    assert seen(made, run).state == DONE


def test_a_damaged_model_is_told_of(copied):
    made, run = copied
    path = made.folder(run) / runs.MODEL
    path.write_bytes(path.read_bytes()[:2000])
    told = seen(made, run)
    assert told.state == FAILED
    assert str(told.said).startswith("The model of this run can't be read any more")


def test_a_run_without_a_model_is_told_of(copied):
    made, run = copied
    (made.folder(run) / runs.MODEL).unlink()
    assert "has no model" in str(seen(made, run).said)


def test_weights_that_are_no_numbers_are_told_of(copied):
    import keras

    made, run = copied
    path = made.folder(run) / runs.MODEL
    model = keras.models.load_model(path)
    model.set_weights([weights * np.nan for weights in model.get_weights()])
    model.save(path)
    assert "NaN" in str(seen(made, run).said)


def test_a_killed_viewer_gives_way_to_a_new_one(observatory):
    made, run = observatory
    seen(made, run)
    viewer = made.workshop.trainer.viewers.viewer
    psutil.Process(viewer.process.pid).kill()
    told = seen(made, run)
    while told.state == FAILED:  # it was asked in the moment of its end
        told = seen(made, run)
    assert told.state == DONE
    assert made.workshop.trainer.viewers.viewer.process.pid != viewer.process.pid
    assert not viewer.folder.exists()


def test_who_looks_no_more_leaves_the_viewer_to_others(observatory):
    made, run = observatory
    question = {"what": "told", "folder": str(made.folder(run)), "given": {"test": 0}}
    for _ in range(20):
        viewing.ask(made.settings, question).close()
    assert seen(made, run).state == DONE


def test_no_stranger_gets_in_without_the_key(observatory):
    made, run = observatory
    seen(made, run)
    door = viewing.place(made.settings) / viewing.DOOR
    assert door.stat().st_mode & 0o077 == 0
    known = door.read_text()
    door.write_text(known.replace('"key": "', '"key": "00')[:-4] + '"}')
    try:
        with pytest.raises(AuthenticationError):
            viewing._through(viewing.place(made.settings))
    finally:
        door.write_text(known)
    assert seen(made, run).state == DONE


def test_a_parcel_holds_what_was_put_in():
    arrays = {
        "x": np.arange(6, dtype="float32").reshape(2, 3),
        "none": np.zeros((0, 4), "uint8"),
    }
    fields, found = unpacked(packed({"said": "한\n글"}, arrays))
    assert fields == {"said": "한\n글"}
    assert {name: array.tolist() for name, array in found.items()} == {
        name: array.tolist() for name, array in arrays.items()
    }


def test_a_parcel_holds_numbers_only():
    with pytest.raises(ValueError, match="numbers"):
        unpacked(b'[{}, [["x", "|O", [1]]]]\n12345678')
