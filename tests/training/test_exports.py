"""A trained model leaves in other formats only when another program has proved them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.training.workshop import Workshop, digits
from training import exports
from training.settings import Settings

FORMATS = ("keras", "onnx", "litert", "savedmodel")


def until_made(workshop, run, kind):
    """Look until the trainer's worker has made it, or says why not."""
    found = []

    def ended():
        found.append(exports.look(workshop.settings, run, kind))
        return found[-1].state != "waiting"

    workshop.work_until(ended)
    return found


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A run of a small tower that is done, and its trainer."""
    root = tmp_path_factory.mktemp("exports")
    settings = Settings(root / "home", f"sqlite:///{root}/home/brickyard.db")
    workshop = Workshop(replace(settings, silence=10.0))
    run = workshop.finish(workshop.ask(digits(epochs=1)))
    yield workshop, run
    workshop.close()


pytestmark = pytest.mark.keras


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_is_offered_when_its_own_runtime_gave_the_models_answers(trained, kind):
    workshop, run = trained
    *_, made = until_made(workshop, run, kind)
    assert made.state == "done", made.said
    assert (made.count, made.agreement) == (64, 1.0)
    assert made.difference < 1e-5
    assert made.size == made.path.stat().st_size > 0
    assert "64 test examples" in str(made.said)
