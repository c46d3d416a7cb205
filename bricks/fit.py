"""The misfits that several bricks share."""

from __future__ import annotations

from dataclasses import replace
from math import prod

from bricks.brick import Shape, Words
from bricks.problem import HERE, Problem, Put, Remove, Repair
from bricks.words import N_, Text, size

EMBEDDED = 64  # numbers for each word in the Embedding that a repair puts


def described(gets: Shape) -> Text:
    """What a brick got, in words.

    >>> str(described((28, 28, 1))), str(described((80, 32)))
    ('a map of 28×28×1', 'a sequence of 80×32')
    """
    if isinstance(gets, Words):
        return Text(N_("{count} word numbers"), {"count": gets[0]})
    if len(gets) == 3:
        return Text(N_("a map of {size}"), {"size": size(gets)})
    if len(gets) == 2:
        return Text(N_("a sequence of {size}"), {"size": size(gets)})
    if len(gets) == 1:
        return Text(N_("a vector of {size}"), {"size": size(gets)})
    return Text(N_("a row of maps of {size}"), {"size": size(gets)})


def same_shape(gets: Shape, settings: object) -> Shape | Problem:
    """What it gets, for a brick that takes any numbers and keeps their shape."""
    return needs_numbers(gets) or gets


def needs_numbers(gets: Shape) -> Problem | None:
    """The problem where `gets` are words still, else None."""
    if not isinstance(gets, Words):
        return None
    return Problem(
        needs=Text(N_("numbers that tell how much")),
        got=described(gets),
        do=Text(N_("Put an Embedding before it: it turns every word into numbers.")),
        repair=Repair(
            Text(N_("Put an {kind} before it"), {"kind": "Embedding"}),
            (Put("Embedding", {"input_dim": gets.most, "output_dim": EMBEDDED}),),
        ),
        strict=Text(
            N_(
                "Keras would reckon with the words' numbers, as if word 200 were "
                "twice as much as word 100."
            )
        ),
    )


def needs_words(gets: Shape) -> Problem | None:
    """The problem where `gets` are not words, else None."""
    if isinstance(gets, Words):
        return None
    return Problem(
        needs=Text(N_("words, as the numbers they have in a list")),
        got=described(gets),
        do=Text(N_("Put it right on a data brick of words.")),
        repair=_take_away(),
        strict=Text(N_("Keras would cut every number down to a whole one.")),
    )


def needs_map(gets: Shape, strict: Text | None = None) -> Problem | None:
    """The problem where `gets` is not (height, width, channels), else None."""
    if len(gets) == 3 or isinstance(gets, Words):
        return needs_numbers(gets)
    flat = len(gets) == 2
    do = N_("Move it below the brick that flattens the map.")
    if flat:
        do = N_("Put a Reshape before it: it makes a map with one channel.")
    elif len(gets) > 3:
        do = N_("Put it into a TimeDistributed, which gives it one map at a time.")
    return Problem(
        needs=Text(N_("a map: height, width, channels")),
        got=described(gets),
        do=Text(do),
        repair=_reshaped((*gets, 1)) if flat else _take_away(),
        strict=strict if len(gets) < 4 else strict or _EVERY_MAP,
    )


_EVERY_MAP = Text(N_("Keras may take several maps at once, which we do not."))


def needs_sequence(gets: Shape) -> Problem | None:
    """The problem where `gets` is not (steps, features), else None."""
    if len(gets) == 2 or isinstance(gets, Words):
        return needs_numbers(gets)
    rows = (gets[0], prod(gets[1:]))
    do = N_("Put a Reshape before it: every number becomes a step.")
    if len(gets) == 3:
        do = N_("Put a Reshape before it: every row of the map becomes a step.")
    elif len(gets) > 3:
        do = N_("Put a Reshape before it: every map becomes a step.")
    return Problem(
        needs=Text(N_("a sequence: steps, features")),
        got=described(gets),
        do=Text(do),
        repair=_reshaped(rows),
        strict=_EVERY_MAP if len(gets) > 3 else None,
    )


def needs_vector(gets: Shape) -> Problem | None:
    """The problem where `gets` is not (features,), else None."""
    if len(gets) == 1:
        return needs_numbers(gets)
    place = N_(
        "Keras would use the same Dense at every place of the map, "
        "which in a classifier is hardly ever meant."
    )
    step = N_(
        "Keras would use the same Dense at every step; "
        "where that is meant, put it into a TimeDistributed."
    )
    return Problem(
        needs=Text(N_("a vector: one row of numbers")),
        got=described(gets),
        do=Text(N_("Put a Flatten or a global pooling before it.")),
        repair=Repair(Text(N_("Put a Flatten before it")), (Put("Flatten"),)),
        strict=Text(place if len(gets) == 3 else step),
    )


def on_a_base(problem: Problem, is_base: bool) -> Problem:
    """The problem of a brick on a base's many maps: the mean of each does; another base
    has no place there at all."""
    if is_base and problem.repair and isinstance(problem.repair.edits[0], Put):
        do = Text(N_("Take one of the two bases away: each takes pictures."))
        return replace(problem, do=do, repair=_take_away())
    if problem.repair is None or problem.repair.edits != (Put("Flatten"),):
        return problem
    said = Text(N_("Put a GlobalAveragePooling2D before it"))
    return replace(problem, repair=Repair(said, (Put("GlobalAveragePooling2D"),)))


def _reshaped(shape: Shape) -> Repair:
    return Repair(
        Text(N_("Put a Reshape to {size} before it"), {"size": size(shape)}),
        (Put("Reshape", {"target_shape": shape}),),
    )


def _take_away() -> Repair:
    return Repair(Text(N_("Take this brick away")), (Remove(HERE),))
