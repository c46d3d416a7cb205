"""One brick as the call of its Keras layer, and the names of layers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, count

from bricks.catalog import catalog
from bricks.literal import literal
from bricks.merge import LAYERS
from bricks.param import Param
from bricks.project import Project
from bricks.tower import Placed, Ref
from codegen.layout import Call
from codegen.literal import identifier


def layer(
    placed: Placed,
    name: str | None = None,
    tail: str = "",
    more: tuple[str, ...] = (),
) -> Call | None:
    """One brick as the call of its Keras layer, `more` among its arguments; None for an
    unknown brick."""
    brick = catalog().get(placed.kind)
    if brick is None:
        return None
    named = (f"name={literal(name)}",) if name else ()
    if placed.kind == "TimeDistributed":
        return Call("layers.TimeDistributed", (_of_steps(placed), *named), tail)
    wraps = [p for p in brick.params if getattr(p, "layer", None) and _on(placed, p)]
    kind, *always = brick.prints or (placed.kind,)
    arguments = (*always, *_layer_arguments(placed, brick.params), *more)
    if not wraps:
        return Call(f"layers.{kind}", (*arguments, *named), tail)
    node = Call(f"layers.{kind}", arguments)
    for n, param in enumerate(wraps, start=1):
        last = n == len(wraps)
        outer = (node, *named) if last else (node,)
        node = Call(f"layers.{param.layer}", outer, tail if last else "")  # type: ignore[attr-defined]
    return node


def _on(placed: Placed, param: Param) -> bool:
    return placed.settings.get(param.name, param.default) is True


def hollow(placed: Placed) -> bool:
    """Whether a brick leaves no statement in the code: it holds nothing that does."""
    if placed.kind not in catalog():
        return True
    boxes = ("Block", "TimeDistributed")
    return placed.kind in boxes and all(hollow(b) for b in placed.inner[0])


def _of_steps(placed: Placed) -> str | Call:
    """What a TimeDistributed runs for each step: one layer, or several in a row."""
    nodes = [
        node
        for brick in placed.inner[0]
        if not hollow(brick) and (node := layer(brick)) is not None
    ]
    if len(nodes) == 1:
        return nodes[0]
    return Call("keras.Sequential", (Call("", tuple(nodes), brackets="[]"),))


def _layer_arguments(placed: Placed, params: tuple[Param, ...]) -> Iterator[str]:
    for param in params:
        if param.positional:
            default = 1 if param.required else param.default
            yield _written(param, placed.settings.get(param.name, default))
    for param in params:
        plain = param.argument and not param.positional
        if plain and param.name in placed.settings:
            value = _written(param, placed.settings[param.name])
            yield f"{param.name}={value}"


def _written(param: Param, value: object) -> str:
    if isinstance(value, Ref):
        return value.parameter
    return param.written(value) or literal(value)


def number(value: object) -> str:
    """A value, or the name of the parameter that gives it, as source."""
    return value.parameter if isinstance(value, Ref) else literal(value)


def layer_names(project: Project) -> dict[str, str | None]:
    """A layer name for each brick that a user named, each used once."""
    names: dict[str, str | None] = {}
    for placed in project.tower:
        if placed.kind != "Block":
            names[placed.id] = _named(placed, set(names.values()))
    return names


def _named(placed: Placed, taken: set[str | None]) -> str | None:
    """The layer's name, with a number where another layer has it."""
    if not placed.name:
        return None
    wanted = identifier(placed.name, "brick")
    if _AUTOMATIC.fullmatch(wanted):
        wanted = f"my_{wanted}"
    return free_name(wanted, taken)


def free_name(wanted: str, taken: set[str | None] | set[str]) -> str:
    """The name, with a number where it is taken."""
    numbered = (f"{wanted}_{number}" for number in count(2))
    return next(name for name in chain([wanted], numbered) if name not in taken)


def snake(kind: str) -> str:
    """The name that Keras gives to layers of this kind by itself.

    >>> snake("MaxPooling2D"), snake("Conv2DTranspose"), snake("SimpleRNN")
    ('max_pooling2d', 'conv2d_transpose', 'simple_rnn')
    """
    parted = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", re.sub(r"\W+", "", kind))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", parted).lower()


# Names that Keras counts up by itself: a user's own must not meet them.
_AUTOMATIC_KINDS = [*catalog(), *LAYERS.values(), "Bidirectional", "Sequential"]
_AUTOMATIC = re.compile(
    f"(input_layer|functional|{'|'.join(map(snake, _AUTOMATIC_KINDS))})(_[0-9]+)?"
)
