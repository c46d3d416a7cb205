"""Picture: the label brick of a tower that must give back the picture it got."""

from math import prod

from bricks.brick import Answer, Label, Looks, Shape
from bricks.problem import Problem, Put, Repair, Set
from bricks.words import N_, Text, size


def check(answer: Answer) -> Problem | None:
    """What keeps the tower from giving the example's own shape, 0 to 1, or None."""
    if answer.shape == answer.example and answer.activation == "sigmoid":
        return None
    return Problem(
        needs=Text(
            N_("{size} numbers from 0 to 1, as the picture has them"),
            {"size": size(answer.example)},
        ),
        got=Text(
            N_("{size} numbers that went through {name}"),
            {"size": size(answer.shape), "name": answer.activation or "nothing"},
        ),
        do=Text(
            N_("End with as many numbers as the picture has, and with a sigmoid."),
        ),
        repair=_repair(answer),
    )


def _repair(answer: Answer) -> Repair:
    """The last brick's function where the shape is right; else a way to the shape."""
    if answer.shape == answer.example:
        return Repair(
            Text(N_("End with a sigmoid")),
            (Put("Activation", {"activation": "sigmoid"}),),
        )
    wide = {"units": prod(answer.example), "activation": "sigmoid"}
    row = _row(answer, wide)
    reshape = Put("Reshape", {"target_shape": answer.example})
    return Repair(Text(N_("End with a Dense and a Reshape")), (*row, reshape))


def _row(answer: Answer, wide: dict[str, object]) -> tuple[Put | Set, ...]:
    shape: Shape = answer.shape
    if len(shape) > 1:
        return (Put("Flatten"), Put("Dense", wide))
    if shape == (prod(answer.example),) and answer.activation == "sigmoid":
        return ()
    return (Put("Dense", wide),)


BRICK = Label(
    kind="Picture",
    family="label",
    order=70,
    said=N_("The picture itself"),
    about=N_(
        "The answer: the very picture that came in, so that the middle must say it "
        "in few numbers. Such a tower is an autoencoder."
    ),
    looks=Looks("label"),
    gives=lambda gets, settings: gets,
    check=check,
    loss="binary_crossentropy",
    losses=("binary_crossentropy", "mse", "mae"),
    metrics=(),
    metrics_offered=("mae", "mse"),
    itself=True,
)
