"""From the configuration that Keras saves to the same models that code is read into.

Configurations of Keras 2 and 3, of Sequential and functional models. Every class is
only a name here: what the catalogue does not know is noted and left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bricks.errors import ProjectError
from bricks.tower import MOST_DEEP
from bricks.words import N_, Text
from codegen.read.meanings import Meanings
from codegen.read.prepared import PREPARE
from codegen.read.saved import base_of, is_operation, laid_out
from codegen.read.values import UNKNOWN, Made, Model, Node

_MODELS = ("Sequential", "Functional", "Model")


def model_of(config: Any, meanings: Meanings) -> Model:
    """The model of a configuration; ProjectError where it is none."""
    if not isinstance(config, dict) or not isinstance(
        config.get("config"), dict | list
    ):
        raise ProjectError(Text(N_("This is not the JSON of a model.")))
    made = _object(config, meanings, 0)
    if not isinstance(made, Model):
        said = N_("{name} is a model of its own class, which can't be read.")
        raise ProjectError(Text(said, {"name": str(config.get("class_name"))[:60]}))
    made.part = False
    compiled = config.get("compile_config")
    if isinstance(compiled, dict):
        made.compiled = {"optimizer": _value(compiled.get("optimizer"), meanings, 0)}
    if made not in meanings.seen.models:  # where a base is
        meanings.seen.models.append(made)
    return made


def _object(config: Mapping[str, Any], meanings: Meanings, deep: int) -> Any:
    """A model, a layer or another object of Keras, by its class name."""
    kind, inside = str(config.get("class_name"))[:80], config.get("config")
    if deep > MOST_DEEP:
        raise ProjectError(Text(N_("This model is nested too deep.")))
    if kind in _MODELS and isinstance(inside, dict | list):
        base = base_of(inside) if isinstance(inside, dict) else None
        if base is not None:
            return meanings.bases.stand(base)
        return _model(kind, inside, meanings, deep)
    if kind == "__tuple__":
        return _value(config.get("items"), meanings, deep)
    named = inside if isinstance(inside, dict) else {}
    values = {str(k): _value(v, meanings, deep + 1) for k, v in named.items()}
    values = {k: v for k, v in values.items() if v is not None}
    values |= _built(config)
    return Made(f"keras.{kind}", (), values)


def _built(config: Mapping[str, Any]) -> dict[str, Any]:
    """The input shape that Keras 3 keeps beside the first layer."""
    built = config.get("build_config")
    shape = built.get("input_shape") if isinstance(built, dict) else None
    return {"batch_input_shape": tuple(shape)} if isinstance(shape, list) else {}


def _value(value: Any, meanings: Meanings, deep: int) -> Any:
    if isinstance(value, dict):
        if "class_name" not in value:
            return UNKNOWN
        if value["class_name"] == "function":
            return str(value.get("config"))[:80]
        return _object(value, meanings, deep + 1)
    if isinstance(value, list):
        if deep > MOST_DEEP:
            return UNKNOWN
        return tuple(_value(item, meanings, deep + 1) for item in value[:1_000])
    if isinstance(value, float):
        return float(f"{value:.7g}")  # what a float32 knows of it
    return value


def _model(kind: str, inside: Any, meanings: Meanings, deep: int) -> Model:
    if isinstance(inside, list):  # Keras 1 and the first Keras 2
        inside = {"layers": inside}
    name = inside.get("name")
    model = Model(None, name if isinstance(name, str) else None)
    rows = [row for row in _rows(inside.get("layers")) if isinstance(row, dict)]
    meanings.budget.take(len(rows))
    if kind == "Sequential":
        model.steps = [_step(row, meanings, deep) for row in rows]
        return model
    nodes = _graph(rows, meanings, deep)
    model.inputs = _ends(inside.get("input_layers"), nodes)
    model.outputs = _ends(inside.get("output_layers"), nodes)
    return model


def _step(row: Mapping[str, Any], meanings: Meanings, deep: int) -> Made | Model:
    made = _object(row, meanings, deep + 1)
    return made if isinstance(made, Made | Model) else Made("?")


def _graph(
    rows: list[dict[str, Any]], meanings: Meanings, deep: int
) -> dict[Any, Node]:
    """The nodes by the name of their layer and the number of its call; a base whose
    layers are laid out in the model is one of them."""
    nodes: dict[Any, Node] = {}
    first, above = laid_out(rows)
    if first is not None:
        meanings.bases.stand(first)
        nodes[_name(rows[0]), 0] = first.inputs[0]
        nodes[_name(rows[-len(above) - 1]), 0] = first.outputs[0]
    for row in above:
        layer = _step(row, meanings, deep)
        name = _name(row)
        if is_operation(row):
            layer = Made(PREPARE)
        calls = _rows(row.get("inbound_nodes"))
        if isinstance(layer, Made) and layer.kind == "InputLayer":
            shape = _input_shape(layer)
            nodes[name, 0] = meanings.node(None, (), shape=shape)
            continue
        for number, call in enumerate(calls):
            parents = tuple(nodes[key] for key in _sources(call) if key in nodes)
            if is_operation(row):
                parents = parents[:1]
            if parents:
                made = meanings.apply(layer, parents, None)
                nodes[name, number] = made if isinstance(made, Node) else parents[0]
    return nodes


def _name(row: Mapping[str, Any]) -> str:
    inside = row.get("config")
    name = inside.get("name") if isinstance(inside, dict) else None
    return str(row.get("name") or name)


def _input_shape(layer: Made) -> Any:
    for key in ("batch_shape", "batch_input_shape"):
        if isinstance(layer.named.get(key), tuple):
            return layer.named[key][1:]
    return layer.named.get("shape")


def _sources(call: Any) -> list[tuple[str, int]]:
    """What one call of a layer is on: rows of (name, number) in any depth of lists.

    Keras 2 writes `[["conv", 0, 0, {}]]`, Keras 3 a `keras_history` in each tensor.
    """
    found: list[tuple[str, int]] = []
    waiting = [call]
    while waiting and len(found) < 64:
        item = waiting.pop()
        if isinstance(item, dict):
            history = item.get("keras_history")
            inner = [history] if history else [item.get("args"), item.get("config")]
            waiting += [part for part in inner if part is not None]
        elif _is_source(item):
            found.append((item[0], item[1]))
        elif isinstance(item, list):
            waiting += [part for part in item[:64] if isinstance(part, list | dict)]
    return found[::-1]


def _is_source(item: Any) -> bool:
    return (
        isinstance(item, list)
        and len(item) >= 2
        and isinstance(item[0], str)
        and isinstance(item[1], int)
    )


def _rows(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _ends(rows: Any, nodes: dict[Any, Node]) -> tuple[Node, ...]:
    if _is_source(rows):
        rows = [rows]
    keys = [(row[0], row[1]) for row in _rows(rows) if _is_source(row)]
    return tuple(nodes[key] for key in keys if key in nodes)
