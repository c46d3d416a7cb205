"""What a tower tells, by the label brick on it."""

from __future__ import annotations

from bricks.brick import Label
from bricks.catalog import catalog, data_brick
from bricks.project import Project

SHARES, YES_NO, VALUE, PICTURE = "shares", "yesno", "value", "picture"


def kind_of(project: Project) -> str:
    """SHARES of classes, YES_NO (two of them), a VALUE, or the PICTURE itself."""
    placed = project.tower.data
    data = data_brick(placed.kind)
    label = data.label(placed.settings) if data else ""
    known = catalog().get(label)
    if isinstance(known, Label) and known.itself:
        return PICTURE
    if data is None or not data.answers(data.full(placed.settings)):
        return VALUE
    return YES_NO if label == "YesNo" else SHARES
