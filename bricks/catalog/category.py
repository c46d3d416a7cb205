"""Category: the label brick of data whose answer is one class of several."""

from bricks.brick import Answer, Label, Looks, Settings, Shape
from bricks.problem import Problem, Put, Remove, Repair, Set
from bricks.words import N_, Text, size


def check(answer: Answer, classes: int) -> Problem | None:
    """What keeps the tower from giving one share for each class, or None."""
    if answer.shape == (classes,) and answer.activation == "softmax":
        return None
    wants = {"count": classes}
    return Problem(
        needs=Text(N_("{count} shares that add up to 1, one for each class"), wants),
        got=_got(answer, classes),
        do=Text(
            N_("The last brick must be a Dense with {count} units and softmax."), wants
        ),
        repair=_repair(answer, classes),
        strict=Text(
            N_(
                "Keras would train on other answers too, "
                "but the loss of a category expects these shares."
            )
        ),
    )


def _got(answer: Answer, classes: int) -> Text:
    if answer.shape != (classes,):
        return Text(N_("{size} numbers"), {"size": size(answer.shape)})
    if answer.activation is None:
        return Text(N_("{count} numbers without softmax"), {"count": classes})
    return Text(
        N_("{count} numbers that went through {name}"),
        {"count": classes, "name": answer.activation},
    )


def _repair(answer: Answer, classes: int) -> Repair:
    softmax = {"units": classes, "activation": "softmax"}
    top, dense = answer.top, answer.dense
    if len(answer.shape) != 1:
        edits = (Put("Flatten"), Put("Dense", softmax))
        return Repair(Text(N_("Put a Flatten and a Dense on top")), edits)
    if dense is None:
        return Repair(Text(N_("Put a Dense on top")), (Put("Dense", softmax),))
    label = Text(N_("Set {count} units and softmax"), {"count": classes})
    units = Set("units", classes, at=dense.id)
    if top is dense:
        return Repair(label, (units, Set("activation", "softmax", at=dense.id)))
    assert top is not None  # there is a Dense, so something stands at the top
    if top.kind == "Activation":
        plain = Set("activation", None, at=dense.id)  # the brick above is its function
        return Repair(label, (units, plain, Set("activation", "softmax", at=top.id)))
    return Repair(
        Text(N_("Take the {kind} at the top away"), {"kind": top.kind}),
        (Remove(at=top.id),),
    )


def gives(gets: Shape, settings: Settings) -> Shape:
    """(classes,): the shares it gets."""
    return gets


BRICK = Label(
    kind="Category",
    family="label",
    said=N_("Category"),
    about=N_(
        "The answer: one class of several. It asks for a softmax over the classes."
    ),
    looks=Looks("label"),
    gives=gives,
    check=check,
    loss="sparse_categorical_crossentropy",
    metrics=("accuracy",),
)
