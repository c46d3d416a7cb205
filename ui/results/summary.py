"""A run's answers as the figures that the panel draws, plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from explain import figures
from explain.answers import CLASSES, NO_ANSWER, REBUILT, VALUES, Answers

MOST_DRAWN = 2_000
"""Points in a scatter diagram: more would be one blot."""
MOST_PAIRS = 30
"""Of classes that are told as one another, the most frequent."""

Plain = dict[str, Any]


def summary(answers: Answers) -> Plain:
    """All that is drawn but the single examples."""
    told = {CLASSES: _of_classes, VALUES: _of_values, REBUILT: _of_rebuilt}
    return {
        "kind": answers.kind,
        "whole": True,
        "count": len(answers),
        "test": answers.test,
        **told[answers.kind](answers),
    }


def _of_classes(answers: Answers) -> Plain:
    count = len(answers.classes)
    table = figures.confusion(answers.true, answers.told, count)
    support = figures.support(answers.true, count)
    right = answers.told == answers.true
    return {
        **table_json(table, support, list(answers.classes)),
        "unanswered": int((answers.told == NO_ANSWER).sum()),
        "reliability": _reliability(answers, right),
        "roc": _roc(answers),
    }


def table_json(table: np.ndarray, support: np.ndarray, classes: list[str]) -> Plain:
    """What a table of true (row) against told (column) says; its cells as true, told,
    count where there are any. What was not answered is in `support` only, and wrong."""
    rows = figures.per_class(table, support)
    true, told = np.nonzero(table)
    cells = np.stack([true, told, table[true, told]], axis=1)
    names = ("precision", "recall", "f1", "support")
    return {
        "classes": classes,
        "cells": cells.tolist(),
        "pairs": figures.most_confused(table, MOST_PAIRS),
        "rows": [[row[name] for name in names] for row in rows],
        "macro": figures.macro(rows),
        "wrong": int(support.sum() - table.trace()),
        "largest": int(support.argmax()) if len(table) else None,
    }


def _reliability(answers: Answers, right: np.ndarray) -> Plain | None:
    answered = answers.told != NO_ANSWER
    if not answered.any():
        return None
    found = figures.reliability(answers.sure[answered], right[answered])
    return {"bins": found.bins, "error": found.error}


def _roc(answers: Answers) -> Plain | None:
    """Of two classes, with the second as "yes"."""
    share = answers.share_of(1) if len(answers.classes) == 2 else np.array([np.nan])
    found = figures.roc(answers.true == 1, share) if np.isfinite(share).all() else None
    if found is None:
        return None
    return {
        "false": found.false,
        "found": found.found,
        "thresholds": found.thresholds,
        "area": found.area,
    }


def _of_values(answers: Answers) -> Plain:
    known = np.flatnonzero(np.isfinite(answers.told))
    some = known[
        np.linspace(0, len(known) - 1, min(len(known), MOST_DRAWN)).astype(int)
    ]
    off = (answers.told - answers.true)[known]
    points = zip(some.tolist(), answers.true[some], answers.told[some], strict=True)
    return {
        "points": [[n, float(true), float(told)] for n, true, told in points],
        "residuals": figures.histogram(off),
        "bias": float(off.mean()) if len(off) else None,
        "explained": figures.explained(answers.true[known], answers.told[known])
        if len(known)
        else None,
        "spread": float(answers.true.std()),
        "unanswered": len(answers) - len(known),
    }


def _of_rebuilt(answers: Answers) -> Plain:
    unanswered = int((~np.isfinite(answers.errors)).sum())
    return {"residuals": figures.histogram(answers.errors), "unanswered": unanswered}


def of_answers(answers: Answers) -> Plain:
    """The figures as a run's report has them, where it wrote none itself."""
    told: Plain = {"test": answers.test}
    if answers.kind == CLASSES:
        count = len(answers.classes)
        table = figures.confusion(answers.true, answers.told, count)
        support = figures.support(answers.true, count)
        rows = figures.per_class(table, support)
        named = {"classes": list(answers.classes), "per_class": rows}
        return told | named | {"confusion": table.tolist()}
    points = _of_values(answers)["points"] if answers.kind == VALUES else []
    return told | {"classes": [], "pairs": [pair for _, *pair in points]}


def of_report(report: Mapping[str, Any]) -> Plain:
    """What an older run's report alone tells: its answers were not kept one by one."""
    test, classes = report["test"], report["classes"]
    told: Plain = {"whole": False, "test": test}
    if classes:
        table = np.array(report["confusion"], int)
        rows = report.get("per_class") or figures.per_class(table)
        support = np.array([row["support"] for row in rows], int)
        told |= table_json(table, support, classes)
        return {"kind": CLASSES, "count": int(support.sum()), **told}
    pairs = [[None, *pair] for pair in report.get("pairs", ())]
    if pairs:
        off = np.array([said - true for _, true, said in pairs])
        drawn = {"points": pairs, "residuals": figures.histogram(off)}
        return {"kind": VALUES, "count": len(pairs), **told, **drawn}
    return {"kind": REBUILT, "count": None, **told}
