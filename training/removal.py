"""Deleted runs and studies leave disk and record once nobody can want them."""

from __future__ import annotations

import logging
import shutil
import time

from training import runs
from training.ledger import Ledger
from training.settings import Settings
from training.studies import record as studies
from training.tables import writing

KEPT_SECONDS = 24 * 3600.0
"""For so long a deleted run can be restored."""

log = logging.getLogger(__name__)


def remove_deleted(settings: Settings, ledger: Ledger) -> None:
    """Remove what was deleted a day ago: the folder first, lest it be forgotten."""
    before = time.time() - KEPT_SECONDS
    with writing(ledger.engine) as connection:
        studies.remove(connection, before)
    for run_id in ledger.deleted(before):
        where = runs.folder(settings, run_id)
        try:
            if where.exists():
                shutil.rmtree(where)
        except OSError:
            log.exception("The folder of run %s can't be removed now.", run_id)
            continue
        ledger.remove(run_id)
        log.info("Run %s was deleted a day ago; it is removed.", run_id)
