"""The words of a training: its settings, figures and choices, as people read them."""

from __future__ import annotations

from typing import Any

from bricks.training import callbacks, optimizers, schedules
from bricks.training.measures import LOSSES, METRICS
from ui.words import Translate


def titles(_: Translate) -> dict[str, str]:
    """What the settings are called."""
    return {
        "batch_size": _("Batch size"),
        "epochs": _("Epochs"),
        "optimizer": _("Optimizer"),
        "learning_rate": _("Learning rate"),
        "seed": _("Seed"),
        "class_weights": _("Class weights"),
        "loss": _("Loss"),
        "metrics": _("Metrics"),
        "schedule": _("Schedule"),
        "shuffle": _("Shuffle"),
        "precision": _("Precision"),
        "compile": _("Compile with XLA"),
        "steps": _("Batches in one go"),
        "frozen_epochs": _("Frozen epochs"),
        "fine_tuning_rate": _("Fine-tuning rate"),
    }


def figure_name(name: str, _: Translate) -> str:
    """A figure of an epoch, such as val_accuracy."""
    if name.startswith("val_"):
        figure = figure_name(name.removeprefix("val_"), _)
        return _("{figure}, validation").format(figure=figure)
    return _("Loss") if name == "loss" else _(METRICS[name].said)


def value_told(setting: str, value: Any, _: Translate) -> str:
    """A setting's value in words."""
    if setting == "optimizer":
        return _(optimizers()[value].said)
    if setting == "schedule":
        return _(schedules()[value].said) if value else _("Stays the same")
    if setting == "loss":
        return _(LOSSES[value]) if value else _("The label brick's own")
    if setting == "metrics":
        return ", ".join(_(METRICS[name].said) for name in value) or _("none")
    return choices_told(_).get(value) or plain_value(value, _)


def plain_value(value: Any, _: Translate) -> str:
    """A number, a switch or a word."""
    if isinstance(value, bool):
        return _("on") if value else _("off")
    if value is None:
        return _("none")
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def choices_told(_: Translate) -> dict[Any, str]:
    """Words of Keras' settings that a class need not know."""
    return {
        "float32": _("float32: as usual"),
        "mixed_bfloat16": _("bfloat16, mixed"),
        "mixed_float16": _("float16, mixed"),
        "auto": _("Keras decides"),
        "yes": _("always"),
        "no": _("never"),
    }


def callback_name(kind: str, _: Translate) -> str:
    """What a callback is called."""
    return _(callbacks()[kind].said)
