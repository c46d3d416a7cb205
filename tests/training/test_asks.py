"""What a page asks of Keras is answered by the trainer, and never waited for."""

from __future__ import annotations

import os
import signal
from dataclasses import replace

import numpy as np
import pytest

from bricks.project import Project
from bricks.tower import Placed, Tower
from tests.shelved import shelved, tower_on
from tests.training.workshop import digits
from training import answers, asks, room
from training.asks import Examples
from uploads import binding, prepare
from uploads.shelf import Shelf

FLIP = Placed("RandomFlip", {"mode": "horizontal"})
TURN = Placed("RandomRotation", {"factor": 0.2})


@pytest.fixture
def cats(settings, tmp_path):
    """Ann's pictures."""
    shelf = Shelf(settings.home, "ann")
    return shelved(shelf, tmp_path / "own", {"cat": 8, "dog": 8})


def on(dataset, *foot: Placed) -> Project:
    """A tower on these pictures, with bricks at its foot."""
    project = tower_on(dataset)
    bricks = (*foot, *project.tower.bricks)
    return replace(project, tower=replace(project.tower, bricks=bricks))


def test_asking_never_waits_and_is_the_same_ask_again(settings, cats):
    for _ in range(2):
        assert asks.examples(settings, "ann", on(cats, FLIP)).state == "waiting"
    assert len(list((settings.home / "asks").iterdir())) == 1


def test_what_stands_above_the_foot_changes_nothing(settings, cats):
    project = on(cats, FLIP)
    more = replace(project.tower, bricks=(*project.tower.bricks, Placed("Dropout")))
    asks.examples(settings, "ann", project)
    asks.examples(settings, "ann", replace(project, tower=more, name="Other"))
    assert len(list((settings.home / "asks").iterdir())) == 1
    asks.examples(settings, "ann", on(cats, TURN))
    assert len(list((settings.home / "asks").iterdir())) == 2


def test_the_last_ask_comes_first_and_an_old_one_never(settings, cats):
    for number in range(3):
        asks.examples(settings, "ann", on(cats, FLIP), picture=number)
    found = {where: where / room.ASK for where in (settings.home / "asks").iterdir()}
    for age, ask in enumerate(found.values()):
        past = ask.stat().st_mtime - 4 * age
        os.utime(ask, (past, past))
    assert asks.asked(settings).next() == next(iter(found))
    for ask in found.values():
        past = ask.stat().st_mtime - room.LOOKED_SECONDS
        os.utime(ask, (past, past))
    assert asks.asked(settings).next() is None


def test_what_nobody_looks_at_is_forgotten(settings, cats):
    asks.examples(settings, "ann", on(cats, FLIP))
    (where,) = (settings.home / "asks").iterdir()
    asks.asked(settings).sweep()
    assert where.exists()
    os.utime(where / room.ASK, (1, 1))
    asks.asked(settings).sweep()
    assert not where.exists()


FOOT = {
    "nothing": ((), 0),
    "one": ((FLIP,), 1),
    "a scale between": ((Placed("Rescaling", {"scale": 2.0}), FLIP), 2),
    "a block of them": ((Placed("Block", inner=((FLIP, TURN),)),), 1),
    "a block of others": ((Placed("Block", inner=((FLIP, Placed("Dropout")),)),), 0),
    "above another": ((Placed("Dropout"), FLIP), 0),
}


@pytest.mark.parametrize(("bricks", "count"), FOOT.values(), ids=FOOT)
def test_the_foot_ends_with_the_augmentation(bricks, count):
    tower = Tower(Placed("Images"), (*bricks, Placed("Flatten"), FLIP))
    assert len(asks.foot(tower).bricks) == count


REFUSED = {
    "no pictures": (Project("W", Tower(Placed("IMDB"))), "Only pictures can be"),
    "no data set": (Project("N", Tower(Placed("Images"))), "There are no data yet"),
    "a misfit": (
        Project(
            "M", Tower(Placed("Digits"), (Placed("RandomRotation", {"factor": 9}),))
        ),
        "RandomRotation: ",
    ),
}


@pytest.mark.parametrize(("project", "said"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_shown_is_said_at_once(settings, project, said):
    found = asks.examples(settings, "ann", project)
    assert found.state == "failed"
    assert str(found.said).startswith(said)


def test_a_picture_of_another_person_is_not_shown(settings, cats):
    assert asks.examples(settings, "bob", on(cats, FLIP)).state == "failed"


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
class TestAnswers:
    """By a real worker."""

    def answered(self, workshop, project, **told) -> Examples:
        """What the trainer has answered."""
        found = asks.examples(workshop.settings, "ann", project, **told)

        def ready() -> bool:
            nonlocal found
            found = asks.examples(workshop.settings, "ann", project, **told)
            return found.state != "waiting"

        workshop.work_until(ready)
        return found

    def test_a_flip_shows_the_picture_or_its_mirror_image(self, workshop, cats):
        project = on(cats, FLIP)
        found = self.answered(workshop, project, picture=3)
        shelf = Shelf(workshop.settings.home, "ann")
        settings = binding.full(project.tower.data)
        picture = prepare.read_one(shelf.folder(cats.id), settings, 3)
        np.testing.assert_array_equal(found.original, picture)
        assert found.pictures.shape == (12, 16, 16, 3)
        mirrored = picture[:, ::-1]
        same = [(shown == picture).all() for shown in found.pictures]
        turned = [(shown == mirrored).all() for shown in found.pictures]
        assert all(a or b for a, b in zip(same, turned, strict=True))
        assert any(same)
        assert any(turned)

    def test_points_are_shown_as_they_were_before_they_were_scaled(
        self, workshop, cats
    ):
        scale = Placed("Rescaling", {"scale": 2.0, "offset": -1.0})
        found = self.answered(workshop, on(cats, scale), count=2)
        for shown in found.pictures:
            np.testing.assert_array_equal(shown, found.original)

    def test_without_augmentation_the_picture_stays(self, workshop, cats):
        found = self.answered(workshop, on(cats), count=2)
        assert (found.pictures == found.original).all()

    def test_digits_turn_too(self, workshop):
        project = replace(digits(), tower=Tower(Placed("Digits"), (TURN,)))
        found = self.answered(workshop, project)
        assert found.pictures.shape == (12, 8, 8, 1)
        assert len({shown.tobytes() for shown in found.pictures}) > 6

    def test_a_run_and_an_ask_do_not_wait_for_each_other(self, workshop, cats):
        run = workshop.ask(digits(epochs=900))
        workshop.work_into_epoch(run, 1)
        assert self.answered(workshop, on(cats, FLIP)).state == "done"
        assert workshop.see(run).state == "running"

    def test_a_worker_that_dies_is_said_and_the_next_ask_gets_another(
        self, workshop, cats, monkeypatch
    ):
        self.answered(workshop, on(cats, FLIP))
        workshop.trainer.answers.job.ask = None
        asks.examples(workshop.settings, "ann", on(cats, TURN))
        job = workshop.trainer.answers.job
        os.kill(job.process.pid, signal.SIGSTOP)
        workshop.work_until(lambda: workshop.trainer.answers.busy)
        os.kill(job.process.pid, signal.SIGKILL)
        found = self.answered(workshop, on(cats, TURN))
        assert (found.state, found.said) == ("failed", asks.NO_ANSWER)
        assert self.answered(workshop, on(cats, TURN), picture=1).state == "done"

    def test_a_lack_of_memory_is_said_and_the_ask_made_again(
        self, workshop, cats, monkeypatch
    ):
        project = on(cats, FLIP)
        with monkeypatch.context() as lacking:
            lacking.setattr(answers, "MEMORY", 1 << 60)
            lacking.setattr(answers, "PATIENCE", 0.0)
            found = self.answered(workshop, project)
        assert (found.state, found.said) == ("failed", asks.NO_MEMORY)
        (failure,) = (workshop.settings.home / "asks").glob(f"*/{room.FAILURE}")
        os.utime(failure, (0, 0))
        asks.examples(workshop.settings, "ann", project)
        assert self.answered(workshop, project).state == "done"

    def test_one_that_takes_too_long_is_ended(self, workshop, cats, monkeypatch):
        self.answered(workshop, on(cats, FLIP))
        pid = workshop.trainer.answers.job.process.pid
        os.kill(pid, signal.SIGSTOP)
        monkeypatch.setattr(answers, "LONGEST", 0.3)
        assert self.answered(workshop, on(cats, TURN)).state == "failed"
        assert workshop.trainer.answers.job is None

    def test_without_asks_the_worker_ends(self, workshop, cats, monkeypatch):
        self.answered(workshop, on(cats, FLIP))
        assert workshop.trainer.answers.job is not None
        monkeypatch.setattr(answers, "IDLE_SECONDS", 0.0)
        workshop.work_until(lambda: workshop.trainer.answers.job is None)

    def test_a_damaged_picture_is_named(self, workshop, cats):
        shelf = Shelf(workshop.settings.home, "ann")
        for copy in (shelf.folder(cats.id) / "pictures").iterdir():
            copy.write_bytes(b"no picture")
        found = self.answered(workshop, on(cats, FLIP))
        assert "can't be read any more" in str(found.said)
