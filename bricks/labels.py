"""What the label bricks share, and the setting by which a data brick chooses one."""

from __future__ import annotations

from bricks.brick import Answer
from bricks.param import Choice
from bricks.problem import Problem, Put, Remove, Repair, Set
from bricks.words import N_, Text, size


def label_choice(*labels: str) -> Choice:
    """The setting of a data brick that carries one of several label bricks."""
    return Choice(
        name="label",
        default=labels[0],
        choices=labels,
        help=N_("What the tower must answer: the class, or the picture itself."),
    )


def numbers(answer: Answer, units: int, activation: str, said: Text) -> Problem | None:
    """What keeps the tower from giving `units` numbers that went through `activation`,
    or None; `said` names what is needed. The repair has Dense bricks on top."""
    if answer.shape == (units,) and answer.activation == activation:
        return None
    wants = {"count": units, "name": activation}
    return Problem(
        needs=said,
        got=_got(answer, units, activation),
        do=Text(
            N_("The last brick must be a Dense with {count} units and {name}."), wants
        ),
        repair=_repair(answer, units, activation),
        strict=Text(
            N_(
                "Keras would train on other answers too, "
                "but the loss of this label expects these numbers."
            )
        ),
    )


def _got(answer: Answer, units: int, activation: str) -> Text:
    if answer.shape != (units,):
        return Text(N_("{size} numbers"), {"size": size(answer.shape)})
    if answer.activation is None:
        return Text(
            N_("{count} numbers without {name}"), {"count": units, "name": activation}
        )
    return Text(
        N_("{count} numbers that went through {name}"),
        {"count": units, "name": answer.activation},
    )


def _repair(answer: Answer, units: int, activation: str) -> Repair:
    wanted = {"units": units, "activation": activation}
    top, dense = answer.top, answer.dense
    if len(answer.shape) != 1:
        edits = (Put("Flatten"), Put("Dense", wanted))
        return Repair(Text(N_("Put a Flatten and a Dense on top")), edits)
    if dense is None:
        return Repair(Text(N_("Put a Dense on top")), (Put("Dense", wanted),))
    label = Text(
        N_("Set {count} units and {name}"), {"count": units, "name": activation}
    )
    first = Set("units", units, at=dense.id)
    if top is dense:
        return Repair(label, (first, Set("activation", activation, at=dense.id)))
    assert top is not None  # there is a Dense, so something stands at the top
    if top.kind == "Activation":
        plain = Set("activation", None, at=dense.id)  # the brick above is its function
        return Repair(label, (first, plain, Set("activation", activation, at=top.id)))
    return Repair(
        Text(N_("Take the {kind} at the top away"), {"kind": top.kind}),
        (Remove(at=top.id),),
    )
