"""Models as the code makes them: Sequential, functional, and one inside another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bricks.tower import MOST_DEEP
from codegen.read.budget import Budget
from codegen.read.seen import Seen
from codegen.read.values import UNKNOWN, Made, Model, Node

_FIT = ("x", "y", "batch_size", "epochs")
_GENERATED = ("x", "steps_per_epoch", "epochs")


class Models:
    """Makes models, puts layers on them and keeps what they are trained with."""

    def __init__(
        self,
        seen: Seen,
        budget: Budget,
        apply: Callable[..., Any],
        node: Callable[..., Node],
    ) -> None:
        self.seen = seen
        self.budget = budget
        self.apply = apply
        self.node = node

    def made(
        self, last: str, args: tuple[Any, ...], named: dict[str, Any], line: int
    ) -> Model:
        """A new model from the arguments of its class."""
        name = named.get("name")
        model = Model(line, name if isinstance(name, str) else None)
        if last == "Sequential":
            steps = named.get("layers", args[0] if args else [])
            model.steps = []
            for step in steps if isinstance(steps, list | tuple) else [UNKNOWN]:
                self._put(model, step, line)
        else:
            model.inputs, model.outputs = _ends(args, named)
        self.seen.models.append(model)
        return model

    def base(self, kind: str, named: dict[str, Any], line: int) -> Model:
        """A model that Keras brings ready-made, as one layer of that name."""
        floor = self.node(None, (), shape=named.get("input_shape"), line=line)
        made = Made(f"keras.applications.{kind}", (), named, line)
        top = self.node(made, (floor,), line=line)
        model = Model(line, kind, inputs=(floor,), outputs=(top,), part=True)
        self.seen.models.append(model)
        return model

    def ends(self, model: Model) -> tuple[Node | None, Node | None]:
        """Floor and top of the model as a graph."""
        if model.steps is None:
            first = model.inputs[0] if model.inputs else None
            return first, model.outputs[0] if model.outputs else None
        floor = self.node(None, (), shape=first_shape(model), line=model.line)
        part = model.part
        top = self.applied(model, (floor,), model.line)
        model.part = part
        return floor, top if isinstance(top, Node) else None

    def _put(self, model: Model, step: Any, line: int) -> None:
        assert model.steps is not None
        if isinstance(step, Node) and step.layer is None:
            step = Made(
                "keras.layers.InputLayer", (), {"input_shape": step.shape}, line
            )
        if isinstance(step, Model):
            step.part = True
        known = isinstance(step, Made | Model)
        model.steps.append(step if known else Made("?", (), {}, line))

    def method(
        self,
        model: Model,
        name: str,
        args: tuple[Any, ...],
        named: dict[str, Any],
        line: int,
    ) -> Any:
        """What a method of the model does to it."""
        if name == "add" and model.steps is not None:
            self._put(model, args[0] if args else named.get("layer", UNKNOWN), line)
        elif name == "pop" and model.steps:
            model.steps.pop()
        elif name == "compile":
            model.compiled = dict(zip(("optimizer", "loss"), args)) | named
        elif name in ("fit", "train_on_batch"):
            model.fitted = dict(zip(_FIT, args)) | named
        elif name == "fit_generator":
            model.fitted = dict(zip(_GENERATED, args)) | named
        return UNKNOWN

    def applied(self, model: Model, nodes: tuple[Node, ...], line: int | None) -> Any:
        """What a model gives on what others give: its layers once more."""
        model.part = True
        if model.steps is not None:
            for step in model.steps:
                self.budget.take()
                if isinstance(step, Model) or step.kind != "InputLayer":
                    given = self.apply(step, nodes, line)
                    nodes = (given,) if isinstance(given, Node) else nodes
            return nodes[0]
        if not model.outputs:
            return UNKNOWN
        return self._again(model, nodes)

    def _again(self, model: Model, nodes: tuple[Node, ...]) -> Node:
        """The graph of a functional model, with other nodes in place of its inputs."""
        made = dict(zip(model.inputs, nodes))
        for node in ancestors(model.outputs[0]):
            if node not in made:
                parents = tuple(made[parent] for parent in node.parents)
                made[node] = self.node(
                    node.layer,
                    parents,
                    hints=node.hints,
                    shape=node.shape,
                    line=node.line,
                )
        return made[model.outputs[0]]


def first_shape(model: Model) -> Any:
    """The shape that the first layer of a Sequential asks for, or None."""
    step: Any = model
    for _ in range(MOST_DEEP):  # a model may hold itself
        if not isinstance(step, Model):
            break
        if step.steps is None:
            return step.inputs[0].shape if step.inputs else None
        step = step.steps[0] if step.steps else None
    return asked_shape(step) if isinstance(step, Made) else None


def asked_shape(layer: Made) -> Any:
    """The input shape among a layer's arguments, under any of its names."""
    named = layer.named
    for key in ("batch_input_shape", "batch_shape"):
        if isinstance(named.get(key), tuple | list):
            return tuple(named[key][1:])
    if "input_shape" in named:
        return named["input_shape"]
    if layer.kind == "Embedding":
        return (named["input_length"],) if named.get("input_length") else None
    if isinstance(named.get("input_dim"), int):
        steps = named.get("input_length")
        return (steps, named["input_dim"]) if steps else (named["input_dim"],)
    return None


def ancestors(top: Node) -> list[Node]:
    """All that `top` stands on, and itself, from the ground up."""
    found, waiting = {top}, [top]
    while waiting:
        for parent in waiting.pop().parents:
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return sorted(found, key=lambda node: node.number)


def _ends(
    args: tuple[Any, ...], named: dict[str, Any]
) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    first = named.get("inputs", named.get("input", args[0] if args else ()))
    last = named.get("outputs", named.get("output", args[1] if len(args) > 1 else ()))
    return _nodes(first), _nodes(last)


def _nodes(value: Any) -> tuple[Node, ...]:
    if isinstance(value, dict):
        value = list(value.values())
    items = value if isinstance(value, list | tuple) else [value]
    return tuple(item for item in items if isinstance(item, Node))
