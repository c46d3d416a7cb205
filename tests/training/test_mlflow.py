"""Runs in a real MLflow store, written by MLflow's client and read back by it."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.training.tracked import LONGEST, Recorded, tracking, wait_for
from tests.training.workshop import Workshop, digits
from training import runs
from training.settings import Settings
from training.tracking.tracker import Tracker
from training.tracking.unsent import FILE

pytest.importorskip("mlflow")

OWNER = "whose-it-is"


def logged(settings: Settings) -> list[Any]:
    """The runs that MLflow has, once it has any: until then its store is made."""
    from mlflow import MlflowClient

    with closing(sqlite3.connect(settings.mlflow.removeprefix("sqlite:///"))) as store:
        try:
            there = store.execute("select 1 from tags where key = 'brickyard.run'")
            if not there.fetchall():
                return []
        except sqlite3.OperationalError:
            return []
    client = MlflowClient(settings.mlflow)
    found = client.get_experiment_by_name("Brickyard")
    return client.search_runs([found.experiment_id]) if found else []


def ended(settings: Settings, status: str = "FINISHED") -> Any:
    """The one run, once it is told how it ended: that comes last."""

    def seen() -> Any:
        return [run for run in logged(settings) if run.info.status == status]

    (run,) = wait_for(seen)
    return run


def history(settings: Settings, run: Any, name: str) -> list[tuple[int, float]]:
    """A figure's steps and values, in the order in which they came."""
    from mlflow import MlflowClient

    metrics = MlflowClient(settings.mlflow).get_metric_history(run.info.run_id, name)
    return [(metric.step, metric.value) for metric in metrics]


def with_mlflow(folder: Path) -> Settings:
    """A home that tells an MLflow store beside it."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    store = f"sqlite:///{folder}/mlflow.db"
    return Settings(home, f"sqlite:///{home}/brickyard.db", mlflow=store)


@pytest.fixture(scope="module")
def lengthened(tmp_path_factory) -> Iterator[tuple[Workshop, Any, Any]]:
    """A run of 2 epochs, then of 4 by another trainer, and what MLflow had of both."""
    settings = with_mlflow(tmp_path_factory.mktemp("mlflow"))
    workshop = Workshop(settings)
    workshop.longest = LONGEST
    run = workshop.finish(workshop.ask(digits(epochs=2), OWNER))
    before = ended(settings)
    workshop.trainer.tracker.close()
    workshop.trainer.tracker = Tracker(settings)
    assert workshop.store.more(OWNER, run.id, 4)
    end = workshop.finish(run).ended
    after = wait_for(lambda: _at(end, ended(settings)))
    yield workshop, before, after
    workshop.trainer.tracker.close()
    workshop.close()


def _at(end: float | None, run: Any) -> Any:
    return run if run.info.end_time == int(1000 * (end or 0.0)) else None


@pytest.mark.keras
def test_every_figure_of_every_epoch_is_in_mlflow_once(lengthened):
    workshop, before, run = lengthened
    assert before.info.run_id == run.info.run_id
    record = workshop.ledger.runs()[0]
    epochs = workshop.store.epochs(record.id)
    assert [epoch["epoch"] for epoch in epochs] == [1, 2, 3, 4]
    for name in epochs[0].keys() - {"epoch"}:
        told = [(epoch["epoch"], pytest.approx(epoch[name])) for epoch in epochs]
        assert history(workshop.settings, run, name) == told
    assert run.info.run_name == record.name


@pytest.mark.keras
def test_settings_and_the_tower_are_parameters(lengthened):
    _, before, run = lengthened
    params = run.data.params
    assert before.data.params == params
    assert (params["optimizer"], params["learning_rate"]) == ("adam", "0.001")
    assert (params["batch_size"], params["seed"]) == ("64", "42")
    assert params["tower"] == (
        "Flatten(), Dense(units=32, activation=relu), Dropout(rate=0.2), "
        "Dense(units=10, activation=softmax)"
    )
    assert params["tower.weights"] == str(64 * 32 + 32 + 32 * 10 + 10)
    assert before.data.tags["brickyard.epochs"] == "2"
    assert run.data.tags["brickyard.epochs"] == "4"


@pytest.mark.keras
def test_script_report_and_figures_of_the_test_are_there_at_the_end(
    lengthened, tmp_path
):
    from mlflow import MlflowClient

    workshop, _, run = lengthened
    record = workshop.ledger.runs()[0]
    folder = runs.folder(workshop.settings, record.id)
    client = MlflowClient(workshop.settings.mlflow)
    names = {file.path for file in client.list_artifacts(run.info.run_id)}
    assert names == {runs.SCRIPT, runs.REPORT}
    for name in names:
        got = client.download_artifacts(run.info.run_id, name, str(tmp_path))
        assert Path(got).read_bytes() == (folder / name).read_bytes()
    accuracies = history(workshop.settings, run, "test_accuracy")
    assert [step for step, _ in accuracies] == [2, 4]


@pytest.mark.keras
def test_whose_run_it_is_is_told_nobody(lengthened):
    workshop, _, run = lengthened
    record = workshop.ledger.runs()[0]
    assert record.owner == OWNER
    tags = {k: v for k, v in run.data.tags.items() if k.startswith("brickyard.")}
    assert tags["brickyard.run"] == record.id
    assert tags["brickyard.data"] == "Digits"
    store = Path(workshop.settings.mlflow.removeprefix("sqlite:///"))
    files = [store, *(workshop.settings.home / "mlruns").rglob("*.*")]
    assert len(files) > 2
    for path in filter(Path.is_file, files):
        assert OWNER.encode() not in path.read_bytes(), path


def test_an_address_that_never_answers_keeps_nobody_and_loses_nothing(tmp_path, capfd):
    told = with_mlflow(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://ann:secret@127.0.0.1:{silent.getsockname()[1]}"
        run = Recorded(replace(told, mlflow=address))
        with tracking(replace(told, mlflow=address)) as tracker:
            run.train(tracker, 1, 2, 3)
            run.end(tracker)
            assert tracker.named.qsize() <= 6  # nothing of it waited
    assert tracker.process.poll() is not None
    assert run.id in (told.home / FILE).read_text()
    said = capfd.readouterr().err
    assert said.count("MLflow was not told all of 1 runs") == 1
    assert "secret" not in said
    with tracking(told):  # its server is back, and nobody names the run again
        assert history(told, ended(told), "loss") == [(1, 1), (2, 0.5), (3, 1 / 3)]
    assert not (told.home / FILE).exists()


def test_an_address_that_refuses_is_said_once(tmp_path, capfd):
    told = with_mlflow(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as one:
        free = one.getsockname()[1]
    away = replace(told, mlflow=f"http://ann:secret@127.0.0.1:{free}")
    run = Recorded(away)
    err = ""

    def said() -> bool:
        nonlocal err
        err += capfd.readouterr().err
        return "MLflow can't be told" in err

    with tracking(away) as tracker:
        run.train(tracker, 1)
        wait_for(said)
        run.train(tracker, 2, 3)
    err += capfd.readouterr().err
    assert err.count("MLflow can't be told") == 1
    assert "secret" not in err
    assert "Retrying" not in err


def test_a_failed_and_a_stopped_run_are_told_as_such(tmp_path):
    told = with_mlflow(tmp_path)
    ends = {"failed": "FAILED", "stopped": "KILLED", "paused": "SCHEDULED"}
    with tracking(told) as tracker:
        for state in ends:
            run = Recorded(told, key=state)
            run.train(tracker, 1)
            run.ledger.end(run.id, state)
            run.train(tracker)

        def seen() -> dict[str, str]:
            told_of = {
                run.data.tags.get("brickyard.state"): run.info.status
                for run in logged(told)
            }
            return told_of if told_of == ends else {}

        wait_for(seen)
