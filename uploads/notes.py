"""What a user should know of pictures that were taken, or why they can't be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

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
ONE_LEFT = N_(
    "Only one class has pictures, {name}, and one class can't be learned: bring "
    "pictures of another, or take one in again."
)
NONE_LEFT = N_("All pictures are left out: nothing can be learned.")
NO_PICTURES = N_(
    "{names}: no pictures any more. Leave the class out, or move pictures into it."
)
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


def notes(
    items: Sequence[Item], classes: Mapping[str, int] | None = None
) -> tuple[Text, ...]:
    """What should be known, the gravest first; `classes` counts those that are told
    with their pictures, which may be none."""
    if classes is None:
        classes = per_class(item for item in items if item.value is None)
    return tuple(_notes(items, classes))


def _notes(items: Sequence[Item], classes: Mapping[str, int]) -> Iterator[Text]:
    yield from _of_what_is_left(classes)
    by_digest: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_digest[item.digest].append(item)
    several = [same for same in by_digest.values() if len(same) > 1]
    yield from _named(LEAK, (s for s in several if len({i.part for i in s}) > 1))
    labels = (s for s in several if len({(i.label, i.value) for i in s}) > 1)
    yield from _named(TWO_CLASSES, labels)
    yield from _of_classes({name: n for name, n in classes.items() if n})
    yield from _named(TINY_PICTURES, ([i] for i in items if _tiny(i)), least=TINY)
    yield from _named(LONG_PICTURES, ([i] for i in items if _long(i)), most=EXTREME)


def may_be_named(items: Iterable[Item]) -> set[str]:
    """The digests of pictures that a note may tell by name: few of many."""
    items = tuple(items)
    often = Counter(item.digest for item in items)
    return {i.digest for i in items if often[i.digest] > 1 or _tiny(i) or _long(i)}


def _tiny(item: Item) -> bool:
    return item.width < TINY or item.height < TINY


def _long(item: Item) -> bool:
    width, height = item.width, item.height
    return width > EXTREME * height or height > EXTREME * width


def _of_what_is_left(classes: Mapping[str, int]) -> Iterator[Text]:
    """What keeps it from being learned since people changed it."""
    told = [name for name, count in classes.items() if count]
    if len(told) == 1:
        yield Text(ONE_LEFT, {"name": told[0]})
    empty = [name for name in classes if name not in told]
    if empty and told:
        yield Text(NO_PICTURES, {"names": _some(empty)})


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
