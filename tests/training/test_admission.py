"""What can't be trained is said before it is tried, in one sentence."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bricks.project import Project
from bricks.tower import Placed, Tower
from bricks.training import Training
from bricks.words import Text
from tests.training.workshop import digits
from training import admission, datasets, outset
from training.admission import hindrance

GB = 1_000_000_000


def dense(*units: int, data: str = "MNIST", batch_size: int = 128) -> Project:
    """Flatten, these Dense, and a Dense of 10 that answers."""
    bricks = [Placed("Dense", {"units": n, "activation": "relu"}) for n in units]
    answer = Placed("Dense", {"units": 10, "activation": "softmax"})
    tower = Tower(Placed(data), (Placed("Flatten"), *bricks, answer))
    return Project("Wide", tower, Training(batch_size=batch_size))


@pytest.fixture
def free(monkeypatch):
    """Say how many bytes of memory are free; of data, that they are here."""
    monkeypatch.setattr(datasets, "known_missing", lambda *_: None)

    def set_to(size: float) -> None:
        memory = SimpleNamespace(available=int(size))
        monkeypatch.setattr(admission.psutil, "virtual_memory", lambda: memory)

    return set_to


def test_a_small_tower_is_let_in():
    assert hindrance(digits()) is None


def test_four_thousand_million_weights_are_not_tried_on_this_machine(monkeypatch):
    monkeypatch.setattr(datasets, "known_missing", lambda *_: None)
    if admission.psutil.virtual_memory().available > 70 * GB:
        pytest.skip("this machine has the memory")
    said = str(hindrance(dense(65536, 65536)))
    assert said.startswith("Training needs about 70.6 GB of memory and ")
    assert said.endswith("widest brick smaller, Dense has 4,295,032,832 weights.")


# 65,536 units on MNIST: 920 MB to begin, 834 MB for weights, 0.54 MB for a picture
SAID = {
    "enough": (1.9 * GB, None),
    "a smaller batch": (1.8 * GB, "choose a batch size of 64 or less."),
    "a batch of one": (1.754 * GB, "choose a batch size of 1 or less."),
    "no batch": (1.7 * GB, "widest brick smaller, Dense has 51,445,760 weights."),
    "nothing": (0.9 * GB, "wait until other trainings have ended."),
}


@pytest.mark.parametrize(("size", "said"), SAID.values(), ids=SAID)
def test_the_way_out_of_too_little_memory_is_said(free, size, said):
    free(size)
    told = hindrance(dense(65536))
    assert told is None if said is None else str(told).endswith(said)


def test_the_batch_size_that_is_named_is_let_in(free):
    free(1.8 * GB)
    assert hindrance(dense(65536, batch_size=64)) is None


def test_the_lowest_misfit_comes_first_then_the_data(free, monkeypatch):
    free(0)
    monkeypatch.setattr(datasets, "known_missing", lambda *_: Text("No data."))
    tower = Tower(Placed("MNIST"), (Placed("Dense", {"units": 0}),))
    assert str(hindrance(Project("Loose", tower))) == "Dense: Change units."
    assert str(hindrance(dense())) == "No data."


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
def test_a_run_without_memory_fails_unless_another_run_has_it(workshop, monkeypatch):
    real = admission.psutil.virtual_memory
    trainer, none = workshop.trainer, SimpleNamespace(available=0)
    first = workshop.ask(digits(epochs=900))
    workshop.work_until(lambda: workshop.see(first).epoch >= 1)
    trainer.engine.settings = trainer.settings.__class__(
        **{**vars(trainer.settings), "slots": 2}
    )
    monkeypatch.setattr(admission.psutil, "virtual_memory", lambda: none)
    second = workshop.ask(digits(epochs=1), owner="bob")
    workshop.work_until(lambda: trainer._start_after)
    assert (workshop.see(second).state, workshop.see(second).tries) == ("waiting", 0)
    workshop.store.stop_run("ann", first.id)
    failed = workshop.finish(second)
    assert "0.0 GB are free" in str(Text.from_json(failed.reason))
    monkeypatch.setattr(admission.psutil, "virtual_memory", real)
    workshop.store.resume_run("bob", second.id)
    assert workshop.finish(second).state == "done"


def test_what_fails_for_one_document_ends_no_trainer():
    assert outset.whatever_comes(Project.from_json, b"\xff") is None


def whole(project: Project, **settings) -> Project:
    """The project with all examples in one batch."""
    return replace(project, training=replace(project.training, **settings))


ALL_AT_ONCE = {
    "gd, where sgd fits": (
        {"optimizer": "gd"},
        2.6 * GB,
        "not all examples fit in at once, choose the optimizer sgd in place of gd.",
    ),
    "gd, where sgd fits with fewer": (
        {"optimizer": "gd"},
        1.8 * GB,
        "the optimizer sgd in place of gd and a batch size from 1 to 512.",
    ),
    "no batch size": (
        {"batch_size": 0},
        1.8 * GB,
        "not all examples fit in at once, choose a batch size from 1 to 64.",
    ),
    "not even one": (
        {"optimizer": "gd"},
        1.2 * GB,
        "make the widest brick smaller, Dense has 51,445,760 weights.",
    ),
}


@pytest.mark.parametrize(
    ("settings", "size", "said"), ALL_AT_ONCE.values(), ids=ALL_AT_ONCE
)
def test_where_all_examples_are_too_many_the_way_out_is_said(
    free, settings, size, said
):
    free(size)
    told = hindrance(whole(dense(65536, batch_size=2048), **settings))
    assert str(told).endswith(said)
    assert admission.may_pass(told)


def test_a_callback_whose_package_is_missing_is_refused_before_it_starts(monkeypatch):
    logged = whole(digits(), callbacks={"tensorboard": {}})
    monkeypatch.setattr(admission, "find_spec", lambda name: None)
    said = hindrance(logged)
    assert str(said) == (
        "TensorBoard log needs the package tensorboard, which is not installed here: "
        "switch it off, or have it installed."
    )
    assert not admission.may_pass(said)
    monkeypatch.setattr(admission, "find_spec", lambda name: object())
    assert hindrance(logged) is None
    assert hindrance(digits()) is None
