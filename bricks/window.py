"""The arithmetic of a window that slides over a map or a sequence."""

from __future__ import annotations

from bricks.brick import Shape
from bricks.fit import described
from bricks.problem import Problem, Repair, Set
from bricks.words import N_, Text, size


def positions(length: int, window: int, stride: int, padding: str) -> int:
    """How many places a window has along one axis; 0 or less where it does not fit.

    Source: the TensorFlow guide to padding; `same` and `causal` pad so that only the
    stride counts.

    >>> positions(28, 3, 1, "valid"), positions(28, 2, 2, "valid")
    (26, 14)
    >>> positions(7, 2, 2, "same")
    4
    """
    if padding != "valid":
        return -(-length // stride)
    return (length - window) // stride + 1


def slid(
    gets: Shape, window: tuple[int, ...], strides: tuple[int, ...], padding: str
) -> tuple[int, ...]:
    """Height and width (or the steps) after a window slid over `gets`."""
    axes = zip(gets[:-1], window, strides, strict=True)
    return tuple(positions(n, reach, stride, padding) for n, reach, stride in axes)


def window_too_large(
    gets: Shape, window: tuple[int, ...], setting: str
) -> Problem | None:
    """The problem where the window is larger than what it slides over, else None."""
    if all(a <= b for a, b in zip(window, gets[:-1], strict=True)):
        return None
    fitting = tuple(map(min, window, gets[:-1]))
    value = fitting[0] if len(set(fitting)) == 1 else fitting
    return Problem(
        needs=_at_least(window),
        got=described(gets),
        do=Text(
            N_("Make {setting} smaller, or take away a pooling below."),
            {"setting": setting},
        ),
        repair=Repair(
            Text(N_("Set {setting} to {size}"), {"setting": setting, "size": value}),
            (Set(setting, value),),
        ),
    )


def _at_least(window: tuple[int, ...]) -> Text:
    if len(window) == 1:
        return Text(N_("a sequence of at least {count} steps"), {"count": window[0]})
    return Text(N_("a map of at least {size}"), {"size": size(window)})
