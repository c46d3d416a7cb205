"""Towers that tests share, by hand and by Hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bricks.brick import Brick
from bricks.catalog import catalog
from bricks.param import Choice, Flag, Pair, Param, Share, Whole
from bricks.project import Project, clean_name
from bricks.tower import GROUND, Placed, Tower

MAP, VECTOR = (13, 9, 3), (12,)
SHAPES = [MAP, (28, 28, 1), (1, 1, 2), VECTOR, (1,)]


def layers() -> list[Brick]:
    """Every brick that is a Keras layer."""
    return [b for b in catalog().values() if b.family not in ("data", "label")]


def tower(*bricks: tuple[str, dict[str, Any]], data: str = "MNIST") -> Tower:
    """A tower of (kind, settings)."""
    placed = tuple(Placed(kind, s, id=f"b{n}") for n, (kind, s) in enumerate(bricks))
    return Tower(Placed(data, id=GROUND), placed)


def settings_of(brick: Brick, most: int = 24) -> st.SearchStrategy[dict[str, Any]]:
    """Settings within every limit, whole numbers kept small enough to build."""
    required = {p.name: _value(p, most) for p in brick.params if p.required}
    others = {
        p.name: _value(p, most).filter(lambda v, p=p: v != p.default)
        for p in brick.params
        if not p.required
    }
    return st.fixed_dictionaries(required, optional=others)


def _value(param: Param, most: int) -> st.SearchStrategy[Any]:
    if isinstance(param, Whole):
        return st.integers(param.least, min(param.most, most))
    if isinstance(param, Share):
        return (
            st.floats(param.least, param.most)
            .map(lambda v: round(v, 6))
            .filter(lambda v: param.wrong(v) is None)
        )
    if isinstance(param, Choice):
        return st.sampled_from(param.choices)
    if isinstance(param, Flag):
        return st.booleans()
    assert isinstance(param, Pair)
    one = st.integers(param.least, 5)
    values = one | st.tuples(one, one)
    return values | st.none() if param.optional else values


KERAS_LIKE = ["dense", "dense 1", "Flatten", "conv2d_1", "input layer", "max_pooling2d"]
typed = st.just("") | st.sampled_from(KERAS_LIKE) | st.text("ab _1", max_size=4)
names = typed.map(lambda name: clean_name(name) or None)
placed_bricks = st.sampled_from(layers()).flatmap(
    lambda brick: st.builds(
        Placed,
        st.just(brick.kind),
        settings_of(brick),
        names,
    )
)
towers = st.lists(placed_bricks, max_size=8).map(
    lambda bricks: Tower(Placed("MNIST", id=GROUND), tuple(bricks))
)
projects = st.builds(Project, name=st.text(max_size=30), tower=towers)
