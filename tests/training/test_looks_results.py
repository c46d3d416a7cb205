"""Answers and pictures of a run's test examples, worked out by the viewer."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace

import numpy as np
import pytest

from explain import answers
from explain.answers import BEST, FILES, LAST
from tests.shelved import shelved, tower_on
from tests.training.looking import Observatory
from tests.training.workshop import digits
from training import judged, runs
from training.viewing import DONE, FAILED, PROGRESS
from uploads.shelf import Shelf

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("looking")]


@pytest.fixture(scope="module")
def observatory(tmp_path_factory):
    """Runs on Digits and on own pictures, which are not there any more."""
    made = Observatory(tmp_path_factory.mktemp("judging") / "home")
    run = made.train(digits(epochs=3))
    shelf = Shelf(made.settings.home, "ann")
    cats = shelved(shelf, made.settings.home / "own", {"cat": 30, "dog": 30})
    own = made.train(tower_on(cats, epochs=1))
    back = made.train(tower_on(cats, label="Picture", epochs=1))
    shelf.drop(cats.id)
    with made.at_work():
        yield made, run, own, back
    made.close()


@pytest.fixture
def copied(observatory):
    """The run's folder under another id, without the answers that it kept."""
    made, run, *_ = observatory
    other = replace(run, id="e" * 32)
    shutil.copytree(made.folder(run), made.folder(other))
    (made.folder(other) / FILES[BEST]).unlink()
    yield made, other
    shutil.rmtree(made.folder(other))


def test_a_run_of_older_days_gets_the_answers_that_its_end_would_have_kept(
    observatory, copied
):
    made, run = copied
    told = made.ask("answers", run)
    assert [one.state for one in told[:-1]] == [PROGRESS] * (len(told) - 1)
    assert told[-1].state == DONE
    assert told[-2].fields == {"done": 360, "of": 360}
    found = judged.kept(made.folder(run))
    same = judged.kept(made.folder(observatory[1]))
    np.testing.assert_array_equal(found.true, same.true)
    np.testing.assert_array_equal(found.told, same.told)
    np.testing.assert_allclose(found.sure, same.sure, atol=1e-5)
    assert found.test == pytest.approx(same.test, rel=1e-4)


def test_the_last_epochs_answers_are_those_of_its_weights(copied):
    import keras

    from codegen import live
    from training.worker import checkpoint

    made, run = copied
    where = made.folder(run)
    assert made.last("answers", run, which=LAST).state == DONE
    found = judged.kept(where, LAST)
    model = keras.models.load_model(where / runs.MODEL)
    state, _journal = checkpoint.load(where / runs.CHECKPOINT)
    checkpoint.restore_weights(model, state)
    x, y = live.module((where / runs.SCRIPT).read_text()).load_data()[2]
    said = model.evaluate(x, y, verbose=0, return_dict=True)
    assert found.test["loss"] == pytest.approx(said["loss"], rel=1e-4)
    assert found.test["accuracy"] == pytest.approx(said["accuracy"])
    assert answers.read(where, BEST) is None


def test_what_is_kept_is_told_at_once(observatory):
    made, run, *_ = observatory
    (told,) = made.ask("answers", run)
    assert (told.state, told.fields) == (DONE, {"count": 360})


def test_answers_of_weights_that_were_trained_on_are_worked_out_anew(copied):
    made, run = copied
    made.last("answers", run)
    where = made.folder(run)
    assert judged.is_kept(where)
    later = (where / FILES[BEST]).stat().st_mtime_ns + 1_000
    os.utime(where / runs.MODEL, ns=(later, later))
    assert not judged.is_kept(where)
    assert made.ask("answers", run)[0].state == PROGRESS
    assert judged.is_kept(where)


def test_answers_to_data_that_are_gone_stay_and_new_ones_are_refused(observatory):
    made, _run, own, _back = observatory
    assert made.last("answers", own).state == DONE
    told = made.last("answers", own, which=LAST)
    assert told.state == FAILED
    assert "not here any more" in str(told.said)
    assert made.last("pictures", own, numbers=[0]).state == FAILED


def test_pictures_are_those_of_the_test_split(observatory):
    from codegen import live

    made, run, *_ = observatory
    told = made.last("pictures", run, numbers=[5, 0, 359])
    x, _y = live.module((made.folder(run) / runs.SCRIPT).read_text()).load_data()[2]
    shown = told.arrays["pictures"]
    assert shown.shape == (3, 8, 8, 1)
    assert shown.dtype == np.uint8
    np.testing.assert_allclose(shown / 255, x[[5, 0, 359]], atol=1 / 500)


def test_large_pictures_are_made_small():
    from training.worker.looks.pictures import small

    large = np.zeros((2, 200, 100, 3), "uint8")
    large[:, :100] = 240
    found = small(large, 50)
    assert found.shape == (2, 50, 25, 3)
    assert (found[:, :25] == 240).all()
    assert (found[:, 25:] == 0).all()
    grey = small(large[..., :1], 50)
    assert grey.shape == (2, 50, 25, 1)
    assert small(large, 300) is large


def test_a_question_that_makes_no_sense_is_refused(observatory):
    made, run, *_ = observatory
    assert made.last("pictures", run, numbers="all").state == FAILED
    assert made.last("pictures", run).state == FAILED
    assert made.last("answers", run, which="worst").state == FAILED
