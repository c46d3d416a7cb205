"""Category: the label brick of data whose answer is one class of several."""

from bricks.brick import Answer, Label, Looks
from bricks.labels import no_classes, numbers
from bricks.problem import Problem
from bricks.words import N_, Text


def check(answer: Answer) -> Problem | None:
    """What keeps the tower from giving one share for each class, or None."""
    needs = Text(
        N_("{count} shares that add up to 1, one for each class"),
        {"count": answer.classes},
    )
    return no_classes(answer) or numbers(answer, answer.classes, "softmax", needs)


BRICK = Label(
    kind="Category",
    family="label",
    said=N_("Category"),
    about=N_(
        "The answer: one class of several. It asks for a softmax over the classes."
    ),
    looks=Looks("label"),
    gives=lambda gets, settings: gets,
    check=check,
    loss="sparse_categorical_crossentropy",
    losses=("sparse_categorical_crossentropy",),
    metrics=("accuracy",),
    metrics_offered=("top_3", "top_5"),
)
