"""The page's words: collected, translated, compiled."""

from __future__ import annotations

import gettext
import json
import string

import pytest
from babel.messages.pofile import read_po

from ui.text.__main__ import BOARD, collected, sentences
from ui.words import FOLDER, LANGUAGES, preferred, translator, words

OTHERS = [lang for lang in LANGUAGES if lang != "en"]


def catalogue(lang: str) -> dict[str, str]:
    path = FOLDER / lang / "LC_MESSAGES" / "brickyard.po"
    with path.open("rb") as file:
        return {m.id: m.string for m in read_po(file, lang) if m.id}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", OTHERS)
def test_every_sentence_is_translated_and_none_is_left_over(lang):
    known = catalogue(lang)
    assert set(known) == set(collected()), "run: python -m ui.text"
    assert [text for text, said in known.items() if not said] == []


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_keeps_the_values(lang):
    wrong = {t: s for t, s in catalogue(lang).items() if fields(t) != fields(s)}
    assert wrong == {}


@pytest.mark.parametrize("lang", OTHERS)
def test_the_compiled_catalogue_is_of_today(lang):
    compiled = gettext.translation("brickyard", FOLDER, [lang])
    told = {text: compiled.gettext(text) for text in catalogue(lang)}
    assert told == catalogue(lang), "run: python -m ui.text"


def test_the_board_gets_its_own_words():
    keys = json.loads((FOLDER / "board.json").read_text("utf-8"))
    assert keys == sentences("javascript", BOARD), "run: python -m ui.text"
    assert words("ko")["Undo"] == "되돌리기"
    assert words("en") == {}


@pytest.mark.parametrize(
    ("locale", "lang"),
    [("ko-KR", "ko"), ("ko", "ko"), ("en-GB", "en"), ("fr", "en"), (None, "en")],
)
def test_the_page_begins_in_the_browsers_language(locale, lang):
    assert preferred(locale) == lang


def test_an_unknown_language_is_english():
    assert translator("xx")("Undo") == "Undo"
