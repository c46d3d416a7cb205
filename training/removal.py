"""Deleted runs and studies leave disk and record once nobody can want them."""

from __future__ import annotations

import logging
import shutil
import time
from functools import partial
from pathlib import Path

from training import runs
from training.ledger import Ledger
from training.settings import Settings
from training.studies import record as studies
from training.tables import writing

KEPT_SECONDS = 24 * 3600.0
"""For so long a deleted run can be restored."""

ASIDE = ".deleted"

log = logging.getLogger(__name__)


def remove_deleted(settings: Settings, ledger: Ledger) -> None:
    """Remove what was deleted a day ago.

    The folder is put aside in the change that forgets the run, so that neither is left
    without the other; what is aside goes then, or at the next look.
    """
    before = time.time() - KEPT_SECONDS
    with writing(ledger.engine) as connection:
        studies.remove(connection, before)
    for run_id in ledger.deleted(before):
        where = runs.folder(settings, run_id)
        try:
            if ledger.remove(run_id, before, partial(_put_aside, where)):
                log.info("Run %s was deleted a day ago; it is removed.", run_id)
        except OSError:
            log.exception("The folder of run %s can't be removed now.", run_id)
    for aside in (settings.home / "runs").glob(f"*{ASIDE}"):
        shutil.rmtree(aside, ignore_errors=True)


def _put_aside(where: Path) -> None:
    if where.exists():
        where.rename(where.with_name(where.name + ASIDE))
