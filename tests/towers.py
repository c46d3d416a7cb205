"""Towers that tests share, by hand and by Hypothesis."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from bricks.brick import Brick
from bricks.catalog import catalog
from bricks.containers import is_number, may_follow
from bricks.edit import remove
from bricks.param import Choice, Flag, Pair, Param, Share, Whole
from bricks.project import Project, clean_name
from bricks.tower import GROUND, Placed, Ref, Tower
from bricks.walk import every, walk

MAP, VECTOR = (13, 9, 3), (12,)
SHAPES = [MAP, (28, 28, 1), (1, 1, 2), VECTOR, (1,)]


def layers() -> list[Brick]:
    """Every brick that is a Keras layer; bases are whole models."""
    others = ("data", "label", "container", "base")
    return [b for b in catalog().values() if b.family not in others]


def tower(*bricks: tuple[str, dict[str, Any]], data: str = "MNIST") -> Tower:
    """A tower of (kind, settings)."""
    placed = tuple(Placed(kind, s, id=f"b{n}") for n, (kind, s) in enumerate(bricks))
    return Tower(Placed(data, id=GROUND), placed)


def settings_of(brick: Brick, most: int = 24) -> st.SearchStrategy[dict[str, Any]]:
    """Settings within every limit, whole numbers kept small enough to build."""
    required = {p.name: value_of(p, most) for p in brick.params if p.required}
    others = {
        p.name: value_of(p, most).filter(lambda v, p=p: v != p.default)
        for p in brick.params
        if not p.required
    }
    return st.fixed_dictionaries(required, optional=others)


def value_of(param: Param, most: int) -> st.SearchStrategy[Any]:
    """Values within the limits of a setting."""
    if isinstance(param, Whole):
        values = st.integers(param.least, min(param.most, most))
        return values | st.none() if param.optional else values
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
    if not isinstance(param, Pair):
        return st.sampled_from(param.samples())
    one = st.integers(param.least, 5)
    values = one | st.tuples(one, one)
    return values | st.none() if param.optional else values


KERAS_LIKE = ["dense", "dense 1", "Flatten", "conv2d_1", "input layer", "max_pooling2d"]
KERAS_LIKE += ["conv2d_transpose", "SEED", "print", "n", "conv", "Block"]
typed = st.just("") | st.sampled_from(KERAS_LIKE) | st.text("ab _1", max_size=4)
names = typed.map(lambda name: clean_name(name) or None)


def placed_of(kind: str) -> st.SearchStrategy[Placed]:
    """A brick of this kind, with settings and perhaps a name."""
    return st.builds(Placed, st.just(kind), settings_of(catalog()[kind]), names)


plain = st.sampled_from([brick.kind for brick in layers()]).flatmap(placed_of)


def around(inside: st.SearchStrategy[Placed]) -> st.SearchStrategy[Placed]:
    """Containers of such bricks; a Block may have a parameter that they follow."""
    bricks = st.lists(inside, max_size=3).map(tuple)
    follows = st.none() | st.sampled_from(PARAMETERS)
    block = st.builds(block_of, names, st.integers(1, 3), bricks, follows)
    pair = st.tuples(bricks, bricks)
    residual = st.builds(Placed, st.just("Residual"), name=names, inner=pair)
    merge = settings_of(catalog()["Parallel"])
    branches = st.lists(bricks, min_size=2, max_size=3).map(tuple)
    parallel = st.builds(Placed, st.just("Parallel"), merge, names, inner=branches)
    steps = st.builds(
        Placed, st.just("TimeDistributed"), name=names, inner=st.tuples(bricks)
    )
    return block | residual | parallel | steps


PARAMETERS = ("size", "n", "conv", "block", "dense_1")  # names that code may have, too


def block_of(
    name: str | None, repeat: int, bricks: tuple[Placed, ...], parameter: str | None
) -> Placed:
    """A Block; with a `parameter`, every number inside that is its first one's, follows
    it."""
    settings = {"repeat": repeat} if repeat > 1 else {}
    block = Placed("Block", settings, name, inner=(bricks,))
    found = next(filter(None, map(_number, bricks)), None)
    if parameter is None or found is None:
        return block
    bound = tuple(_follows(brick, parameter, found) for brick in bricks)
    return replace(block, inner=(bound,), parameters={parameter: found})


def _number(placed: Placed) -> float | None:
    """The first number among a brick's settings that may follow a parameter."""
    return next((placed.settings[p.name] for p in _numbers(placed)), None)


def _numbers(placed: Placed) -> list[Param]:
    params = catalog()[placed.kind].params
    known = [p for p in params if may_follow(p) and p.name in placed.settings]
    return [p for p in known if is_number(placed.settings[p.name])]


def _follows(placed: Placed, parameter: str, value: float) -> Placed:
    """The brick with every setting that has this value following the parameter."""
    same = [p.name for p in _numbers(placed) if placed.settings[p.name] == value]
    bound = {name: Ref(parameter) for name in same}
    return replace(placed, settings={**placed.settings, **bound})


placed_bricks = st.recursive(plain, around, max_leaves=6)
towers = st.lists(placed_bricks, max_size=8).map(
    lambda bricks: Tower(Placed("MNIST", id=GROUND), tuple(bricks))
)


def fitting(tower: Tower) -> Tower:
    """The tower without the bricks that do not fit."""
    while bad := [s.placed.id for s in every(walk(tower)[1:-1]) if s.problem]:
        tower = remove(tower, bad[0])
    return tower


fitting_towers = towers.map(fitting)
projects = st.builds(Project, name=st.text(max_size=30), tower=towers)
