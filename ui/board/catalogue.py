"""The vocabulary as the browser gets it: families, kinds, settings and words."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from bricks.advice import rules
from bricks.bound import Bound
from bricks.brick import FAMILIES, Base, Brick, Container, Data
from bricks.catalog import catalog
from bricks.param import Param
from bricks.project import value_json
from bricks.recipes import recipe, recipe_names
from bricks.walk import Stage, walk
from bricks.words import N_
from ui.board.payload import base_json
from ui.words import Translate, translator, words

USUAL = (224, 224, 3)
"""The pictures that most bases of ImageNet were trained on."""
FOUND = N_(
    "pretrained base, transfer learning, fine-tuning, feature extraction, ImageNet"
)


@cache
def catalogue_json(lang: str) -> str:
    """All that the board knows of bricks, in one language; the same for everybody."""
    tell = translator(lang)
    return json.dumps(
        {
            "words": words(lang),
            "families": [
                {"name": name, "title": tell(title)} for name, title in FAMILIES.items()
            ],
            "kinds": {kind: _kind(brick, tell) for kind, brick in catalog().items()},
            "recipes": [_recipe(name, tell) for name in recipe_names()],
            "rules": {rule.name: tell(rule.title) for rule in rules().values()},
        },
        ensure_ascii=False,
    )


def _kind(brick: Brick, tell: Translate) -> dict[str, Any]:
    kind: dict[str, Any] = {
        "family": brick.family,
        "title": brick.kind,
        "said": tell(brick.said),
        "about": tell(brick.about),
        "search": " ".join({brick.search, tell(brick.search)} - {""}),
        "looks": vars(brick.looks),
        "start": dict(brick.start),
        "settings": [_setting(p, tell) for p in brick.params if p.kind != Bound.kind],
    }
    if isinstance(brick, Data):
        kind |= {"shape": brick.gives((), brick.defaults), "asks": brick.asks}
    if isinstance(brick, Base):
        kind |= _base(brick, tell)
    if isinstance(brick, Container):
        names = {"towers": brick.towers, "least": brick.least, "most": brick.most}
        kind |= {"container": names}
    return kind


def _base(brick: Base, tell: Translate) -> dict[str, Any]:
    """What the palette says of a pretrained base: its name on the drawing, how many
    weights it has as it is put down, and how it is found."""
    settings = brick.full(brick.start)
    found = tell(FOUND)
    return {
        "looks": vars(brick.looks) | {"title": brick.kind},
        "search": " ".join({brick.search, tell(brick.search), FOUND, found} - {""}),
        "weights": brick.weights(USUAL, settings),
    }


def _recipe(name: str, tell: Translate) -> dict[str, Any]:
    """A card of the shelf: what it is, how big, where from, and its bricks."""
    project = recipe(name)
    return {
        "name": name,
        "title": tell(project.name),
        "about": tell(project.about),
        "source": project.source,
        "data": project.tower.data.kind,
        "weights": sum(stage.weights for stage in walk(project.tower)),
        "bricks": [_tree(stage) for stage in walk(project.tower)],
    }


def _tree(stage: Stage) -> dict[str, Any]:
    """A brick as its picture needs it."""
    placed = stage.placed
    data: dict[str, Any] = {
        "id": placed.id,
        "kind": placed.kind,
        "name": placed.name,
        "settings": {k: value_json(v) for k, v in placed.settings.items()},
        "gets": stage.gets,
        "gives": stage.gives,
    }
    data |= base_json(stage)
    if placed.inner:
        data["inner"] = [[_tree(s) for s in tower] for tower in stage.inner]
    return data


def _setting(param: Param, tell: Translate) -> dict[str, Any]:
    return param.about() | {"help": tell(param.help)}
