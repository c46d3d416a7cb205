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
        visitor.page.get_by_role("button", name=f"Download: {name}", exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def said(visitor, text):
    """The sentence on how far the run is, where it says this."""
    return visitor.page.locator(".sentence", has_text=text)


def test_a_tower_is_trained_judged_and_taken_home(visitor, tmp_path):
    visitor.start_from("digits-cnn")
    visitor.train()
    expect(said(visitor, "Done: 15 epochs")).to_be_visible(timeout=90_000)
    assert serious(visitor.page) == []
    visitor.view("Results")
    figures = visitor.page.locator(".key-figure b")
    expect(figures.first).to_contain_text("%")
    assert float(figures.first.inner_text().split()[0]) > 90
    expect(visitor.page.locator(".shot").first).to_be_visible()
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


def faded_in(visitor):
    """Wait until Streamlit, which fades what it is about to draw, has drawn it."""
    visitor.page.wait_for_timeout(300)  # till the server has begun to draw
    visitor.settled()
    visitor.page.wait_for_timeout(600)


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


def deed(visitor, name):
    """A button of the run that is told of."""
    return visitor.page.locator(f"[data-act={name}]")


def told(visitor):
    """What is said of the run, and its state and epoch as attributes."""
    return visitor.page.locator(".run-body")


def in_state(visitor, state):
    expect(told(visitor)).to_have_attribute("data-state", state, timeout=60_000)


def test_a_run_survives_a_reload_and_stops_when_told(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    lengthen(visitor, 900)
    visitor.train()
    expect(said(visitor, "batch")).to_be_visible(timeout=60_000)
    visitor.page.reload()
    stop = deed(visitor, "stop_run")
    expect(stop).to_be_enabled()
    expect(said(visitor, "of 900")).to_be_visible()
    stop.click()
    expect(said(visitor, "Stopped after epoch")).to_be_visible()
    expect(visitor.page.get_by_test_id("stBaseButton-primary")).to_be_enabled()
    visitor.page.get_by_role("button", name="Go on from epoch").click()
    expect(stop).to_be_enabled()
    expect(said(visitor, "of 900, batch")).to_be_visible()
    stop.click()
    expect(said(visitor, "Stopped after epoch")).to_be_visible()


def test_a_run_is_paused_and_goes_on_then_learns_more_and_runs_again(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    lengthen(visitor, 40)
    visitor.train()
    expect(said(visitor, "of 40, batch")).to_be_visible(timeout=60_000)
    deed(visitor, "pause_run").click()
    expect(said(visitor, "Paused after epoch")).to_be_visible()
    expect(visitor.page.locator(".reason")).to_be_visible()
    expect(deed(visitor, "pause_run")).to_be_disabled()
    faded_in(visitor)
    assert serious(visitor.page) == []
    deed(visitor, "resume_run").click()
    in_state(visitor, "done")
    deed(visitor, "more_run").click()
    asked = visitor.page.get_by_role("dialog", name="More epochs")
    epochs = asked.get_by_label("Epochs in all")
    epochs.fill("40")
    asked.get_by_role("button", name="Train on").click()
    expect(asked.get_by_text("A whole number from 41")).to_be_visible()
    epochs.fill("42")
    asked.get_by_role("button", name="Train on").click()
    expect(said(visitor, "Done: 42 epochs")).to_be_visible(timeout=60_000)
    deed(visitor, "again_run").dblclick()
    expect(visitor.page.locator(".run-chip")).to_have_count(2)
    visitor.page.wait_for_timeout(500)  # in which a second run would have come
    expect(visitor.page.locator(".run-chip")).to_have_count(2)
    deed(visitor, "stop_run").click()
    expect(said(visitor, "Stopped after epoch")).to_be_visible()


def test_two_runs_are_drawn_on_one_chart_by_letters(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    lengthen(visitor, 900)
    visitor.train()
    primary = visitor.page.get_by_test_id("stBaseButton-primary")
    expect(primary).to_be_disabled()  # just this trains already
    rate = visitor.page.get_by_role("spinbutton", name="Learning rate")
    rate.fill("0.01")
    rate.press("Tab")
    primary.click()
    chips = visitor.page.locator(".run-chip")
    expect(chips).to_have_count(2)
    expect(chips.locator("input:checked")).to_have_count(2)
    first = visitor.page.locator(".curves-large [data-letter=A] .line[d]")
    expect(first.first).to_be_attached(timeout=60_000)
    faded_in(visitor)
    assert serious(visitor.page) == []
    for chip in (0, 1):
        chips.nth(chip).locator(".run-press").click()
        deed(visitor, "stop_run").click()
        expect(chips.nth(chip)).to_have_attribute("data-state", "stopped")
    chips.nth(1).get_by_role("checkbox").click()
    expect(visitor.page.locator(".curves[data-alone]")).to_have_count(1)


def test_what_was_typed_just_before_train_is_trained(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    field = visitor.page.get_by_role("spinbutton", name="Epochs")
    field.fill("3")
    visitor.page.get_by_test_id("stBaseButton-primary").click()
    expect(said(visitor, "Done: 3 epochs")).to_be_visible(timeout=60_000)


def test_the_figures_of_each_epoch_can_be_read_and_pointed_at_by_keys(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    lengthen(visitor, 4)
    visitor.train()
    expect(said(visitor, "Done: 4 epochs")).to_be_visible(timeout=60_000)
    visitor.page.get_by_text("Figures of each epoch").click()
    rows = visitor.page.locator(".epochs tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.first.get_by_role("rowheader")).to_have_text("4")
    accuracy = rows.last.locator("td").first.inner_text()
    plot = visitor.page.get_by_role("img", name="Accuracy")
    plot.focus()
    visitor.page.keyboard.press("Home")
    expect(plot).to_have_attribute("aria-label", re.compile("Epoch 1"))
    assert accuracy in plot.get_attribute("aria-label")
    faded_in(visitor)
    assert serious(visitor.page) == []


def test_a_server_that_does_not_answer_is_said(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    lengthen(visitor, 900)
    visitor.train()
    expect(said(visitor, "of 900, batch")).to_be_visible(timeout=60_000)
    visitor.page.route("**/brickyard/live?*", lambda route: route.abort())
    lost = visitor.page.locator(".lost")
    expect(lost).to_be_visible()
    visitor.page.unroute("**/brickyard/live?*")
    expect(lost).to_be_hidden()
    deed(visitor, "stop_run").click()
    expect(said(visitor, "Stopped after epoch")).to_be_visible()
    visitor.complaints.clear()  # a browser rightly complains of lost requests


def trainer(server):
    """The trainer of this server, by its own note."""
    return psutil.Process(int((server.home / "trainer.pid").read_text()))


def test_a_run_goes_on_when_trainer_and_server_are_killed(visitor, server):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    lengthen(visitor, 120)
    visitor.train()
    begun = re.compile(r"^([5-9]|\d\d)$")
    expect(told(visitor)).to_have_attribute("data-epoch", begun, timeout=60_000)
    trainer(server).kill()
    server.kill()
    server.start()
    visitor.page.goto(f"{server.url}?view=train")
    expect(said(visitor, "Done: 120 epochs")).to_be_visible(timeout=120_000)
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
    expect(said(visitor, "Done: 2 epochs")).to_be_visible(timeout=60_000)
    visitor.view("Results")
    expect(visitor.page.locator(".key-figure b").first).to_contain_text("%")
    expect(visitor.page.locator(".picker option")).to_have_count(1)


def test_curves_grow_without_being_drawn_anew_or_the_page_running(visitor):
    visitor.start_from("digits-cnn")
    visitor.view("Train")
    lengthen(visitor, 300)
    visitor.train()
    line = visitor.page.locator(".curves-large .plot .curve-validation .line").first
    in_state(visitor, "running")
    expect(told(visitor)).to_have_attribute("data-epoch", re.compile(r"^[1-9]"))
    visitor.settled()
    line.evaluate("one => { one.dataset.first = 'yes' }")
    early = line.get_attribute("d")
    # Streamlit's word for a script that runs; it would show a Stop of its own, too.
    visitor.page.evaluate(
        """() => {
          const app = document.querySelector('[data-test-script-state]');
          window.ran = 0;
          new MutationObserver(() => { window.ran += 1; }).observe(app,
            { attributes: true, attributeFilter: ['data-test-script-state'] });
        }"""
    )
    late = re.compile(r"^(3\d|[4-9]\d|\d{3})$")
    expect(told(visitor)).to_have_attribute("data-epoch", late, timeout=60_000)
    assert visitor.page.evaluate("window.ran") == 0
    expect(line).to_have_attribute("data-first", "yes")
    assert len(line.get_attribute("d")) > len(early)
    deed(visitor, "stop_run").click()
    expect(said(visitor, "Stopped after epoch")).to_be_visible()


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
    expect(said(visitor, "Done: 1 epoch")).to_be_visible(timeout=60_000)
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
    visitor.page.get_by_role("button", name="Optimizer", exact=True).click()
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
    expect(said(visitor, "Done: 1 epoch")).to_be_visible(timeout=60_000)
    visitor.view("Build")
    visitor.page.get_by_role("tab", name="Code").click()
    code = visitor.page.get_by_role("tabpanel", name="Code")
    expect(code).to_contain_text("keras.optimizers.SGD(learning_rate=LEARNING_RATE")
    expect(code).to_contain_text("momentum=0.9")
    expect(code).not_to_contain_text("clipnorm")
    expect(code).to_contain_text("keras.callbacks.EarlyStopping(patience=5")
