"""Inside: what every brick of a trained tower made of one picture."""

from __future__ import annotations

from ui.desk import Desk
from ui.inside import panel
from ui.inside.page import page_json
from ui.views.sent import take


def show(desk: Desk, lang: str) -> None:
    """The panel; it asks the viewer by itself."""
    panel(page_json(desk, lang), _key(desk))


def _key(desk: Desk) -> str:
    return f"inside-{desk.id}"


def receive(desk: Desk) -> None:
    """Apply what the panel sent, before anything of the page is drawn."""
    take(desk, _key(desk))
