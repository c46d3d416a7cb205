"""What the code shows beside its models: data sets, sizes, seeds, generators."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

from codegen.read.values import Built, Made, Model, Pretrained, Round


@dataclass
class Seen:
    """`data` are names of data sets in the order of the code, with their line and the
    arguments they were loaded with; `run` the functions that were gone through; `bases`
    the networks of keras.applications, of which those of `predicted` were asked what
    they make of pictures; `shut` whether a layer of the code's own is frozen; `rounds`
    every `fit`; `built` what `build_model` of a printed script gave."""

    models: list[Model] = field(default_factory=list)
    data: list[tuple[str, int | None]] = field(default_factory=list)
    asked: dict[str, Any] = field(default_factory=dict)
    generators: list[Made] = field(default_factory=list)
    run: set[ast.AST] = field(default_factory=set)
    bases: list[Pretrained] = field(default_factory=list)
    predicted: list[Any] = field(default_factory=list)
    shut: dict[Made, bool] = field(default_factory=dict)
    rounds: list[Round] = field(default_factory=list)
    built: Built | None = None
    seed: Any = None
    batch: Any = None
    own_class: str | None = None  # a class that makes its layers itself
    precision: str | None = None  # the policy for mixed precision
    stepped: bool = False  # whether the tower's size chose the batches in one go
    old: bool = False  # whether the code is written for Keras 1

    def call(self, node: ast.Call, args: tuple[Any, ...]) -> None:
        """Take the batch size from `dataset.batch(32)`."""
        batches = getattr(node.func, "attr", "") == "batch"
        if batches and args and isinstance(args[0], int):
            self.batch = args[0]
