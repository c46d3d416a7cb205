"""Forty people press Train within ten seconds: how long each waits for the answer.

Then each looks at its place once a second, as the page does, while four slots serve
them; on a record with two thousand runs of last term. No training is done.
Run with: python -m tests.bench.class_of_forty
"""

from __future__ import annotations

import random
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from bricks.recipes import recipe
from training import asking
from training.ledger import Ledger
from training.settings import Settings
from training.store import Store
from training.tables import writing

PEOPLE = 40
SECONDS = 10.0
LOOKS = 10
OLD = 50
"""Runs that each has on record."""
TOWER = recipe("mnist-cnn").to_json()


def main() -> None:
    """Milliseconds to ask, and to look."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(Path(home), f"sqlite:///{home}/brickyard.db", slots=4)
        store, ledger = Store(settings.database, settings), Ledger(settings.database)
        projects = [_with_old_runs(store, f"p{n}") for n in range(PEOPLE)]
        with ThreadPoolExecutor(PEOPLE) as pool:
            told = [pool.submit(_person, store, *project) for project in projects]
            while not all(one.done() for one in told):
                if len(ledger.line().running) < settings.slots:
                    ledger.take()
                sleep(0.05)
        asked, looked = zip(*(one.result() for one in told), strict=True)
        _say("ask", list(asked))
        _say("look", [time for times in looked for time in times])


def _with_old_runs(store: Store, owner: str) -> tuple[str, str]:
    project = store.create_project(owner, "Mine", TOWER)
    with writing(store.engine) as connection:
        for n in range(OLD):
            old = {"state": "done", "served": n}
            new = asking.new(owner, project.id, TOWER, f"old{n}", **old)
            asking.put(connection, new)
    return owner, project.id


def _person(store: Store, owner: str, project: str) -> tuple[float, list[float]]:
    sleep(random.random() * SECONDS)
    began = perf_counter()
    run = store.ask_run(owner, project, TOWER, "k")
    asked = perf_counter() - began
    looked = []
    for _ in range(LOOKS):
        began = perf_counter()
        store.waits(run.id)
        looked.append(perf_counter() - began)
        sleep(1.0)
    return asked, looked


def _say(what: str, times: list[float]) -> None:
    slow = sorted(times)[int(0.95 * len(times))]
    told = f"median {median(times) * 1e3:.1f} ms, 95 % within {slow * 1e3:.1f} ms"
    print(f"{what}: {told}, longest {max(times) * 1e3:.1f} ms ({len(times)} times)")


if __name__ == "__main__":
    main()
