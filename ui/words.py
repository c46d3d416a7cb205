"""The page's languages: gettext catalogues in `text/`, English as their source."""

from __future__ import annotations

import gettext
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

LANGUAGES = {"en": "English", "ko": "한국어"}
FOLDER = Path(__file__).parent / "text"
Translate = Callable[[str], str]


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang == "en":
        return gettext.NullTranslations()
    return gettext.translation("brickyard", FOLDER, [lang])


def translator(lang: str) -> Translate:
    """The function that tells an English sentence in a language."""
    return _translator(spoken(lang))  # what a request says must not fill the cache


@cache
def _translator(lang: str) -> Translate:
    known = _catalogue(lang)
    return lambda text: known.gettext(text) if text else ""


def words(lang: str) -> dict[str, str]:
    """The board's words: English sentence to its translation; empty for English."""
    if lang not in LANGUAGES or lang == "en":
        return {}
    tell = translator(lang)
    keys = json.loads((FOLDER / "board.json").read_text(encoding="utf-8"))
    return {key: tell(key) for key in keys}


def preferred(locale: str | None) -> str:
    """The language to begin with, from the browser's own."""
    return spoken((locale or "en").split("-")[0].lower())


def spoken(lang: str | None) -> str:
    """The language that somebody asks for, where there is such a one, else English."""
    return lang if lang in LANGUAGES else "en"
