"""Which brick of one tower is which of another: by id, else by being alike."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from bricks.containers import plan
from bricks.tower import GROUND, Placed, Tower, floor

Bricks = tuple[Placed, ...]
MOST_MATCHED = 400
"""Bricks of one list that are compared each with each; of more, ends that are alike."""


@dataclass
class Alignment:
    """Two towers, brick by brick.

    `partner` has for ids of the first those of the second, `floors` likewise for the
    floors that the lists of bricks stand on; `moved` are ids of the second.
    """

    partner: dict[str, str] = field(default_factory=dict)
    floors: dict[str, str] = field(default_factory=lambda: {GROUND: GROUND})
    moved: set[str] = field(default_factory=set)


def lists(tower: Tower) -> Iterator[tuple[str, Bricks]]:
    """Every list of bricks with the id of its floor, outer ones first."""
    yield GROUND, tower.bricks
    for placed in tower:
        for n, bricks in enumerate(placed.inner):
            yield floor(placed.id, n), bricks


def homes(tower: Tower) -> dict[str, tuple[str, int]]:
    """On which floor each brick stands, and how far up."""
    return {
        placed.id: (under, at)
        for under, bricks in lists(tower)
        for at, placed in enumerate(bricks)
    }


def align(first: Tower, second: Tower) -> Alignment:
    """Match the bricks of two towers."""
    known = {placed.id: placed for placed in second}
    found = Alignment()
    for placed in first:
        twin = known.get(placed.id)
        if placed.id != GROUND and twin is not None and twin.kind == placed.kind:
            found.partner[placed.id] = twin.id
    _match(first.bricks, second.bricks, found.partner)
    for placed in first:
        if placed.inner and placed.id in found.partner:
            _inside(placed, known[found.partner[placed.id]], found)
    _find_moved(first, second, found)
    return found


def _inside(before: Placed, after: Placed, found: Alignment) -> None:
    """Match the branches of two containers, then the bricks in them."""
    for m, n in _branches(before.inner, after.inner, found.partner):
        found.floors[floor(before.id, m)] = floor(after.id, n)
        _match(before.inner[m], after.inner[n], found.partner)


def _branches(
    before: Sequence[Bricks], after: Sequence[Bricks], partner: dict[str, str]
) -> Iterator[tuple[int, int]]:
    if len(before) == len(after):
        yield from ((n, n) for n in range(len(before)))
        return
    ours = [tuple(_tokens(bricks, partner)) for bricks in before]
    theirs = [tuple(_tokens(bricks, _itself(partner))) for bricks in after]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for _, a, a_end, b, b_end in matcher.get_opcodes():
        yield from zip(range(a, a_end), range(b, b_end), strict=False)


def _itself(partner: dict[str, str]) -> dict[str, str]:
    return {id: id for id in partner.values()}


def _tokens(bricks: Bricks, partner: dict[str, str]) -> list[str]:
    """What tells bricks apart: whose partner they are, else how they look."""
    return [partner.get(placed.id) or f"like {plan((placed,))!r}" for placed in bricks]


def _match(before: Bricks, after: Bricks, partner: dict[str, str]) -> None:
    """Match bricks of two lists that have no partner: those that are alike, in the
    longest runs; then those of one kind in the same place between others."""
    ours, theirs = _tokens(before, partner), _tokens(after, _itself(partner))
    for tag, a, a_end, b, b_end in _opcodes(ours, theirs):
        if tag == "equal":
            for one, other in zip(before[a:a_end], after[b:b_end], strict=True):
                partner.setdefault(one.id, other.id)
        elif tag == "replace":
            taken = set(partner.values())
            left = [placed for placed in before[a:a_end] if placed.id not in partner]
            right = [placed for placed in after[b:b_end] if placed.id not in taken]
            _match_kinds(left, right, partner)


def _match_kinds(
    left: list[Placed], right: list[Placed], partner: dict[str, str]
) -> None:
    kinds = [[placed.kind for placed in row] for row in (left, right)]
    for tag, a, a_end, b, b_end in _opcodes(*kinds):
        if tag == "equal":
            for one, other in zip(left[a:a_end], right[b:b_end], strict=True):
                partner[one.id] = other.id


Opcode = tuple[str, int, int, int, int]


def _opcodes(ours: list[str], theirs: list[str]) -> list[Opcode]:
    """As difflib has them; of very long lists only what is alike at both ends."""
    start = _alike(ours, theirs)
    end = _alike(ours[start:][::-1], theirs[start:][::-1])
    a, b = len(ours) - end, len(theirs) - end
    if max(a, b) - start > MOST_MATCHED:
        middle: list[Opcode] = [("replace", start, a, start, b)]
    else:
        inner = SequenceMatcher(None, ours[start:a], theirs[start:b], autojunk=False)
        middle = [
            (tag, i + start, j + start, k + start, n + start)
            for tag, i, j, k, n in inner.get_opcodes()
        ]
    return [
        ("equal", 0, start, 0, start),
        *middle,
        ("equal", a, len(ours), b, len(theirs)),
    ]


def _alike(ours: list[str], theirs: list[str]) -> int:
    """How many of the first are the same."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    least = min(len(ours), len(theirs))
    return next((n for n, (one, other) in pairs if one != other), least)


def _find_moved(first: Tower, second: Tower, found: Alignment) -> None:
    """Mark the fewest bricks whose moving explains where all of them stand."""
    there = homes(second)
    for under, bricks in lists(first):
        stays = []
        for placed in bricks:
            other = found.partner.get(placed.id)
            if other is None:
                continue
            if found.floors.get(under) == there[other][0]:
                stays.append(other)
            else:
                found.moved.add(other)
        places = [there[id][1] for id in stays]
        kept = set(_rising(places))
        found.moved |= {id for n, id in enumerate(stays) if n not in kept}


def _rising(numbers: list[int]) -> list[int]:
    """The places of the longest part of different numbers that only rises.

    >>> _rising([3, 0, 1, 2])
    [1, 2, 3]
    """
    lowest: list[int] = []  # the last number of the best part of each length
    ends: list[int] = []  # its place
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        at = bisect_left(lowest, number)
        before.append(ends[at - 1] if at else None)
        lowest[at:] = [number, *lowest[at + 1 :]]
        ends[at:] = [place, *ends[at + 1 :]]
    part: list[int] = []
    place_now = ends[-1] if ends else None
    while place_now is not None:
        part.append(place_now)
        place_now = before[place_now]
    return part[::-1]
