"""What the members of zip files are called: safe names, every encoding, clean words."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.uploads.taken import (
    picture,
    pictures,
    raw_zip,
    reasons,
    took,
    zipped,
)
from uploads import names
from uploads.shelf import PICTURES, THUMBS

GOOD = pictures("cat", "dog")
UNSAFE = "Its name would lead out of the folder."


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "set"


def written(root: Path) -> set[str]:
    return {str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()}


UNSAFE_NAMES = [
    "../../x.jpg",
    "cat/../../x.jpg",
    "/abs/x.jpg",
    "..\\..\\x.jpg",
    "C:\\x.jpg",
    "c:x.jpg",
    "\\\\server\\share\\x.jpg",
    "//server/share/x.jpg",
    "cat/x.jpg\0.png",
]


def test_unsafe_names_are_passed_over_and_nothing_is_written_outside(
    tmp_path, where
) -> None:
    files = [(name.encode(), picture(50 + n)) for n, name in enumerate(UNSAFE_NAMES)]
    good = [(name.encode(), content) for name, content in GOOD.items()]
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "slip.zip"
    source.write_bytes(raw_zip(files + good))
    dataset = took(source, where)
    assert len(dataset.items) == len(GOOD)
    assert [str(one.reason) for one in dataset.skipped] == [UNSAFE] * len(UNSAFE_NAMES)
    known = {f"{i.digest}.{i.suffix}" for i in dataset.items}
    assert written(where) == {f"{f}/{k}" for f in (PICTURES, THUMBS) for k in known}
    assert {path.name for path in tmp_path.iterdir()} == {"in", "set"}


@given(
    name=st.text(max_size=60) | st.lists(st.sampled_from("./\\:aA\0 ~C")).map("".join)
)
def test_no_name_leads_out_of_its_folder(name) -> None:
    split = names.split(name)
    if split is not None:
        inside = Path("/set").joinpath(*split)
        assert inside.resolve().is_relative_to("/set")
        assert inside != Path("/set")


NAMES = [
    ("CP949 강아지", "강아지/1.jpg".encode("cp949"), "강아지"),
    ("CP949 beyond KS X 1001", "똠방각하 펲시/1.jpg".encode("cp949"), "똠방각하 펲시"),
    ("UTF-8 without a flag", "고양이/1.jpg".encode(), "고양이"),
    (
        "UTF-8 in NFD, as a Mac",
        unicodedata.normalize("NFD", "고양이/1.jpg").encode(),
        "고양이",
    ),
    ("CP437", "caf\x82/1.jpg".encode("latin1"), "café"),
    ("backslashes", b"animals\\cat\\1.jpg", "cat"),
    ("emoji", "🐱/1.jpg".encode(), "🐱"),
    ("no ending", b"cat/1", "cat"),
]


@pytest.mark.parametrize(
    ("raw", "name"), [r[1:] for r in NAMES], ids=[r[0] for r in NAMES]
)
def test_names_come_out_as_their_maker_saw_them(raw, name, tmp_path, where) -> None:
    source = tmp_path / "a.zip"
    other = [(b"other/1.jpg", picture(2)), (b"other/2.jpg", picture(3))]
    source.write_bytes(raw_zip([(raw, picture(1)), *other]))
    assert set(took(source, where).names) == {name, "other"}


def test_every_letter_of_korean_windows_is_read() -> None:
    letters = [chr(code) for code in range(0xAC00, 0xD7A4)]
    wrong = [
        c
        for c in letters
        if names.decoded(f"가{c}.jpg".encode("cp949")) != f"가{c}.jpg"
    ]
    assert not wrong


def test_a_name_repeated_in_utf8_wins(tmp_path) -> None:
    raw = b"???.jpg"
    field = b"\1" + struct.pack("<L", zlib.crc32(raw)) + "강.jpg".encode()
    extra = struct.pack("<2H", 0x7075, len(field)) + field
    assert names.decoded(raw, extra) == "강.jpg"
    assert names.decoded(b"other.jpg", extra) == "other.jpg"


def test_each_name_in_a_zip_is_read_by_itself(tmp_path, where) -> None:
    kinds = [s.encode(e) for s, e in (("개/1.jpg", "cp949"), ("새/1.jpg", "utf-8"))]
    source = tmp_path / "a.zip"
    source.write_bytes(raw_zip([(raw, picture(n)) for n, raw in enumerate(kinds)]))
    assert took(source, where).names == ("개", "새")


def test_hangul_taken_apart_and_composed_is_one_class(tmp_path, where) -> None:
    files = {"가/1.jpg": picture(1), "\u1100\u1161/2.jpg": picture(2)}
    dataset = took(zipped(tmp_path / "a.zip", files | {"나/1.jpg": picture(3)}), where)
    assert dataset.names == ("가", "나")
    assert len(dataset.items) == 3


def test_large_and_small_letters_are_two_classes_and_told(tmp_path, where) -> None:
    files = pictures("Cat", "cat", "dog")
    dataset = took(zipped(tmp_path / "a.zip", files), where)
    assert dataset.names == ("Cat", "cat", "dog")
    told = [str(note) for note in dataset.notes]
    assert any("Cat, cat differ in small and capital letters" in note for note in told)


def test_the_same_name_twice_is_two_pictures(tmp_path, where) -> None:
    rows = [("cat/1.jpg", picture(91)), ("cat/1.jpg", picture(92)), *GOOD.items()]
    with pytest.warns(UserWarning, match="Duplicate name"):
        source = zipped(tmp_path / "a.zip", rows)
    dataset = took(source, where)
    assert sum(item.path == "cat/1.jpg" for item in dataset.items) == 3


def test_names_are_shown_without_marks_and_not_endless(tmp_path, where) -> None:
    files = {"cat/gpj.\u202e1.jpg": picture(91), f"cat/{'a' * 300}.jpg": picture(92)}
    dataset = took(zipped(tmp_path / "a.zip", files | GOOD), where)
    assert all(i.path.isprintable() and len(i.path) < 100 for i in dataset.items)
    assert len(dataset.items) == 2 + len(GOOD)


@pytest.mark.parametrize(
    "name", ["a\u202eb", "x" * 300, " "], ids=["mark", "long", "blank"]
)
def test_folders_that_no_class_can_be_called_like_are_named(
    name, tmp_path, where
) -> None:
    files = {f"{name}/1.jpg": picture(77)} | GOOD
    dataset = took(zipped(tmp_path / "a.zip", files), where)
    assert dataset.names == ("cat", "dog")
    said = "No class can be called like its folder: rename the folder."
    assert list(reasons(dataset).values()) == [said]


def test_what_systems_leave_behind_is_passed_over_in_silence(tmp_path, where) -> None:
    left = {
        "__MACOSX/cat/._1.jpg": b"\0\5\x16\7",
        "__MACOSX/dog/2.jpg": picture(60),
        "cat/._1.jpg": picture(61),
        "cat/.DS_Store": b"x",
        "cat/Thumbs.db": b"\xd0\xcf\x11\xe0",
        "dog/desktop.ini": b"[x]",
    }
    dataset = took(zipped(tmp_path / "a.zip", left | GOOD), where)
    assert dataset.hidden == len(left)
    assert not dataset.skipped
    assert len(dataset.items) == len(GOOD)
