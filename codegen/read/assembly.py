"""From the models of the code to one project: which model, its bricks, its data."""

from __future__ import annotations

from dataclasses import replace
from math import prod

from bricks.brick import Shape
from bricks.catalog import catalog
from bricks.containers import sound
from bricks.errors import ProjectError
from bricks.project import MOST_BRICKS, NEW_NAME, Project, clean_name
from bricks.tower import MOST_DEEP, Placed, Tower
from bricks.walk import climb
from bricks.words import N_, Text
from codegen.read.applications import base_brick, usual_shape
from codegen.read.augment import augmentation, unread
from codegen.read.finish import finished
from codegen.read.graph import Graph
from codegen.read.ground import as_shape, fitted, ground, only_asked, printed_ground
from codegen.read.header import Header
from codegen.read.meanings import Meanings
from codegen.read.models import ancestors
from codegen.read.notes import Notes
from codegen.read.padlocks import frozen_bricks
from codegen.read.placing import Placing
from codegen.read.prepared import check_generators, printed_alone, without_preparing
from codegen.read.seen import Seen
from codegen.read.trained import Around, training
from codegen.read.values import Model

MOST_WRITTEN = 8_000_000  # bytes of a project file that we wrote ourselves


def assembled(
    meanings: Meanings, notes: Notes, head: Header | None, name: str
) -> Project:
    """The project of the model that the code is about."""
    seen = meanings.seen
    exact = head is not None
    model = as_built(seen) if exact and seen.built else chosen(seen, notes)
    placing = Placing(notes, meanings.budget, seen.old, exact, model=model)
    bricks, shape = _bricks(model, meanings, placing, notes)
    if not exact and not _bases(bricks):
        bricks, shape = _on_features(model, bricks, shape, meanings, placing, notes)
    bricks = printed_alone(bricks) if exact else without_preparing(bricks, notes)
    if not bricks and head is None:
        raise ProjectError(Text(N_("No layer of this model can be read.")))
    data = printed_ground(head, model, shape) if head else None
    if data is None:
        base = next(iter(_bases(bricks)), None)
        usual = usual_shape(base.kind) if base else None
        data = ground(seen, model, shape or usual, bricks, notes)
        if only_asked(model, bricks):
            bricks = [_shut(placed) for placed in bricks]
        bricks = _on_data(bricks, data, shape, seen, notes)
    bricks = bricks if head else finished(bricks, data, model, notes)
    _check_size(bricks)
    title = head.name if head else model.name or name
    read = Project(
        clean_name(title) or NEW_NAME,
        Tower(data, tuple(map(sound, bricks))),
        training(Around(model, seen, notes, data, head)),
    )
    return Project.from_json(read.to_json(), MOST_WRITTEN)  # what can't be kept is told


def _bases(bricks: list[Placed]) -> list[Placed]:
    return [part for placed in bricks for part in placed if base_brick(part.kind)]


def _on_features(
    model: Model,
    bricks: list[Placed],
    shape: Shape | None,
    meanings: Meanings,
    placing: Placing,
    notes: Notes,
) -> tuple[list[Placed], Shape | None]:
    """The bricks on the base whose answers the model learns from, if there is one: what
    code works out by `predict` and a model learns from is one tower here."""
    for below in reversed(meanings.seen.predicted):
        if below is model:
            continue
        under, pictures = _bricks(below, meanings, placing, Notes())
        bases = _bases(under)
        if not bases:
            continue
        if not _fits(under, pictures, shape):
            continue
        under = without_preparing([_shut(placed) for placed in under], notes)
        flat = bool(shape) and len(shape or ()) == 1
        wide = not under[-1].settings.get("pooling") and base_brick(under[-1].kind)
        between = [Placed("Flatten")] if flat and wide else []
        said = N_(
            "What {name} gives is worked out first in the code; here it is one "
            "tower on it, with the padlock shut."
        )
        notes.say(below.line, said, name=bases[0].kind)
        return [*under, *between, *bricks], pictures
    return bricks, shape


def _fits(under: list[Placed], gets: Shape | None, wanted: Shape | None) -> bool:
    """Whether a model may take what these bricks give, as it is or laid out."""
    plain = tuple(without_preparing(under, Notes()))
    gives = [*climb(plain, gets)][-1].gives if gets else None
    if gives is None or wanted is None:
        return True
    return gives == wanted or (len(wanted) == 1 and prod(gives) == prod(wanted))


def _shut(placed: Placed) -> Placed:
    """A base that only answers is not trained."""
    if base_brick(placed.kind) is None:
        return placed
    kept = {k: v for k, v in placed.settings.items() if k != "frozen"}
    return replace(placed, settings=kept)


def _check_size(bricks: list[Placed]) -> None:
    """ProjectError for a tower that no project may hold."""
    if sum(1 for brick in bricks for _ in brick) > MOST_BRICKS:
        said = N_("This model has more than {most} layers.")
        raise ProjectError(Text(said, {"most": MOST_BRICKS}))
    if max(map(_depth, bricks), default=0) > MOST_DEEP:
        raise ProjectError(Text(N_("This model is nested too deep.")))


def _depth(placed: Placed) -> int:
    inside = (_depth(inner) for tower in placed.inner for inner in tower)
    return 1 + max(inside, default=0) if placed.inner else 0


def chosen(seen: Seen, notes: Notes) -> Model:
    """The model that is trained; else the one that is compiled, else the last one."""
    models = [m for m in seen.models if m.steps or m.outputs]
    if not models:
        raise _no_model(seen)
    whole = [m for m in models if not m.part]
    for wanted in (
        [m for m in models if m.fitted is not None],
        [m for m in models if m.compiled is not None and m in whole],
        [m for m in models if m.compiled is not None],
        whole,
        models,
    ):
        if wanted:
            model = wanted[-1]
            break
    if len(whole) > 1:
        said = N_("The code has {count} models; this is {name}.")
        title = model.name or Text(N_("the last one"))
        notes.say(model.line, said, count=len(whole), name=title)
    return model


def as_built(seen: Seen) -> Model:
    """The model of a printed script, with what it was trained with last."""
    assert seen.built is not None
    model = seen.built.model
    if seen.rounds:
        last = seen.rounds[-1]
        model.compiled, model.fitted = dict(last.compiled or {}), dict(last.fitted)
    model.rounds, model.seen_open = [], seen.built.padlocks
    return model


def _no_model(seen: Seen) -> ProjectError:
    if seen.own_class is None:
        return ProjectError(Text(N_("No Keras model was found in this code.")))
    said = N_(
        "The class {name} makes its layers in code of its own; "
        "only models made of layers one by one can be read."
    )
    return ProjectError(Text(said, {"name": clean_name(seen.own_class)}))


def _bricks(
    model: Model, meanings: Meanings, placing: Placing, notes: Notes
) -> tuple[list[Placed], Shape | None]:
    """The bricks of the model, and the shape that it gets."""
    floor, top = meanings.models.ends(model)
    if len(model.inputs) > 1:
        said = N_("The model has several inputs; a tower has one.")
        notes.say(model.line, said)
    if len(model.outputs) > 1:
        said = N_("The model has several outputs; only the first is kept.")
        notes.say(model.line, said)
    if top is None:
        return [], None
    frozen_bricks((node.layer for node in ancestors(top)), meanings.seen, notes)
    shape = as_shape(floor.shape, notes) if floor else None
    return Graph(placing.bricks, notes).tower(floor, top), shape


def _on_data(
    bricks: list[Placed], data: Placed, shape: Shape | None, seen: Seen, notes: Notes
) -> list[Placed]:
    """The bricks with what must stand between them and the data."""
    bricks = [_from_0_to_1(brick) for brick in unscaled(bricks, notes)]
    first = fitted(data, shape, bricks[0], notes) if bricks else []
    unread(seen.generators, notes)
    check_generators(seen.generators, bricks, notes)
    return [*augmentation(seen.generators, notes), *first, *bricks]


def _from_0_to_1(brick: Placed) -> Placed:
    """The brick with the range of numbers that data bricks give."""
    known = catalog()[brick.kind]
    if "value_range" not in known.by_name or "value_range" in brick.settings:
        return brick
    return replace(brick, settings={**brick.settings, "value_range": (0, 1)})


def unscaled(bricks: list[Placed], notes: Notes) -> list[Placed]:
    """Data bricks give numbers from 0 to 1, code often ones up to 255."""
    for at, brick in enumerate(bricks):
        scale = brick.settings.get("scale")
        if brick.kind != "Rescaling" or not isinstance(scale, float) or scale > 0.02:
            continue
        offset = brick.settings.get("offset", 0)
        if offset == 0 and abs(scale * 255 - 1) < 0.01:
            said = N_(
                "The Rescaling is left out: data bricks give numbers from 0 to 1."
            )
            notes.say(None, said)
            return [*bricks[:at], *bricks[at + 1 :]]
        changed = replace(brick, settings={**brick.settings, "scale": scale * 255})
        return [*bricks[:at], changed, *bricks[at + 1 :]]
    return bricks
