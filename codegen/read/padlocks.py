"""What code freezes and thaws, layer by layer, as the padlock of a base brick."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bricks.words import N_
from codegen.read.notes import Notes
from codegen.read.seen import Seen
from codegen.read.values import Inner, Made, Model, Padlock, Pretrained, Standing

_NORMALIZES = re.compile(r"(?i)(^|_)bn(\d|_|$)|batch_?norm")
FEW = N_(
    "The layers of {name} that the code trains are not its last ones; as a brick all "
    "from {layer} on are trained."
)


def set_trainable(owner: Any, value: Any, seen: Seen, notes: Notes, line: int) -> None:
    """`layer.trainable = value`, of a layer, a model, a base or a layer in one."""
    if not isinstance(value, bool | int):
        said = N_("What {name} is trained on can't be read; it stays as it was.")
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
) -> tuple[bool | int, int | None]:
    """The brick's setting, and where it is only the nearest one, the number of the
    first layer that is trained."""
    if is_shut(padlock, inside, upto):
        return True, None
    each = padlock.each[: _end(upto)]
    first = each.index(True)
    later = (n for n in range(first, len(each)) if not each[n])
    told = None if all(_still(base.names[n]) for n in later) else first
    whole = all(_still(name) for name in base.names[:first])
    return (False if whole else first), told


def printed(padlock: Padlock) -> bool | int:
    """The setting that a script of ours was printed from."""
    if not padlock.whole:
        return True
    first = [*padlock.each, True].index(True)
    return first or False


def _end(upto: int | None) -> int | None:
    return None if upto is None else upto + 1


def _still(name: str) -> bool:
    """Whether freezing a layer or not is the same, or nearly: it has no weights by its
    name, or it normalizes."""
    return bool(_NORMALIZES.search(name) or _WEIGHTLESS.search(name))


_WEIGHTLESS = re.compile(
    r"(?i)^input|(^|_)(relu|re_lu|add|concat(enate)?|activation|pool|pad|out|flatten|"
    r"dropout|mixed|multiply|reshape|swish|rescaling|zero_padding2d)\d*(_|$)|pool\d*$|"
    r"padding2d|pooling2d"
)


def frozen_bricks(layers: Iterable[Any], seen: Seen, notes: Notes) -> None:
    """Note layers of the code's own that it freezes: only bases have a padlock."""
    for layer in layers:
        if isinstance(layer, Made) and seen.shut.get(layer):
            said = N_("{name} is frozen in the code; only bases have a padlock here.")
            notes.say(layer.line, said, name=layer.kind)
