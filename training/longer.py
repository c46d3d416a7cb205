"""More epochs for a run that has ended: its document, its script, its schedule."""

from __future__ import annotations

import re
from dataclasses import replace

from bricks.project import Project
from bricks.strictjson import MOST_SAVED
from bricks.training import SETTINGS, Training, schedules
from bricks.words import N_, Text

_LIMITS = next(param for param in SETTINGS if param.name == "epochs")
_EPOCHS = re.compile(r"^EPOCHS = (\d+)$", re.MULTILINE)


def wrong(before: int, epochs: int) -> Text | None:
    """Why a run that was asked for `before` epochs can't go on to `epochs` of them."""
    limits = _LIMITS.wrong(epochs)
    if limits:
        return Text(N_("Epochs must be {limits}."), {"limits": limits})
    if epochs > before:
        return None
    said = N_("This run was for {before} epochs: choose more to go on.")
    return Text(said, {"before": before})


def document(before: str, epochs: int) -> str:
    """The run's project with so many epochs, all else as it was."""
    project = Project.from_json(before, MOST_SAVED)
    return replace(project, training=replace(project.training, epochs=epochs)).to_json()


def lengthened(source: str, epochs: int) -> str:
    """The script with so many epochs where it has fewer, all else as it was.

    >>> lengthened("EPOCHS = 3\\nSEED = 3\\n", 5)
    'EPOCHS = 5\\nSEED = 3\\n'
    """
    found = _EPOCHS.search(source)
    if found is None or int(found[1]) >= epochs:
        return source
    return source[: found.start(1)] + str(epochs) + source[found.end(1) :]


def replanned(training: Training) -> Text | None:
    """What more epochs do to a schedule that reaches to the last one."""
    plan = schedules().get(training.schedule or "")
    if plan is None:
        return None
    settings = plan.full(training.schedule_settings)
    if not any("EPOCHS" in argument for argument in plan.arguments(settings)):
        return None
    said = N_(
        'The plan "{plan}" reaches to the last epoch: with more epochs the learning '
        "rate rises again to where the longer plan has it, then falls."
    )
    return Text(said, {"plan": Text(plan.said)})
