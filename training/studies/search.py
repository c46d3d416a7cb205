"""Which variant comes next, and which one is hopeless, as Optuna sees it.

Optuna takes a moment to import: only the trainer comes here, and only for a study.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping, Sequence
from itertools import product
from math import isfinite, prod
from random import Random
from sys import maxsize
from typing import Any

import optuna
from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)
from optuna.pruners import BasePruner, MedianPruner, NopPruner
from optuna.samplers import BaseSampler, TPESampler
from optuna.study import StudyDirection
from optuna.trial import TrialState

from bricks.param import Whole, is_number
from bricks.project import Project
from bricks.training.measures import rises
from bricks.variants import Axis, Plan, parameter, value
from bricks.variants.plan import GRID
from training.rows import ACTIVE, DONE
from training.studies.trial import Trial, better

optuna.logging.set_verbosity(optuna.logging.WARNING)
warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)

DIGITS = 3
"""Significant ones, of a number from a range: people will read it."""
TRIES = 25
"""How often Optuna is asked for a variant that was not tried before."""
FEW = 10_000
"""Variants that may be looked through, one by one."""
STEPS = 100
"""Into which a range is parted where Optuna finds nothing new in it."""
LEAST_BEFORE = 4
"""Variants that must be trained to the end before any is found hopeless."""

Curves = Mapping[int, Sequence[tuple[int, float]]]
"""For each trial, its epochs and what the goal's figure was after them."""

log = logging.getLogger(__name__)


class Search:
    """A study as Optuna knows it; it can be made anew from the record at any time."""

    def __init__(
        self,
        plan: Plan,
        project: Project,
        goal: str,
        trials: Sequence[Trial] = (),
        curves: Curves | None = None,
        study: optuna.Study | None = None,
    ) -> None:
        self.plan = plan
        self.project = project
        self.goal = goal
        self.scales = {a.key: _scale(a, project) for a in plan.axes}
        # Made anew with the first seed it would draw its first variants once more.
        self.study = study or created(
            goal, sampler(plan, plan.seed + len(trials)), pruner(plan)
        )
        self.known: dict[int, optuna.Trial] = {}
        self.best: dict[int, float] = {}
        self.told: set[int] = set()
        for trial in trials:
            self._meet(trial.number, trial.chosen)
            for epoch, reached in (curves or {}).get(trial.number, ()):
                self.hopeless(trial.number, epoch, reached)
        self.learn(trials)

    def next(self, number: int) -> dict[str, Any] | None:
        """What variant `number` (from 1) is; None where every one was tried."""
        if self.plan.method == GRID:
            return self._of_grid(number)
        present = self._present() if number == 1 else None
        chosen = present or self._new()
        if chosen is not None:
            self._meet(number, chosen)
        return chosen

    def hopeless(self, number: int, epoch: int, reached: float) -> bool:
        """Whether the variant, which has now `reached` this, should be given up."""
        if number not in self.known or number in self.told or not isfinite(reached):
            return False
        before = self.best.get(number)
        # The best so far: the run keeps the weights of that epoch, and chance sways
        # it less.
        best = reached if before is None else better(before, reached, self.goal)
        self.best[number] = best
        self.known[number].report(best, epoch)
        return self.known[number].should_prune()

    def learn(self, trials: Sequence[Trial]) -> None:
        """Tell Optuna how the variants ended that it did not hear of yet."""
        for trial in trials:
            if trial.number not in self.known:
                self._meet(trial.number, trial.chosen)
            if trial.state in ACTIVE or trial.number in self.told:
                continue
            self.told.add(trial.number)
            known = self.known[trial.number]
            if trial.state == DONE and trial.value is not None:
                self.study.tell(known, trial.value)
            else:  # for the search worse than all, lest it tries the like again
                self.study.tell(known, state=TrialState.PRUNED)

    def _meet(self, number: int, chosen: Mapping[str, Any]) -> None:
        """Let Optuna know of a variant that was chosen."""
        given = {key: scale.place(chosen[key]) for key, scale in self.scales.items()}
        self.study.enqueue_trial(given)
        self.known[number] = self.study.ask(self._distributions())

    def _distributions(self) -> dict[str, BaseDistribution]:
        return {key: scale.distribution for key, scale in self.scales.items()}

    def _of_grid(self, number: int) -> dict[str, Any] | None:
        axes = self.plan.axes
        every = list(product(*(axis.values for axis in axes)))
        # Where time runs out first, every value has had its chance.
        Random(self.plan.seed).shuffle(every)
        if number > len(every):
            return None
        keys = [axis.key for axis in axes]
        chosen = dict(zip(keys, every[number - 1], strict=True))
        self._meet(number, chosen)
        return chosen

    def _present(self) -> dict[str, Any] | None:
        """The project as it is, where that is one of the variants: what to beat."""
        now = {a.key: value(self.project, a.brick, a.name) for a in self.plan.axes}
        has = all(scale.has(now[key]) for key, scale in self.scales.items())
        return now if has else None

    def _new(self) -> dict[str, Any] | None:
        """A variant that was not tried before."""
        tried = [self._chosen(trial) for trial in self.known.values()]
        for _ in range(TRIES):
            trial = self.study.ask(self._distributions())
            chosen = self._chosen(trial)
            self.study.tell(trial, state=TrialState.FAIL)  # it is met again, rounded
            if chosen not in tried:
                return chosen
        return self._left(tried)

    def _left(self, tried: list[dict[str, Any]]) -> dict[str, Any] | None:
        """Any variant that is left, where Optuna comes back to the same ones."""
        total = prod(len(scale.places) for scale in self.scales.values())
        chance = Random(self.plan.seed + len(tried))
        for place in chance.sample(range(min(total, maxsize)), min(total, FEW)):
            chosen = {}
            for key, scale in self.scales.items():
                place, at = divmod(place, len(scale.places))
                chosen[key] = scale.value(scale.places[at])
            if chosen not in tried:
                return chosen
        return None

    def _chosen(self, trial: optuna.Trial) -> dict[str, Any]:
        scales = self.scales.items()
        return {key: scale.value(trial.params[key]) for key, scale in scales}


class Scale:
    """An axis as Optuna draws from it: places in a list, or numbers of a range."""

    def __init__(self, axis: Axis, whole: bool) -> None:
        self.axis = axis
        self.whole = whole
        self.values = axis.values
        numbers = all(map(is_number, axis.values))
        if axis.values and numbers:  # in order, so that neighbours are alike
            self.values = tuple(sorted(axis.values))
        self.distribution = self._distribution(numbers)

    def _distribution(self, numbers: bool) -> BaseDistribution:
        axis, last = self.axis, len(self.values) - 1
        if self.values and numbers:
            return IntDistribution(0, last)
        if self.values:
            return CategoricalDistribution(range(last + 1))
        assert axis.low is not None
        assert axis.high is not None
        if self.whole:
            return IntDistribution(int(axis.low), int(axis.high), log=axis.log)
        return FloatDistribution(axis.low, axis.high, log=axis.log)

    @property
    def places(self) -> Sequence[Any]:
        """All that Optuna may draw; of numbers between two others, a few."""
        known = self.distribution
        if isinstance(known, IntDistribution):
            return range(known.low, known.high + 1)
        if isinstance(known, FloatDistribution):
            step = (known.high - known.low) / STEPS
            return [known.low + n * step for n in range(STEPS + 1)]
        return range(len(self.values))

    def value(self, place: Any) -> Any:
        """The setting's value for what Optuna drew."""
        if self.values:
            return self.values[place]
        if self.whole:
            return int(place)
        rounded = float(f"{place:.{DIGITS}g}")
        assert self.axis.low is not None
        assert self.axis.high is not None
        return max(self.axis.low, min(self.axis.high, rounded))

    def place(self, value: Any) -> Any:
        """What Optuna would have drawn for this value."""
        return self.values.index(value) if self.values else value

    def has(self, value: Any) -> bool:
        """Whether this value is on the axis."""
        if self.values:
            return value in self.values
        low, high = self.axis.low, self.axis.high
        assert low is not None
        assert high is not None
        return is_number(value) and low <= value <= high


def _scale(axis: Axis, project: Project) -> Scale:
    whole = isinstance(parameter(project, axis.brick, axis.name), Whole)
    return Scale(axis, whole)


def created(goal: str, draws: BaseSampler, gives_up: BasePruner) -> optuna.Study:
    """A study of Optuna's that looks for the best of the goal's figure."""
    best = StudyDirection.MAXIMIZE if rises(goal) else StudyDirection.MINIMIZE
    return optuna.create_study(sampler=draws, pruner=gives_up, direction=best)


def sampler(plan: Plan, seed: int) -> BaseSampler:
    """Chance at first, then TPE (Bergstra et al., 2011): near what did well before."""
    return TPESampler(
        seed=seed,
        n_startup_trials=max(4, min(10, plan.trials // 2)),
        multivariate=True,  # what goes well together is drawn together
        constant_liar=True,  # variants that run at the same time shall differ
    )


def pruner(plan: Plan) -> BasePruner:
    """Gives up what is worse than half of those that went to the end were by then.

    Measured (tests/bench/studies.py): it spares a third to a half of the epochs and
    loses next to nothing; halving and Hyperband, made for many more variants, spare
    more and lose more with a few dozen.
    """
    if not plan.prune:
        return NopPruner()
    return MedianPruner(n_startup_trials=LEAST_BEFORE, n_warmup_steps=0)
