"""A class of forty presses Train at once, on a real record."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from bricks.recipes import recipe
from training.ledger import Ledger
from training.queue import giving_way
from training.store import Store

TOWER = recipe("digits-cnn").to_json()
PEOPLE = [f"p{n}" for n in range(40)]
SLOTS = 4


def ask_and_look(store: Store, owner: str) -> tuple[str, list[int]]:
    """The run that somebody asked for, and the places that they were shown."""
    project = store.create_project(owner, "Mine", TOWER)
    run = store.ask_run(owner, project.id, TOWER, "k")
    shown = []
    while wait := store.waits(run.id):
        shown.append(wait.place)
        time.sleep(0.02)
    return run.id, shown


def serve(ledger: Ledger, over: threading.Event) -> list[str]:
    """Be a trainer whose runs end in any order; the owners, as they were served."""
    owners, chance = [], random.Random(5)
    while not over.is_set():
        line = ledger.line()
        assert giving_way(line, SLOTS) == []
        if len(line.running) < SLOTS:
            run = ledger.take()
            owners += [run.owner] if run else []
        elif line.running:
            ledger.end(chance.choice(line.running).id, "done")
    return owners


def test_nobody_fails_and_everybody_sees_a_place(store, settings):
    over, ledger = threading.Event(), Ledger(settings.database)
    with ThreadPoolExecutor(len(PEOPLE) + 1) as pool:
        trainer = pool.submit(serve, ledger, over)
        asked = [pool.submit(ask_and_look, store, owner) for owner in PEOPLE]
        told = [asking.result() for asking in asked]
        over.set()
        served = trainer.result()
    ledger.close()
    assert Counter(served) == Counter(PEOPLE)
    assert len({run_id for run_id, _ in told}) == len(PEOPLE)
    places = [place for _, shown in told for place in shown]
    assert min(places) == 1
    assert max(places) <= len(PEOPLE)
    assert len(set(places)) > SLOTS


def test_the_places_of_a_moment_are_a_line(store):
    asked = [ask_and_stay(store, owner) for owner in PEOPLE for _ in range(2)]
    assert [store.place(run_id) for run_id in asked] == [
        *(1 + n // 2 + len(PEOPLE) * (n % 2) for n in range(len(asked)))
    ]


def ask_and_stay(store: Store, owner: str) -> str:
    """A run of theirs."""
    project = store.create_project(owner, "Mine", TOWER)
    return store.ask_run(owner, project.id, TOWER, project.id).id
