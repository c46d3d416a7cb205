"""How long an epoch takes is foretold from what was measured on the machine."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from bricks.catalog import data_brick
from bricks.recipes import recipe, recipe_names
from bricks.tower import Placed
from bricks.training import Training
from bricks.walk import walk
from codegen.source import script
from tests.training.standing import in_two_steps, on_base
from tests.training.workshop import digits
from training import calibration, calibrator, cost
from training.calibration import Calibration, estimate, key
from training.calibrator import Calibrator

MADE_UP = Calibration(
    key=key(1),
    learning={"batch": 0.01, "convolved": 1e-9},
    answering={"batch": 0.001},
    saving={"file": 0.5},
    spread=2.0,
    measured="2026-01-01T00:00:00+00:00",
    device="CPU",
)
DEEP = walk(recipe("mnist-deep-cnn").tower)


def test_an_epoch_is_learning_answering_and_saving():
    plain = replace(MADE_UP, learning={"batch": 0.01})
    found = estimate(DEEP, Training(batch_size=100), (5000, 1000, 1000), plain)
    assert found.seconds == pytest.approx(50 * 0.01 + 10 * 0.001 + 0.5)
    assert (found.low, found.high) == pytest.approx((0.505, 2.02))


def test_more_pictures_take_longer():
    few, many = (
        estimate(DEEP, Training(), (count, 100, 100), MADE_UP) for count in (1000, 9000)
    )
    assert many.seconds > 5 * few.seconds


def test_features_are_worked_out_once_and_the_head_is_quick():
    shut, flipped = Training(32, 5), Placed("RandomFlip", {"mode": "horizontal"})
    work = dict.fromkeys(("convolved", "depthwise", "plain", "dense"), 1e-9)
    machine = replace(MADE_UP, learning=work, answering=work, saving={})
    parts = 900, 300, 300
    once = estimate(walk(on_base(shut).tower), shut, parts, machine)
    always = estimate(walk(on_base(shut, flipped).tower), shut, parts, machine)
    assert always.once == 0
    assert always.seconds == pytest.approx(once.once, rel=0.5)
    assert 0 < once.seconds < always.seconds / 50


def test_of_two_steps_the_one_that_takes_longer_is_told():
    first = in_two_steps(2, 4)
    later = replace(first, training=replace(first.training, frozen_epochs=0))
    told = [
        estimate(walk(one.tower), one.training, (900, 300, 300), MADE_UP)
        for one in (first, later)
    ]
    assert told[0].seconds == pytest.approx(told[1].seconds, rel=0.01)


def test_an_optimizer_with_less_to_move_is_quicker():
    adam, sgd = (
        cost.learning(DEEP, Training(optimizer=name), 1000, 1)
        for name in ("adam", "sgd")
    )
    assert adam.pop("weights") > 2 * sgd.pop("weights")
    assert adam == sgd


@pytest.mark.parametrize(
    "training", [Training(batch_size=0), Training(optimizer="gd")], ids=["0", "gd"]
)
def test_all_examples_at_once_are_one_batch(training):
    counts = cost.learning(DEEP, training, 1000, 1)
    assert counts["batch"] == counts["go"] == 1
    assert cost.batches_a_go(DEEP, training, 1000) == 1


@pytest.mark.parametrize("name", recipe_names())
def test_batches_in_one_go_are_counted_as_the_script_prints_them(name):
    project = recipe(name)
    stages = walk(project.tower)
    found = re.search(r"STEPS_PER_EXECUTION = .* else (\d+)", script(project))
    printed = int(found[1]) if found else 1
    data = data_brick(project.tower.data.kind)
    examples = data.split(data.full(project.tower.data.settings))[0]
    assert cost.batches_a_go(stages, project.training, examples) == printed


def test_what_was_measured_is_kept(settings):
    assert calibration.read(settings) is None
    calibration.write(settings, MADE_UP)
    assert calibration.read(settings) == MADE_UP


OLD = {
    "other versions": replace(MADE_UP, key={**MADE_UP.key, "keras": "2.0.0"}),
    "other counts": replace(MADE_UP, key={**MADE_UP.key, "format": 0}),
    "other slots": replace(MADE_UP, key=key(2)),
}


@pytest.mark.parametrize("old", OLD.values(), ids=OLD)
def test_what_was_measured_otherwise_is_not_believed(settings, old):
    calibration.write(settings, old)
    assert calibration.read(settings) is None


def test_a_damaged_file_is_measured_again(settings):
    calibration.write(settings, MADE_UP)
    (settings.home / calibration.FILE).write_text("{")
    assert calibration.read(settings) is None


def test_a_page_can_afford_an_estimate():
    code = (
        "import sys, training.calibration;"
        "print({'keras', 'tensorflow', 'numpy', 'psutil'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


@pytest.fixture
def quiet(settings, monkeypatch):
    """A calibrator on a quiet machine, whose measuring only sleeps."""
    settings.home.mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(calibrator, "IDLE_SECONDS", 0.0)
    monkeypatch.setattr(calibrator, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(calibrator.psutil, "cpu_percent", lambda: 5.0)
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(calibrator, "COMMAND", sleep)
    made = Calibrator(settings)
    yield made
    made.stop()


def test_an_idle_machine_is_measured_once(quiet):
    quiet.go_on(idle=True)
    process = quiet.process
    assert process
    assert process.poll() is None
    quiet.go_on(idle=True)
    assert quiet.process is process


def test_whoever_trains_goes_first(quiet):
    quiet.go_on(idle=True)
    process = quiet.process
    quiet.go_on(idle=False)
    assert quiet.process is None
    assert process.poll() is not None
    quiet.go_on(idle=True)
    assert quiet.process


def test_a_busy_machine_is_left_alone(quiet, monkeypatch):
    monkeypatch.setattr(calibrator.psutil, "cpu_percent", lambda: 95.0)
    quiet.go_on(idle=True)
    assert quiet.process is None


def test_a_known_machine_is_not_measured_again(quiet):
    calibration.write(quiet.settings, MADE_UP)
    quiet.go_on(idle=True)
    assert quiet.process is None


def test_measuring_that_fails_is_not_tried_for_ever(quiet, monkeypatch):
    monkeypatch.setattr(calibrator, "COMMAND", [sys.executable, "-c", "exit(1)"])
    for _ in range(10):
        quiet.go_on(idle=True)
        if quiet.process:
            quiet.process.wait()
    assert quiet.tries == calibrator.MOST_TRIES


@pytest.mark.keras
def test_prices_are_found_and_none_is_below_zero():
    from training.worker.calibrate import Measured, _prices

    rows = [
        Measured({"a": a, "b": b, "c": 1}, 2.0 * a + 0.5 * b)
        for a, b in ((1, 1), (2, 1), (5, 9), (3, 0))
    ]
    assert _prices(rows) == pytest.approx({"a": 2.0, "b": 0.5, "c": 0.0}, abs=1e-6)


@pytest.mark.keras
def test_a_short_measuring_foretells_what_it_measured(settings, monkeypatch):
    from training.worker import calibrate

    monkeypatch.setattr(calibrate, "TRIALS", calibrate.TRIALS[:2])
    heard = []
    began = time.perf_counter()
    found = calibrate.calibrate(1, lambda done, of: heard.append((done, of)))
    took = time.perf_counter() - began
    calibration.write(settings, found)
    assert heard == [(0, 2), (1, 2)]
    assert calibration.read(settings) == found
    told = estimate(walk(recipe("mnist-mlp").tower), Training(), (1000, 100), found)
    assert 0 < told.low < told.seconds < told.high < 100 * took


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
def test_a_run_ends_the_measuring_and_is_trained(workshop, quiet):
    workshop.trainer.calibrator = quiet
    workshop.work_until(lambda: quiet.process)
    process = quiet.process
    run = workshop.ask(digits(epochs=1))
    workshop.work_until(lambda: workshop.see(run).state != "waiting")
    assert process.poll() is not None
    assert workshop.finish(run).state == "done"
