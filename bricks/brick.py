"""What a brick of the catalogue is: settings, rules, looks and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import Any

from bricks.param import Param
from bricks.problem import Problem
from bricks.tower import Placed
from bricks.words import N_

Shape = tuple[int, ...]
Settings = Mapping[str, Any]


class Words(tuple[int, ...]):
    """The shape (steps,) of a row of words, each a whole number below `most`."""

    most: int

    def __new__(cls, steps: int, most: int) -> Words:
        made = super().__new__(cls, (steps,))
        made.most = most
        return made


FAMILIES = {
    "data": N_("Data"),
    "convolution": N_("Convolution"),
    "pooling": N_("Pooling"),
    "base": N_("Pretrained bases"),
    "core": N_("Core"),
    "activation": N_("Activation"),
    "container": N_("Containers"),
    "regularization": N_("Regularization"),
    "normalization": N_("Normalization"),
    "augmentation": N_("Augmentation"),
    "recurrent": N_("Recurrent"),
    "label": N_("Label"),
}


@dataclass(frozen=True)
class Looks:
    """How a brick is drawn: its profile, and which settings stand on its faces."""

    profile: str
    left: str | None = None
    right: str | None = None
    plate: bool = False


FLOAT = 4  # bytes of a float32


def _nothing(*_: Any) -> int:
    return 0


def _given(gets: Shape, gives: Shape, settings: Settings) -> int:
    return prod(gives) * FLOAT


def _no_activation(_: Settings) -> str | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Brick:
    """One entry of the catalogue.

    `gives(gets, settings)` is the shape after the brick, batch axis left out, or the
    problem; `weights(gets, settings)` counts all weights, trained or not, and
    `fixed(gets, settings)` those of them that training leaves alone;
    `madds(gets, gives, settings)` counts multiply-adds for one example, and
    `trained_madds`, where it is given, those of them that a gradient goes back through;
    `memory(gets, gives, settings)` is what training keeps, and `within` what answering
    holds at its widest place, in bytes for one example, where that is more or less than
    what the brick gives;
    `ends_with(settings)` names the activation the brick ends with; `under(placed,
    above)` is the problem where a brick can't stand under what is placed on it, or
    under nothing. `prints` names the Keras layer and the arguments that it is always
    printed with, where they are not the kind and its settings alone.
    """

    kind: str
    family: str
    said: str
    about: str
    looks: Looks
    params: tuple[Param, ...] = ()
    start: Settings = field(default_factory=dict)
    order: int = 50
    search: str = ""
    prints: tuple[str, ...] = ()
    gives: Callable[[Shape, Settings], Shape | Problem]
    weights: Callable[[Shape, Settings], int] = _nothing
    fixed: Callable[[Shape, Settings], int] = _nothing
    madds: Callable[[Shape, Shape, Settings], int] = _nothing
    trained_madds: Callable[[Shape, Shape, Settings], int] | None = None
    memory: Callable[[Shape, Shape, Settings], int] = _given
    within: Callable[[Shape, Shape, Settings], int] = _nothing
    ends_with: Callable[[Settings], str | None] = _no_activation
    under: Callable[[Placed, Placed | None], Problem | None] | None = None

    @cached_property
    def by_name(self) -> dict[str, Param]:
        return {param.name: param for param in self.params}

    @cached_property
    def defaults(self) -> dict[str, Any]:
        return {p.name: p.default for p in self.params if not p.required}

    def full(self, settings: Settings) -> dict[str, Any]:
        """The settings with every default filled in."""
        return {**self.defaults, **settings}


def _within(param: Param | None, value: Any) -> Any:
    if param is None or param.wrong(value) is None:
        return value
    return param.nearest(value) if param.has_type(value) else param.default


def _no_problem(gets: Shape, settings: Settings) -> Shape | Problem:
    return gets


def _once(gets: Shape, settings: Settings) -> int:
    return 1


@dataclass(frozen=True)
class WeightsFile:
    """A file of pretrained weights, as Keras names it, where it downloads it from, and
    the digest that Keras holds it against: an MD5 of 32 digits, or for ConvNeXt a
    SHA-256 of 64; None for MobileNets, for which it has none."""

    name: str
    url: str
    md5: str | None


@dataclass(frozen=True, kw_only=True)
class Base(Brick):
    """A pretrained base: a network of `keras.applications`, whole and sealed.

    `kind` is the name of Keras' function. `module` is the one in `keras.applications`
    whose `preprocess_input` brings points from 0 to 255 into the form that the base
    was trained on; `scales` says that the base does so inside.
    `file(settings, gets)` is the file of ImageNet's weights for such settings and, in
    MobileNets, for pictures of the shape `gets`; `names(settings)` are those of its
    layers, in Keras' order: the setting `frozen` is True, False, or how many of them,
    from the first on, are not trained.
    """

    module: str
    scales: bool
    file: Callable[..., WeightsFile]
    names: Callable[[Settings], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Trained(Base):
    """A base of one's own: bricks that were trained before, sealed in a setting.

    `file(settings)` names the file of their weights, which lies on the server or beside
    the script and has no address; `names` are those of the sealed bricks.
    """


@dataclass(frozen=True, kw_only=True)
class Container(Brick):
    """A brick that holds towers of its own.

    `towers` names them; a Parallel has more of its last name, from `least` to `most` in
    all. `enters(gets, settings)` is the shape at the floor of each; `joins(placed,
    gets, each, settings)` what the container makes of what `each` of them gives; and
    `times(gets, settings)` how often they run for one example. `holds` names the
    containers that may stand inside, None for all of them.
    """

    gives: Callable[[Shape, Settings], Shape | Problem] = _no_problem
    towers: tuple[str, ...]
    least: int = 1
    most: int = 1
    enters: Callable[[Shape, Settings], Shape | Problem] = _no_problem
    joins: Callable[[Placed, Shape, tuple[Shape, ...], Settings], Shape | Problem]
    times: Callable[[Shape, Settings], int] = _once
    holds: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Loading:
    """How a printed script gets its examples.

    `body` is the body of its `load_data()`, which gives three pairs (x, y) to train,
    validate and test with; it needs `imports`, `constants` (lines) and `functions`
    (source that names no Keras). Where there is `feeding`, source of a class `Batches`,
    x are whole numbers (uint8) that may lie on the disk, and Keras is fed from
    `Batches(x, y)`. `arguments` is source in the script's guard that reads its
    command line, such as `--data FOLDER`, which `command` tells; `needs` are packages
    beside Keras.
    """

    body: str
    imports: tuple[str, ...] = ("import numpy as np",)
    constants: tuple[str, ...] = ()
    functions: str = ""
    feeding: str = ""
    arguments: str = ""
    command: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Data(Brick):
    """A data brick: what examples there are, and how the script loads them.

    `gives((), settings)` is the shape of one example; `answers(settings)` names the
    classes, none where the answer is a value; `split(settings)` counts the examples to
    train, validate and test with. `labels` are the label bricks it may carry: the
    first, unless the setting `label` names another. `loading(settings)` is how the
    script gets them: it looks for `files` in BRICKYARD_DATASETS, and on the network
    where it `downloads`; `cached` are the names under which Keras then keeps them,
    where they are others; `attached` gives the pictures that the script carries at its
    end. An `own` brick stands on a data set of the user's, named by its settings.
    One that `asks` has no examples at all: nothing is trained on it, the tower is asked
    with pictures as it is. `prepares` names in `codegen.drawn` how a drawing, or a
    picture from outside, is brought into the form that these pictures have.
    """

    answers: Callable[[Settings], tuple[str, ...]]
    split: Callable[[Settings], tuple[int, int, int]]
    labels: tuple[str, ...] = ("Category",)
    loading: Callable[[Settings], Loading]
    files: tuple[str, ...] = ()
    cached: tuple[str, ...] = ()
    downloads: bool = True
    attached: Callable[[], str] | None = None
    own: bool = False
    asks: bool = False
    prepares: str = ""

    def full(self, settings: Settings) -> dict[str, Any]:
        """The settings with every default filled in, each within its limits: which
        examples there are is asked before anybody mends what a file says of them."""
        told = {**self.defaults, **settings}
        return {name: _within(self.by_name.get(name), told[name]) for name in told}

    def label(self, settings: Settings) -> str:
        """The kind of the label brick that a tower on this data carries."""
        return self.full(settings).get("label", self.labels[0])


@dataclass(frozen=True)
class Answer:
    """What a tower gives at its top, as the label brick sees it.

    `top` is the last brick, `dense` the Dense whose numbers come out (it is `top`, or
    only an Activation or a Dropout stands on it), `activation` the last function;
    `example` is the shape of what the data brick gives, `classes` how many there are;
    `based` says that a pretrained base is in the tower's line.
    """

    shape: Shape
    activation: str | None
    top: Placed | None
    dense: Placed | None
    example: Shape
    classes: int
    based: bool = False


@dataclass(frozen=True, kw_only=True)
class Label(Brick):
    """A label brick: what the tower must answer, and so which loss trains it.

    `losses` are those that a training may have in place of `loss`, itself among them;
    `metrics_offered` may be measured beside `metrics`. `itself` says that the answer is
    the example itself, as an autoencoder gives it.
    """

    check: Callable[[Answer], Problem | None]
    loss: str
    losses: tuple[str, ...]
    metrics: tuple[str, ...]
    metrics_offered: tuple[str, ...] = ()
    itself: bool = False
