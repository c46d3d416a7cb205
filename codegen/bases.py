"""The functions of a script that make its pretrained bases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bricks.bases.network import network
from bricks.brick import Base, Trained
from bricks.catalog import catalog
from bricks.literal import literal
from bricks.tower import Placed
from bricks.walk import Stage, every
from codegen.blocks import in_blocks
from codegen.layer import free_name
from codegen.layout import Call, laid

IMPORTS = ("import os", "from pathlib import Path")
"""What `find_weights` needs."""

FIND_WEIGHTS = '''\
def find_weights(name):
    """Spare Keras the download of a file that BRICKYARD_DATASETS has."""
    folder = Path(os.environ.get("BRICKYARD_DATASETS", "."))
    for path in (folder / "models" / name, folder / "keras_home" / "models" / name):
        if path.is_file():
            keras.utils.get_file(name, path.resolve().as_uri(), cache_subdir="models")
            return


'''.splitlines()


RANDOM = {
    "Dropout": ("Dropout", "rate"),
    "SpatialDropout2D": ("Dropout", "rate"),
    "GaussianNoise": ("GaussianNoise", "stddev"),
}
"""Bricks that act by chance in a training: Keras' class, and what of it is 0 where they
are to leave everything as it is."""


@dataclass(frozen=True)
class Bases:
    """The function of each base by the brick's id, and all their lines."""

    names: dict[str, str] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)


def is_base(placed: Placed) -> bool:
    """Whether the brick is a pretrained base of `keras.applications`."""
    brick = catalog().get(placed.kind)
    return isinstance(brick, Base) and not isinstance(brick, Trained)


def bases(layers: Sequence[Stage], taken: Iterable[str]) -> Bases:
    """The functions of the bases among these bricks, under names that are not taken."""
    stages = [stage for stage in every(layers) if is_base(stage.placed)]
    found, used = Bases(), set(taken)
    again = in_blocks(layers)
    if any(_pretrained(stage.placed) for stage in stages):
        found.rows.extend(FIND_WEIGHTS)
    for stage in stages:
        name = free_name(stage.placed.kind.lower(), used)
        used.add(name)
        found.names[stage.placed.id] = name
        found.rows.extend([*_function(stage, name, stage.placed.id in again), "", ""])
    return found


def _pretrained(placed: Placed) -> bool:
    return placed.settings.get("weights", "imagenet") == "imagenet"


def _function(stage: Stage, name: str, again: bool) -> Iterator[str]:
    """One base: Keras' own function, what of it learns, and what brings points from 0
    to 1 into the form that it was trained on. Where it may be made `again`, in a Block,
    its model has no name, which Keras wants but once."""
    placed, brick = stage.placed, catalog()[stage.placed.kind]
    assert isinstance(brick, Base)
    shape, settings = literal(stage.gets or ()), brick.full(stage.placed.settings)
    layers = network(brick.kind, settings).layers
    still = any(layer.fixed for layer in layers)
    yield f"def {name}():"
    yield f'    """{_said(placed, still)}'
    yield ""
    yield "    It takes pictures with points from 0 to 1."
    yield '    """'
    if _pretrained(placed):
        file = brick.file(settings, stage.gets or ())
        yield from laid(Call("find_weights", (literal(file.name),)), 4)
    call = Call(f"keras.applications.{brick.kind}", (*_arguments(placed, shape),))
    yield from laid(call, 4, "base = ")
    yield from padlock(settings["frozen"], still)
    yield from quiet({"Dropout"} if any("drop" in x.name for x in layers) else ())
    yield f"    inputs = keras.Input(shape={shape})"
    if brick.scales:
        yield "    x = inputs * 255.0  # it brings them into its own form by itself"
    else:
        prepare = f"keras.applications.{brick.module}.preprocess_input"
        yield f"    x = {prepare}(inputs * 255.0)"
    called = () if again else (f'name="{name}"',)
    model = Call("keras.Model", ("inputs", "base(x, training=False)", *called))
    yield from laid(model, 4, "return ")


def _said(placed: Placed, still: bool) -> str:
    known = "ImageNet's" if _pretrained(placed) else "random"
    return f"{placed.kind} with {known} weights, {_learns(placed, still)}."


def _learns(placed: Placed, still: bool) -> str:
    frozen = placed.settings.get("frozen", True)
    if isinstance(frozen, bool):
        free = "all but BatchNormalization" if still else "all"
        return "frozen" if frozen else f"{free} to learn on"
    return f"the first {frozen} layers frozen"


def _arguments(placed: Placed, shape: str) -> Iterator[str]:
    yield f"input_shape={shape}"
    for name, value in placed.settings.items():
        if name not in ("frozen", "weights"):
            yield f"{name}={literal(value)}"
    yield f"weights={literal(placed.settings.get('weights', 'imagenet'))}"


def padlock(frozen: bool | int, still: bool) -> Iterator[str]:
    """What of a `base` is not trained; `still` says that it has BatchNormalization.

    Keras 3 hands `training=True` of `fit` on to a model in a model, whatever that was
    called with: only a frozen BatchNormalization goes by the means that it has learned,
    and Dropout has to be made `quiet`.
    """
    if frozen is True:
        yield "    base.trainable = False"
        return
    if frozen is not False:
        yield f"    for layer in base.layers[:{frozen}]:"
        yield "        layer.trainable = False"
    if still:
        yield "    for layer in base.layers:"
        yield "        if isinstance(layer, keras.layers.BatchNormalization):"
        yield "            layer.trainable = False  # it keeps the means it has learned"


def quiet(kinds: Iterable[str]) -> Iterator[str]:
    """What makes a `base` with bricks of these kinds answer in `fit` as it does in use:
    on features worked out once and on the base itself a head learns the same.
    """
    for kind, number in sorted({RANDOM[kind] for kind in kinds if kind in RANDOM}):
        yield "    for layer in base.layers:"
        yield f"        if isinstance(layer, keras.layers.{kind}):"
        yield f"            layer.{number} = 0.0  # in training as in use"
