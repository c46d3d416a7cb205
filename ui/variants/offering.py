"""What can be varied, as the browser has it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from bricks.naming import Names
from bricks.param import Choice, Limited, Param
from bricks.project import Project
from bricks.strictjson import MOST_SAVED
from bricks.variants import Offer, offered
from bricks.variants.axis import PARAMETERS
from ui.training.words import value_told
from ui.variants.naming import axis_names
from ui.words import Translate, translator

BY_WORD = ("optimizer", "schedule", "loss", "precision")
"""Settings of the training whose values have words."""
TIPS = ("units", "rate", "learning_rate", "optimizer", "filters")
MOST_TIPS = 4


@lru_cache(maxsize=32)
def offers_json(document: str, lang: str) -> dict[str, Any]:
    """The offers of a project: settings of one kind share what is said of them."""
    project = Project.from_json(document, MOST_SAVED)
    tell, names = translator(lang), Names(project.tower)
    params: dict[str, Any] = {}
    rows = []
    for offer in offered(project):
        kind = _kind(project, offer)
        if kind not in params:
            params[kind] = param_json(offer.param, offer.brick, tell)
        rows.append(_offer(offer, kind, names, tell))
    return {"offers": rows, "params": params, "tips": _tips(rows)}


def _kind(project: Project, offer: Offer) -> str:
    """Under which name a setting is described; parameters are each Block's own."""
    placed = project.tower.brick(offer.brick) if offer.brick else None
    if placed and offer.name.startswith(f"{PARAMETERS}."):
        return offer.key
    return f"{placed.kind if placed else 'training'}.{offer.name}"


def _offer(offer: Offer, kind: str, names: Names, tell: Translate) -> dict[str, Any]:
    group, title = axis_names(names, offer.brick, offer.name, tell)
    low, high, by_factors = offer.span or (None, None, False)
    return {
        "key": offer.key,
        "brick": offer.brick,
        "name": offer.name,
        "group": group,
        "title": title,
        "param": kind,
        "now": offer.value,
        "values": offer.values,
        "low": low,
        "high": high,
        "log": by_factors,
        "more": offer.param.more,
    }


def param_json(param: Param, brick: str | None, tell: Translate) -> dict[str, Any]:
    """What a setting takes, and the words of its values."""
    data: dict[str, Any] = {"kind": param.kind, "help": tell(param.help)}
    if isinstance(param, Limited):
        names = ("least", "most", "optional")
        data |= {name: getattr(param, name) for name in names}
    if isinstance(param, Choice):
        data["choices"] = list(param.choices)
        if brick is None and param.name in BY_WORD:
            data["labels"] = {
                "null" if choice is None else choice: value_told(
                    param.name, choice, tell
                )
                for choice in param.choices
            }
    return data


def _tips(rows: list[dict[str, Any]]) -> list[str]:
    """The keys that are worth varying first; of several bricks that of the largest."""
    tips = []
    for name in TIPS:
        found = [r for r in rows if r["name"] == name and len(r["values"]) > 1]
        numbers = all(isinstance(row["now"], int | float) for row in found)
        if found:
            most = max(found, key=lambda row: row["now"]) if numbers else found[0]
            tips.append(most["key"])
    return tips[:MOST_TIPS]
