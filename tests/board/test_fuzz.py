"""The browser foresees what the server does: random operations, done by both halves."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bricks.project import value_json
from bricks.tower import GROUND, TOP, Placed, Tower
from ui.board.catalogue import catalogue_json
from ui.board.operations import apply

HERE = Path(__file__).parent
NODE = shutil.which("node")
STEPS, SEEDS = 150, range(12)
KINDS = ["Conv2D", "Dense", "Dropout", "Flatten", "Block", "Residual", "Parallel"]
SETTINGS = [("units", 7), ("units", None), ("filters", 16), ("rate", 0.25)]
GIVEN = {"Dense": {"units": 5}, "Dropout": {"rate": 0.1}}
GIVEN |= {"Conv2D": {"filters": 4, "kernel_size": 3}}
SETTINGS += [("activation", "relu"), ("repeat", 1), ("repeat", 3), ("merge", "add")]

OPERATIONS = [
    *["put"] * 3,
    *["move"] * 2,
    *["set"] * 2,
    *["paste", "remove", "name", "copy", "wrap", "fold", "unwrap"],
    *["branch", "unbranch", "parameter", "bind"],
]

pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed")


class Hand:
    """Someone who does anything to a tower, by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.count = 0

    def fresh(self) -> str:
        self.count += 1
        return f"n{self.count}"

    def operation(self, tower: Tower) -> dict[str, Any]:
        name = self.chance.choice(OPERATIONS)
        return {"op": name} | getattr(self, f"_{name}")(tower)

    def _any(self, tower: Tower) -> str:
        return self.chance.choice([b.id for b in tower if b.id != GROUND] or ["gone"])

    def _of(self, tower: Tower, *kinds: str) -> str:
        """Mostly a brick of these kinds."""
        ids = [b.id for b in tower if b.kind in kinds]
        return self.chance.choice(ids) if ids else self._any(tower)

    def _after(self, tower: Tower) -> str:
        floors = [f"{b.id}:{n}" for b in tower for n in range(len(b.inner))]
        return self.chance.choice([*(b.id for b in tower), *floors, "gone"])

    def _lists(self, tower: Tower) -> list[tuple[Placed, ...]]:
        return [t for t in (tower.bricks, *(t for b in tower for t in b.inner)) if t]

    def _alike(self, bricks: tuple[Placed, ...]) -> list[tuple[list[str], int]]:
        """Pairs of neighbours of one kind."""
        pairs = pairwise(bricks)
        return [([a.id, b.id], 1) for a, b in pairs if a.kind == b.kind]

    def _some(self, tower: Tower) -> list[str]:
        """Neighbours, or any."""
        bricks = self.chance.choice(self._lists(tower) or [()])
        if not bricks or self.chance.random() < 0.2:
            return sorted({self._any(tower) for _ in range(3)})
        start = self.chance.randrange(len(bricks))
        return [b.id for b in bricks[start : start + self.chance.randint(1, 4)]]

    def _tree(self, deep: int = 0) -> dict[str, Any]:
        kind = self.chance.choice(KINDS if deep < 2 else KINDS[:4])
        tree: dict[str, Any] = {"kind": kind, "id": self.fresh()}
        tree["settings"] = GIVEN.get(kind, {})
        if kind in KINDS[4:]:
            tree["inner"] = [[self._tree(deep + 1)] for _ in range(1)]
        return tree

    def _put(self, tower: Tower) -> dict[str, Any]:
        kind = self.chance.choice([*KINDS, "Nope"])
        return {"kind": kind, "id": self.fresh(), "after": self._after(tower)}

    def _paste(self, tower: Tower) -> dict[str, Any]:
        return {"after": self._after(tower), "bricks": [self._tree(), self._tree()]}

    def _move(self, tower: Tower) -> dict[str, Any]:
        return {"ids": self._some(tower), "after": self._after(tower)}

    def _remove(self, tower: Tower) -> dict[str, Any]:
        return {"ids": self._some(tower)[:2]}

    def _set(self, tower: Tower) -> dict[str, Any]:
        kinds = {"units": "Dense", "filters": "Conv2D", "rate": "Dropout"}
        kinds |= {"activation": "Dense", "repeat": "Block", "merge": "Parallel"}
        name, value = self.chance.choice(SETTINGS)
        ids = [b.id for b in tower if b.kind == kinds[name]] or ["gone"]
        return {"id": self.chance.choice(ids), "setting": name, "value": value}

    def _name(self, tower: Tower) -> dict[str, Any]:
        return {"id": self._any(tower), "name": self.chance.choice(["stem", ""])}

    def _copy(self, tower: Tower) -> dict[str, Any]:
        ids = self._some(tower)
        return {"ids": ids, "new": [self.fresh() for _ in ids]}

    def _wrap(self, tower: Tower) -> dict[str, Any]:
        kind = self.chance.choice(KINDS[4:])
        return {"ids": self._some(tower), "kind": kind, "id": self.fresh()}

    def _fold(self, tower: Tower) -> dict[str, Any]:
        ids, length = self._some(tower), 1
        runs = [r for bricks in self._lists(tower) for r in self._alike(bricks)]
        if runs and self.chance.random() < 0.7:
            ids, length = self.chance.choice(runs)
        return {"ids": ids, "length": length, "id": self.fresh()}

    def _unwrap(self, tower: Tower) -> dict[str, Any]:
        return {"id": self._any(tower)}

    def _branch(self, tower: Tower) -> dict[str, Any]:
        return {"id": self._of(tower, "Parallel"), "at": self.chance.randint(0, 2)}

    _unbranch = _branch

    def _parameter(self, tower: Tower) -> dict[str, Any]:
        value = self.chance.choice([None, 8, 64])
        name = self.chance.choice(["width", "deep"])
        return {"id": self._of(tower, "Block"), "name": name, "value": value}

    def _bind(self, tower: Tower) -> dict[str, Any]:
        kind, setting = self.chance.choice([("Dense", "units"), ("Conv2D", "filters")])
        name = self.chance.choice(["width", "deep"])
        id = self._of(tower, kind)
        return {"id": id, "setting": setting, "parameter": name}


def plain(placed: Placed) -> dict[str, Any]:
    """A brick as the browser is sent it."""
    row: dict[str, Any] = {"id": placed.id, "kind": placed.kind, "name": placed.name}
    row["settings"] = {k: value_json(v) for k, v in placed.settings.items()}
    if placed.inner:
        row["inner"] = [[plain(b) for b in tower] for tower in placed.inner]
        row["parameters"] = dict(placed.parameters)
    return row


def sent(tower: Tower) -> list[dict[str, Any]]:
    label = {"id": TOP, "kind": "Category", "name": None, "settings": {}}
    return [plain(tower.data), *map(plain, tower.bricks), label]


def round_of(seed: int) -> dict[str, Any]:
    hand, tower = Hand(seed), Tower(Placed("MNIST", id=GROUND))
    start, steps = sent(tower), []
    for _ in range(STEPS):
        op = hand.operation(tower)
        tower = apply(tower, op)
        steps.append({"op": op, "after": sent(tower)})
    return {"seed": seed, "start": start, "steps": steps}


def test_the_browser_foresees_what_the_server_does():
    kinds = json.loads(catalogue_json("en"))["kinds"]
    case = {"kinds": kinds, "rounds": [round_of(seed) for seed in SEEDS]}
    told = subprocess.run(
        [str(NODE), str(HERE / "fuzz.mjs")],
        input=json.dumps(case),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert told.returncode == 0, (told.stdout + told.stderr)[:4000]
