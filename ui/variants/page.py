"""What the panel of the Variants view is sent."""

from __future__ import annotations

from typing import Any

from bricks.errors import ProjectError
from bricks.walk import walk
from bricks.words import Text
from training.rows import RUNNING, StudyRow
from training.settings import Settings
from training.studies import Studies
from ui.board import VERSION
from ui.board.payload import stage_json
from ui.desk import Desk, store
from ui.variants.offering import offers_json
from ui.variants.outlook import outlook
from ui.variants.studied import menu_json, study_json
from ui.words import translator


def page_json(
    desk: Desk, studies: Studies, settings: Settings, hindrance: Text | None, lang: str
) -> dict[str, Any]:
    """The plan that is being made, or the study that is looked at."""
    all_rows = studies.studies(desk.owner)
    rows = [row for row in all_rows if row.project_id == desk.id]
    shown = shown_study(desk, rows)
    page = {
        "panel": "variants",
        "lang": lang,
        "version": VERSION,
        "project": desk.id,
        "acks": desk.saved,
        "studies": menu_json(rows, lang),
        "deleted": len(desk.varying.deleted),
        "going": next((row.name for row in all_rows if row.state == RUNNING), None),
    }
    if shown is not None:
        page["study"] = study_json(studies, shown, desk.project, settings, lang)
    else:
        page["plan"] = _plan(desk, settings, hindrance, lang)
    return page


def shown_study(desk: Desk, rows: list[StudyRow]) -> StudyRow | None:
    """The study that is looked at: the newest, where none was chosen yet."""
    wanted = desk.varying.shown
    if wanted is None:
        return rows[0] if rows else None
    return next((row for row in rows if row.id == wanted), None)


def _plan(
    desk: Desk, settings: Settings, hindrance: Text | None, lang: str
) -> dict[str, Any]:
    tell, varying = translator(lang), desk.varying
    said, known = varying.refused, {}
    if varying.plan is not None:
        try:
            known = outlook(desk.project, varying.plan, settings, _pace(desk))
        except ProjectError as error:
            said = error.said
    return offers_json(desk.project.to_json(), lang) | {
        "tower": [stage_json(stage, tell) for stage in walk(desk.project.tower)],
        "epochs": desk.project.training.epochs,
        "hindrance": hindrance.told(tell) if hindrance else "",
        "refused": said.told(tell) if said else "",
        "outlook": known,
    }


def _pace(desk: Desk) -> float | None:
    """Seconds that an epoch of this tower's newest run took, after the first one."""
    newest = (run for run in store().listed_runs(desk.owner, desk.id) if run.epoch)
    run = next(newest, None)
    if run is None:
        return None
    times = [epoch["seconds"] for epoch in store().epochs(run.id) if "seconds" in epoch]
    later = times[1:] or times
    return sum(later) / len(later) if later else None
