"""Value: the label brick of data whose answer is a number."""

from bricks.brick import Answer, Label, Looks
from bricks.labels import numbers
from bricks.problem import Problem, Repair, Set
from bricks.tower import GROUND
from bricks.words import N_, Text


def check(answer: Answer) -> Problem | None:
    """What keeps the tower from giving one number of any size, or None."""
    if answer.classes:
        return _no_values(answer.classes)
    return numbers(answer, 1, None, Text(N_("one number, as large as it may be")))


def _no_values(classes: int) -> Problem:
    label = "YesNo" if classes == 2 else "Category"
    return Problem(
        needs=Text(N_("data with a value for each example")),
        got=Text(N_("{count} classes"), {"count": classes}),
        do=Text(N_("Ask for the class instead.")),
        repair=Repair(Text(N_("Ask for the class")), (Set("label", label, at=GROUND),)),
    )


BRICK = Label(
    kind="Value",
    family="label",
    order=65,
    said=N_("Value"),
    about=N_("The answer: a number, such as an age or a price, as it is."),
    search=N_("regression number price age"),
    looks=Looks("label"),
    gives=lambda gets, settings: gets,
    check=check,
    loss="mse",
    losses=("mse", "mae", "huber", "log_cosh", "msle", "mape"),
    metrics=("mae",),
    metrics_offered=("mse", "rmse", "r2"),
)
