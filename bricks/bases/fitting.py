"""What keeps a base from its place, and how it is mended; the rules are Keras' own."""

from __future__ import annotations

from dataclasses import replace

from bricks.bases.network import figures, network
from bricks.brick import Settings, Shape
from bricks.fit import described, needs_map
from bricks.problem import Problem, Put, Repair, Set
from bricks.tower import GROUND
from bricks.words import N_, Text, size

LEAST = {"InceptionV3": 75, "Xception": 71}
"""The least height and width that Keras takes; 32 for the others."""
ROOMY = 96
"""A side on which every base has something to look at."""
_MADE_FOR = {
    "InceptionV3": 299,
    "Xception": 299,
    "EfficientNetB1": 240,
    "EfficientNetB2": 260,
    "EfficientNetB3": 300,
}
SEVERAL = {
    "MobileNet": (128, 160, 192, 224),
    "MobileNetV2": (96, 128, 160, 192, 224),
}
"""The sizes that have weights of their own, so that a top may stand on each."""
ANY_SIZE = ("MobileNetV3Small", "MobileNetV3Large")
"""Keras lets their tops answer to pictures of any size."""


def made_for(kind: str) -> int:
    """The height and width that ImageNet's weights of a base were learned on."""
    return _MADE_FOR.get(kind, 224)


def misfit(kind: str, gets: Shape, settings: Settings) -> Problem | None:
    """What is wrong with a base on pictures of a shape, or None."""
    return (
        needs_map(gets)
        or _colours(gets, settings)
        or _top_and_pooling(settings)
        or _small(kind, gets, settings)
        or _top_size(kind, gets, settings)
        or _padlock(kind, settings)
    )


def _colours(gets: Shape, settings: Settings) -> Problem | None:
    """It looks at red, green and blue."""
    if gets[2] == 3:
        return None
    others = Text(
        N_("Keras would build it without ImageNet's weights, for other channels too.")
    )
    do, repair = _recoloured(gets[2])
    return Problem(
        needs=Text(N_("a map with three channels: red, green, blue")),
        got=described(gets),
        do=do,
        repair=repair,
        strict=None if settings["weights"] else others,
    )


def _recoloured(channels: int) -> tuple[Text, Repair]:
    """What to do about so many channels."""
    if channels == 1:
        put = Text(N_("Put a {kind} before it"), {"kind": "RepeatChannels"})
        do = Text(N_("Put a RepeatChannels before it: it makes grey three channels."))
        return do, Repair(put, (Put("RepeatChannels"),))
    mixed = Put("Conv2D", {"filters": 3, "kernel_size": 1})
    put = Text(N_("Put a {kind} before it"), {"kind": "Conv2D"})
    do = Text(N_("Put it on the pictures, or a Conv2D with 3 filters before it."))
    return do, Repair(put, (mixed,))


def at_the_data(problem: Problem) -> Problem:
    """The same problem of a base on pictures whose size and channels are settings of
    the data brick: mended there, and not by a brick in between."""
    put = problem.repair.edits[0] if problem.repair else None
    if not isinstance(put, Put) or put.kind not in ("Resizing", "Conv2D"):
        return problem
    if put.kind == "Conv2D":
        do, name, value = (
            N_("Leave transparency out: set channels to 3."),
            "channels",
            3,
        )
    else:
        do = N_("Set a larger image_size at the data brick.")
        name, value = "image_size", put.settings["height"]
    label = Text(N_("Set {setting} to {size}"), {"setting": name, "size": value})
    repair = Repair(label, (Set(name, value, at=GROUND),))
    return replace(problem, do=Text(do), repair=repair)


def _top_and_pooling(settings: Settings) -> Problem | None:
    if not settings["include_top"] or settings["pooling"] is None:
        return None
    return Problem(
        needs=Text(N_("either include_top or pooling")),
        got=Text(N_("both")),
        do=Text(N_("Leave pooling out: its own top sums up the map.")),
        repair=Repair(
            Text(N_("Set {setting} to its default"), {"setting": "pooling"}),
            (Set("pooling", None),),
        ),
        strict=Text(N_("Keras would not use the pooling, and not say so.")),
    )


def _small(kind: str, gets: Shape, settings: Settings) -> Problem | None:
    """The pictures are smaller than Keras takes."""
    least = LEAST.get(kind, 32)
    if min(gets[:2]) >= least and figures(kind, settings, *gets[:2]):
        return None
    return Problem(
        needs=Text(N_("a map of at least {size}"), {"size": size((least, least))}),
        got=described(gets),
        do=Text(N_("Put a Resizing before it.")),
        repair=_resized(ROOMY),
    )


def _resized(side: int) -> Repair:
    return Repair(
        Text(N_("Put a Resizing to {size} before it"), {"size": size((side, side))}),
        (Put("Resizing", {"height": side, "width": side}),),
    )


def _top_size(kind: str, gets: Shape, settings: Settings) -> Problem | None:
    """With ImageNet's weights a top answers to pictures of one size only."""
    if not (settings["include_top"] and settings["weights"]) or kind in ANY_SIZE:
        return None
    sides = SEVERAL.get(kind, (made_for(kind),))
    if gets[0] == gets[1] and gets[0] in sides:
        return None
    sizes = ", ".join(size((side, side)) for side in sides)
    return Problem(
        needs=Text(
            N_("pictures of {sizes}, as its top learned them"), {"sizes": sizes}
        ),
        got=described(gets),
        do=Text(N_("Put a Resizing before it, or leave its top out.")),
        repair=_resized(made_for(kind)),
    )


def _padlock(kind: str, settings: Settings) -> Problem | None:
    """More layers are frozen than there are."""
    frozen, count = settings["frozen"], len(network(kind, settings).names)
    if isinstance(frozen, bool) or frozen <= count:
        return None
    return Problem(
        needs=Text(N_("at most {most} layers"), {"most": count}),
        got=Text(N_("{count} frozen"), {"count": frozen}),
        do=Text(N_("Freeze fewer of its layers, or all.")),
        repair=Repair(Text(N_("Freeze all of it")), (Set("frozen", True),)),
        strict=Text(N_("Python would take it for all of them.")),
    )
