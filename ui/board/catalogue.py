"""The vocabulary as the browser gets it: families, kinds, settings and words."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from bricks.brick import FAMILIES, Brick, Data
from bricks.catalog import catalog
from bricks.param import Param
from ui.words import Translate, translator, words


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
        },
        ensure_ascii=False,
    )


def _kind(brick: Brick, tell: Translate) -> dict[str, Any]:
    kind = {
        "family": brick.family,
        "title": brick.kind,
        "said": tell(brick.said),
        "about": tell(brick.about),
        "search": " ".join({brick.search, tell(brick.search)} - {""}),
        "looks": vars(brick.looks),
        "start": dict(brick.start),
        "settings": [_setting(param, tell) for param in brick.params],
    }
    return kind | ({"shape": brick.shape} if isinstance(brick, Data) else {})


def _setting(param: Param, tell: Translate) -> dict[str, Any]:
    return param.about() | {"help": tell(param.help)}
