"""YesNo: the label brick of data whose answer is one of two."""

from bricks.brick import Answer, Label, Looks
from bricks.labels import numbers
from bricks.problem import Problem
from bricks.words import N_, Text


def check(answer: Answer) -> Problem | None:
    """What keeps the tower from giving one number from 0 (no) to 1 (yes), or None."""
    return numbers(answer, 1, "sigmoid", Text(N_("one number from 0 to 1")))


BRICK = Label(
    kind="YesNo",
    family="label",
    order=60,
    said=N_("Yes or no"),
    about=N_("The answer: one of two, as a number from 0 to 1. It asks for a sigmoid."),
    looks=Looks("label"),
    gives=lambda gets, settings: gets,
    check=check,
    loss="binary_crossentropy",
    metrics=("accuracy",),
)
