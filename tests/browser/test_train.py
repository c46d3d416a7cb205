"""From a tower to a trained model in hand, on Digits."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.test_access import serious

pytestmark = pytest.mark.keras


def download(visitor, name, folder):
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name=name, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_a_tower_is_trained_judged_and_taken_home(visitor, tmp_path):
    visitor.start_from("digits-cnn")
    visitor.train()
    expect(visitor.page.get_by_text("Done: 15 epochs")).to_be_visible(timeout=90_000)
    assert serious(visitor.page) == []
    visitor.view("Results")
    metrics = visitor.page.get_by_test_id("stMetricValue")
    expect(metrics.first).to_contain_text("%")
    assert float(metrics.first.inner_text().split()[0]) > 90
    expect(visitor.page.get_by_test_id("stImage").first).to_be_visible()
    expect(visitor.page.get_by_text("Confusion matrix")).to_be_visible()
    assert serious(visitor.page) == []
    visitor.view("Take home")
    model = download(visitor, "Trained model", tmp_path)
    script = download(visitor, "Script", tmp_path)
    project = download(visitor, "Project file", tmp_path)
    history = download(visitor, "History", tmp_path)
    assert model.stat().st_size > 50_000
    assert [row["epoch"] for row in csv.DictReader(history.open())] == [
        str(n) for n in range(1, 16)
    ]
    assert json.loads(project.read_text("utf-8"))["format"] == "brickyard"
    text = script.read_text("utf-8").replace("EPOCHS = 15", "EPOCHS = 1")
    script.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script.name], cwd=tmp_path, capture_output=True, text=True
    )
    assert "test accuracy" in done.stdout, done.stderr[-2000:]


def lengthen(visitor, epochs):
    """Ask for more epochs than the test will wait for."""
    field = visitor.page.get_by_role("spinbutton", name="Epochs")
    typed(visitor, field, str(epochs))


def typed(visitor, field, value):
    """Type a number and wait until the page has taken it."""
    field.fill(value)
    field.press("Enter")
    expect(field).to_have_value(value)
    visitor.page.wait_for_timeout(300)  # till the server has begun to draw
    visitor.settled()


def test_a_run_survives_a_reload_and_stops_when_told(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    lengthen(visitor, 900)
    visitor.train()
    expect(visitor.page.get_by_text("batch").first).to_be_visible(timeout=60_000)
    visitor.page.reload()
    stop = visitor.page.locator(".st-key-stop button")
    expect(stop).to_be_enabled()
    expect(visitor.page.get_by_text("of 900").first).to_be_visible()
    stop.click()
    expect(visitor.page.get_by_text("Stopped after epoch")).to_be_visible()
    expect(visitor.page.get_by_test_id("stBaseButton-primary")).to_be_enabled()
    visitor.page.get_by_role("button", name="Go on from epoch").click()
    expect(stop).to_be_enabled()
    expect(visitor.page.get_by_text("of 900, batch").first).to_be_visible()
    stop.click()
    expect(visitor.page.get_by_text("Stopped after epoch")).to_be_visible()


def trainer(server):
    """The trainer of this server, by its own note."""
    return psutil.Process(int((server.home / "trainer.pid").read_text()))


def test_a_run_goes_on_when_trainer_and_server_are_killed(visitor, server):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    lengthen(visitor, 120)
    visitor.train()
    begun = visitor.page.get_by_text(re.compile(r"Epoch ([5-9]|\d\d) of 120")).first
    expect(begun).to_be_visible(timeout=60_000)
    trainer(server).kill()
    server.kill()
    server.start()
    visitor.page.goto(f"{server.url}?view=train")
    expect(visitor.page.get_by_text("Done: 120 epochs")).to_be_visible(timeout=120_000)
    histories = [
        list(csv.DictReader(p.open())) for p in server.home.glob("runs/*/history.csv")
    ]
    (rows,) = (rows for rows in histories if len(rows) > 100)
    assert [row["epoch"] for row in rows] == [str(n) for n in range(1, 121)]
    visitor.complaints.clear()  # a browser rightly complains of a dead server


def test_a_double_click_starts_one_run(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    lengthen(visitor, 2)
    visitor.page.get_by_test_id("stBaseButton-primary").dblclick()
    expect(visitor.page.get_by_text("Done: 2 epochs")).to_be_visible(timeout=60_000)
    visitor.view("Results")
    expect(visitor.page.get_by_test_id("stMetricValue").first).to_contain_text("%")
    expect(visitor.page.get_by_test_id("stSelectbox")).to_have_count(0)


def test_curves_grow_without_being_drawn_anew(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    lengthen(visitor, 300)
    visitor.train()
    chart = visitor.page.get_by_test_id("stVegaLiteChart").first
    early = visitor.page.get_by_text(re.compile(r"Epoch \d+ of 300")).first
    expect(early).to_be_visible(timeout=60_000)
    chart.locator("canvas, svg").first.evaluate("one => { one.dataset.first = 'yes' }")
    late = visitor.page.get_by_text(re.compile(r"Epoch (8|9|1\d)\d of 300")).first
    expect(late).to_be_visible(timeout=60_000)
    expect(chart.locator("[data-first]")).to_have_count(1)
    # By its key: while the script runs, Streamlit shows a Stop of its own in the head.
    visitor.page.locator(".st-key-stop button").click()
    expect(visitor.page.get_by_text("Stopped after epoch")).to_be_visible()


def test_a_tower_that_does_not_hold_cannot_be_trained(visitor):
    visitor.item("Dense").click()
    visitor.sees("Dense")
    visitor.view("Train")
    expect(visitor.page.get_by_test_id("stAlert").first).to_contain_text("Flatten")
    expect(visitor.page.get_by_test_id("stBaseButton-primary")).to_be_disabled()


def test_a_changed_tower_is_told_from_the_one_that_was_trained(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    lengthen(visitor, 1)
    visitor.train()
    expect(visitor.page.get_by_text("Done: 1 epochs")).to_be_visible(timeout=60_000)
    changed = visitor.page.get_by_text("The tower was changed since this run")
    expect(changed).to_be_hidden()
    visitor.view("Build")
    visitor.item("Dropout").click()
    visitor.view("Take home")
    expect(changed).to_be_visible()
    visitor.page.go_back()
    expect(visitor.palette).to_be_visible()


def test_settings_chosen_in_train_are_in_the_code_and_train(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    lengthen(visitor, 1)
    visitor.page.get_by_role("combobox", name="Optimizer").click()
    visitor.page.get_by_role("option", name="SGD", exact=True).click()
    rate = visitor.page.get_by_role("spinbutton", name="Learning rate")
    expect(rate).to_have_value("0.01")
    visitor.settled()
    visitor.page.get_by_role("button", name="Optimizer: SGD").click()
    momentum = visitor.page.get_by_role("spinbutton", name="momentum")
    typed(visitor, momentum, "0.9")
    tree = visitor.page.get_by_role("img", name="Momentum is lit")
    expect(tree).to_be_visible()
    assert serious(visitor.page) == []
    visitor.page.get_by_text("More settings").click()
    norm = visitor.page.get_by_role("spinbutton", name="clipnorm")
    for value in ("2", ""):  # what may be left out can be left out again
        typed(visitor, norm, value)
    visitor.page.keyboard.press("Escape")
    visitor.page.get_by_role("button", name="Callbacks").click()
    visitor.page.get_by_text("Early stopping", exact=True).click()
    patience = visitor.page.get_by_role("spinbutton", name="patience")
    expect(patience).to_have_value("5")
    visitor.settled()
    assert serious(visitor.page) == []
    visitor.page.keyboard.press("Escape")
    visitor.train()
    expect(visitor.page.get_by_text("Done: 1 epochs")).to_be_visible(timeout=60_000)
    visitor.view("Build")
    visitor.page.get_by_role("tab", name="Code").click()
    code = visitor.page.get_by_role("tabpanel", name="Code")
    expect(code).to_contain_text("keras.optimizers.SGD(learning_rate=LEARNING_RATE")
    expect(code).to_contain_text("momentum=0.9")
    expect(code).not_to_contain_text("clipnorm")
    expect(code).to_contain_text("keras.callbacks.EarlyStopping(patience=5")
