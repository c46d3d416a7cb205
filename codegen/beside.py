"""Functions beside `train`: class weights, a plan for the learning rate, callbacks."""

from __future__ import annotations

import re

from bricks.training import schedules
from bricks.training.callback import Callback
from bricks.training.measures import rises
from bricks.training.part import Settings
from codegen.fit import Fit, arguments
from codegen.layout import Call, laid

_CLASS_WEIGHTS = '''\
def class_weights(y):
    """A weight for each class: the fewer its examples, the more each one counts."""
    counts = np.bincount(y)
    return {n: len(y) / len(counts) / count for n, count in enumerate(counts) if count}


'''.splitlines()


def beside(fit: Fit) -> list[str]:
    """Functions that `train` needs, with two empty lines after each."""
    return [
        *(_CLASS_WEIGHTS if fit.weighted else []),
        *(_schedule(fit) if fit.training.schedule else []),
        *(_callbacks(fit) if fit.on else []),
    ]


def _schedule(fit: Fit) -> list[str]:
    plan = schedules()[fit.training.schedule or ""]
    given = plan.arguments(plan.full(fit.training.schedule_settings))
    if fit.two:  # the plan is one of the second step
        given = tuple(_of_second_step(argument) for argument in given)
    call = Call(f"keras.optimizers.schedules.{plan.keras}", given)
    return [
        "def make_schedule(steps):",
        '    """The learning rate batch by batch; an epoch has so many steps."""',
        *laid(call, 4, "return "),
        "",
        "",
    ]


def _of_second_step(argument: str) -> str:
    """
    >>> _of_second_step("decay_steps=EPOCHS * steps")
    'decay_steps=(EPOCHS - FROZEN_EPOCHS) * steps'
    """
    rated = argument.replace("LEARNING_RATE", "FINE_TUNING_RATE")
    return re.sub(r"\bEPOCHS\b", "(EPOCHS - FROZEN_EPOCHS)", rated)


def _callbacks(fit: Fit) -> list[str]:
    calls = tuple(
        _callback(part, fit.training.callbacks[kind], fit)
        for kind, part in fit.on.items()
    )
    return [
        "def make_callbacks():",
        '    """What listens while the model learns."""',
        *laid(Call("", calls, brackets="[]"), 4, "return "),
        "",
        "",
    ]


def _callback(part: Callback, settings: Settings, fit: Fit) -> Call:
    watched = fit.monitor(settings.get("monitor", "val_loss"))
    seen = {**settings, "monitor": watched}
    own = tuple(arguments(part, part.differing(seen)))
    known = watched.endswith("loss")  # Keras knows by itself that less is better
    mode = () if known else (f'mode="{"max" if rises(watched) else "min"}"',)
    return Call(f"keras.callbacks.{part.keras}", (*part.fixed, *own, *mode))
