"""Parts of files as they come in one request's body, many small files or one's part."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

_LENGTH = 4  # bytes that say how long a head is
MOST_HEAD = 20_000  # bytes: a path of 4,096 signs, escaped


class SliceError(ValueError):
    """A body that is not what our own page sends."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Some bytes of the file at `path`, from `offset` on."""

    path: str
    offset: int
    content: bytes


class Slices:
    """Reads a body piece by piece.

    It is a row of slices: four bytes with the head's length, the head (JSON with
    `path`, `offset` and `size`), and `size` bytes.

    >>> slices = Slices()
    >>> head = b'{"path": "a.jpg", "offset": 0, "size": 2}'
    >>> list(slices.feed(len(head).to_bytes(4, "big") + head + b"x"))
    [Slice(path='a.jpg', offset=0, content=b'x')]
    >>> list(slices.feed(b"y"))
    [Slice(path='a.jpg', offset=1, content=b'y')]
    """

    def __init__(self) -> None:
        self._head = bytearray()
        self._path = ""
        self._offset = 0
        self._left = 0

    @property
    def whole(self) -> bool:
        """Whether the body may end here."""
        return not self._head and not self._left

    def feed(self, piece: bytes) -> Iterator[Slice]:
        """The slices in this piece of the body; an empty file has an empty one."""
        while piece:
            if self._left:
                content, piece = piece[: self._left], piece[self._left :]
                yield Slice(self._path, self._offset, content)
                self._offset += len(content)
                self._left -= len(content)
                continue
            took = self._wanted() - len(self._head)
            self._head += piece[:took]
            piece = piece[took:]
            if len(self._head) > _LENGTH and len(self._head) == self._wanted():
                yield from self._begin(bytes(self._head[_LENGTH:]))

    def _wanted(self) -> int:
        """How long the head with its length is, as far as that is known."""
        if len(self._head) < _LENGTH:
            return _LENGTH
        length = int.from_bytes(self._head[:_LENGTH], "big")
        if not 0 < length <= MOST_HEAD:
            raise SliceError(f"A head has 1 to {MOST_HEAD} bytes. Received: {length}")
        return _LENGTH + length

    def _begin(self, head: bytes) -> Iterator[Slice]:
        self._head.clear()
        self._path, self._offset, self._left = _told(head)
        if not self._left:
            yield Slice(self._path, self._offset, b"")


def _told(head: bytes) -> tuple[str, int, int]:
    try:
        told = json.loads(head)
        path, offset, size = told["path"], told["offset"], told["size"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SliceError(f"A head is JSON. Received: {head[:80]!r}") from error
    whole = all(type(n) is int and 0 <= n < 2**40 for n in (offset, size))
    if not isinstance(path, str) or not whole:
        raise SliceError(f"A head names path, offset, size. Received: {head[:80]!r}")
    return path, offset, size
