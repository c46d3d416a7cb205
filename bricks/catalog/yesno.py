"""YesNo: the label brick of data whose answer is one of two."""

from bricks.brick import Answer, Label, Looks
from bricks.labels import no_classes, numbers
from bricks.problem import Problem, Repair, Set
from bricks.tower import GROUND
from bricks.words import N_, Text


def check(answer: Answer) -> Problem | None:
    """What keeps the tower from giving one number from 0 (no) to 1 (yes), or None."""
    if answer.classes > 2:
        return _not_two(answer.classes)
    return no_classes(answer) or numbers(
        answer, 1, "sigmoid", Text(N_("one number from 0 to 1"))
    )


def _not_two(classes: int) -> Problem:
    return Problem(
        needs=Text(N_("data with two classes")),
        got=Text(N_("{count} classes"), {"count": classes}),
        do=Text(N_("Ask for a category instead.")),
        repair=Repair(
            Text(N_("Ask for a category")), (Set("label", "Category", at=GROUND),)
        ),
    )


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
    losses=("binary_crossentropy", "binary_focal_crossentropy", "mse"),
    metrics=("accuracy",),
    metrics_offered=("auc", "precision", "recall"),
)
