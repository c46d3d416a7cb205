"""The script's `build_model`, with a function for every Block that has a name.

A tower in a line prints as `keras.Sequential`, one with branches or Blocks in Keras'
functional style.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count

from bricks.catalog import catalog
from bricks.containers import plan
from bricks.merge import LAYERS
from bricks.param import Param
from bricks.project import Project
from bricks.tower import TOP, Placed, Ref
from bricks.walk import Stage, every
from bricks.words import size
from codegen.layout import WIDTH, Call, laid
from codegen.literal import identifier, literal, prose

Places = dict[str, tuple[int, int]]
_BRANCHING = {"Block", "Residual", "Parallel"}
_OURS = """
load_data build_model train main keras layers os np Path base64 zlib x inputs repeat
shortcut
"""
_TAKEN = {*_OURS.split(), *dir(builtins)}


@dataclass
class Function:
    """A function of the script for the Blocks that have its `key`."""

    name: str
    first: Stage
    arguments: tuple[str, ...]
    stages: list[Stage] = field(default_factory=list)
    inside: bool = False  # of another Block, so that it may be called again and again

    @property
    def repeats(self) -> bool:
        """Whether a Block of it is stacked more than once, or as a parameter says."""
        return any(s.placed.settings.get("repeat", 1) != 1 for s in self.stages)


@dataclass
class Model:
    """The lines so far, and which of them each brick has."""

    names: dict[str, str | None]
    functions: dict[object, Function]
    rows: list[str] = field(default_factory=list)
    places: Places = field(default_factory=dict)
    live: set[str] = field(default_factory=lambda: {"x", "inputs"})
    plain: bool = False  # no comments and no names: these lines run more than once

    def write(self, lines: list[str], stage: Stage | None = None) -> None:
        """Add lines, the last with what the brick gives."""
        if stage is not None:
            first = len(self.rows) + 1
            self.places[stage.placed.id] = (first, first + len(lines) - 1)
        if stage is not None and not self.plain:
            comment = f"  # {said(stage)}"
            if len(lines[-1]) + len(comment) <= WIDTH:
                lines = [*lines[:-1], lines[-1] + comment]
        self.rows += lines

    def variable(self, name: str) -> str:
        """A name for a branch that no other branch has now."""
        names = chain([name], (f"{name}_{n}" for n in count(2)))
        free = next(n for n in names if n not in self.live)
        self.live.add(free)
        return free


def build_model(project: Project, stages: list[Stage]) -> tuple[list[str], Places]:
    """The lines, functions of Blocks first, and the lines of each brick in them."""
    layers = [stage for stage in stages[1:] if stage.placed.id != TOP]
    functions = _functions(layers)
    model = Model(_names(project, functions), functions)
    for function in functions.values():
        _define(model, function)
    title = literal(identifier(project.name, "tower"))
    shape = literal(tuple(stages[0].gives or ()))
    model.rows += [
        "def build_model():",
        '    """The tower from the ground up; each comment is what a brick gives."""',
    ]
    kinds = {stage.placed.kind for stage in every(layers)}
    if kinds & _BRANCHING:
        _functional(model, layers, shape, title)
    else:
        _sequential(model, layers, shape, title)
    return model.rows, model.places


def _sequential(model: Model, layers: list[Stage], shape: str, title: str) -> None:
    model.rows += [
        "    return keras.Sequential(",
        "        [",
        f"            keras.Input(shape={shape}),",
    ]
    for stage in layers:
        if stage.placed.inner and hollow(stage.placed):
            continue  # nothing for every step is nothing
        node = layer(stage.placed, model.names.get(stage.placed.id))
        lines = [f"            # an unknown brick: {prose(stage.placed.kind)}"]
        if node is None:
            model.places[stage.placed.id] = (len(model.rows) + 1,) * 2
            model.rows += lines
        else:
            model.write(laid(node, 12, after=","), stage)
            _mark(model, stage)
    model.rows += ["        ],", f"        name={title},", "    )"]


def _mark(model: Model, stage: Stage) -> None:
    """The bricks inside of a container that is one call have its lines."""
    for inner in stage:
        model.places[inner.placed.id] = model.places[stage.placed.id]


def _functional(model: Model, layers: list[Stage], shape: str, title: str) -> None:
    model.rows.append(f"    inputs = keras.Input(shape={shape})")
    end = _climb(model, layers, "inputs", "x", 4)
    model.rows += laid(
        Call("keras.Model", ("inputs", end, f"name={title}")), 4, "return "
    )


def _climb(
    model: Model, stages: list[Stage] | tuple[Stage, ...], source: str, to: str, at: int
) -> str:
    """Write bricks on top of each other, from the variable `source` into `to`; gives
    the variable that has what the last one gives."""
    for stage in stages:
        source = _one(model, stage, source, to, at)
    return source


def _one(model: Model, stage: Stage, source: str, to: str, at: int) -> str:
    kind = stage.placed.kind
    if kind == "Block":
        return _block(model, stage, source, to, at)
    if kind == "Residual":
        return _residual(model, stage, source, to, at)
    if kind == "Parallel":
        return _parallel(model, stage, source, to, at)
    if kind == "TimeDistributed" and hollow(stage.placed):
        return source
    node = layer(stage.placed, _name(model, stage), f"({source})")
    if node is None:
        line = f"{' ' * at}# an unknown brick: {prose(kind)}"
        model.places[stage.placed.id] = (len(model.rows) + 1,) * 2
        model.rows.append(line)
        return source
    model.write(laid(node, at, f"{to} = "), stage)
    _mark(model, stage)
    return to


def _name(model: Model, stage: Stage) -> str | None:
    return None if model.plain else model.names.get(stage.placed.id)


def _block(model: Model, stage: Stage, source: str, to: str, at: int) -> str:
    function = model.functions.get(_key(stage.placed))
    if function is not None:
        arguments = [source, *_arguments(function, stage.placed)]
        model.write(laid(Call(function.name, tuple(arguments)), at, f"{to} = "), stage)
        return to
    if hollow(stage.placed):
        return source
    if source != to:
        model.rows.append(f"{' ' * at}{to} = {source}")
    first = len(model.rows) + 1
    _loop(model, stage, to, at)
    model.places[stage.placed.id] = (first, len(model.rows))
    return to


def _loop(model: Model, stage: Stage, to: str, at: int) -> None:
    """The bricks of a Block, in a loop."""
    repeat = _value(stage.placed.settings.get("repeat", 1))
    model.rows.append(f"{' ' * at}for _ in range({repeat}):")
    before, model.plain = model.plain, True
    _climb(model, stage.inner[0], to, to, at + 4)
    model.plain = before


def _arguments(function: Function, placed: Placed) -> Iterator[str]:
    if function.repeats:
        yield f"repeat={_value(placed.settings.get('repeat', 1))}"
    for name in function.arguments:
        yield f"{name}={_value(placed.parameters.get(name, Ref(name)))}"


def _residual(model: Model, stage: Stage, source: str, to: str, at: int) -> str:
    first = len(model.rows) + 1
    body, shortcut = stage.inner
    side = model.variable("shortcut" if to == "x" else f"{to}_shortcut")
    if _climb(model, shortcut, source, side, at) == source:
        model.rows.append(f"{' ' * at}{side} = {source}")
    end = _climb(model, body, source, to, at)
    return _merged(model, stage, "Add", [side, end], to, at, first)


def _parallel(model: Model, stage: Stage, source: str, to: str, at: int) -> str:
    first = len(model.rows) + 1
    ends = []
    for number, branch in enumerate(stage.inner, start=1):
        name = f"branch_{number}" if to == "x" else f"{to}_branch_{number}"
        ends.append(_climb(model, branch, source, model.variable(name), at))
    merge = stage.placed.settings.get("merge", "concatenate")
    kind = LAYERS.get(str(merge), "Concatenate")
    return _merged(model, stage, kind, ends, to, at, first)


def _merged(
    model: Model, stage: Stage, kind: str, ends: list[str], to: str, at: int, first: int
) -> str:
    name = _name(model, stage)
    arguments = (f"name={literal(name)}",) if name else ()
    node = Call(f"layers.{kind}", arguments, f"([{', '.join(ends)}])")
    model.write(laid(node, at, f"{to} = "), stage)
    model.places[stage.placed.id] = (first, len(model.rows))
    model.live -= set(ends) - {to, "x", "inputs"}
    return to


def _define(model: Model, function: Function) -> None:
    """Write the function of a Block."""
    repeat = ["repeat"] if function.repeats else []
    arguments = ("x", *repeat, *function.arguments)
    first = len(model.rows) + 1
    model.rows += laid(Call(f"def {function.name}", arguments, ":"), 0)
    title = prose(function.first.placed.name or "")
    model.rows.append(f'    """{title or "Bricks that belong together."}"""')
    before, model.plain = model.plain, model.plain or _many(function)
    stage = function.first
    if repeat and not hollow(stage.placed):
        model.rows.append("    for _ in range(repeat):")
        model.plain = True
        _climb(model, stage.inner[0], "x", "x", 8)
    else:
        _climb(model, stage.inner[0], "x", "x", 4)
    model.plain = before
    model.rows += ["    return x", "", ""]
    _alike(model, function, (first, len(model.rows) - 2))


def _many(function: Function) -> bool:
    return len(function.stages) > 1 or function.repeats or function.inside


def _alike(model: Model, function: Function, whole: tuple[int, int]) -> None:
    """The bricks of every Block of a function have the lines of the first one's."""
    for stage in function.stages:
        for one, other in zip(function.first, stage, strict=True):
            known = model.places.get(one.placed.id, whole)
            model.places.setdefault(other.placed.id, known)


def _functions(layers: list[Stage]) -> dict[object, Function]:
    """The functions that the Blocks need, those that others call first."""
    found: dict[object, Function] = {}
    parameters = {name for s in every(layers) for name in s.placed.parameters}
    for stage, inside in _blocks_inside_first(layers):
        key = _key(stage.placed)
        if key is None:
            continue
        if key not in found:
            others = {f.name for f in found.values()} | parameters
            name = _function_name(stage.placed, others)
            found[key] = Function(name, stage, _parameters(stage.placed))
        found[key].stages.append(stage)
        found[key].inside |= inside
    return found


def _function_name(placed: Placed, others: set[str]) -> str:
    """The Block's own name where Python takes it as it is, as in `ConvBlock`."""
    name = placed.name or ""
    good = re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,39}", name)
    if not good or keyword.iskeyword(name) or name.isupper():  # as constants are
        name = identifier(name, "block")
    return _free(name, others | _TAKEN)


def _blocks_inside_first(
    stages: list[Stage] | tuple[Stage, ...], inside: bool = False
) -> Iterator[tuple[Stage, bool]]:
    """Every Block, and whether it stands inside of another."""
    for stage in stages:
        block = stage.placed.kind == "Block" and bool(stage.inner)
        for tower in stage.inner:
            yield from _blocks_inside_first(tower, inside or block)
        if block:
            yield stage, inside


def _key(placed: Placed) -> object | None:
    """What Blocks of one function share; None for a Block that is only a loop."""
    loop = placed.settings.get("repeat", 1) != 1
    if not placed.inner or (loop and not placed.name and not placed.parameters):
        return None
    return placed.name, plan(placed.inner[0]), tuple(placed.parameters)


def _parameters(placed: Placed) -> tuple[str, ...]:
    """The parameters of a Block's function: its own, then those it gets from around."""
    free = dict.fromkeys(_free_refs(placed.inner[0], set(placed.parameters)))
    return (*placed.parameters, *free)


def _free_refs(bricks: tuple[Placed, ...], bound: set[str]) -> Iterator[str]:
    for placed in bricks:
        for value in placed.settings.values():
            if isinstance(value, Ref) and value.parameter not in bound:
                yield value.parameter
        for inner in placed.inner:
            yield from _free_refs(inner, bound | set(placed.parameters))


def _names(
    project: Project, functions: dict[object, Function]
) -> dict[str, str | None]:
    """A layer name for each brick that a user named, each used once."""
    names: dict[str, str | None] = {}
    for placed in project.tower:
        if placed.kind != "Block":
            names[placed.id] = _free_name(placed, set(names.values()))
    return names


def _free_name(placed: Placed, taken: set[str | None]) -> str | None:
    """The layer's name, with a number where another layer has it."""
    if not placed.name:
        return None
    wanted = identifier(placed.name, "brick")
    if _AUTOMATIC.fullmatch(wanted):
        wanted = f"my_{wanted}"
    return _free(wanted, taken)


def _free(wanted: str, taken: set[str | None] | set[str]) -> str:
    numbered = (f"{wanted}_{number}" for number in count(2))
    return next(name for name in chain([wanted], numbered) if name not in taken)


def snake(kind: str) -> str:
    """The name that Keras gives to layers of this kind by itself.

    >>> snake("MaxPooling2D"), snake("Conv2DTranspose"), snake("SimpleRNN")
    ('max_pooling2d', 'conv2d_transpose', 'simple_rnn')
    """
    parted = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", re.sub(r"\W+", "", kind))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", parted).lower()


# Names that Keras counts up by itself: a user's own must not meet them.
_AUTOMATIC_KINDS = [*catalog(), *LAYERS.values(), "Bidirectional", "Sequential"]
_AUTOMATIC = re.compile(
    f"(input_layer|functional|{'|'.join(map(snake, _AUTOMATIC_KINDS))})(_[0-9]+)?"
)


def layer(placed: Placed, name: str | None = None, tail: str = "") -> Call | None:
    """One brick as the call of its Keras layer; None for an unknown brick."""
    brick = catalog().get(placed.kind)
    if brick is None:
        return None
    named = (f"name={literal(name)}",) if name else ()
    if placed.kind == "TimeDistributed":
        return Call("layers.TimeDistributed", (_of_steps(placed), *named), tail)
    wraps = [p for p in brick.params if getattr(p, "layer", None) and _on(placed, p)]
    arguments = tuple(_layer_arguments(placed, brick.params))
    if not wraps:
        return Call(f"layers.{placed.kind}", (*arguments, *named), tail)
    node = Call(f"layers.{placed.kind}", arguments)
    for n, param in enumerate(wraps, start=1):
        last = n == len(wraps)
        outer = (node, *named) if last else (node,)
        node = Call(f"layers.{param.layer}", outer, tail if last else "")  # type: ignore[attr-defined]
    return node


def _on(placed: Placed, param: Param) -> bool:
    return placed.settings.get(param.name, param.default) is True


def hollow(placed: Placed) -> bool:
    """Whether a brick leaves no statement in the code: it holds nothing that does."""
    if placed.kind not in catalog():
        return True
    boxes = ("Block", "TimeDistributed")
    return placed.kind in boxes and all(hollow(b) for b in placed.inner[0])


def _of_steps(placed: Placed) -> str | Call:
    """What a TimeDistributed runs for each step: one layer, or several in a row."""
    nodes = [
        node
        for brick in placed.inner[0]
        if not hollow(brick) and (node := layer(brick)) is not None
    ]
    if len(nodes) == 1:
        return nodes[0]
    return Call("keras.Sequential", (Call("", tuple(nodes), brackets="[]"),))


def _layer_arguments(placed: Placed, params: tuple[Param, ...]) -> Iterator[str]:
    for param in params:
        if param.positional:
            default = 1 if param.required else param.default
            yield _written(param, placed.settings.get(param.name, default))
    for param in params:
        plain = not param.positional and not getattr(param, "layer", None)
        if plain and param.name in placed.settings:
            value = _written(param, placed.settings[param.name])
            yield f"{param.name}={value}"


def _written(param: Param, value: object) -> str:
    if isinstance(value, Ref):
        return value.parameter
    return param.written(value) or literal(value)


def _value(value: object) -> str:
    return value.parameter if isinstance(value, Ref) else literal(value)


def said(stage: Stage) -> str:
    """What a brick gives, for a comment."""
    if stage.problem:
        return "does not fit yet"
    return size(stage.gives).replace("×", " x ") if stage.gives else "not reached yet"
