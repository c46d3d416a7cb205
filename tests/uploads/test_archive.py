"""Zip files of every make and malice: what is taken, what is said, what is written."""

from __future__ import annotations

import stat
import struct
import tracemalloc
from pathlib import Path
from zipfile import (
    ZIP_BZIP2,
    ZIP_DEFLATED,
    ZIP_LZMA,
    ZIP_STORED,
    BadZipFile,
    ZipFile,
    ZipInfo,
)

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.uploads.taken import (
    labels,
    picture,
    pictures,
    raw_zip,
    reasons,
    took,
    zipped,
)
from uploads import archive, names
from uploads.errors import UploadError
from uploads.limits import Limits

GOOD = pictures("cat", "dog")


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "set"


# What is passed over, and the rest taken


def link() -> tuple[ZipInfo, bytes]:
    info = ZipInfo("cat/link.jpg")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info, b"/etc/passwd"


def by(method: int) -> tuple[ZipInfo, bytes]:
    info = ZipInfo("cat/packed.jpg")
    info.compress_type = method
    return info, picture(70)


OTHER_METHOD = "It is packed by another method than zip's usual one: zip it again."
PASSED_OVER = [
    ("link", *link(), "It is a link, not a file."),
    ("bzip2", *by(ZIP_BZIP2), OTHER_METHOD),
    ("lzma", *by(ZIP_LZMA), OTHER_METHOD),
    (
        "bomb",
        "cat/b.jpg",
        bytes(3_000_000),
        "It unpacks to more than 100 times its size.",
    ),
    (
        "deep",
        "/".join("abcdefghij") + "/1.jpg",
        picture(71),
        "It lies more than 8 folders deep.",
    ),
    (
        "nested",
        "cat/more.zip",
        None,
        "It is packed (zip): unpack it first.",
    ),
    ("rar", "cat/a.rar", b"Rar!\x1a\x07\0", "It is packed (RAR): unpack it first."),
    ("empty", "cat/empty.jpg", b"", "It is empty."),
    ("text", "cat/a.jpg", b"hello", "It is no picture."),
    ("half", "cat/h.jpg", picture(72)[:700], "It is cut off or damaged."),
    ("root", "1.jpg", picture(73), "It lies in no class's folder."),
    (
        "depth 200",
        "/".join("d" * 200) + "/1.jpg",
        picture(74),
        "It lies more than 8 folders deep.",
    ),
]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [r[1:] for r in PASSED_OVER],
    ids=[r[0] for r in PASSED_OVER],
)
def test_one_bad_file_is_named_and_the_rest_is_taken(
    name, content, said, tmp_path, where
) -> None:
    if content is None:
        content = zipped(tmp_path / "inner.zip", GOOD).read_bytes()
    source = tmp_path / "a.zip"
    with ZipFile(source, "w", ZIP_DEFLATED) as made:
        for one, inside in GOOD.items():
            made.writestr(one, inside)
        method = name.compress_type if isinstance(name, ZipInfo) else ZIP_DEFLATED
        made.writestr(name, content, method)
    dataset = took(source, where)
    assert len(dataset.items) == len(GOOD)
    assert list(reasons(dataset).values()) == [said]


def test_deflate64_is_passed_over(tmp_path, where) -> None:
    source = tmp_path / "a.zip"
    source.write_bytes(raw_zip([(b"cat/1.jpg", picture(1))], method=9))
    with pytest.raises(UploadError, match="another method"):
        took(source, where)


@pytest.mark.parametrize(
    "fields", [{"checksum": 1}, {"size": 100}, {"packed": 100}], ids=str
)
def test_a_member_that_is_not_what_the_listing_says_is_damaged(
    fields, tmp_path, where
) -> None:
    source = tmp_path / "a.zip"
    source.write_bytes(raw_zip([(b"cat/1.jpg", picture(1))], **fields))
    with pytest.raises(UploadError, match="cut off or damaged"):
        took(source, where)


def test_a_lying_size_unpacks_no_more_than_it_says(tmp_path) -> None:
    """A member of 100 MB that says it has 1,000 bytes."""
    source = tmp_path / "a.zip"
    source.write_bytes(raw_zip([(b"cat/1.jpg", bytes(100_000_000))], size=1_000))
    tracemalloc.start()
    with pytest.raises(BadZipFile):
        archive.read(source, 0)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


# What is refused as a whole


def overlap(count: int) -> bytes:
    """A zip file whose members are all the same bytes."""
    whole = raw_zip([(b"cat/1.jpg", picture(1))])
    at = whole.index(b"PK\1\2")
    entry, end = whole[at : whole.index(b"PK\5\6")], whole.index(b"PK\5\6")
    tail = struct.pack("<4H2LH", 0, 0, count, count, count * len(entry), at, 0)
    return whole[:at] + count * entry + whole[end : end + 4] + tail


def workbook(path: Path) -> bytes:
    return zipped(
        path, {"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}
    ).read_bytes()


PACKED = "a.zip is packed as {}: bring the folder itself, or pack it as zip."
DAMAGED = "a.zip is damaged or not complete: make the zip file again."
REFUSED = [
    ("nothing", b"", "a.zip is empty."),
    (
        "empty zip",
        b"PK\5\6" + bytes(18),
        "a.zip is empty: put the folders with the pictures into it.",
    ),
    ("rar", b"Rar!\x1a\x07\1\0" + bytes(99), PACKED.format("RAR")),
    ("7z", b"7z\xbc\xaf\x27\x1c" + bytes(99), PACKED.format("7-Zip")),
    ("egg", b"EGGA\0\1" + bytes(99), PACKED.format("EGG")),
    ("alz", b"ALZ\1\n" + bytes(99), PACKED.format("ALZ")),
    ("gzip", b"\x1f\x8b\x08" + bytes(99), PACKED.format("gzip")),
    ("tar", bytes(257) + b"ustar" + bytes(250), PACKED.format("tar")),
    ("cut off", raw_zip([(b"cat/1.jpg", picture(1))])[:-40], DAMAGED),
    ("noise behind the sign", b"PK\3\4" + bytes(range(256)) * 9, DAMAGED),
    (
        "a directory of noise",
        b"PK\3\4" + bytes(50) + b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 1, 1, 50, 4, 0),
        DAMAGED,
    ),
    (
        "bad UTF-8 under the flag",
        raw_zip([(b"\xff\xfe.jpg", b"x")], flags=0x800),
        DAMAGED,
    ),
    (
        "password",
        raw_zip([(b"cat/1.jpg", picture(1))], flags=1),
        "a.zip has a password: make a zip file without one.",
    ),
    (
        "a part of several",
        b"PK\7\x08PK\3\4" + bytes(99),
        "a.zip is one of several parts: make a single zip file.",
    ),
    (
        "the last of several",
        b"PK\3\4" + bytes(60) + b"PK\5\6" + struct.pack("<4H2LH", 3, 3, 1, 1, 50, 4, 0),
        "a.zip is one of several parts: make a single zip file.",
    ),
    (
        "overlapping",
        overlap(100),
        "a.zip says the same bytes twice, as no archiver does: make it again.",
    ),
    ("excel", workbook, "a.zip is an Excel file: save its sheet as CSV."),
]


@pytest.mark.parametrize(
    ("content", "said"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_a_bad_zip_is_refused_in_one_sentence(content, said, tmp_path, where) -> None:
    source = tmp_path / "a.zip"
    source.write_bytes(content(tmp_path / "made.zip") if callable(content) else content)
    with pytest.raises(UploadError) as told:
        took(source, where)
    assert str(told.value) == said


LIMITS = [
    ("count", Limits(files=3), "There are 4 files; 3 is the most: bring fewer."),
    (
        "total",
        Limits(total=2_000),
        "All together it is 1 MB; 0 MB is the most: bring less.",
    ),
    (
        "classes",
        Limits(classes=1),
        "There are 2 classes, 1 is the most: is it one picture in each folder?",
    ),
]


@pytest.mark.parametrize(
    ("limits", "said"), [r[1:] for r in LIMITS], ids=[r[0] for r in LIMITS]
)
def test_more_than_the_limits_is_refused(limits, said, tmp_path, where) -> None:
    with pytest.raises(UploadError) as told:
        took(zipped(tmp_path / "a.zip", GOOD), where, limits)
    assert str(told.value) == said


def test_a_bomb_is_refused_by_its_listing_before_anything_is_unpacked(
    tmp_path, where
) -> None:
    source = tmp_path / "a.zip"
    names = [f"cat/{n}.jpg".encode() for n in range(40)]
    source.write_bytes(
        raw_zip([(name, bytes(999_999)) for name in names], size=99_999_999)
    )
    with pytest.raises(UploadError):
        took(source, where, Limits(ratio=10**9))
    assert not where.exists()


def test_an_endless_listing_is_not_read(tmp_path, where) -> None:
    source = tmp_path / "a.zip"
    source.write_bytes(overlap(65_000))
    with pytest.raises(UploadError, match="There are 65,000 files; 5,000 is the most"):
        took(source, where)


def test_zip64_dates_and_odd_attributes_are_no_matter(tmp_path, where) -> None:
    source = tmp_path / "a.zip"
    with ZipFile(source, "w", ZIP_STORED) as made:
        for n, (name, content) in enumerate(GOOD.items()):
            info = ZipInfo(
                name, (1980, 1, 1, 0, 0, 0) if n % 2 else (2107, 12, 31, 23, 59, 58)
            )
            info.external_attr = 0xFFFF if n % 2 else 0
            with made.open(info, "w", force_zip64=True) as file:
                file.write(content)
    assert labels(took(source, where)) == [
        (n, None) for n in ("cat", "cat", "dog", "dog")
    ]


@given(noise=st.binary(max_size=400), at=st.integers(0, 2_000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
def test_a_damaged_zip_is_listed_or_refused(noise, at, tmp_path) -> None:
    whole = raw_zip([(f"cat/{n}.jpg".encode(), bytes(50 * n)) for n in range(9)])
    source = tmp_path / "a.zip"
    source.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    try:
        found = archive.members(source, "a.zip", Limits())
    except UploadError as error:
        assert "a.zip" in str(error) or "files" in str(error)  # noqa: PT017
    else:
        assert all(names.split(entry.path) for entry in found.entries)


def test_a_damaged_member_costs_that_file_be_it_picture_or_table(tmp_path) -> None:
    rows = "".join(f"{n},{n * 7}\n" for n in range(50))
    bad = {"cat/x.bmp": picture(9, format="BMP"), "l.csv": rows.encode()}
    files = pictures("cat", "dog") | bad
    path = zipped(tmp_path / "a.zip", files)
    raw = bytearray(path.read_bytes())
    for name in "cat/x.bmp", "l.csv":
        begin = raw.index(name.encode()) + len(name)
        raw[begin : begin + 20] = bytes(255 - byte for byte in raw[begin : begin + 20])
    path.write_bytes(raw)
    dataset = took(path, tmp_path / "set")
    assert len(dataset.items) == 4
    damaged = "It is cut off or damaged."
    assert reasons(dataset) == {"cat/x.bmp": damaged, "l.csv": damaged}
