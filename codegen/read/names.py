"""Names that the code does not set itself: libraries, Python's own, Keras' layers."""

from __future__ import annotations

import re
from typing import Any

from bricks.catalog import catalog
from codegen.read.aliases import KINDS, NO_BRICKS
from codegen.read.applications import base_brick
from codegen.read.known import KNOWN
from codegen.read.models import layers_of
from codegen.read.values import (
    UNKNOWN,
    Class,
    Function,
    Inner,
    Instance,
    Made,
    Method,
    Model,
    Name,
    Pretrained,
)

# Pasted parts of code often lack their imports; these names mean one thing only.
_USUAL = {
    "keras": "keras",
    "tf": "tensorflow",
    "tensorflow": "tensorflow",
    "layers": "keras.layers",
    "models": "keras.models",
    "optimizers": "keras.optimizers",
    "regularizers": "keras.regularizers",
    "K": "keras.backend",
    "np": "numpy",
    "math": "math",
    "Sequential": "keras.Sequential",
    "Model": "keras.Model",
    "Input": "keras.Input",
    "ImageDataGenerator": "keras.preprocessing.image.ImageDataGenerator",
    "preprocess_input": "preprocess_input",
    "l1": "keras.regularizers.l1",
    "l2": "keras.regularizers.l2",
    "Adam": "keras.optimizers.Adam",
    "SGD": "keras.optimizers.SGD",
    "RMSprop": "keras.optimizers.RMSprop",
    "mnist": "keras.datasets.mnist",
    "fashion_mnist": "keras.datasets.fashion_mnist",
    "cifar10": "keras.datasets.cifar10",
    "cifar100": "keras.datasets.cifar100",
    "imdb": "keras.datasets.imdb",
}
_MERGING = ("add", "concatenate", "multiply", "average", "maximum", "merge")
_KERAS = re.compile(
    r"^(tensorflow\.(python\.|contrib\.|_api\.v\d\.)*keras|tf_keras|keras\.(api|src))"
    r"(?=\.|$)"
)


def canonical(path: str) -> str:
    """One path for the many that Keras has had.

    >>> canonical("tensorflow.keras.layers.Dense"), canonical("keras.layers.core.Dense")
    ('keras.layers.Dense', 'keras.layers.core.Dense')
    """
    return _KERAS.sub("keras", path)


def unset(name: str) -> Any:
    """What a name means that the code never set."""
    if name in _USUAL:
        return Name(_USUAL[name])
    if base_brick(name):
        return Name(f"keras.applications.{name}")
    if name in KNOWN or name in ("print", "isinstance"):
        return Name(name)
    if name in catalog() or name in KINDS or name in NO_BRICKS or name in _MERGING:
        return Name(f"keras.layers.{name}")
    return {"__name__": "__main__"}.get(name, UNKNOWN)


def attribute(owner: Any, name: str) -> Any:
    """What `owner.name` is."""
    if isinstance(owner, Name):
        return Name(canonical(f"{owner.path}.{name}"))
    if isinstance(owner, Instance):
        return _of_instance(owner, name)
    if isinstance(owner, Class):
        found = owner.scope.names.get(name, UNKNOWN)
        return _as_method(found, owner) if _kind(found) == "classmethod" else found
    if isinstance(owner, Model):
        return _of_model(owner, name)
    if isinstance(owner, Inner):
        return _of_inner(owner, name)
    if isinstance(owner, Made | str | list | dict):
        return Method(owner, name)
    return UNKNOWN


def _of_instance(owner: Instance, name: str) -> Any:
    if name in owner.names:
        return owner.names[name]
    found = owner.made_of.scope.names.get(name, UNKNOWN)
    return found if _kind(found) == "staticmethod" else _as_method(found, owner)


def _as_method(found: Any, owner: Any) -> Any:
    if not isinstance(found, Function):
        return found
    return Function(found.node, found.scope, owner)


def _kind(found: Any) -> str:
    """Whether a function is a `staticmethod` or a `classmethod`, or neither."""
    decorators = getattr(getattr(found, "node", None), "decorator_list", [])
    return next((getattr(d, "id", "") for d in decorators), "")


def _of_inner(inner: Inner, name: str) -> Any:
    """What is known of a layer in a base; `output` is asked by `of_inner`."""
    if name == "name":
        return inner.name
    return inner.base.each[inner.at] if name == "trainable" else Method(inner, name)


def _of_model(model: Model, name: str) -> Any:
    ends = {"output": model.outputs, "input": model.inputs}
    if ends.get(name):
        return ends[name][0]
    if name == "layers":
        return layers_of(model)
    if name in ("outputs", "inputs"):
        return list(ends[name[:-1]])
    if name == "name" and isinstance(model, Pretrained):
        return model.brick.kind.lower()
    return Method(model, name)
