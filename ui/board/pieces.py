"""A person's own bricks, as the palette shows them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from bricks.errors import ProjectError
from bricks.project import Project, placed_json
from training.rows import PieceRow

MOST_READ = 8_000_000  # bytes of a document that we wrote ourselves
log = logging.getLogger(__name__)


def pieces_json(rows: Iterable[PieceRow]) -> list[dict[str, Any]]:
    """Each piece with its bricks; one that can't be read is left where it is."""
    return [
        {"id": row.id, "name": row.name, "bricks": bricks}
        for row in rows
        if (bricks := _bricks(row)) is not None
    ]


def _bricks(row: PieceRow) -> list[dict[str, Any]] | None:
    try:
        project = Project.from_json(row.document, MOST_READ)
    except ProjectError:
        log.exception("Piece %s can't be read.", row.id)
        return None
    return [placed_json(placed) for placed in project.tower.bricks]
