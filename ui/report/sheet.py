"""What a report tells of a run, in one language, before it is laid out."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from PIL import Image

from bricks.project import Project
from bricks.tower import GROUND, Placed, Tower
from explain.answers import BEST
from training.outcome import outcome
from training.rows import RunRow
from training.runs import folder
from ui.compare.listing import Facts, facts
from ui.compare.tables import Rows, figure_rows, setting_rows
from ui.desk import settings, store
from ui.figures import figure, share
from ui.report.plots import Curve
from ui.results.kept import answers_of, pictures_of, report_of
from ui.results.summary import of_answers
from ui.words import Translate, translator

MOST_PICTURES = 10
MOST_TILES = 5
MOST_ROWS = 11
MOST_LISTED = 12
"""Classes that are told one by one."""
_FIGURES = ("precision", "recall", "f1")
MOST_BESIDE = 10
"""Signs of two classes that have room beside one another."""
PICTURE = 112  # pixels of an example's shorter side, at least


@dataclass(frozen=True)
class Example:
    """A picture that the tower errs on, as a PNG file, and what is said under it."""

    picture: bytes
    said: str


@dataclass(frozen=True)
class Sheet:
    """A run's report: all of it told, nothing of it placed yet."""

    lang: str
    title: str
    about: str
    """When it was trained, on what data, for how long."""
    tiles: list[tuple[str, str]]
    """The figures that are read first, with their names."""
    rows: list[tuple[str, str]]
    """The other figures and the settings."""
    curves: list[Curve]
    classes: list[str]
    confusion: list[list[int]]
    pairs: list[list[float]]
    """True and predicted values, where the answer is one."""
    examples: list[Example]
    per_class: list[tuple[str, ...]] = field(default_factory=list)
    """Class, precision, recall, F1 and how many test examples there are of it."""
    note: str = ""
    tell: Translate = field(default=str, repr=False, compare=False)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What stands above the figures of each class."""
        _ = self.tell
        return "", _("Precision"), _("Recall"), _("F1"), _("Examples")

    @cached_property
    def heads(self) -> dict[str, str]:
        """What stands above each part."""
        _ = self.tell
        examples = _("The surest mistakes")
        if not self.classes:
            examples = _("The largest errors") if self.pairs else _("Given back")
        return {
            "tower": _("The tower"),
            "confusion": _("Confusion matrix"),
            "confusion_said": _("A row is the true class, a column the predicted one."),
            "confused": _("Most often confused"),
            "pairs": _("Predicted against true values"),
            "true": _("True"),
            "told": _("Predicted"),
            "examples": examples,
            "rows": _("How it was trained"),
            "per_class": _("Class by class"),
            "training": _("Training"),
            "validation": _("Validation"),
            "epoch": _("Epoch"),
            "printed": _("Printed by Brickyard"),
        }


def sheet(run: RunRow, lang: str, zone: str = "UTC") -> Sheet:
    """What is known of a run; times are those of `zone`."""
    _ = translator(lang)
    where = folder(settings(), run.id)
    report = _report(where)
    known = _now(facts(run), report)
    figures = figure_rows([known], _)
    tiles = _tiles(figures, _)
    others = [(name, row[0]) for name, row in figures.items() if name not in tiles]
    return Sheet(
        lang,
        run.name,
        _about(run, known, zone, _),
        list(tiles.items()),
        [*_settings(known, _), *others][:MOST_ROWS],
        _curves(run, _),
        report.get("classes", []),
        report.get("confusion", []),
        report.get("pairs", []),
        _examples(where, report, _),
        _per_class(report),
        run.note,
        _,
    )


def _report(where: Path) -> dict[str, Any]:
    """What is known of the test of the weights as they are now: the run's own report,
    or else the answers that were worked out since, of which no pictures are kept."""
    report = report_of(where)
    if report:
        return report
    answers = answers_of(where, BEST)
    return of_answers(answers) if answers else {}


def _now(known: Facts, report: dict[str, Any]) -> Facts:
    """The run's figures with those of that test."""
    test = outcome([], report).test
    return replace(known, outcome=replace(known.outcome, test=test))


def _about(run: RunRow, known: Facts, zone: str, _: Translate) -> str:
    when = datetime.fromtimestamp(run.ended or run.asked, ZoneInfo(zone))
    epochs = _("{count} epochs").format(count=run.epoch)
    said = [f"{when:%Y-%m-%d %H:%M}", known.data, epochs, run.device]
    return " · ".join(one for one in said if one)


def _tiles(figures: Rows, _: Translate) -> dict[str, str]:
    """Those of the test first, then of the validation, the size and the time."""
    wanted = [
        _("Test accuracy"),
        _("Test error"),
        _("Test loss"),
        _("Best validation accuracy"),
        _("Best validation error"),
        _("Least validation loss"),
        _("Weights"),
        _("Time taken"),
    ]
    have = [name for name in wanted if figures.get(name, ["–"]) != ["–"]]
    last = [name for name in have if name in wanted[-2:]]
    first = [name for name in have if name not in last]
    return {name: figures[name][0] for name in (*first[: MOST_TILES - 2], *last)}


_PLAIN = Project("", Tower(Placed("Digits", id=GROUND)))
_ALWAYS = 6
"""Settings that are told even where nobody changed them: data, batch size, epochs,
optimizer, learning rate, seed."""


def _settings(known: Facts, _: Translate) -> list[tuple[str, str]]:
    """How it was trained, as far as somebody chose so."""
    if known.project is None:
        return []
    _other, rows = setting_rows([known], _)
    usual = Facts(_PLAIN, known.outcome)
    _other, plain = setting_rows([usual], _)
    return [
        (name, row[0])
        for number, (name, row) in enumerate(rows.items())
        if number < _ALWAYS or plain.get(name) != row
    ]


def _curves(run: RunRow, _: Translate) -> list[Curve]:
    epochs = store().epochs(run.id)
    titles = {
        "accuracy": (_("Accuracy"), True),
        "mae": (_("Mean absolute error"), False),
        "loss": (_("Loss"), False),
    }
    return [
        Curve(
            title,
            is_share,
            [(row["epoch"], row.get(name)) for row in epochs],
            [(row["epoch"], row.get(f"val_{name}")) for row in epochs],
        )
        for name, (title, is_share) in titles.items()
        if any(name in row for row in epochs)
    ]


def _per_class(report: dict[str, Any]) -> list[tuple[str, ...]]:
    if len(report.get("classes", [])) > MOST_LISTED:
        return []
    rows = zip(report.get("classes", []), report.get("per_class", []), strict=False)
    return [
        (name, *(share(row[n]) for n in _FIGURES), f"{row['support']:,}")
        for name, row in rows
    ]


def _examples(where: Path, report: dict[str, Any], _: Translate) -> list[Example]:
    """The first mistakes that are pictures."""
    shown = pictures_of(where, report) if report.get("mistakes") else {}
    classes = report.get("classes", [])
    rows = (row for row in report.get("mistakes", []) if row["index"] in shown)
    return [
        Example(_png(shown[row["index"]]), _said(row, classes, _))
        for row in islice(rows, MOST_PICTURES)
    ]


def _said(row: dict[str, Any], classes: list[str], _: Translate) -> str:
    """True and predicted, and how sure; long names have a line each."""
    if "share" in row:
        true = classes[row["true"]]
        told = classes[row["told"]] if row["told"] >= 0 else _("no answer")
        arrow = " → " if len(true + told) <= MOST_BESIDE else " →\n"
        return f"{true}{arrow}{told}\n{share(row['share'])}"
    if "true" in row:
        return f"{figure(row['true'])} → {figure(row['told'])}"
    return figure(row.get("error"))


def _png(picture: np.ndarray) -> bytes:
    """A picture (height, width, channels), small ones with their points as squares."""
    times = max(1, -(-PICTURE // min(picture.shape[:2])))
    if picture.shape[2] not in (1, 3, 4):
        picture = picture[..., :1]
    large = picture.repeat(times, axis=0).repeat(times, axis=1)
    image = Image.fromarray(large[..., 0] if large.shape[2] == 1 else large)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
