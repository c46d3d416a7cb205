"""A tower's model, made by its own script, and the layers of its bricks."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import ModuleType

import keras

from bricks.project import Project
from codegen import live
from explain.kept import Kept
from explain.taps import Tap, watched


@dataclass(frozen=True)
class Opened:
    """`source` is the script that made the model; `taps` its layers, brick by brick;
    `kept` what was made of it since, to look into it."""

    project: Project
    source: str
    script: ModuleType
    model: keras.Model
    taps: list[Tap]
    kept: Kept = field(default_factory=Kept, compare=False, repr=False)

    def layer(self, brick: str, time: int = 0) -> keras.layers.Layer:
        """The layer of a brick. Raises `KeyError` where it has none."""
        for tap in self.taps:
            if (tap.brick, tap.time) == (brick, time):
                return tap.layer
        raise KeyError(brick)


def opened(project: Project, source: str) -> Opened:
    """The tower as its printed script `source` builds it, with random weights."""
    script = live.module(source)
    watch = watched(script)
    model = script.build_model()
    return Opened(project, source, script, model, watch.taps(project, model))
