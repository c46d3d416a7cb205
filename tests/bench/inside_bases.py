"""How long it takes to look into a pretrained base, as the viewer is asked by the page.

python -m tests.bench.inside_bases [BASE[:ALPHA] ...]

Bases of random weights at 224 x 224: what they know costs nothing.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from bricks.project import Project
from bricks.tower import Placed, Tower
from codegen.source import script
from explain.opened import opened
from tests.bench.clock import seconds
from tests.bench.inside import say
from training import runs
from training.worker.looks import looks
from training.worker.viewer import Viewer

SIDE, TIMES = 224, 5
DEFAULTS = ("MobileNet:0.75", "VGG16", "InceptionV3")


def tower(base: str) -> Project:
    """Digits in the size that the base was made for, below it and two classes."""
    kind, _, alpha = base.partition(":")
    settings: dict[str, Any] = {"weights": None, "include_top": False}
    settings |= {"alpha": float(alpha)} if alpha else {}
    bricks = (
        Placed("Resizing", {"height": SIDE, "width": SIDE}, id="large"),
        Placed("RepeatChannels", id="coloured"),
        Placed(kind, settings, id="base"),
        Placed("GlobalAveragePooling2D", id="mean"),
        Placed("Dense", {"units": 10, "activation": "softmax"}, id="top"),
    )
    return Project(base, Tower(Placed("Digits", id="data"), bricks))


def run_of(base: str, folder: Path) -> None:
    """A run's folder, as one that was never trained would be."""
    project = tower(base)
    (folder / runs.PROJECT).write_text(project.to_json())
    (folder / runs.SCRIPT).write_text(script(project))
    opened(project, script(project)).model.save(folder / runs.MODEL)


class Asking:
    """Questions on one run."""

    def __init__(self, folder: Path) -> None:
        self.viewer, self.folder = Viewer(), str(folder)
        self.test = 0

    def ask(self, what: str, **more: Any) -> Any:
        """The last that is told, of one more example where `fresh` says so."""
        self.test += bool(more.pop("fresh", False))
        ask = {"folder": self.folder, "given": {"test": self.test}, **more}
        parts: Iterator[Any] = looks()[what](self.viewer, ask, {})
        return [part for part in parts if part is not None][-1]

    def say(self, title: str, what: str, **more: Any) -> None:
        """How long it takes the first time, and then."""
        began = perf_counter()
        self.ask(what, **more)
        say(f"{title}: the first time", perf_counter() - began)
        say(f"{title}: then", seconds(lambda: self.ask(what, **more), TIMES))


def looking(base: str) -> None:
    """Overview, one layer, its channels, and heat."""
    with tempfile.TemporaryDirectory() as name:
        run_of(base, Path(name))
        asking = Asking(Path(name))
        print(base)
        asking.say("overview, another picture", "maps", open=["base"], fresh=True)
        asking.say("opened, the same picture", "maps", open=["base"])
        half = len(asking.ask("maps").fields["bases"]["base"]["names"]) // 2
        asking.say(
            "a layer amid it, another picture",
            "channels",
            brick="base",
            inner=half,
            fresh=True,
        )
        asking.say("its next channel", "channels", brick="base", inner=half, channel=1)
        asking.say("Grad-CAM", "heat", method="grad_cam", fresh=True)
        asking.say(
            "Grad-CAM amid it", "heat", method="grad_cam", brick="base", inner=half
        )


def main() -> None:
    for base in sys.argv[1:] or DEFAULTS:
        looking(base)


if __name__ == "__main__":
    main()
