"""What calls of Keras mean: layers, models, data sets. No library is ever called."""

from __future__ import annotations

import re
from typing import Any

from bricks.activations import NAMES
from bricks.words import N_
from codegen.read.aliases import ACTIVATIONS, KINDS, MERGES
from codegen.read.budget import OF_A_BRICK, Budget
from codegen.read.known import KNOWN, worked_out
from codegen.read.models import Models
from codegen.read.notes import Notes
from codegen.read.padlocks import is_a
from codegen.read.placing import Placing
from codegen.read.prepared import PREPARE, is_known
from codegen.read.seen import Seen
from codegen.read.shapes import Shapes
from codegen.read.standing import Bases
from codegen.read.values import UNKNOWN, Made, Model, Name, Node

_NOT_RUN = re.compile(
    r"(os\.(system|popen|remove|unlink|rmdir|exec\w*|spawn\w*|kill)|subprocess\..*|"
    r"shutil\.rmtree|socket\..*|ctypes\..*|importlib\..*|pickle\.loads?|"
    r"(builtins\.)?(eval|exec|compile|__import__|open))"
)
_SEEDS = ("set_random_seed", "set_seed", "numpy.random.seed", "random.seed")
_POLICIES = ("set_dtype_policy", "set_global_policy", "set_policy")
_MIXED = ("mixed_bfloat16", "mixed_float16")
_LOADERS = (
    "image_dataset_from_directory",
    "text_dataset_from_directory",
    "pad_sequences",
)
_SAME = ("cast", "identity", "stop_gradient", "convert_to_tensor")
_CHANNELS = {"grayscale": 1, "rgb": 3, "rgba": 4}
_OLD = frozenset(
    [
        "nb_filter",
        "border_mode",
        "subsample",
        "nb_epoch",
        "W_regularizer",
        "dim_ordering",
        "init",
        "nb_row",
        "nb_col",
        "samples_per_epoch",
    ]
)


class Meanings:
    """Answers calls of names that stand for a library's things."""

    def __init__(self, notes: Notes, seen: Seen, budget: Budget) -> None:
        self.notes = notes
        self.seen = seen
        self.budget = budget
        self.made = 0  # nodes so far
        self.bases = Bases(seen, notes, budget, self.node)
        self.models = Models(seen, budget, self.bases, self.apply, self.node)
        self._shapes = Shapes(Placing(Notes(), budget).bricks)

    def shape(self, node: Node) -> Any:
        """The shape of what a layer gives."""
        self.budget.take(node.number)
        return self._shapes.of(node)

    def call(
        self, path: str, args: tuple[Any, ...], named: dict[str, Any], line: int
    ) -> Any:
        """What a call of the name `path` gives."""
        if path in KNOWN:
            return worked_out(path, args, named)
        if _NOT_RUN.fullmatch(path):
            said = N_("{name} was not run: code is only read here.")
            self.notes.say(line, said, name=path)
            return UNKNOWN
        if path == "isinstance" and len(args) == 2 and isinstance(args[1], Name):
            return is_a(args[0], args[1].path)
        self._look(path, args, named, line)
        last = Name(path).last
        if last in ("Sequential", "Model", "Functional") and _of_keras(path):
            return self.models.made(last, args, named, line)
        if last in ("Input", "InputLayer") and _of_keras(path):
            return self._input(last, args, named, line)
        if last == "grayscale_to_rgb" and args and isinstance(args[0], Node):
            made = Made("keras.layers.RepeatChannels", (), {}, line)
            return self.node(made, (args[0],), line=line)
        if last in ("image_data_format", "image_dim_ordering"):
            return "channels_last" if last == "image_data_format" else "tf"
        if last in ("int_shape", "shape") and args and isinstance(args[0], Node):
            return self.shape(args[0])
        if _merges(path, last, args, named):
            return self._merged(path, last, args, named, line)
        return self._other(path, last, args, named, line)

    def _other(
        self,
        path: str,
        last: str,
        args: tuple[Any, ...],
        named: dict[str, Any],
        line: int,
    ) -> Any:
        base = self.bases.made(last, args, named, line)
        if base is not None:
            return base
        if ".applications." in path and last[:1].isupper():
            return self.models.unknown(last, named, line)
        if _is_class(path, last):
            return self._made(path, last, args, named, line)
        node = _first_node(args)
        if last == PREPARE and node:
            return self.node(Made(path, (), {}, line), (node,), line=line)
        if last in _SAME:
            return node or UNKNOWN
        if last in ("multi_gpu_model", "clone_model") and args:
            return args[0]
        return self.passed(last, args, line)

    def _made(
        self,
        path: str,
        last: str,
        args: tuple[Any, ...],
        named: dict[str, Any],
        line: int,
    ) -> Made:
        """An object of a class; models that it gets are parts of it."""
        for arg in args:
            if isinstance(arg, Model):
                arg.part = True
        given = args[0] if args else named.get("function")
        if last == "Lambda" and is_known(given):
            path = given.path if isinstance(given, Name) else PREPARE
            args, named = (), {}
        made = Made(path, args, named, line)
        if last == "ImageDataGenerator":
            self.seen.generators.append(made)
        return made

    def _look(
        self, path: str, args: tuple[Any, ...], named: dict[str, Any], line: int
    ) -> None:
        """Note data sets, seeds and the marks of Keras 1 as they pass by."""
        last = Name(path).last
        if "datasets." in path and last == "load_data":
            self._data(path.split(".")[-2], named, line)
        elif path.startswith("sklearn.datasets.load_"):
            self._data(last.removeprefix("load_"), named, line)
        elif path.startswith("tensorflow_datasets.load") and args:
            self._data(str(args[0]).partition("/")[0], named, line)
        elif last == "fetch_openml" and args:
            self._data(str(args[0]).partition("_")[0], named, line)
        elif last in _LOADERS:
            self.seen.asked |= named
            if last == "image_dataset_from_directory":
                self.seen.asked |= _pictures(named)
                self.seen.data.append(("images", line))
                self.seen.batch = named.get("batch_size", 32)
        elif last in _POLICIES and args and args[0] in _MIXED:
            self.seen.precision = args[0]
        elif path.endswith(_SEEDS) and args and isinstance(args[0], int):
            self.seen.seed = args[0]
        if not _OLD.isdisjoint(named) or last.startswith("Convolution"):
            self.seen.old = True

    def _data(self, name: str, named: dict[str, Any], line: int) -> None:
        self.seen.data.append((name, line))
        self.seen.asked |= named

    def node(self, layer: Any, parents: tuple[Node, ...], **more: Any) -> Node:
        """What a layer gives, numbered."""
        self.budget.take(OF_A_BRICK)
        self.made += 1
        return Node(self.made, layer, parents, **more)

    def _input(
        self, last: str, args: tuple[Any, ...], named: dict[str, Any], line: int
    ) -> Any:
        shape = named.get("shape", args[0] if args else UNKNOWN)
        for key in ("batch_shape", "batch_input_shape"):
            if isinstance(named.get(key), tuple | list):
                shape = tuple(named[key][1:])
        shape = named.get("input_shape", shape)
        if last == "InputLayer":
            return Made("keras.layers.InputLayer", (), {"input_shape": shape}, line)
        return self.node(None, (), shape=shape, line=line)

    def apply(
        self,
        layer: Made | Model,
        nodes: tuple[Node, ...],
        line: int | None,
        hints: tuple[str, ...] = (),
    ) -> Any:
        """What a layer or a model gives on what others give."""
        if isinstance(layer, Model):
            return self.models.applied(layer, nodes, line)
        if len(nodes) > 1 and layer.kind.lower() not in MERGES:
            said = N_("{name} takes several inputs; only the first of them is kept.")
            self.notes.say(line, said, name=layer.kind)
            nodes = nodes[:1]
        return self.node(layer, nodes, hints=hints, line=line)

    def _merged(
        self,
        path: str,
        last: str,
        args: tuple[Any, ...],
        named: dict[str, Any],
        line: int,
    ) -> Any:
        """`add([a, b])`, `merge([a, b], mode="concat")`, `tf.concat([a, b], -1)`."""
        nodes = args[0] if isinstance(args[0], list | tuple) else args[:2]
        mode = named.get("mode", args[1] if len(args) > 1 else "sum")
        word = str(mode) if last == "merge" else last
        made = Made(f"keras.layers.{word}", (), named, line)
        return self.apply(made, tuple(nodes), line)

    def passed(self, name: str, args: tuple[Any, ...], line: int) -> Any:
        """What a function gives that can't be read: what it got, so that what stands
        above is kept."""
        node = _first_node(args)
        if node is None:
            return UNKNOWN
        word = ACTIVATIONS.get(name, name)
        if word in NAMES:
            made = Made("keras.layers.Activation", (word,), {}, line)
            return self.node(made, (node,), line=line)
        said = N_(
            "What {name} does to a layer's numbers can't be read; it is left out."
        )
        self.notes.say(line, said, name=name)
        return node

    def scaled(self, sign: str, left: Any, right: Any, line: int) -> Any:
        """`x / 255`, `x * 2` and `x - 1`, which are a Rescaling."""
        node = left if isinstance(left, Node) else right
        number = right if node is left else left
        if isinstance(number, int | float) and not isinstance(number, bool):
            given = _rescaling(sign, number, node is left)
            if given:
                made = Made("keras.layers.Rescaling", (), given, line)
                return self.node(made, (node,), line=line)
        return self.passed(sign, (node,), line)

    def lost(self, layer: Made, line: int) -> None:
        """Say that a layer's place can't be told."""
        if layer.kind in KINDS or layer.kind[:1].isupper():
            said = N_("What {name} is called on can't be read; it is left out.")
            self.notes.say(line, said, name=layer.kind)

    def method_of_model(
        self,
        model: Model,
        name: str,
        args: tuple[Any, ...],
        named: dict[str, Any],
        line: int,
    ) -> Any:
        """`add`, `compile`, `fit` and the others of a model."""
        if not _OLD.isdisjoint(named):
            self.seen.old = True
        return self.models.method(model, name, args, named, line)

    def method_of_made(
        self,
        owner: Made,
        name: str,
        args: tuple[Any, ...],
        named: dict[str, Any],
        line: int,
    ) -> Any:
        """The methods of ImageDataGenerator; those of others are not known."""
        if name.startswith("flow"):
            self.seen.asked |= {k: v for k, v in named.items() if k == "target_size"}
            if name != "flow":
                self.seen.asked |= _pictures(named)
                self.seen.data.append(("images", line))
            return Made(f"keras.{name}", (owner, *args), named, line)
        return self.passed(name, args, line)


def _pictures(named: dict[str, Any]) -> dict[str, Any]:
    """How Keras reads pictures from folders, in the words of the brick."""
    crop, pad = (named.get(f"{way}_to_aspect_ratio") for way in ("crop", "pad"))
    found = {"fit": "crop" if crop is True else "pad" if pad is True else "stretch"}
    channels = _CHANNELS.get(str(named.get("color_mode")))
    share = {"validation": named["validation_split"]} if _splits(named) else {}
    return found | share | ({"channels": channels} if channels else {})


def _splits(named: dict[str, Any]) -> bool:
    return isinstance(named.get("validation_split"), float)


def _of_keras(path: str) -> bool:
    return path.startswith("keras.") or "." not in path


def _is_class(path: str, last: str) -> bool:
    """Whether a call makes an object; Keras has had some of them in small letters."""
    modules = (".regularizers.", ".initializers.", ".optimizers.")
    return last[:1].isupper() or any(module in path for module in modules)


def _first_node(args: tuple[Any, ...]) -> Node | None:
    items = [*args, *(args[0] if args and isinstance(args[0], list) else [])]
    return next((item for item in items if isinstance(item, Node)), None)


def _merges(path: str, last: str, args: tuple[Any, ...], named: dict[str, Any]) -> bool:
    """Whether this is a function that merges what layers give."""
    if last not in MERGES and last != "merge":
        return False
    items = args[0] if args and isinstance(args[0], list | tuple) else args[:2]
    return len(items) > 1 and all(isinstance(item, Node) for item in items)


def _rescaling(sign: str, number: float, first: bool) -> dict[str, Any] | None:
    if sign == "Mult":
        return {"scale": number}
    if sign == "Div" and first and number:
        return {"scale": 1 / number}
    if sign == "Add":
        return {"scale": 1, "offset": number}
    return {"scale": 1, "offset": -number} if sign == "Sub" and first else None
