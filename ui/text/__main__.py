"""`python -m ui.text`: collect the sentences of the code, compile the translations.

For developers, with Babel. It rewrites each `brickyard.po` (what is new is empty, what
is gone is dropped), its `.mo`, and `board.json`, the sentences that the board uses.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bricks.recipes import recipe, recipe_names
from ui.words import FOLDER, LANGUAGES

ROOT = Path(__file__).parents[2]
ROOMS = ("bricks", "codegen", "storage", "uploads", "training", "explain", "ui")
PYTHON = {"_": None, "N_": None}
BOARD = {"t": None}


def sentences(method: str, keywords: dict[str, None]) -> list[str]:
    """Every marked sentence of the code in one language of code, in order."""
    suffix = {"python": "py", "javascript": "js"}[method]
    found: list[str] = []
    for room in ROOMS:
        rows = extract_from_dir(
            ROOT / room,
            method_map=[(f"**.{suffix}", method)],
            keywords=keywords,
        )
        found += [row[2] for row in rows if isinstance(row[2], str)]
    return list(dict.fromkeys(found))


def collected() -> list[str]:
    """All sentences that a page may show."""
    ready = [recipe(name) for name in recipe_names()]
    told = [text for project in ready for text in (project.name, project.about)]
    every = sentences("python", PYTHON) + sentences("javascript", BOARD) + told
    return list(dict.fromkeys(every))


def renewed(path: Path, lang: str) -> Catalog:
    """The catalogue at `path` with exactly the sentences of today."""
    old = Catalog(lang)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, lang)
    new = Catalog(lang, header_comment="# The words of Brickyard.", fuzzy=False)
    new.creation_date = old.creation_date  # else each call would change the file
    for sentence in collected():
        known = old.get(sentence)
        new.add(sentence, known.string if known else "")
    return new


def main() -> int:
    """0 where every sentence is translated, 1 where some are not; they are printed."""
    board = json.dumps(sentences("javascript", BOARD), ensure_ascii=False, indent=0)
    (FOLDER / "board.json").write_text(board + "\n", encoding="utf-8")
    missing = []
    for lang in (lang for lang in LANGUAGES if lang != "en"):
        path = FOLDER / lang / "LC_MESSAGES" / "brickyard.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = renewed(path, lang)
        with path.open("wb") as file:
            write_po(file, catalog, width=0, omit_header=False, no_location=True)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
        missing += [f"{lang}: {m.id}" for m in catalog if m.id and not m.string]
    print("\n".join(missing) or "Every sentence is translated.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
