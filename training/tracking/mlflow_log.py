"""Runs as runs of MLflow, by its own client: settings, figures, script and report."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator, Sequence
from typing import Any

from training.rows import DONE, FAILED, RUNNING, STOPPED
from training.tracking.told import Told, after, figures

USUAL = {
    "MLFLOW_EXPERIMENT_NAME": "Brickyard",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",  # with its own 7 a call takes minutes
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
    "MLFLOW_DISABLE_TELEMETRY": "true",  # what a class does is nobody else's business
    "DO_NOT_TRACK": "true",
}
"""MLflow's own variables, where the operator has not set them."""
STATES = {RUNNING: "RUNNING", DONE: "FINISHED", FAILED: "FAILED", STOPPED: "KILLED"}
LATER = "SCHEDULED"
"""What waits or is paused goes on at some time."""
ALWAYS = "seconds"
"""A figure that every epoch has."""
MOST_METRICS, MOST_SETTINGS = 1000, 100  # that MLflow takes at once
RUN = "brickyard.run"


class MlflowLog:
    """What MLflow is to know; it holds nothing that could not be asked for again."""

    def __init__(self, uri: str) -> None:
        for name, value in USUAL.items():
            os.environ.setdefault(name, value)
        from mlflow import MlflowClient  # seconds, so here and not above

        for name in ("mlflow", "alembic"):
            logging.getLogger(name).setLevel(logging.WARNING)
        logging.getLogger("urllib3").setLevel(logging.ERROR)  # we say it, once
        self.client: Any = MlflowClient(uri)
        self.sent: dict[str, tuple[str, int]] = {}
        """Of runs that go on: what MLflow calls them, their last epoch there."""

    def send(self, told: Told) -> None:
        """Send what MLflow does not know yet of the run."""
        known, last = self._known(told)
        if not told.ended:
            self.client.update_run(known, status=STATES.get(told.row.state, LATER))
        self._tags(known, told.tags)
        last = self._epochs(known, told, last)
        if told.ended:
            self._end(known, told, last)
        else:
            self.sent[told.row.id] = known, last

    def _known(self, told: Told) -> tuple[str, int]:
        """What MLflow calls the run, a new one if need be, and its last epoch there."""
        if told.row.id in self.sent:
            return self.sent.pop(told.row.id)
        experiment = self._experiment()
        mine = f"tags.`{RUN}` = '{told.row.id}'"
        found = self.client.search_runs([experiment], mine, max_results=1)
        run = found[0] if found else self._new(experiment, told)
        known = run.info.run_id
        self._settings(known, told, run.data.params)
        steps = [one.step for one in self.client.get_metric_history(known, ALWAYS)]
        return known, max(steps, default=0)

    def _experiment(self) -> str:
        name = os.environ["MLFLOW_EXPERIMENT_NAME"]
        found = self.client.get_experiment_by_name(name)
        return found.experiment_id if found else self.client.create_experiment(name)

    def _new(self, experiment: str, told: Told) -> Any:
        return self.client.create_run(
            experiment,
            start_time=_milliseconds(told.row.started),
            tags={RUN: told.row.id},
            run_name=told.row.name,
        )

    def _settings(self, known: str, told: Told, there: dict[str, str]) -> None:
        """Those that it does not have: MLflow never lets one be changed."""
        from mlflow.entities import Param

        new = {k: v for k, v in told.settings.items() if k not in there}
        for some in _at_most(MOST_SETTINGS, [Param(k, str(v)) for k, v in new.items()]):
            self.client.log_batch(known, params=some)

    def _tags(self, known: str, tags: dict[str, str]) -> None:
        from mlflow.entities import RunTag

        for some in _at_most(MOST_SETTINGS, [RunTag(k, v) for k, v in tags.items()]):
            self.client.log_batch(known, tags=some)

    def _epochs(self, known: str, told: Told, last: int) -> int:
        """Send the epochs after the last; which one is the last now."""
        from mlflow.entities import Metric

        now = _milliseconds(None)
        new = {one["epoch"]: figures(one) for one in after(told.epochs, last)}
        metrics = [Metric(k, v, now, n) for n in new for k, v in new[n].items()]
        for some in _at_most(MOST_METRICS, metrics):
            self.client.log_batch(known, metrics=some)
        return max(new, default=last)

    def _end(self, known: str, told: Told, last: int) -> None:
        """How it did on the test data, its files, and how it ended."""
        there = self.client.get_run(known).data.metrics
        for name, value in told.test.items():
            if there.get(f"test_{name}") != value:
                self.client.log_metric(known, f"test_{name}", value, step=last)
        for path in (told.script, told.report):
            if path.is_file():
                self.client.log_artifact(known, str(path))
        status = STATES.get(told.row.state)
        if status:
            self.client.set_terminated(known, status, _milliseconds(told.row.ended))
        else:
            self.client.update_run(known, status=LATER)


def _milliseconds(seconds: float | None) -> int:
    return int(1000 * (time.time() if seconds is None else seconds))


def _at_most(number: int, these: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """
    >>> list(_at_most(2, [1, 2, 3]))
    [[1, 2], [3]]
    """
    return (these[start : start + number] for start in range(0, len(these), number))
