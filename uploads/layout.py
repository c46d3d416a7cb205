"""Where each picture's class and part are told: by folders, names, or a sheet.

The rules are those of the printed script's `find_pictures`, which looks for the same
in the user's own folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from bricks.words import N_, Text
from uploads import names, sheet
from uploads.dataset import Sheet
from uploads.errors import UploadError

Names = tuple[str, ...]
PART_WORDS = {
    **dict.fromkeys(["train", "training"], "train"),
    **dict.fromkeys(["validation", "valid", "val"], "validation"),
    **dict.fromkeys(["test", "testing"], "test"),
}
FOLDERS, PARTS, NAMES, SHEET = "folders", "parts", "names", "sheet"
_CAMERAS = {
    *("img", "dsc", "dscn", "dscf", "pxl", "mvimg", "vid", "p", "image", "images"),
    *("photo", "picture", "pic", "screenshot", "snap", "kakaotalk", "download"),
    *("untitled", "사진", "그림", "이미지", "캡처", "스크린샷", "제목없음"),
}
"""What cameras and systems call pictures by themselves: no classes."""

NO_FOLDER = N_("It lies in no class's folder.")
IN_PART = N_("It lies in {part} without a class's folder around it.")
NO_WORD = N_("Its name begins with no class, as in cat.12.jpg.")
BAD_NAME = N_("No class can be called like its folder: rename the folder.")
NOT_IN_SHEET = N_("{sheet} has no row for it.")
NO_LABEL = N_("Its row in {sheet} has no label.")
NO_NUMBER = N_("Its row in {sheet} has no number.")
FLAT = N_(
    "No classes are told: put the pictures of each class into a folder of its own, "
    "such as cat and dog."
)


@dataclass(frozen=True, slots=True)
class Place:
    """The class, or the value, of a picture, and its part where that is told."""

    label: str
    part: str | None = None
    value: float | None = None


@dataclass(frozen=True)
class Layout:
    """How classes are told, and the place of each picture or why it has none."""

    kind: str
    places: tuple[Place | Text, ...]
    sheet: Sheet | None = None


def arranged(pictures: Sequence[Names], tables: Sequence[sheet.Table]) -> Layout:
    """The layout that tells most; UploadError where none tells two classes."""
    folders = of_kind(PARTS if _told_parts(pictures) else FOLDERS, pictures)
    by_sheet = _best_sheet(pictures, tables)
    if by_sheet and not _repeats(by_sheet, folders):
        return by_sheet
    by_names = of_kind(NAMES, pictures)
    if _flat(folders) and _tells(by_names, pictures):
        return by_names
    if not _classes(folders):
        raise UploadError(Text(FLAT))
    return folders


def of_kind(kind: str, pictures: Sequence[Names]) -> Layout:
    """The layout that these pictures have by one rule, be it fit or not."""
    rule = _RULES[kind]
    return Layout(kind, tuple(map(rule, pictures)))


def _part(pictures: Names, up: int) -> str | None:
    return PART_WORDS.get(pictures[-up].lower()) if len(pictures) >= up else None


def _by_folder(picture: Names) -> Place | Text:
    if len(picture) < 2:
        return Text(NO_FOLDER)
    name = picture[-2]
    if name.lower() in PART_WORDS:
        return Text(IN_PART, {"part": names.shown(name)})
    return Place(name) if names.can_be_class(name) else Text(BAD_NAME)


def _by_part(picture: Names) -> Place | Text:
    place = _by_folder(picture)
    return Place(place.label, _part(picture, 3)) if isinstance(place, Place) else place


def _by_name(picture: Names) -> Place | Text:
    match = re.match(r"(.*?)[\W_]*\d*\W*$", PurePosixPath(picture[-1]).stem)
    word = match[1] if match else ""
    known = names.can_be_class(word)
    return Place(word, _part(picture, 2)) if known else Text(NO_WORD)


_RULES: dict[str, Callable[[Names], Place | Text]] = {
    FOLDERS: _by_folder,
    PARTS: _by_part,
    NAMES: _by_name,
}


def _told_parts(pictures: Sequence[Names]) -> bool:
    places = map(_by_part, pictures)
    return any(isinstance(place, Place) and place.part for place in places)


def _classes(layout: Layout) -> dict[str, int]:
    """How many pictures each class has."""
    counts: dict[str, int] = {}
    for place in layout.places:
        if isinstance(place, Place):
            counts[place.label] = counts.get(place.label, 0) + 1
    return counts


def _flat(layout: Layout) -> bool:
    """Whether the folders tell at most one class."""
    return len(_classes(layout)) < 2


def _tells(layout: Layout, pictures: Sequence[Names]) -> bool:
    """Whether names tell classes: words that come again, not a camera's."""
    counts = _classes(layout)
    counts = {word: n for word, n in counts.items() if word.lower() not in _CAMERAS}
    many = sum(counts.values()) * 2 > len(pictures)
    return many and 2 <= len(counts) <= len(pictures) // 2


def _best_sheet(
    pictures: Sequence[Names], tables: Sequence[sheet.Table]
) -> Layout | None:
    """By the table that names most of the pictures, if it names half of them."""
    known = {picture[-1] for picture in pictures}
    known |= {PurePosixPath(name).stem for name in known}
    best, most = None, 0
    for table in tables:
        column, count = sheet.picture_column(table, known)
        if count > most and len(table.header) > 1:
            best, most = (table, column), count
    if best is None or most * 2 < len(pictures):
        return None
    return by_sheet(pictures, *best)


def by_sheet(pictures: Sequence[Names], table: sheet.Table, column: str) -> Layout:
    """Each picture's place as its row in `table` tells, found by its name."""
    others = [name for name in table.header if name and name != column]
    if not others:
        return Layout(SHEET, (Text(NO_LABEL, {"sheet": table.path}),) * len(pictures))
    label = sheet.label_column(others)
    rows = [(sheet.file_name(n), c) for n, c in table.cells(column, label) if n]
    values = sheet.are_values(cell for _, cell in rows)
    cells = dict(rows) | {n: cell for n, cell in rows if _is_told(cell, values)}
    told = {"sheet": names.shown(table.path)}
    places = [_by_row(picture, cells, values, told) for picture in pictures]
    return Layout(SHEET, tuple(places), table.sheet(label, column))


def _by_row(
    picture: Names, cells: dict[str, str], values: bool, told: dict[str, str]
) -> Place | Text:
    name, part = picture[-1], _part(picture, 2)
    if name not in cells:
        name = PurePosixPath(name).stem
    if name not in cells:
        return Text(NOT_IN_SHEET, told)
    cell = cells[name]
    if not _is_told(cell, values):
        return Text(NO_NUMBER if values else NO_LABEL, told)
    return Place("", part, float(cell)) if values else Place(cell, part)


def _is_told(cell: str, values: bool) -> bool:
    """Whether a row tells the value, or the class."""
    if values:
        return sheet.is_number(cell)
    return names.can_be_class(cell) and not sheet.is_missing(cell)


def _repeats(by_sheet: Layout, folders: Layout) -> bool:
    """Whether the folders tell the same classes as the sheet, and so do without it."""
    if _flat(folders):
        return False
    pairs = {
        (one.label, two.label)
        for one, two in zip(by_sheet.places, folders.places)
        if isinstance(one, Place) and isinstance(two, Place)
    }
    ones, twos = ({pair[n] for pair in pairs} for n in (0, 1))
    return len(pairs) == len(ones) == len(twos)
