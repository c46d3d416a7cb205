"""Runs that are still to be sent, kept in the home from one trainer to the next."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from storage import files

FILE = "tracking.json"
MLFLOW, TENSORBOARD = "MLflow", "TensorBoard"

log = logging.getLogger(__name__)


def read(home: Path) -> dict[str, list[str]]:
    """By the name of the program that is to hear of them."""
    try:
        return json.loads((home / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("What was still to be sent can't be read: %s", error)
        return {}


def keep(home: Path, unsent: Mapping[str, Sequence[str]]) -> None:
    """In the place of what was kept before; where there is none, no file."""
    for name, run_ids in unsent.items():
        if run_ids:
            said = "%s was not told all of %s runs; it is when the trainer is back."
            log.warning(said, name, len(run_ids))
    try:
        if any(unsent.values()):
            files.write(home / FILE, json.dumps(unsent))
        else:
            (home / FILE).unlink(missing_ok=True)
    except OSError as error:
        log.warning("What is still to be sent can't be kept: %s", error)
