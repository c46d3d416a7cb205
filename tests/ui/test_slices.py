"""Bodies of an upload are read slice by slice, whatever pieces they come in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.slices import MOST_HEAD, SliceError, Slices

PATHS = st.text(min_size=1, max_size=40)


def body(rows: list[tuple[str, int, bytes]]) -> bytes:
    made = b""
    for path, offset, content in rows:
        told = {"path": path, "offset": offset, "size": len(content)}
        head = json.dumps(told).encode()
        made += len(head).to_bytes(4, "big") + head + content
    return made


@given(
    rows=st.lists(st.tuples(PATHS, st.integers(0, 99), st.binary(max_size=50))),
    size=st.integers(1, 70),
)
def test_no_byte_is_lost_however_the_body_is_cut(rows, size):
    slices, whole = Slices(), body(rows)
    cuts = (whole[at : at + size] for at in range(0, len(whole), size))
    found = [one for piece in cuts for one in slices.feed(piece)]
    assert slices.whole
    kept: dict[int, list] = {}
    at = -1
    for one in found:
        begins = at < 0 or len(kept[at][2]) == len(rows[at][2])
        if begins:
            at += 1
            kept[at] = [one.path, one.offset, b""]
        assert one.offset == kept[at][1] + len(kept[at][2])
        kept[at][2] += one.content
    assert [tuple(row) for row in kept.values()] == rows


def test_a_body_that_is_cut_off_is_not_whole():
    slices = Slices()
    list(slices.feed(body([("a.jpg", 0, b"12345")])[:-1]))
    assert not slices.whole


BAD = {
    "no head": (0).to_bytes(4, "big") + b"x",
    "an endless head": (MOST_HEAD + 1).to_bytes(4, "big") + b"x",
    "no JSON": (2).to_bytes(4, "big") + b"{{",
    "a list": (2).to_bytes(4, "big") + b"[]",
}
HEADS = {
    "no path": {"offset": 0, "size": 1},
    "a path that is none": {"path": 3, "offset": 0, "size": 1},
    "a negative offset": {"path": "a", "offset": -1, "size": 1},
    "a size that is none": {"path": "a", "offset": 0, "size": True},
    "a fraction": {"path": "a", "offset": 0.5, "size": 1},
    "more than a disk": {"path": "a", "offset": 2**50, "size": 1},
}


def headed(told: dict) -> bytes:
    head = json.dumps(told).encode()
    return len(head).to_bytes(4, "big") + head


@pytest.mark.parametrize(
    "raw", [*BAD.values(), *map(headed, HEADS.values())], ids=[*BAD, *HEADS]
)
def test_what_our_page_never_sends_is_refused(raw):
    with pytest.raises(SliceError):
        list(Slices().feed(raw))
