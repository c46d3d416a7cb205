"""Functions that the code defines and never calls, as a lecture's page often does."""

from __future__ import annotations

import ast

from codegen.read.statements import Reader
from codegen.read.values import Class, Function, Made, Model, Node


def call_the_uncalled(reader: Reader) -> None:
    """Go through functions that were not called until one has made a model.

    What they would be called with is not known, but for a first parameter that is the
    output of a layer: then there is no model either.
    """
    for function in _functions(reader):
        if any(model.inputs or model.steps for model in reader.seen.models):
            return
        if function.node not in reader.seen.run:
            given = reader.run(function, (), {}, function.node.lineno)
            if isinstance(given, list) and all(isinstance(x, Made) for x in given):
                reader.seen.models.append(Model(steps=list(given), name=function.name))


def _functions(reader: Reader) -> list[Function]:
    """The functions of the code, those of its classes last, the last one first."""
    whole = [v for v in reader.whole.names.values() if isinstance(v, Function)]
    inside = [
        member
        for value in reader.whole.names.values()
        if isinstance(value, Class) and not value.is_keras
        for member in value.scope.names.values()
        if isinstance(member, Function) and member.name != "__init__"
    ]
    return [f for f in (*reversed(whole), *inside) if _makes_layers(f.node)]


def _makes_layers(node: ast.AST) -> bool:
    """Whether a function's text names something that a model is made with."""
    words = ("Sequential", "Model", "Input", "add", "layers")
    return any(
        (isinstance(n, ast.Name) and n.id in words)
        or (isinstance(n, ast.Attribute) and n.attr in words)
        for n in ast.walk(node)
    )


def loose_layers(reader: Reader) -> Model | None:
    """A model of layers that the code calls without ever naming the model."""
    ends = [v for v in reader.whole.names.values() if isinstance(v, Node) and v.layer]
    if not ends:
        return None
    top = max(ends, key=lambda node: node.number)
    node = top
    while node.parents:
        node = node.parents[0]
    return Model(inputs=(node,), outputs=(top,))
