"""A record of its own for each test, and a trainer in the test's hand."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.training.workshop import Workshop
from training import admission, bases
from training.ledger import Ledger
from training.settings import Settings
from training.store import Store
from training.studies import Studies
from training.studies.running import Running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home of its own, with room for one run at a time."""
    return Settings(tmp_path / "home", f"sqlite:///{tmp_path}/home/brickyard.db")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """The record of this home."""
    store = Store(settings.database)
    yield store
    store.close()


@pytest.fixture
def workshop(settings: Settings) -> Iterator[Workshop]:
    """The forkserver behind it is one for all tests, and warm after the first."""
    workshop = Workshop(replace(settings, silence=3.0, tries=2))
    yield workshop
    workshop.close()


@pytest.fixture
def studies(store):
    """As the page has them."""
    return Studies(store)


@pytest.fixture
def ledger(settings, store):
    """As the trainer has it."""
    ledger = Ledger(settings.database)
    yield ledger
    ledger.close()


@pytest.fixture
def running(ledger):
    """The trainer's part, taken step by step."""
    running = Running(ledger)

    def step(spare=False):
        running._look_after = 0.0
        running.go_on(spare)

    running.step = step
    return running


@pytest.fixture
def small_disk(tmp_path, monkeypatch):
    """A disk of 8 MB, with which we begin nevertheless."""
    monkeypatch.setattr(admission, "ROOM", 0)
    where = tmp_path / "disk"
    where.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "brickyard", str(where)],
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root rights")
    yield where
    subprocess.run(["umount", "--lazy", str(where)], check=True)


@pytest.fixture
def made(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., dict[str, Any]]:
    """Makes a base in this process, as the worker does; scripts find it."""
    from training.worker.base import made

    folder = bases.folder(tmp_path_factory.mktemp("home"))
    monkeypatch.setenv(bases.VARIABLE, str(folder))

    def make(source: Path, cut: int, name: str = "mine") -> dict[str, Any]:
        ask = {"source": str(source), "cut": cut, "name": name, "title": "Mine"}
        return made({**ask, "into": str(folder)})

    return make
