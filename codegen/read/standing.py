"""Bases in the graph of a model: whole or cut, as one layer or laid out as theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from bricks.tower import Placed
from bricks.words import N_
from codegen.read.applications import arguments, base_brick, pretrained
from codegen.read.budget import Budget
from codegen.read.notes import Notes
from codegen.read.seen import Seen
from codegen.read.values import UNKNOWN, Inner, Made, Node, Pretrained, Standing

_OWN_FILE = N_("The weights in {file} are not read; {name} has those of ImageNet here.")


class Bases:
    """Makes bases, cuts them and puts them on what other layers give."""

    def __init__(
        self, seen: Seen, notes: Notes, budget: Budget, node: Callable[..., Node]
    ) -> None:
        self.seen = seen
        self.notes = notes
        self.budget = budget
        self.node = node

    def made(
        self, kind: str, args: tuple[Any, ...], named: dict[str, Any], line: int | None
    ) -> Pretrained | None:
        """The base that a function of keras.applications gives; None of another."""
        brick = base_brick(kind)
        if brick is None:
            return None
        given = arguments(brick.kind, args, named)
        base = pretrained(brick, given, line)
        self.budget.take(len(base.names))
        self._check(base, given)
        tensor = given.get("input_tensor")
        return self.stand(base, tensor if isinstance(tensor, Node) else None)

    def stand(self, base: Pretrained, floor: Node | None = None) -> Pretrained:
        """The base on an input of its own, or on what is given."""
        line = base.line
        if floor is None:
            floor = self.node(None, (), shape=base.shape, line=line)
        path = f"keras.applications.{base.brick.kind}"
        shape = {"input_shape": base.shape}
        layer = Standing(path, (), shape, line, base=base)
        base.nested = replace(layer, inside=True)
        base.inputs = (_ground(floor),)
        base.outputs = (self._on(base, layer, floor),)
        self.seen.bases.append(base)
        self.seen.models.append(base)
        return base

    def _on(self, base: Pretrained, layer: Standing, floor: Node) -> Node:
        """What the base and its own top give."""
        node = self.node(layer, (floor,), line=layer.line)
        if not layer.inside:
            base.own[None] = node
        for placed in base.after:
            made = _made(placed, layer.line)
            node = self.node(made, (node,), line=layer.line)
        return node

    def nested(
        self, base: Pretrained, nodes: tuple[Node, ...], line: int | None
    ) -> Node:
        """What the base gives as one layer, called on what others give."""
        assert base.nested is not None
        return self._on(base, base.nested, nodes[0])

    def cut(self, inner: Inner) -> Node:
        """What one layer of a base gives in the base's own graph."""
        base, at = inner.base, inner.at
        whole = base.own[None]
        if at == len(base.names) - 1:
            return whole
        if at not in base.own:
            layer = replace(whole.layer, upto=at)
            base.own[at] = self.node(layer, whole.parents, line=base.line)
        return base.own[at]

    def called(self, inner: Inner, node: Node) -> Any:
        """What one layer of a base gives on another: only their own order is a base."""
        below = node.layer
        if inner.at == 0 and below is None:
            return node
        layer = replace(inner.base.own[None].layer, upto=inner.at)
        if inner.at == 1:
            return self.node(layer, (node,), line=layer.line)
        if _goes_on(below, inner):
            return self.node(layer, node.parents, line=layer.line)
        return UNKNOWN

    def put(self, steps: list[Any], inner: Inner, line: int) -> None:
        """Add one layer of a base to a Sequential: one after another they are it."""
        last = steps[-1] if steps else None
        layer = replace(inner.base.own[None].layer, upto=inner.at)
        if _goes_on(last, inner):
            steps[-1] = layer
        else:
            first = inner.at < 2 and not steps
            steps.append(layer if first else Made("?", (), {}, line))

    def load(self, base: Pretrained, file: Any, line: int) -> None:
        """`load_weights`: Keras' own file is ImageNet's weights."""
        base.settings.pop("weights", None)
        if not _of_imagenet(base, file):
            shown = _file(file) if isinstance(file, str) else "?"
            self.notes.say(line, _OWN_FILE, file=shown, name=base.brick.kind)

    def _check(self, base: Pretrained, given: dict[str, Any]) -> None:
        """Note what a base brick does not keep of the arguments."""
        kind, weights = base.brick.kind, given.get("weights", "imagenet")
        if weights not in ("imagenet", None) and not _of_imagenet(base, weights):
            shown = _file(weights) if isinstance(weights, str) else "?"
            self.notes.say(base.line, _OWN_FILE, file=shown, name=kind)
        if base.after:
            said = N_(
                "{name} with {count} classes is a base without its top and the "
                "layers of the top as bricks."
            )
            classes = base.after[-1].settings["units"]
            self.notes.say(base.line, said, name=kind, count=classes)
        alpha = given.get("alpha")
        if alpha not in (None, base.settings.get("alpha", 1.0)):
            said = N_("{setting} of {name} can't be {value}; it keeps its default.")
            value = alpha if isinstance(alpha, int | float) else "?"
            self.notes.say(base.line, said, setting="alpha", name=kind, value=value)


def _goes_on(below: Any, inner: Inner) -> bool:
    """Whether a layer of a base is the next one of what stands below."""
    if not isinstance(below, Standing) or below.base is not inner.base:
        return False
    return below.upto == inner.at - 1


def _of_imagenet(base: Pretrained, file: Any) -> bool:
    """Whether a path names the file that Keras keeps ImageNet's weights in."""
    brick = base.brick
    known = {"weights": "imagenet", **base.settings}
    return isinstance(file, str) and _file(file) == brick.file(brick.full(known)).name


def _file(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).name


def _ground(node: Node) -> Node:
    while node.parents:
        node = node.parents[0]
    return node


def _made(placed: Placed, line: int | None) -> Made:
    return Made(f"keras.layers.{placed.kind}", (), dict(placed.settings), line)
