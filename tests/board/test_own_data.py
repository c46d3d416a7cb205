"""The sheet of pictures foresees what the server does: random deeds, done by both."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bricks.tower import GROUND, Placed, Tower
from ui.data import operations
from uploads import binding
from uploads.dataset import DataSet, Item

HERE = Path(__file__).parent
NODE = shutil.which("node")
STEPS, SEEDS = 60, range(15)
NAMES = ("cat", "dog", "emu", "고양이")

pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed")


def item(number: int) -> Item:
    digest, label = f"{number:012}".ljust(64, "f"), NAMES[number % len(NAMES)]
    return Item(digest, f"{label}/{number}.jpg", label, None, None, 40, 30, 900)


SET = DataSet(
    "a" * 32, "Pets", "pictures", "folders", 0.0, NAMES, tuple(map(item, range(24)))
)


class OneSet:
    """A shelf with one data set that nobody has changed before."""

    def get(self, id: str) -> DataSet | None:
        return SET if id == SET.id else None


def deed(chance: Random, placed: Placed) -> dict[str, Any]:
    """Something that a person does, by chance, now and then to what is not there."""
    names = binding.full(placed)["names"]
    name = chance.choice([*names, *NAMES, "gone"])
    new = chance.choice([*names, "new", " two\twords ", "", "é"])
    keys = [one.key for one in chance.sample(SET.items, chance.randint(1, 5))]
    deeds = [
        {"op": "rename_class", "name": name, "new": new},
        {"op": "drop_class", "name": name},
        {"op": "restore_class", "found": name},
        {"op": "move_pictures", "keys": keys, "name": chance.choice([name, ""])},
        {"op": "put_back", "keys": keys},
    ]
    return {"dataset": SET.id, **chance.choice(deeds)}


def sent(placed: Placed) -> dict[str, Any]:
    """What the browser is told of the brick."""
    full = binding.full(placed)
    told = {name: full[name] for name in ("names", "folders", "changes")}
    return {"found": SET.names, **told}


def seen(placed: Placed) -> dict[str, Any]:
    """Which pictures each class has."""
    full = binding.full(placed)
    rows = binding.rows(full, SET)
    found = {n: [r.item.key for r in rows if r.label == n] for n in full["names"]}
    return {"names": full["names"], "classes": found}


def round_of(seed: int) -> list[dict[str, Any]]:
    chance, steps = Random(seed), []
    tower = Tower(binding.put_on(Placed("MNIST", id=GROUND), SET))
    for _ in range(STEPS):
        op, before = deed(chance, tower.data), tower.data
        tower = operations.apply(tower, op, OneSet())
        steps.append({"op": op, "before": sent(before), "after": seen(tower.data)})
    return steps


def test_the_browser_foresees_what_becomes_of_pictures():
    rows = [[i.digest, i.path, i.label, None, None, 40, 30] for i in SET.items]
    case = {"rows": rows, "rounds": [round_of(seed) for seed in SEEDS]}
    told = subprocess.run(
        [str(NODE), str(HERE / "found.mjs")],
        input=json.dumps(case),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert told.returncode == 0, (told.stdout + told.stderr)[:4000]


def test_what_is_of_another_data_set_changes_nothing():
    tower = Tower(binding.put_on(Placed("MNIST", id=GROUND), SET))
    other = replace(SET, id="b" * 32)
    op = {"op": "drop_class", "name": "cat", "dataset": other.id}

    class Other(OneSet):
        def get(self, id: str) -> DataSet | None:
            return other

    assert operations.apply(tower, op, Other()) is tower
