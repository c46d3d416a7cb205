"""What the label bricks share, and the setting by which a data brick chooses one."""

from __future__ import annotations

from collections.abc import Mapping

from bricks.brick import Answer
from bricks.param import Choice
from bricks.problem import Problem, Put, Remove, Repair, Set
from bricks.tower import GROUND
from bricks.words import N_, Text, size

_PLAIN = (None, "linear")  # an activation that leaves numbers as they are


def label_choice(*labels: str) -> Choice:
    """The setting of a data brick that carries one of several label bricks."""
    return Choice(
        name="label",
        default=labels[0],
        choices=labels,
        help=N_("What the tower must answer: the class, or the picture itself."),
    )


def no_classes(answer: Answer) -> Problem | None:
    """The problem where the data have values, or one class, and no class is to tell."""
    if answer.classes == 1:
        return Problem(
            needs=Text(N_("data with two classes or more")),
            got=Text(N_("one class")),
            do=Text(N_("Bring pictures of another class, or take one in again.")),
        )
    if answer.classes:
        return None
    return Problem(
        needs=Text(N_("data with classes")),
        got=Text(N_("a value for each example")),
        do=Text(N_("Ask for a value instead.")),
        repair=Repair(Text(N_("Ask for a value")), (Set("label", "Value", at=GROUND),)),
    )


def numbers(
    answer: Answer, units: int, activation: str | None, said: Text
) -> Problem | None:
    """What keeps the tower from giving `units` numbers that went through `activation`,
    or None; `said` names what is needed. The repair has Dense bricks on top."""
    right = answer.activation == activation if activation else _is_plain(answer)
    if answer.shape == (units,) and right:
        return None
    return Problem(
        needs=said,
        got=_got(answer, units, activation),
        do=_do(units, activation),
        repair=_repair(answer, units, activation),
        strict=Text(
            N_(
                "Keras would train on other answers too, "
                "but the loss of this label expects these numbers."
            )
        ),
    )


def _is_plain(answer: Answer) -> bool:
    """Whether the answer may be any number, as it comes from the last Dense."""
    top, dense = answer.top, answer.dense
    bare = (
        dense is None or top is dense or (top is not None and top.kind == "Activation")
    )
    return bare and answer.activation in _PLAIN


def _do(units: int, activation: str | None) -> Text:
    if activation is None:
        return Text(N_("The last brick must be a Dense with one unit, no activation."))
    wants = {"count": units, "name": activation}
    return Text(
        N_("The last brick must be a Dense with {count} units and {name}."), wants
    )


def _got(answer: Answer, units: int, activation: str | None) -> Text:
    if answer.shape != (units,):
        return Text(N_("{size} numbers"), {"size": size(answer.shape)})
    if activation is None and answer.activation is None and answer.top:
        return Text(N_("a {kind} at the top"), {"kind": answer.top.kind})
    if answer.activation is None:
        return Text(
            N_("{count} numbers without {name}"), {"count": units, "name": activation}
        )
    return Text(
        N_("{count} numbers that went through {name}"),
        {"count": units, "name": answer.activation},
    )


def _repair(answer: Answer, units: int, activation: str | None) -> Repair:
    wanted = {"units": units} | ({"activation": activation} if activation else {})
    top, dense = answer.top, answer.dense
    if len(answer.shape) != 1:
        return _two_bricks(answer, wanted)
    if dense is None:
        return Repair(Text(N_("Put a Dense on top")), (Put("Dense", wanted),))
    assert top is not None  # there is a Dense, so something stands at the top
    first = Set("units", units, at=dense.id)
    if top is dense:
        last = Set("activation", activation, at=dense.id)
        return Repair(_label(units, activation), (first, last))
    if top.kind == "Activation" and activation:
        plain = Set("activation", None, at=dense.id)  # the brick above is its function
        last = Set("activation", activation, at=top.id)
        return Repair(_label(units, activation), (first, plain, last))
    return Repair(
        Text(N_("Take the {kind} at the top away"), {"kind": top.kind}),
        (Remove(at=top.id),),
    )


def _two_bricks(answer: Answer, wanted: Mapping[str, object]) -> Repair:
    """A row of numbers and a Dense; of a base's many maps the mean of each does."""
    if answer.based and len(answer.shape) == 3:
        edits = (Put("GlobalAveragePooling2D"), Put("Dense", wanted))
        said = N_("Put a GlobalAveragePooling2D and a Dense on top")
        return Repair(Text(said), edits)
    edits = (Put("Flatten"), Put("Dense", wanted))
    return Repair(Text(N_("Put a Flatten and a Dense on top")), edits)


def _label(units: int, activation: str | None) -> Text:
    if activation is None:
        return Text(N_("Set one unit and no activation"))
    return Text(
        N_("Set {count} units and {name}"), {"count": units, "name": activation}
    )
