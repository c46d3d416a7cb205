"""What bricks and values are called in sentences about towers and trainings."""

from __future__ import annotations

from collections import Counter
from typing import Any

from bricks.catalog import catalog
from bricks.param import Param, both
from bricks.tower import GROUND, Placed, Ref, Tower
from bricks.words import N_, Text, size

TITLES = {
    "batch_size": N_("Batch size"),
    "epochs": N_("Epochs"),
    "optimizer": N_("Optimizer"),
    "learning_rate": N_("Learning rate"),
    "seed": N_("Seed"),
    "class_weights": N_("Class weights"),
    "frozen_epochs": N_("Frozen epochs"),
    "fine_tuning_rate": N_("Fine-tuning rate"),
    "kind": N_("network"),
}
"""Of the training's settings; others are called as Keras calls them."""

LONGEST = 60  # signs of a value


def told(value: Any, param: Param | None = None) -> str | Text:
    """A setting's value as people read it.

    >>> told((3, 3)), told(0.5), told("relu"), str(told(None))
    ('3×3', '0.5', 'relu', 'none')
    """
    if value is None or value in ("", ()):
        return Text(N_("none"))
    if param is not None and param.kind == "padlock":
        return _padlock(value)
    if isinstance(value, bool):
        return Text(N_("on")) if value else Text(N_("off"))
    if isinstance(value, Ref):
        return value.parameter
    if isinstance(value, tuple | list) and value and all(map(_is_whole, value)):
        return size(tuple(value))
    if param is not None and param.kind == "pair" and _is_whole(value):
        return size(both(value))
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, tuple | list):
        value = ", ".join(map(str, value))
    text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _padlock(value: Any) -> str | Text:
    if isinstance(value, bool):
        return Text(N_("shut")) if value else Text(N_("open"))
    return Text(N_("the first {count} layers"), {"count": value})


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def called(placed: Placed) -> str:
    """A brick by its kind and the figures on its faces.

    >>> called(Placed("Conv2D", {"filters": 32, "kernel_size": 3}))
    'Conv2D 32 3×3'
    """
    brick = catalog().get(placed.kind)
    words = [placed.settings.get("title") or placed.kind]
    repeat = placed.settings.get("repeat", 1)
    if placed.inner and repeat != 1:
        words.append(f"×{repeat}")
    if brick is not None and brick.family not in ("data", "container"):
        full = brick.full(placed.settings)
        faces = [name for name in (brick.looks.left, brick.looks.right) if name]
        shown = [(full.get(name), brick.by_name.get(name)) for name in faces]
        words += [str(told(v, p)) for v, p in shown if v is not None]
    if placed.name:
        words.append(f"({placed.name})")
    return " ".join(words)


class Names:
    """What each brick of a tower is called; those that would be called alike have a
    number, counted from the ground up."""

    def __init__(self, tower: Tower) -> None:
        self.tower = tower
        plain = {placed.id: called(placed) for placed in tower}
        many, met = Counter(plain.values()), Counter[str]()
        self.names: dict[str, str] = {}
        for id, name in plain.items():
            met[name] += 1
            self.names[id] = f"{name} #{met[name]}" if many[name] > 1 else name

    def __getitem__(self, id: str) -> str:
        return self.names[id]

    def where(self, id: str) -> Text:
        """Where a brick stands: "after Dense 256"."""
        below = self.tower.below(id) or GROUND
        around, _, number = below.partition(":")
        if not number:
            return Text(N_("after {brick}"), {"brick": self.names[below]})
        container = self.tower.brick(around)
        values = {"container": self.names[around], "number": int(number) + 1}
        if container is not None and len(container.inner) > 1:
            return Text(N_("at the foot of branch {number} of {container}"), values)
        return Text(N_("at the foot of {container}"), values)
