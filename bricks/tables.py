"""The source by which a printed script reads, splits and scales a table of numbers.

The server runs this same source: what it counts is what the script would read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bricks.brick import Loading, Settings
from bricks.literal import assigned, literal
from bricks.pictures import NUMBER

_WHOLE = r"[+-]?\d+"

_IMPORTS = (
    "import argparse",
    "import csv",
    "import hashlib",
    "import os",
    "import re",
    "import unicodedata",
    "from pathlib import Path",
    "import numpy as np",
)

_BODY = '''\
    """The rows of DATA: three pairs to train, validate and test with.

    Rows are float32 (n, <width>), labels (n,) <about>. Numbers are scaled by the mean
    and the spread of the rows to train with; a word is a one among zeros.
    """
    rows = split_rows(read_rows())
    if not all(rows.values()):
        raise SystemExit(f"There are too few rows in {DATA} to train and to test.")
    x = {part: np.array([numbers for _, numbers in rows[part]]) for part in rows}
    scaled = np.array([not words for words in COLUMNS.values() for _ in words or [0]])
    mean = np.where(scaled, x["train"].mean(axis=0), 0)
    spread = np.where(scaled, x["train"].std(axis=0), 1)
    spread[spread == 0] = 1
    return [
        (
            ((x[part] - mean) / spread).astype("float32"),
            np.array([<label> for label, _ in rows[part]]),
        )
        for part in rows
    ]
'''

_FUNCTIONS = '''\
def read_rows():
    """(label, text, numbers) of every row of DATA in which nothing is missing."""
    if not DATA.is_file():
        raise SystemExit(f"There is no file {DATA}: python train.py --data FILE")
    with DATA.open(encoding=ENCODING, newline="") as lines:
        table = csv.DictReader(lines, delimiter=DELIMITER)
        absent = {TARGET, *COLUMNS}.difference(table.fieldnames or ())
        if absent:
            raise SystemExit(f"{DATA} has no column {', '.join(sorted(absent))}.")
        for row in table:
            cell, numbers = clean(row[TARGET]), numbers_in(row)
            if numbers is not None and <known>:
                yield <label>, "\\n".join(map(str, row.values())), numbers


def numbers_in(row):
    """The cells of a row as numbers, None where one is missing or of another kind."""
    numbers = []
    for name, words in COLUMNS.items():
        cell = clean(row[name])
        if cell in words:
            numbers += [float(cell == word) for word in words]
        elif not words and re.fullmatch(NUMBER, cell):
            numbers.append(float(cell))
        else:
            return None
    return numbers


def clean(cell):
    """A cell as it is compared: without spaces around it, its letters composed."""
    return unicodedata.normalize("NFC", cell or "").strip()


def split_rows(seen):
    """Each part's (label, numbers) pairs; seen are (label, text, numbers).

    A share of every class validates and tests. Chance goes by SPLIT_SEED and by what a
    row says, so that the same rows are split alike in any order.
    """
    parts, classes = {"train": [], "validation": [], "test": []}, {}
    for label, text, numbers in seen:
        row = hashlib.sha256(f"{SPLIT_SEED} {text}".encode()).digest(), label, numbers
        classes.setdefault(label if isinstance(label, str) else "", []).append(row)
    for rows in classes.values():
        rows.sort(key=lambda row: row[0])
        whole = len(rows)
        for part, share in ("validation", VALIDATION), ("test", TEST):
            count = min(max(1, round(share * whole)), len(rows) - 1)
            parts[part] += rows[:count]
            rows = rows[count:]
        parts["train"] += rows
    for rows in parts.values():
        rows.sort(key=lambda row: row[0])
    return {part: [row[1:] for row in rows] for part, rows in parts.items()}
'''

_ARGUMENTS = """\
    parser = argparse.ArgumentParser(description="Train on a table.")
    parser.add_argument("--data", type=Path, default=DATA, help="the CSV file")
    DATA = parser.parse_args().data
"""


def answers(settings: Settings) -> tuple[str, ...]:
    """The classes; none where a value is asked for that the target has."""
    if settings["label"] == "Value" and all(
        re.fullmatch(NUMBER, n) for n in _names(settings)
    ):
        return ()
    return _names(settings)


def _names(settings: Settings) -> tuple[str, ...]:
    if settings["dataset"]:
        return settings["names"]
    return tuple(map(str, range(settings["classes"])))


def width(settings: Settings) -> int:
    """How many numbers a row comes to."""
    if settings["sheet"]:
        return sum(len(words) or 1 for _, words in settings["columns"])
    return settings["features"]


def loading(settings: Settings) -> Loading:
    """How a script on an own table gets its rows."""
    value = not answers(settings)
    known = "re.fullmatch(NUMBER, cell)" if value else "cell in CLASSES"
    functions = _FUNCTIONS.replace("<known>", known)
    body = _BODY.replace("<width>", str(width(settings)))
    body = body.replace("<about>", "are values" if value else "count CLASSES")
    return Loading(
        imports=_IMPORTS,
        body=body.replace("<label>", "label" if value else "CLASSES.index(label)"),
        constants=tuple(_constants(settings)),
        functions=functions.replace("<label>", "float(cell)" if value else "cell"),
        arguments=_ARGUMENTS,
        command=" --data FILE",
    )


def _constants(settings: Settings) -> Iterator[str]:
    if settings["sheet"]:
        file, encoding, delimiter, _, target = settings["sheet"]
        columns = {name: list(words) for name, words in settings["columns"]}
    else:
        yield "# Before there is a table: it is expected to have these columns."
        file, encoding, delimiter, target = "table.csv", "utf-8-sig", ",", "y"
        columns = {f"x{n + 1}": [] for n in range(settings["features"])}
    yield f'DATA = Path(os.environ.get("BRICKYARD_DATA", {literal(file)}))'
    yield f"ENCODING, DELIMITER = {literal(encoding)}, {literal(delimiter)}"
    yield f"TARGET = {literal(target)}"
    yield from assigned("COLUMNS", columns)
    yield f"SPLIT_SEED = {settings['split_seed']}"
    yield f"VALIDATION, TEST = {settings['validation']}, {settings['test']}"
    yield f'NUMBER = r"{NUMBER}"'
