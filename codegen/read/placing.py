"""From a layer, as code or a file names it, to the bricks that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bricks.brick import Brick, Data, Label
from bricks.catalog import catalog
from bricks.project import clean_name
from bricks.tower import Placed, Ref
from bricks.words import N_
from codegen.read.aliases import (
    ALWAYS,
    ARGUMENTS,
    ARGUMENTS_OF,
    FUNCTIONS,
    HARMLESS,
    KINDS,
    POSITIONS,
)
from codegen.read.budget import OF_A_BRICK, Budget
from codegen.read.notes import Notes
from codegen.read.prepared import PREPARE, placed
from codegen.read.sealed import stands
from codegen.read.setting import NOTHING, plain, setting, snake
from codegen.read.values import UNKNOWN, Made, Model, Pretrained, Standing

_WRAPPERS = ("TimeDistributed", "Bidirectional")


def _repeats_channels(kind: str, layer: Made) -> bool:
    """Whether it makes three channels of one: an UpSampling2D that takes the channel
    for the width of a picture, as RepeatChannels is printed."""
    size = plain(layer.named.get("size", layer.args[0] if layer.args else None))
    first = layer.named.get("data_format") == "channels_first"
    return kind == "UpSampling2D" and first and size == (1, 3)


class Placing:
    """Turns layers into bricks and notes what they can't be.

    `old` says that the code is Keras 1's; `exact` that values stay as they stand;
    `named` that every brick is called as its layer is, counted names too.
    `model` is the one whose training says what of a base is trained.
    """

    def __init__(
        self,
        notes: Notes,
        budget: Budget,
        old: bool = False,
        exact: bool = False,
        named: bool = False,
        model: Model | None = None,
    ) -> None:
        self.notes = notes
        self.budget = budget
        self.old = old
        self.exact = exact
        self.named = named
        self.model = model

    def bricks(self, layer: Made) -> list[Placed]:
        """The bricks of a layer, none where it can't be one."""
        self.budget.take(OF_A_BRICK)
        kind = KINDS.get(layer.kind, layer.kind)
        if kind == "InputLayer":
            return []
        if isinstance(layer, Standing):
            return [*stands(layer, self.model, self.notes, self.exact)]
        if kind == PREPARE:
            return [placed(layer)]
        if kind == "TimeDistributedDense":
            dense = Made("keras.layers.Dense", layer.args, layer.named, layer.line)
            layer, kind = (
                Made("TimeDistributed", (dense,), {}, layer.line),
                "TimeDistributed",
            )
        if kind in _WRAPPERS:
            return self._wrapped(kind, layer)
        if kind in FUNCTIONS:
            return self._function(kind, layer)
        if _repeats_channels(kind, layer):
            return [Placed("RepeatChannels", {}, self._name(layer))]
        brick = catalog().get(kind)
        if brick is None or isinstance(brick, Data | Label):
            return self._unknown(layer)
        arguments = self._arguments(kind, brick, layer)
        return [*self._one(kind, brick, layer, arguments)]

    def _one(
        self, kind: str, brick: Brick, layer: Made, arguments: dict[str, Any]
    ) -> Iterator[Placed]:
        settings = dict(self._settings(brick, layer, arguments))
        for param in brick.params:
            if param.required and param.name not in settings:
                settings[param.name] = self._start(brick, layer, param.name)
        order = [param.name for param in brick.params]
        settings = {name: settings[name] for name in order if name in settings}
        if not self.exact:
            settings = _as_usual(brick, settings)
        after = self._own_function(brick, layer, arguments)
        yield Placed(kind, settings, self._name(layer))
        if after:
            yield Placed("Activation", {"activation": after})

    def _settings(
        self, brick: Brick, layer: Made, arguments: Mapping[str, Any]
    ) -> Iterator[tuple[str, Any]]:
        """The arguments that differ from the defaults, as the settings they are."""
        for name, given in arguments.items():
            param = brick.by_name.get(name)
            if param is None or getattr(param, "layer", None):
                self._not_kept(layer, name, given)
                continue
            value = setting(param, given, self.exact)
            if value is NOTHING and not param.required:
                self._no_value(layer, name, given)
            elif value is NOTHING:
                continue
            elif param.required or value != param.default:
                yield name, value

    def _start(self, brick: Brick, layer: Made, name: str) -> Any:
        value = brick.start.get(name, 1)
        if name == "pool_size":  # 2 by default until Keras 3 asked for it
            return value
        said = N_("{setting} of {name} can't be read; it is {value} now.")
        self.notes.say(layer.line, said, setting=name, name=layer.kind, value=value)
        return value

    def _own_function(
        self, brick: Brick, layer: Made, arguments: Mapping[str, Any]
    ) -> str | None:
        """An activation given to a layer whose brick has none of its own."""
        if "activation" in brick.by_name or "activation" not in arguments:
            return None
        word = plain(arguments["activation"])
        choice = catalog()["Activation"].by_name["activation"]
        value = setting(choice, word)
        return value if isinstance(value, str) and value != "linear" else None

    def _no_value(self, layer: Made, name: str, given: Any) -> None:
        if given is UNKNOWN or not _sayable(given):
            said = N_("{setting} of {name} can't be read; it keeps its default.")
            self.notes.say(layer.line, said, setting=name, name=layer.kind)
        else:
            said = N_("{setting} of {name} can't be {value}; it keeps its default.")
            shown = plain(given)
            self.notes.say(layer.line, said, setting=name, name=layer.kind, value=shown)

    def _not_kept(self, layer: Made, name: str, given: Any) -> None:
        """Note an argument that a brick has no setting for, unless it says nothing."""
        harmless = HARMLESS.get(name, ())
        if (
            harmless is ALWAYS
            or given is None
            or given is False
            or name == "activation"
        ):
            return
        word = plain(given)
        if isinstance(word, str):
            word = snake(word)
        if not any(word == value for value in harmless):
            said = N_("The brick {name} has no setting {setting}; it is left out.")
            self.notes.say(layer.line, said, setting=name, name=layer.kind)

    def _arguments(self, kind: str, brick: Brick, layer: Made) -> dict[str, Any]:
        """All arguments under the names of Keras 3."""
        args, named = self._windows(kind, layer)
        positions = POSITIONS.get(
            kind, tuple(param.name for param in brick.params if param.positional)
        )
        found = dict(zip(positions, args))
        if len(args) > len(positions):
            said = N_("{name} has more arguments than can be read.")
            self.notes.say(layer.line, said, name=layer.kind)
        for name, value in named.items():
            new = ARGUMENTS_OF.get((kind, name), name)
            if new not in brick.by_name:
                new = ARGUMENTS.get(new, new)
            found[new] = value
        return found

    def _windows(
        self, kind: str, layer: Made
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Keras 1 gives a kernel's height and width apart: `(64, 3, 3)`."""
        args, named = layer.args, dict(layer.named)
        if "nb_row" in named or "nb_col" in named:
            rows, columns = named.pop("nb_row", 1), named.pop("nb_col", 1)
            named["kernel_size"] = (rows, columns)
        apart = layer.kind.startswith(("Convolution", "Deconv", "Atrous")) or self.old
        sides = [n for n in args[1:3] if isinstance(n, int)]
        if apart and len(sides) == 2 and "Conv2D" in kind:
            args = (args[0], tuple(sides), *args[3:])
        return args, named

    def _function(self, kind: str, layer: Made) -> list[Placed]:
        """LeakyReLU() and the like, as an Activation."""
        slopes = (layer.named.get(name) for name in ("alpha", "negative_slope"))
        known = [n for n in (*layer.args, *slopes) if isinstance(n, int | float)]
        if kind == "PReLU" or (kind == "LeakyReLU" and known and known[0] != 0.2):
            said = N_("The slope of {name} is not kept; as a brick it is 0.2.")
            self.notes.say(layer.line, said, name=kind)
        elif kind == "ReLU" and layer.named.get("max_value", layer.args[:1]):
            said = N_("The limit of {name} is not kept.")
            self.notes.say(layer.line, said, name=kind)
        settings = {"activation": FUNCTIONS[kind]}
        return [Placed("Activation", settings, self._name(layer))]

    def _wrapped(self, kind: str, layer: Made) -> list[Placed]:
        """TimeDistributed(layer) as a container, Bidirectional(layer) as a setting."""
        inside = layer.args[0] if layer.args else layer.named.get("layer")
        inner = [placed for step in steps(inside) for placed in self.bricks(step)]
        empty = isinstance(inside, Model) and inside.steps == []
        if not inner and not (empty and kind == "TimeDistributed"):
            return [] if isinstance(inside, Made | Model) else self._unknown(layer)
        if kind == "TimeDistributed":
            return [Placed(kind, {}, self._name(layer), inner=(tuple(inner),))]
        wraps = catalog()[inner[0].kind].params
        flag = next((p for p in wraps if getattr(p, "layer", None) == kind), None)
        if flag is None:
            return [*self._unknown(layer), *inner]
        for argument, given in layer.named.items():
            if argument not in ("layer", "backward_layer"):
                self._not_kept(layer, argument, given)
        settings = {**inner[0].settings, flag.name: True}
        named = self._name(layer) or inner[0].name
        return [Placed(inner[0].kind, settings, named), *inner[1:]]

    def _name(self, layer: Made) -> str | None:
        name = layer.named.get("name")
        if not isinstance(name, str):
            return None
        if counted(name, layer.kind) and not self.named:
            return None
        return clean_name(name) or None

    def _unknown(self, layer: Made) -> list[Placed]:
        if layer.kind == "Lambda":
            said = N_(
                "A Lambda layer is code of its own, which can't be read; "
                "it is left out."
            )
        elif layer.kind == "?":
            said = N_("What is added here can't be read; it is left out.")
        else:
            said = N_("There is no brick for {name}; it is left out.")
        self.notes.say(layer.line, said, name=layer.kind)
        return []


def steps(inside: Any) -> list[Made]:
    """The layers of a layer or of a Sequential without branches."""
    if isinstance(inside, Pretrained):
        return [inside.nested] if inside.nested else []
    if isinstance(inside, Made):
        return [inside]
    if isinstance(inside, Model) and inside.steps is not None:
        return [step for step in inside.steps if isinstance(step, Made)]
    return []


def counted(name: str, kind: str) -> bool:
    """Whether Keras gave this name, counting: `conv2d_1`.

    >>> counted("max_pooling2d_3", "MaxPooling2D"), counted("pool", "MaxPooling2D")
    (True, False)
    """
    return re.sub(r"_\d+$", "", name) == snake(kind)


def _as_usual(brick: Brick, settings: dict[str, Any]) -> dict[str, Any]:
    """The settings without those that say what is so without them."""
    pool = settings.get("pool_size", brick.defaults.get("pool_size"))
    silent = {
        "strides": pool is not None and settings.get("strides") == pool,
        "activation": settings.get("activation") == "linear"
        and brick.defaults.get("activation", "") is None,
    }
    return {name: v for name, v in settings.items() if not silent.get(name)}


def _sayable(value: Any) -> bool:
    shown = plain(value)
    return (
        isinstance(shown, bool | int | float | str | tuple)
        and UNKNOWN not in (shown if isinstance(shown, tuple) else ())
        and not isinstance(value, Ref)
    )
