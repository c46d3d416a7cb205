"""What a user should know of pictures that were taken, or why they can't be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bricks.words import N_, Text
from uploads import names
from uploads.dataset import Item, per_class
from uploads.errors import UploadError
from uploads.limits import Limits

FEW = 10
UNBALANCED = 10
TINY = 8
EXTREME = 5
_NAMED = 3  # pictures or classes that a note tells by name

ONE_CLASS = N_(
    "All pictures are of one class, {name}: put those of each class into a folder of "
    "its own, at least two."
)
MANY_CLASSES = N_(
    "There are {count} classes, {most} is the most: is it one picture in each folder?"
)
NO_TRAIN = N_("There are no pictures to train with: the folder train is missing.")
ONLY_THERE = N_("{part} has classes that train has not ({names}): make them the same.")
NOT_THERE = N_("{part} has no pictures of {names}: make its classes those of train.")
LEAK = N_("In more than one part, so that what is trained with is no test: {names}.")
TWO_CLASSES = N_("The same picture in more than one class: {names}.")
FEW_PICTURES = N_("{names}: fewer than {least} pictures, too few to learn from.")
BALANCE = N_(
    "{large} has {many} pictures and {small} {few}: turn class weights on, or even it "
    "out."
)
ALIKE = N_("The classes {names} differ in small and capital letters only: merge them?")
TINY_PICTURES = N_("Fewer than {least} points high or wide: {names}.")
LONG_PICTURES = N_("One side more than {most} times the other: {names}.")
MORE = N_("{names} and {count} more")
_PARTS = {"train": N_("train"), "validation": N_("validation"), "test": N_("test")}


def check(items: Sequence[Item], limits: Limits) -> None:
    """UploadError where nothing can be learned from these pictures."""
    classes = sorted(per_class(i for i in items if i.value is None), key=names.natural)
    if len(classes) == 1:
        raise UploadError(Text(ONE_CLASS, {"name": classes[0]}))
    if len(classes) > limits.classes:
        count = f"{len(classes):,}"
        raise UploadError(Text(MANY_CLASSES, {"count": count, "most": limits.classes}))
    parts: dict[str, set[str]] = defaultdict(set)
    for item in items:
        parts[item.part or "train"].add(item.label)
    if "train" not in parts:
        raise UploadError(Text(NO_TRAIN))
    for part in "validation", "test":
        if part in parts:
            _check_part(part, parts[part], parts["train"])


def _check_part(part: str, its: set[str], train: set[str]) -> None:
    for template, differ in (ONLY_THERE, its - train), (NOT_THERE, train - its):
        if differ:
            told = _some(sorted(differ, key=names.natural))
            raise UploadError(
                Text(template, {"part": Text(_PARTS[part]), "names": told})
            )


def notes(items: Sequence[Item]) -> tuple[Text, ...]:
    """What should be known, the gravest first."""
    return tuple(_notes(items))


def _notes(items: Sequence[Item]) -> Iterator[Text]:
    by_digest: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_digest[item.digest].append(item)
    several = [same for same in by_digest.values() if len(same) > 1]
    yield from _named(LEAK, (s for s in several if len({i.part for i in s}) > 1))
    labels = (s for s in several if len({(i.label, i.value) for i in s}) > 1)
    yield from _named(TWO_CLASSES, labels)
    yield from _of_classes(per_class(i for i in items if i.value is None))
    tiny = ([i] for i in items if min(i.width, i.height) < TINY)
    yield from _named(TINY_PICTURES, tiny, least=TINY)
    long = (
        [i] for i in items if max(i.width, i.height) > EXTREME * min(i.width, i.height)
    )
    yield from _named(LONG_PICTURES, long, most=EXTREME)


def _of_classes(counts: dict[str, int]) -> Iterator[Text]:
    ordered = sorted(counts, key=names.natural)
    alike: dict[str, list[str]] = defaultdict(list)
    for name in ordered:
        alike[name.casefold()].append(name)
    for same in alike.values():
        if len(same) > 1:
            yield Text(ALIKE, {"names": _some(same)})
    few = [name for name in ordered if counts[name] < FEW]
    if few:
        yield Text(FEW_PICTURES, {"names": _some(few), "least": FEW})
    if counts:
        large, small = (by(ordered, key=counts.__getitem__) for by in (max, min))
        if counts[large] > UNBALANCED * counts[small]:
            many, less = f"{counts[large]:,}", f"{counts[small]:,}"
            values = {"large": large, "many": many, "small": small, "few": less}
            yield Text(BALANCE, values)


def _named(
    template: str, groups: Iterable[Sequence[Item]], **values: int
) -> Iterator[Text]:
    found = [sorted(item.path for item in group) for group in groups]
    if found:
        told = _some([" = ".join(paths) for paths in sorted(found)])
        yield Text(template, {"names": told, **values})


def _some(told: Sequence[str]) -> str | Text:
    """The first few by name, and how many more there are."""
    first = ", ".join(told[:_NAMED])
    more = len(told) - _NAMED
    return Text(MORE, {"names": first, "count": f"{more:,}"}) if more > 0 else first
