"""Models as the code makes them: Sequential, functional, and one inside another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bricks.tower import MOST_DEEP
from codegen.read.budget import Budget
from codegen.read.padlocks import padlocks
from codegen.read.seen import Seen
from codegen.read.standing import Bases
from codegen.read.values import (
    UNKNOWN,
    Inner,
    Made,
    Model,
    Node,
    Pretrained,
    Round,
    Row,
    Standing,
)

_FIT = ("x", "y", "batch_size", "epochs")
_GENERATED = ("x", "steps_per_epoch", "epochs")
_ASKED = ("predict", "predict_generator", "predict_on_batch")


class Models:
    """Makes models, puts layers on them and keeps what they are trained with."""

    def __init__(
        self,
        seen: Seen,
        budget: Budget,
        bases: Bases,
        apply: Callable[..., Any],
        node: Callable[..., Node],
    ) -> None:
        self.seen = seen
        self.budget = budget
        self.bases = bases
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

    def unknown(self, kind: str, named: dict[str, Any], line: int) -> Model:
        """A model that Keras brings ready-made and no brick is, as one layer."""
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
        if isinstance(step, Inner):
            self.bases.put(model.steps, step, line)
        else:
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
            model.seen_open = self._padlocks()
        elif name in ("fit", "train_on_batch"):
            self._fit(model, dict(zip(_FIT, args)) | named)
        elif name == "fit_generator":
            self._fit(model, dict(zip(_GENERATED, args)) | named)
        elif name in _ASKED:
            self.seen.predicted.append(model)
        elif name == "get_layer":
            return layer_of(model, [*args, *named.values()])
        elif name == "load_weights" and isinstance(model, Pretrained):
            self.bases.load(model, [*args, *named.values(), UNKNOWN][0], line)
        return UNKNOWN

    def _fit(self, model: Model, fitted: dict[str, Any]) -> None:
        model.fitted = fitted
        known = model.seen_open
        padlocks = self._padlocks() if known is None else known
        model.rounds.append(Round(model.compiled, fitted, padlocks))
        self.seen.rounds.append(model.rounds[-1])

    def _padlocks(self) -> dict[Pretrained, Any]:
        for base in self.seen.bases:
            self.budget.take(1 + len(base.each) // 10)
        return padlocks(self.seen)

    def applied(self, model: Model, nodes: tuple[Node, ...], line: int | None) -> Any:
        """What a model gives on what others give: its layers once more."""
        model.part = True
        if isinstance(model, Pretrained):
            return self.bases.nested(model, nodes, line)
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


def layers_of(model: Model) -> list[Any]:
    """The layers of a model as Keras counts them: a base that is laid out in it as its
    own layers, a base that is one layer as itself."""
    if model.steps is not None:
        steps = (step for step in model.steps if not _is_input(step))
        return Row(layer for step in steps for layer in _laid(step, 1))
    if model.row is None:
        model.row = Row(_of_graph(model))
    return model.row


def _of_graph(model: Model) -> Iterator[Any]:
    nodes = ancestors(model.outputs[0]) if model.outputs else []
    laid = [n for n in nodes if isinstance(n.layer, Standing) and not n.layer.inside]
    floors = {parent for node in laid for parent in node.parents}
    for node in nodes:
        if node.layer is not None:
            yield from _laid(node.layer, 0)
        elif node not in floors:
            shape = {"input_shape": node.shape}
            yield Made("keras.layers.InputLayer", (), shape, node.line)


def _laid(layer: Any, first: int) -> list[Any]:
    """A layer, or those of a base that is laid out."""
    if not isinstance(layer, Standing):
        return [layer]
    row: list[Any] = layer.base.row or []
    if layer.inside:
        return [layer.base]
    return row[first:] if layer.upto is None else row[first : layer.upto + 1]


def _is_input(step: Any) -> bool:
    return isinstance(step, Made) and step.kind == "InputLayer"


def layer_of(model: Model, asked: list[Any]) -> Any:
    """The layer of a name or a number, UNKNOWN where there is none."""
    row, wanted = layers_of(model), asked[0] if asked else None
    if isinstance(wanted, int):
        return row[wanted] if -len(row) <= wanted < len(row) else UNKNOWN
    return next((layer for layer in row if _name(layer) == wanted), UNKNOWN)


def _name(layer: Any) -> Any:
    if isinstance(layer, Pretrained):
        return layer.brick.kind.lower()
    if isinstance(layer, Inner | Model):
        return layer.name
    return layer.named.get("name") if isinstance(layer, Made) else None


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
