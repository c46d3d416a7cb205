"""What a notebook says of the pretrained bases in a tower, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from bricks.brick import Base, Trained
from bricks.catalog import catalog
from bricks.project import Project
from bricks.tower import Placed
from bricks.walk import walk
from bricks.words import N_, Text
from codegen.frozen import told

KNOWS = N_(
    "{base} is a pretrained base: it learned to see from the 1.2 million pictures of "
    "ImageNet. Keras downloads its weights once, the file {file}."
)
RANDOM = N_("{base} is a base whose weights are random: it has yet to learn to see.")
FORM = N_(
    "Its function brings points from 0 to 1 into the form that it was trained on, and "
    "has it answer in training as in use: its BatchNormalization stays as it is, and "
    "its Dropout does nothing."
)
SHUT = N_("Its padlock is shut: training changes only the bricks on it.")
LEARNED = N_(
    "{base} is a trained tower of one's own, up to its features. What it learned is in "
    "`{file}`: put that file beside this notebook."
)
OPEN = N_("Its padlock is open: training changes it, too.")
PARTLY = N_(
    "Its padlock is open from the layer {layer} on: training leaves the first {count} "
    "of its {all} layers as they are."
)
TWO_STEPS = N_(
    "It goes in two steps. For the first {count} epochs every base stays shut and only "
    "the other bricks learn, so that their first great changes spoil nothing. Then the "
    "padlock counts, with a learning rate of {rate}: this is fine-tuning."
)


def of_bases(project: Project) -> Iterator[Text]:
    """What each kind of base is, how its padlock stands, and what its features cost."""
    bases = {b.kind: b for b in project.tower if isinstance(_brick(b), Base)}
    for placed in bases.values():
        yield from _of_base(placed)
    features = told(project, walk(project.tower))
    if features is not None:
        yield features


def of_steps(project: Project) -> Text | None:
    """That the training goes in two steps, where it does."""
    training = project.training
    if not training.frozen_epochs or not any(
        isinstance(_brick(placed), Base) for placed in project.tower
    ):
        return None
    rate = f"{training.fine_tuning_rate:g}"
    return Text(TWO_STEPS, {"count": training.frozen_epochs, "rate": rate})


def _of_base(placed: Placed) -> Iterator[Text]:
    brick = _brick(placed)
    assert isinstance(brick, Base)
    settings = brick.full(placed.settings)
    named = {"base": brick.kind}
    if isinstance(brick, Trained):
        named["base"] = settings["title"] or brick.kind
    if isinstance(brick, Trained) and settings["weights"]:
        yield Text(LEARNED, {**named, "file": brick.file(settings).name})
    elif settings["weights"] == "imagenet":
        yield Text(KNOWS, {**named, "file": brick.file(settings).name})
    else:
        yield Text(RANDOM, named)
    if not isinstance(brick, Trained):
        yield Text(FORM)
    frozen, names = settings["frozen"], brick.names(settings)
    if isinstance(frozen, bool) or not 0 <= frozen < len(names):
        yield Text(SHUT if frozen else OPEN)
    else:
        counts = {"count": frozen, "all": len(names), "layer": f"`{names[frozen]}`"}
        yield Text(PARTLY, counts)


def _brick(placed: Placed) -> object:
    return catalog().get(placed.kind)
