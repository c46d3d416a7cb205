"""What code freezes and thaws, layer by layer, as the padlock of a base brick."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bricks.bases.network import network
from bricks.words import N_, Text
from codegen.read.aliases import KINDS
from codegen.read.notes import Notes
from codegen.read.seen import Seen
from codegen.read.values import (
    UNKNOWN,
    Inner,
    Made,
    Model,
    Padlock,
    Pretrained,
    Standing,
)

ONLY_NORMALIZING = N_(
    "The code trains only what normalizes in {name}; as a brick its padlock is shut."
)
FEW = N_(
    "The layers of {name} that the code trains are not its last ones; as a brick all "
    "from {layer} on are trained."
)


def set_trainable(owner: Any, value: Any, seen: Seen, notes: Notes, line: int) -> None:
    """`layer.trainable = value`, of a layer, a model, a base or a layer in one."""
    if not isinstance(value, bool | int):
        said = N_("Whether {name} is trained can't be read; it stays as it was.")
        notes.say(line, said, name=owner)
        return
    value = bool(value)
    if isinstance(owner, Inner):
        owner.base.each[owner.at] = value
    elif isinstance(owner, Standing):
        _set_whole(owner.base, value)
    elif isinstance(owner, Pretrained):
        _set_whole(owner, value)
    elif isinstance(owner, Made):
        seen.shut[owner] = not value


def _set_whole(base: Pretrained, value: bool) -> None:
    base.whole = value
    base.each = [value] * len(base.each)


def padlocks(seen: Seen) -> dict[Pretrained, Padlock]:
    """How the padlock of every base stands now, as Keras notes it in `compile`."""
    return {base: base.padlock for base in seen.bases}


def final(model: Model, base: Pretrained) -> Padlock:
    """How the padlock stood when the model was trained or compiled last, else now."""
    if model.rounds:
        return model.rounds[-1].padlocks.get(base, base.padlock)
    return (model.seen_open or {}).get(base, base.padlock)


def is_shut(padlock: Padlock, inside: bool, upto: int | None = None) -> bool:
    """Whether nothing of a base is trained; `inside` says that it is one layer of the
    model, so that its own `trainable` counts."""
    return (inside and not padlock.whole) or not any(padlock.each[: _end(upto)])


def frozen(
    base: Pretrained, padlock: Padlock, inside: bool, upto: int | None = None
) -> tuple[bool | int, Text | None]:
    """The brick's setting, and where it is only the nearest one, what differs."""
    if is_shut(padlock, inside, upto):
        return True, None
    layers = _layers(base)[: _end(upto)]
    each = padlock.each[: _end(upto)]
    learning = [on and layer.learns for on, layer in zip(each, layers)]
    named = {"name": base.brick.kind}
    if not any(learning):
        told = any(on and layer.normalizes for on, layer in zip(each, layers))
        return True, Text(ONLY_NORMALIZING, named) if told else None
    first = learning.index(True)
    while first and each[first - 1]:
        first -= 1
    if any(not on and layer.learns for on, layer in zip(each[first:], layers[first:])):
        return first, Text(FEW, {**named, "layer": base.names[first]})
    whole = not any(layer.learns for layer in layers[:first])
    return (False if whole else first), None


def printed(padlock: Padlock) -> bool | int:
    """The setting that a script of ours was printed from."""
    if not padlock.whole:
        return True
    first = [*padlock.each, True].index(True)
    return first if first > 1 else False


def _end(upto: int | None) -> int | None:
    return None if upto is None else upto + 1


@dataclass(frozen=True)
class Kind:
    """Of one layer of a base, whether it has weights to learn, and whether it is a
    BatchNormalization, which has means that training never changes."""

    learns: bool
    normalizes: bool


def _layers(base: Pretrained) -> list[Kind]:
    """Those that normalize count as not learning: frozen or not is nearly the same."""
    found: list[Kind] = []
    for part in network(base.brick.kind, base.brick.full(base.settings)).layers:
        known = found.pop() if found and not part.name else Kind(False, False)
        normalizes = part.fixed > 0 or known.normalizes
        weights = part.trained + part.each > 0 or known.learns
        found.append(Kind(weights and not normalizes, normalizes))
    return found


def is_a(layer: Any, path: str) -> Any:
    """`isinstance(layer, path)`, UNKNOWN where it can't be told."""
    kind = path.rpartition(".")[2]
    if isinstance(layer, Inner) and kind == "BatchNormalization":
        return _layers(layer.base)[layer.at].normalizes
    if isinstance(layer, Made) and kind[:1].isupper() and kind != "Layer":
        return KINDS.get(layer.kind, layer.kind) == KINDS.get(kind, kind)
    return UNKNOWN


def frozen_bricks(layers: Iterable[Any], seen: Seen, notes: Notes) -> None:
    """Note layers of the code's own that it freezes: only bases have a padlock."""
    for layer in layers:
        if isinstance(layer, Made) and seen.shut.get(layer):
            said = N_("{name} is frozen in the code; only bases have a padlock here.")
            notes.say(layer.line, said, name=layer.kind)
