"""What names in the code may stand for while it is read.

Numbers, texts, None, lists, tuples and dicts are themselves; the rest is one of these.
Each is its own and equal to nothing else, so that a layer used twice is told.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bricks.brick import Base


class Unknown:
    """A value that only running the code could tell."""

    def __repr__(self) -> str:
        return "?"


UNKNOWN = Unknown()


@dataclass(frozen=True, eq=False)
class Name:
    """A thing of a library by its dotted path, such as keras.layers.Dense."""

    path: str

    @property
    def last(self) -> str:
        return self.path.rpartition(".")[2]

    def __str__(self) -> str:
        return self.path


@dataclass(frozen=True, eq=False)
class Made:
    """An object of a library's class: a layer, an optimizer, an initializer."""

    path: str
    args: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None

    @property
    def kind(self) -> str:
        return self.path.rpartition(".")[2]

    def __str__(self) -> str:
        return self.kind


@dataclass(frozen=True, eq=False)
class Node:
    """What a layer gives: the layer, what it is called on, and how that was named.

    `layer` is a Made, an Inside (a Block with its tower), or None for an input;
    `number` counts nodes, so that each has a larger one than what it is called on.
    """

    number: int
    layer: Any = None
    parents: tuple[Node, ...] = ()
    hints: tuple[str, ...] = ()
    shape: Any = None
    line: int | None = None


@dataclass(frozen=True, eq=False)
class Inside:
    """A Block of a script that Brickyard printed: from its floor up to its top."""

    floor: Node
    top: Node
    repeat: Any = 1
    name: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class Model:
    """A model: the steps of a Sequential, or inputs and outputs.

    `compiled` and `fitted` are the arguments of `compile` and `fit`, the last ones;
    `rounds` are all calls of `fit`; `row` is what `layers` gave, once it was asked.
    """

    line: int | None = None
    name: str | None = None
    steps: list[Any] | None = None
    inputs: tuple[Node, ...] = ()
    outputs: tuple[Node, ...] = ()
    compiled: dict[str, Any] | None = None
    fitted: dict[str, Any] | None = None
    part: bool = False  # whether another model holds it
    rounds: list[Round] = field(default_factory=list)
    seen_open: Mapping[Pretrained, Padlock] | None = None  # when it was compiled
    row: Row | None = None


@dataclass(frozen=True, eq=False)
class Padlock:
    """What of a base is trained: whether it is as a layer, and each of its layers."""

    whole: bool
    each: tuple[bool, ...]


@dataclass(frozen=True, eq=False)
class Round:
    """One `fit`, with what was compiled before it and how the padlocks stood then."""

    compiled: Mapping[str, Any] | None
    fitted: Mapping[str, Any]
    padlocks: Mapping[Pretrained, Padlock]


@dataclass(frozen=True, eq=False)
class Built:
    """The model of a printed script, and how its padlocks stood before its training."""

    model: Model
    padlocks: Mapping[Pretrained, Padlock]


class Row(list[Any]):
    """The layers of a model, the same list each time that it is asked for."""


@dataclass(eq=False)
class Pretrained(Model):
    """A network of keras.applications: its brick, the brick's settings, its layers'
    names, and which of them are trained.

    `own` is what its layers give in its own graph, by the layer's number, None for the
    last; `nested` stands for it as a layer of another model; `after` are bricks that
    make its top where ours is another.
    """

    brick: Base = field(kw_only=True)
    settings: dict[str, Any] = field(kw_only=True)
    names: tuple[str, ...] = field(kw_only=True)
    shape: Any = None
    whole: bool = True
    each: list[bool] = field(default_factory=list)
    own: dict[int | None, Node] = field(default_factory=dict)
    after: tuple[Any, ...] = ()
    nested: Standing | None = None

    @property
    def padlock(self) -> Padlock:
        """What is trained now."""
        return Padlock(self.whole, tuple(self.each))


@dataclass(frozen=True, eq=False)
class Inner:
    """One layer of a base."""

    base: Pretrained
    at: int

    @property
    def name(self) -> str:
        return self.base.names[self.at]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, eq=False, kw_only=True)
class Standing(Made):
    """A base among layers: whole, or only up to one of its own; `inside` says that it
    is one layer of a model, and not laid out as its layers."""

    base: Pretrained
    upto: int | None = None
    inside: bool = False


@dataclass(eq=False)
class Scope:
    """Names and their values, those of the enclosing code behind them."""

    names: dict[str, Any] = field(default_factory=dict)
    behind: Scope | None = None
    shared: dict[str, Scope] = field(default_factory=dict)  # by `global`

    def put(self, name: str, value: Any) -> None:
        """Set a name here, or where `global` says."""
        self.shared.get(name, self).names[name] = value

    def find(self, name: str) -> Any:
        """The value; `is_unset` tells where no such name is set."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.behind
        return _UNSET


_UNSET = object()


def is_unset(value: Any) -> bool:
    """Whether `Scope.find` found nothing."""
    return value is _UNSET


@dataclass(frozen=True, eq=False)
class Function:
    """A function of the code, read anew for each call."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    scope: Scope
    owner: Any = None  # what stands for its first argument, of a method

    @property
    def name(self) -> str:
        return "lambda" if isinstance(self.node, ast.Lambda) else self.node.name


@dataclass(frozen=True, eq=False)
class Class:
    """A class of the code: its name, the paths of its bases, what it holds."""

    name: str
    bases: tuple[str, ...]
    scope: Scope
    line: int

    @property
    def is_keras(self) -> bool:
        return any("keras" in base or base in KERAS_BASES for base in self.bases)


KERAS_BASES = frozenset({"Model", "Layer", "Sequential", "nn.Module"})


@dataclass(eq=False)
class Instance:
    """An object of a class of the code."""

    made_of: Class
    names: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Partial:
    """A call with some of its arguments given: `functools.partial`."""

    callee: Any
    args: tuple[Any, ...]
    named: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Method:
    """A method of a value, about to be called."""

    owner: Any
    name: str
