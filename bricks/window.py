"""The arithmetic of a window that slides over a map."""

from __future__ import annotations

from bricks.brick import Settings, Shape
from bricks.fit import needs_map
from bricks.param import both
from bricks.problem import Problem, Repair, Set
from bricks.words import N_, Text, size


def positions(length: int, window: int, stride: int, padding: str) -> int:
    """How many places a window has along one axis; 0 or less where it does not fit.

    Source: the TensorFlow guide to padding; `same` pads so that only the stride counts.

    >>> positions(28, 3, 1, "valid"), positions(28, 2, 2, "valid")
    (26, 14)
    >>> positions(7, 2, 2, "same")
    4
    """
    if padding == "same":
        return -(-length // stride)
    return (length - window) // stride + 1


def slid(
    gets: Shape, window: tuple[int, int], strides: tuple[int, int], padding: str
) -> tuple[int, int]:
    """Height and width after a window slid over the map `gets`."""
    height, width = (
        positions(length, size, stride, padding)
        for length, size, stride in zip(gets[:2], window, strides, strict=True)
    )
    return height, width


def window_too_large(
    gets: Shape, window: tuple[int, int], setting: str
) -> Problem | None:
    """The problem where the window is larger than the map it slides over, else None."""
    if window[0] <= gets[0] and window[1] <= gets[1]:
        return None
    fitting = min(window[0], gets[0]), min(window[1], gets[1])
    value = fitting[0] if fitting[0] == fitting[1] else fitting
    return Problem(
        needs=Text(N_("a map of at least {size}"), {"size": size(window)}),
        got=Text(N_("a map of {size}"), {"size": size(gets)}),
        do=Text(
            N_("Make {setting} smaller, or take away a pooling below."),
            {"setting": setting},
        ),
        repair=Repair(
            Text(N_("Set {setting} to {size}"), {"setting": setting, "size": value}),
            (Set(setting, value),),
        ),
    )


def pooled(gets: Shape, settings: Settings) -> Shape | Problem:
    """The shape after a 2D pooling: (height, width, channels)."""
    problem = needs_map(gets)
    if problem:
        return problem
    window = both(settings["pool_size"])
    strides = both(settings["strides"] or window)
    if settings["padding"] == "valid":
        problem = window_too_large(gets, window, "pool_size")
    return problem or (*slid(gets, window, strides, settings["padding"]), gets[2])
