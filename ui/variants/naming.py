"""What a setting that is varied is called: its brick, and its own name."""

from __future__ import annotations

from bricks.naming import Names
from bricks.variants.axis import PARAMETERS
from ui.training.words import titles
from ui.words import Translate


def axis_names(
    names: Names, brick: str | None, name: str, _: Translate
) -> tuple[str, str]:
    """The brick and the setting; a part's setting is called as Keras calls it."""
    setting = name.removeprefix(f"{PARAMETERS}.")
    if brick is not None:
        return names.names.get(brick, brick), setting
    return _("Training"), titles(_).get(name, name.rpartition(".")[2])
