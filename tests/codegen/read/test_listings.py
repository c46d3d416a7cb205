"""Listings as people write and wrote them, and the bricks that each stands for.

Every file of `listings` is code, a line of `=====`, and what must come of it. Data
bricks that this catalogue lacks are not held against it.
"""

from __future__ import annotations

import re

import pytest

from bricks.catalog import data_brick
from codegen.read import read_code
from tests.codegen.read.listing import described, listing, names

# The data brick, and notes that are about it or about no line.
ON_DATA = re.compile(r"on |\? (?!\d+: )|\? \d+: There is no data brick")


def lines(text: str, known: bool) -> list[str]:
    """The lines to compare: without those on the data where the brick is unknown."""
    return [line for line in text.splitlines() if known or not ON_DATA.match(line)]


@pytest.mark.parametrize("name", names())
def test_a_listing_comes_back_as_its_bricks(name):
    code, expected = listing(name)
    known = data_brick(expected.split()[1]) is not None
    found = described(read_code(code))
    assert lines(found, known) == lines(expected, known)


def test_there_are_listings_of_many_kinds():
    assert len(names()) >= 40
