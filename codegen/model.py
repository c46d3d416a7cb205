"""The script's `build_model`, with a function for every Block that has a name.

A tower in a line prints as `keras.Sequential`, one with branches or Blocks in Keras'
functional style.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count

from bricks import sealed
from bricks.brick import Shape
from bricks.literal import WIDTH, literal
from bricks.merge import LAYERS
from bricks.project import Project
from bricks.tower import BRANCHING, TOP, Placed, Ref
from bricks.training.measured import reason
from bricks.walk import Stage, every, step
from bricks.words import size
from codegen.bases import bases
from codegen.blocks import TAKEN, Function, functions_of, in_blocks, key_of
from codegen.layer import (
    free_name,
    hollow,
    layer,
    layer_names,
    names_among,
    number,
)
from codegen.layout import Call, laid
from codegen.literal import identifier, prose
from codegen.precision import WHOLE, policy, switched, whole
from codegen.trained import (
    FIND_BASE,
    called,
    closing,
    opening,
    trained_among,
    weights_file,
)

Places = dict[str, tuple[int, int]]


@dataclass
class Model:
    """The lines so far, and which of them each brick has."""

    names: dict[str, str | None]
    functions: dict[object, Function]
    bases: dict[str, str] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)
    places: Places = field(default_factory=dict)
    live: set[str] = field(default_factory=lambda: {"x", "inputs"})
    again: frozenset[str] = (
        frozenset()
    )  # bricks in Blocks, which may run more than once
    whole: frozenset[str] = frozenset()  # bricks whose numbers have the whole size
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
    functions = functions_of(layers)
    precision = project.training.precision
    names = layer_names(project)
    names |= dict.fromkeys(stage.placed.id for stage in trained_among(layers))
    found = bases(layers, _taken(functions, names, layers))
    model = Model(names, functions, found.names, whole=whole(precision, layers))
    model.again = in_blocks(layers)
    model.rows += found.rows
    taken = {*_taken(functions, names, layers), *found.names.values()}
    _trained(model, layers, taken)
    for function in functions.values():
        _define(model, function)
    title = literal(identifier(project.name, "tower"))
    shape = literal(tuple(stages[0].gives or ()))
    model.rows += [
        "def build_model():",
        '    """The tower from the ground up; each comment is what a brick gives."""',
        *policy(precision, reason(project.training.measured, "precision")),
    ]
    begun = len(model.rows)
    grown(model, layers, shape, (f"name={title}",))
    model.rows[begun:] = switched(precision, model.rows[begun:])
    return model.rows, model.places


def _trained(model: Model, layers: Sequence[Stage], taken: set[str]) -> None:
    """Write the functions of the bases of one's own."""
    found = trained_among(layers)
    if any(weights_file(stage.placed) for stage in found):
        model.rows += FIND_BASE
    for stage in found:
        name = free_name(called(stage.placed), taken)
        taken.add(name)
        model.bases[stage.placed.id] = name
        _hold(model, stage, name, taken)


def alone(placed: Placed, gets: Shape) -> str:
    """The script of a base of one's own alone, that gets such examples."""
    model = Model({}, {})
    _trained(model, [step(placed, gets)], {*TAKEN})
    head = ["import os", "from pathlib import Path", "", "import keras"]
    made = ["def build_model():", f"    return {model.bases[placed.id]}()", ""]
    return "\n".join([*head, "from keras import layers", "", "", *model.rows, *made])


def _hold(outer: Model, stage: Stage, name: str, taken: set[str]) -> None:
    """Write the function of one base, and above it those that its bricks need."""
    text = str(stage.placed.settings.get("tower", ""))
    inner = sealed.read(text)
    gets = stage.gets or (inner.shape if inner else ())
    layers = sealed.stages(text, gets)
    functions = functions_of(layers, taken)
    taken |= {function.name for function in functions.values()}
    found = bases(layers, taken)
    taken |= {*found.names.values()}
    model = Model(names_among(s.placed for s in every(layers)), functions, found.names)
    model.rows += found.rows
    for function in functions.values():
        _define(model, function)
    model.rows += opening(stage, name)
    shape = literal(tuple(gets))
    grown(model, layers, shape, before="base = ")
    named = None if stage.placed.id in outer.again else name
    outer.rows += [*model.rows, *closing(stage, named, shape), "", ""]


def _taken(
    functions: dict[object, Function],
    names: dict[str, str | None],
    layers: list[Stage],
) -> set[str]:
    """What a base's function, and so its model, can't be called."""
    parameters = {name for stage in every(layers) for name in stage.placed.parameters}
    called = {function.name for function in functions.values()}
    return {*TAKEN, *called, *parameters, *filter(None, names.values())}


def grown(
    model: Model,
    layers: Sequence[Stage],
    shape: str,
    more: tuple[str, ...] = (),
    before: str = "return ",
) -> None:
    """Write the statement that makes a Keras model of these bricks, `more` among its
    arguments."""
    kinds = {stage.placed.kind for stage in every(layers)}
    if kinds & BRANCHING:
        _functional(model, layers, shape, more, before)
    else:
        _sequential(model, layers, shape, more, before)


def _sequential(
    model: Model,
    layers: Sequence[Stage],
    shape: str,
    more: tuple[str, ...],
    before: str,
) -> None:
    model.rows += [
        f"    {before}keras.Sequential(",
        "        [",
        f"            keras.Input(shape={shape}),",
    ]
    for stage in layers:
        if stage.placed.inner and hollow(stage.placed):
            continue  # nothing for every step is nothing
        node = _node(model, stage)
        lines = [f"            # an unknown brick: {prose(stage.placed.kind)}"]
        if node is None:
            model.places[stage.placed.id] = (len(model.rows) + 1,) * 2
            model.rows += lines
        else:
            model.write(laid(node, 12, after=","), stage)
            _mark(model, stage)
    ends = "        ]," if more else "        ]"
    model.rows += [ends, *(f"        {argument}," for argument in more), "    )"]


def _mark(model: Model, stage: Stage) -> None:
    """The bricks inside of a container that is one call have its lines."""
    for inner in stage:
        model.places[inner.placed.id] = model.places[stage.placed.id]


def _functional(
    model: Model,
    layers: Sequence[Stage],
    shape: str,
    more: tuple[str, ...],
    before: str,
) -> None:
    model.rows.append(f"    inputs = keras.Input(shape={shape})")
    end = _climb(model, layers, "inputs", "x", 4)
    model.rows += laid(Call("keras.Model", ("inputs", end, *more)), 4, before)


def _climb(model: Model, stages: Sequence[Stage], source: str, to: str, at: int) -> str:
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
    node = _node(model, stage, f"({source})")
    if node is None:
        line = f"{' ' * at}# an unknown brick: {prose(kind)}"
        model.places[stage.placed.id] = (len(model.rows) + 1,) * 2
        model.rows.append(line)
        return source
    model.write(laid(node, at, f"{to} = "), stage)
    _mark(model, stage)
    return to


def _node(model: Model, stage: Stage, tail: str = "") -> Call | None:
    """The call that makes a brick's layer; a base has a function of its own."""
    base = model.bases.get(stage.placed.id)
    if base:
        return Call(base, tail=tail)
    return layer(stage.placed, _name(model, stage), tail, _more(model, stage))


def _name(model: Model, stage: Stage) -> str | None:
    return None if model.plain else model.names.get(stage.placed.id)


def _more(model: Model, stage: Stage) -> tuple[str, ...]:
    return (WHOLE,) if stage.placed.id in model.whole else ()


def _block(model: Model, stage: Stage, source: str, to: str, at: int) -> str:
    function = model.functions.get(key_of(stage.placed))
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
    repeat = number(stage.placed.settings.get("repeat", 1))
    model.rows.append(f"{' ' * at}for _ in range({repeat}):")
    before, model.plain = model.plain, True
    _climb(model, stage.inner[0], to, to, at + 4)
    model.plain = before


def _arguments(function: Function, placed: Placed) -> Iterator[str]:
    if function.repeats:
        yield f"repeat={number(placed.settings.get('repeat', 1))}"
    for name in function.arguments:
        yield f"{name}={number(placed.parameters.get(name, Ref(name)))}"


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
    for n, branch in enumerate(stage.inner, start=1):
        name = f"branch_{n}" if to == "x" else f"{to}_branch_{n}"
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


def said(stage: Stage) -> str:
    """What a brick gives, for a comment."""
    if stage.problem:
        return "does not fit yet"
    return size(stage.gives).replace("×", " x ") if stage.gives else "not reached yet"
