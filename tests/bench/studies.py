"""Search against chance, and what giving up hopeless variants saves.

Every variant of a grid is trained once, by a real study that gives none up. Then the
study's own chooser draws from these curves under many seeds, which costs no training:
by chance or by Optuna's TPE, with each way to give up. With --real a real study
searches, and no table is made.
Run with: python -m tests.bench.studies [--data mnist|digits] [--table FILE]
  [--seeds 100] [--real]
With --table the curves are kept in a file, and read from it the next time.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any

from optuna.pruners import (
    BasePruner,
    HyperbandPruner,
    MedianPruner,
    NopPruner,
    PercentilePruner,
    SuccessiveHalvingPruner,
)
from optuna.samplers import RandomSampler

from bricks.project import Project
from bricks.tower import Placed, Tower
from bricks.training import Training
from bricks.variants import Axis, Plan, size, varied
from tests.training.workshop import Workshop
from training.rows import DONE, RUNNING
from training.settings import Settings
from training.studies import PRUNED, Studies, Trial, search
from training.studies.trial import best

GOAL = "val_accuracy"
PRUNERS: dict[str, Callable[[int], BasePruner]] = {
    "none": lambda epochs: NopPruner(),
    "median": lambda epochs: MedianPruner(4, 0),
    "median, from epoch 2": lambda epochs: MedianPruner(4, 1),
    "best quarter": lambda epochs: PercentilePruner(25.0, 4, 0),
    "halving by 2": lambda epochs: SuccessiveHalvingPruner(1, 2),
    "halving by 3": lambda epochs: SuccessiveHalvingPruner(1, 3),
    "hyperband": lambda epochs: HyperbandPruner(1, epochs, 3),
}


def digits() -> tuple[Project, Plan]:
    """An MLP on Digits."""
    bricks = (
        Placed("Flatten", id="f"),
        Placed("Dense", {"units": 32, "activation": "relu"}, id="d"),
        Placed("Dropout", {"rate": 0.25}, id="o"),
        Placed("Dense", {"units": 10, "activation": "softmax"}, id="a"),
    )
    axes = (
        Axis("d", "units", (8, 16, 32, 64, 128)),
        Axis("o", "rate", (0.0, 0.25, 0.5)),
        Axis(None, "learning_rate", (0.0003, 0.001, 0.003, 0.01, 0.03)),
    )
    training = Training(epochs=9, batch_size=32)
    project = Project(
        "Digits MLP", Tower(Placed("Digits", id="data"), bricks), training
    )
    return project, Plan(axes, "grid", prune=False)


def mnist() -> tuple[Project, Plan]:
    """A deep CNN on MNIST, four times as narrow as the recipe."""
    relu = {"kernel_size": 3, "activation": "relu"}
    bricks = (
        Placed("Conv2D", {"filters": 8, **relu}, id="c1"),
        Placed("MaxPooling2D", id="p1"),
        Placed("Conv2D", {"filters": 16, **relu}, id="c2"),
        Placed("MaxPooling2D", id="p2"),
        Placed("Flatten", id="f"),
        Placed("Dense", {"units": 64, "activation": "relu"}, id="d"),
        Placed("Dropout", {"rate": 0.5}, id="o"),
        Placed("Dense", {"units": 10, "activation": "softmax"}, id="a"),
    )
    axes = (
        Axis("c1", "filters", (4, 8)),
        Axis("o", "rate", (0.0, 0.5)),
        Axis(None, "learning_rate", (0.0003, 0.001, 0.003, 0.01, 0.03)),
    )
    training = Training(epochs=4, batch_size=256)
    project = Project("MNIST CNN", Tower(Placed("MNIST", id="data"), bricks), training)
    return project, Plan(axes, "grid", prune=False)


TOWERS = {"digits": digits, "mnist": mnist}


@dataclass
class Curve:
    """A variant that was trained to the end: figures and seconds of each epoch."""

    chosen: dict[str, Any]
    reached: list[float]
    seconds: list[float]


def main() -> None:
    """The table of curves, the replays, and a real study."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", choices=TOWERS, default="digits")
    parser.add_argument("--table", type=Path)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--trials", type=int, nargs="*", default=[10, 20])
    parser.add_argument("--real", action="store_true")
    given = parser.parse_args()
    project, grid = TOWERS[given.data]()
    if given.real:
        _real(project, replace(grid, method="search", trials=given.trials[0]))
        return
    curves = _curves(project, grid, given.table)
    top = max(max(curve.reached) for curve in curves)
    print(f"{len(curves)} variants, the best reaches {top:.4f}\n")
    for trials in given.trials:
        _replays(project, grid, curves, trials, given.seeds)


def _curves(project: Project, grid: Plan, table: Path | None) -> list[Curve]:
    if table and table.exists():
        return [Curve(**row) for row in json.loads(table.read_text())]
    with tempfile.TemporaryDirectory() as folder:
        curves, wall = _trained(project, grid, Path(folder))
    inside = sum(sum(curve.seconds) for curve in curves)
    print(f"the grid took {wall:.0f} s, {inside:.0f} s of them in epochs")
    if table:
        table.write_text(json.dumps([vars(curve) for curve in curves]))
    return curves


def _trained(project: Project, grid: Plan, folder: Path) -> tuple[list[Curve], float]:
    """Every variant, by a real study in a real trainer."""
    trials, workshop, wall = _study(project, grid, folder)
    assert len(trials) == size(grid)
    curves = []
    for trial in trials:
        assert trial.run is not None
        assert trial.state == DONE, trial.reason
        epochs = workshop.store.epochs(trial.run.id)
        reached = [epoch[GOAL] for epoch in epochs]
        seconds = [epoch["seconds"] for epoch in epochs]
        curves.append(Curve(trial.chosen, reached, seconds))
    workshop.store.close()
    return curves, wall


def _study(
    project: Project, plan: Plan, folder: Path
) -> tuple[list[Trial], Workshop, float]:
    settings = Settings.from_environment({"BRICKYARD_HOME": str(folder)})
    settings = replace(settings, slots=1, datasets=Settings.from_environment().datasets)
    workshop = Workshop(settings)
    workshop.longest = 24 * 3600.0
    studies = Studies(workshop.store)
    began = time.perf_counter()
    try:
        document = project.to_json()
        row = workshop.store.create_project("ann", project.name, document)
        study = studies.ask("ann", row.id, document, plan, "k")

        def ended() -> bool:
            now = studies.study("ann", study.id)
            return now is not None and now.state != RUNNING

        workshop.work_until(ended)
        trials = studies.trials("ann", study.id)
    finally:
        wall = time.perf_counter() - began
        workshop.trainer.answers.close()
        workshop.trainer.engine.close()
    return trials, workshop, wall


def _replays(
    project: Project, grid: Plan, curves: list[Curve], trials: int, seeds: int
) -> None:
    print(f"{trials} trials, mean of {seeds} seeds")
    print(f"{'':<24}{'by chance':>26}{'search (TPE)':>26}")
    print(f"{'given up by':<24}" + f"{'best':>9}{'epochs':>9}{'top':>8}" * 2)
    whole = trials * len(curves[0].reached)
    for name, made in PRUNERS.items():
        row = f"{name:<24}"
        for chance in (True, False):
            plan = replace(grid, method="search", trials=trials, prune=True)
            found = [
                _replay(project, replace(plan, seed=seed), curves, made, chance)
                for seed in range(seeds)
            ]
            share = mean(epochs for _, epochs in found) / whole
            top = max(max(curve.reached) for curve in curves)
            hits = mean(reached == top for reached, _ in found)
            row += f"{mean(r for r, _ in found):9.4f}{share:9.0%}{hits:8.0%}"
        print(row)
    print()


def _replay(
    project: Project,
    plan: Plan,
    curves: list[Curve],
    made: Callable[[int], BasePruner],
    chance: bool,
) -> tuple[float, int]:
    """The best value that was reached, and the epochs that it took."""
    epochs = len(curves[0].reached)
    draws = RandomSampler(plan.seed) if chance else search.sampler(plan, plan.seed)
    # It begins outside the grid, so that no variant is known as the present one.
    begun = varied(project, {"training.learning_rate": 0.5})
    study = search.created(GOAL, draws, made(epochs))
    chooser = search.Search(plan, begun, GOAL, study=study)
    told: list[Trial] = []
    for number in range(1, plan.trials + 1):
        chosen = chooser.next(number)
        assert chosen is not None
        curve = next(c for c in curves if c.chosen == chosen)
        told.append(_trial(chooser, number, curve))
        chooser.learn(told)
    found = best(told, GOAL)
    assert found is not None
    assert found.value is not None
    return found.value, sum(trial.epochs for trial in told)


def _trial(chooser: search.Search, number: int, curve: Curve) -> Trial:
    """The variant, trained until it is given up or at its end."""
    last = len(curve.reached)
    for epoch, reached in enumerate(curve.reached, 1):
        if chooser.hopeless(number, epoch, reached) and epoch < last:
            value = max(curve.reached[:epoch])
            return Trial(number, curve.chosen, PRUNED, None, value, epoch, epoch)
    value = max(curve.reached)
    return Trial(number, curve.chosen, DONE, None, value, last, last)


def _real(project: Project, plan: Plan) -> None:
    """A real search that gives up what is hopeless; what it spared is counted by the
    epochs that were left, each as long as the variant's others."""
    with tempfile.TemporaryDirectory() as folder:
        trials, workshop, wall = _study(
            project, replace(plan, prune=True), Path(folder)
        )
        workshop.store.close()
    for trial in trials:
        print(f"#{trial.number:<3} {trial.state:<7} {trial.value} {trial.chosen}")
    found = best(trials, GOAL)
    assert found is not None
    spent = sum(trial.seconds for trial in trials)
    whole = project.training.epochs
    left = [whole - trial.epochs if trial.state == PRUNED else 0 for trial in trials]
    each = [trial.seconds / trial.epochs if trial.epochs else 0.0 for trial in trials]
    spared = sum(n * seconds for n, seconds in zip(left, each, strict=True))
    print(f"best {found.value:.4f} {found.chosen}, after {found.number} variants")
    print(f"epochs {sum(t.epochs for t in trials)} of {whole * len(trials)}")
    print(f"seconds in epochs {spent:.0f}, spared {spared:.0f}; in all {wall:.0f}")


if __name__ == "__main__":
    main()
