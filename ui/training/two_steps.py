"""Fine-tuning in two steps, and whether a base's features are worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import prod

import streamlit as st

from bricks.catalog import data_brick
from bricks.project import Project
from bricks.training import FURTHER, Training
from bricks.walk import FLOAT, Stage, every, walk
from codegen import frozen
from ui.desk import Desk
from ui.figures import size
from ui.markdown import plain
from ui.training.asked import Asked, Chosen
from ui.training.field import field
from ui.training.words import titles
from ui.words import Translate

NAMES = ("frozen_epochs", "fine_tuning_rate")


def bases(stages: Sequence[Stage]) -> list[Stage]:
    """The pretrained bases of a tower, from the ground up, wherever they stand."""
    return [stage for stage in every(stages) if frozen.is_base(stage)]


def two_steps(asked: Asked, desk: Desk) -> Chosen:
    """A menu, where the tower has a base: the head learns first, then the base too."""
    training, _ = asked.training, asked._
    stages = walk(desk.project.tower)
    if not bases(stages):
        return {}
    first = training.frozen_epochs
    title = _("Two steps: {first} + {rest}") if first else _("Two steps")
    if first and all(map(frozen.is_shut, bases(stages))):
        title = _("Two steps: the padlock is shut")
    told = {"first": first, "rest": max(0, training.epochs - first)}
    with st.popover(plain(title.format(**told)), key=f"{asked.id}-two-steps-menu"):
        st.caption(
            _(
                "The bricks on a base begin with random weights: their first mistakes "
                "would spoil what it knows. So let them learn alone first, the base "
                "shut; then the layers that its padlock leaves open learn on with "
                "them, in small steps."
            )
        )
        taken = _button(asked)
        chosen = taken or _fields(asked)
        for sentence in steps(replace(training, **chosen), stages, _):
            st.caption(sentence)
        return chosen


def _button(asked: Asked) -> Chosen:
    """From one step to two, and back; what was chosen by it."""
    _, training = asked._, asked.training
    if training.frozen_epochs:
        back = st.button(_("In one step"), key=f"{asked.id}-one-step")
        return {"frozen_epochs": 0} if back else {}
    told = {"first": half(training), "rest": training.epochs - half(training)}
    said = _("Head alone for {first} epochs, then fine-tune for {rest}").format(**told)
    off = training.epochs < 2  # one epoch can't be halved
    pressed = st.button(said, disabled=off, key=f"{asked.id}-in-two-steps")
    return {"frozen_epochs": half(training)} if pressed else {}


def half(training: Training) -> int:
    """Half of the epochs, for the first of two steps."""
    return max(1, training.epochs // 2)


def _fields(asked: Asked) -> Chosen:
    training, _ = asked.training, asked._
    params = {param.name: param for param in FURTHER}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return {
            name: field(
                params[name],
                getattr(training, name),
                asked.id,
                _,
                title=titles(_)[name],
                width=170,
                disabled=name == "fine_tuning_rate" and not training.frozen_epochs,
            )
            for name in NAMES
        }


def steps(training: Training, stages: Sequence[Stage], _: Translate) -> Iterator[str]:
    """What happens in which epochs, and what keeps the second step from its purpose."""
    first, epochs = training.frozen_epochs, training.epochs
    if not first:
        return
    rate, small = _rate(training.learning_rate), _rate(training.fine_tuning_rate)
    last = min(first, epochs)
    said = _("Epochs 1 to {last}: the base is shut, the rest learns with {rate}.")
    yield said.format(last=last, rate=rate)
    if first >= epochs:
        yield _("There is no epoch left to fine-tune in: give it more epochs.")
        return
    if all(frozen.is_shut(stage) for stage in bases(stages)):
        yield _(
            "After them the padlock counts, and it is shut: open it on Build, in part "
            "or whole, or the base never learns."
        )
        return
    said = _(
        "Epochs {from_} to {epochs}: the layers that the padlock leaves open learn "
        "too, all with {rate}."
    )
    yield said.format(from_=first + 1, epochs=epochs, rate=small)


def _rate(rate: float) -> str:
    """A learning rate without a power of ten, as its field shows it.

    >>> _rate(0.001), _rate(1e-05), _rate(1.0)
    ('0.001', '0.00001', '1')
    """
    return f"{rate:.9f}".rstrip("0").rstrip(".")


def say_features(desk: Desk, _: Translate) -> None:
    """Whether what a base gives is worked out once, how much is kept, or why not."""
    project = desk.project
    stages = walk(project.tower)
    if any(stage.problem for stage in every(stages)):
        return
    said = frozen.told(project, stages)
    if said is None:
        return
    taken = kept(project, stages)
    words = [plain(said.told(_))]
    if taken:
        words.append(_("That takes {size} on the disk.").format(size=size(taken)))
    icon = ":material/bolt:" if taken else ":material/hourglass_bottom:"
    st.caption(f"{icon} {' '.join(words)}")


def kept(project: Project, stages: Sequence[Stage]) -> int:
    """The bytes of features that are kept for the training, 0 where none are."""
    high = frozen.floor(project, stages)
    data = data_brick(project.tower.data.kind)
    gives = stages[high].gives
    if not high or data is None or gives is None:
        return 0
    split = data.split(data.full(project.tower.data.settings))
    return FLOAT * prod(gives) * sum(split[:2])
