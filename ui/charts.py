"""Charts in Vega-Lite; their specification stays the same, so that only data moves."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui.figures import figure as figured
from ui.words import Translate

TRAINING, VALIDATION = "training", "validation"
# Told apart by lightness and by dashes as well as by hue.
COLOURS = {TRAINING: "#8a8f98", VALIDATION: "#2f6fde"}


def curves(epochs: list[dict[str, Any]], most: int, _: Translate) -> None:
    """Accuracy, where there is one, and loss by epoch, training and validation."""
    names = {TRAINING: _("training"), VALIDATION: _("validation")}
    # A tower that tells values has no accuracy, one that gives pictures back neither.
    last = epochs[-1] if epochs else {"accuracy": None}
    known = {"accuracy": _("Accuracy"), "mae": _("Mean absolute error")}
    titles = {name: title for name, title in known.items() if name in last}
    titles["loss"] = _("Loss")
    columns = st.columns(len(titles))
    for column, (figure, title) in zip(columns, titles.items(), strict=True):
        rows = [
            (epoch["epoch"], names[split], epoch.get(prefix + figure))
            for epoch in epochs
            for split, prefix in ((TRAINING, ""), (VALIDATION, "val_"))
        ]
        data = pd.DataFrame(rows, columns=["epoch", "split", "value"])
        column.markdown(f"**{title}**")
        column.vega_lite_chart(
            data,
            _curve(names, most, _("Epoch"), figure == "accuracy"),
            key=f"curve-{figure}",
            height=300,
        )


def _curve(
    names: dict[str, str], most: int, epoch: str, is_share: bool
) -> dict[str, Any]:
    colours = {"domain": list(names.values()), "range": list(COLOURS.values())}
    dashes = {"domain": list(names.values()), "range": [[5, 3], [1, 0]]}
    x = {"field": "epoch", "type": "quantitative", "title": epoch}
    y = {"field": "value", "type": "quantitative", "title": None}
    return {
        "mark": {"type": "line", "point": {"size": 24}, "tooltip": True},
        "encoding": {
            "x": x
            | {"scale": {"domain": [1, max(2, most)]}, "axis": {"tickMinStep": 1}},
            "y": y
            | {
                "scale": {"zero": False},
                "axis": {"format": "%" if is_share else "~g", "tickCount": 5},
            },
            "color": {
                "field": "split",
                "scale": colours,
                "legend": {"title": None, "orient": "top", "symbolType": "stroke"},
            },
            "strokeDash": {"field": "split", "scale": dashes},
        },
    }


LAID = [
    ("#0b62c4", "#7db5ff", [1, 0]),
    ("#b34700", "#ffa15c", [7, 3]),
    ("#00705c", "#4fd0b5", [2, 2]),
    ("#a3256f", "#f59ad0", [9, 3, 2, 3]),
    ("#5b4bb7", "#b7abff", [4, 2]),
    ("#6b5900", "#e3cf5a", [12, 4]),
    ("#3a4654", "#c3ccd6", [1, 3]),
    ("#9c1d1d", "#ff9a94", [6, 2, 2, 2, 2, 2]),
]
"""Of curves that lie over one another: in the light, in the dark, and dashes."""


def overlaid(
    runs: dict[str, list[dict[str, Any]]], figure: str, title: str, _: Translate
) -> None:
    """A figure of several runs by epoch, each under its letter: on validation, and
    faintly on the training examples."""
    rows = [
        (epoch["epoch"], letter, split, epoch.get(prefix + figure))
        for letter, epochs in runs.items()
        for split, prefix in ((VALIDATION, "val_"), (TRAINING, ""))
        for epoch in epochs
    ]
    data = pd.DataFrame(rows, columns=["epoch", "run", "split", "value"])
    most = ceiling(data)  # or a run that goes astray leaves no room for the others
    cut = bool((data["value"] > most).any())
    data["shown"] = data["value"].clip(upper=most)
    said = _("above {most} cut off").format(most=figured(most)) if cut else ""
    st.markdown(f"**{title}**" + (f" :small[{said}]" if cut else ""))
    chart = _overlaid(list(runs), _("Epoch"), figure == "accuracy")
    st.vega_lite_chart(data, chart, key=f"laid-{figure}", height=280)


def ceiling(data: pd.DataFrame) -> float:
    """Up to where the values of some runs (columns run, split, value) are drawn: four
    times what every run comes to, twice what half of them ever have."""
    known = data[data["value"].abs() < float("inf")]
    if known.empty:
        return float("inf")
    reached = known[known["split"] == VALIDATION].groupby("run")["value"].min().max()
    highest = sorted(known.groupby("run")["value"].max())
    most = max(4 * reached, 2 * highest[(len(highest) - 1) // 2])
    return float(most) if most > 0 else float("inf")


def _overlaid(letters: list[str], epoch: str, is_share: bool) -> dict[str, Any]:
    dark = st.context.theme.type == "dark"
    colours = [pair[1 if dark else 0] for pair in LAID[: len(letters)]]
    dashes = [dash for _light, _dark, dash in LAID[: len(letters)]]
    legend = {
        "title": None,
        "orient": "top",
        "symbolType": "stroke",
        "symbolSize": 400,
        "symbolOpacity": 1,
        "rowPadding": 0,
        "padding": 0,
        "offset": 6,
    }
    axis = {"format": "%" if is_share else ".3~g", "tickCount": 5}
    value = {"field": "shown", "type": "quantitative", "title": None, "axis": axis}
    scale = {"domain": letters, "range": colours}
    dash = {
        "field": "run",
        "type": "nominal",
        "scale": {"domain": letters, "range": dashes},
        "legend": legend,
    }
    told = [{"field": name} for name in ("run", "epoch", "value")]
    return {
        "padding": {"left": 0, "right": 12, "top": 0, "bottom": 0},
        "encoding": {
            "x": {
                "field": "epoch",
                "type": "quantitative",
                "title": epoch,
                "axis": {"tickMinStep": 1},
                "scale": {"nice": False, "padding": 12},
            },
            "y": value | {"scale": {"zero": False}},
            "color": {
                "field": "run",
                "type": "nominal",
                "scale": scale,
                "legend": legend,
            },
        },
        "layer": [
            _of(VALIDATION, {"type": "line", "strokeWidth": 2.2, "tooltip": True})
            | {"encoding": {"strokeDash": dash, "tooltip": told}},
            _of(TRAINING, {"type": "line", "strokeWidth": 1, "opacity": 0.45})
            | {"encoding": {"strokeDash": dash}},
            _of(VALIDATION, {"type": "text", "dx": 9, "fontWeight": "bold"})
            | {
                "encoding": {
                    "x": {"field": "epoch", "type": "quantitative", "aggregate": "max"},
                    "y": value | {"aggregate": {"argmax": "epoch"}},
                    "text": {"field": "run"},
                }
            },
        ],
    }


def _of(split: str, mark: dict[str, Any]) -> dict[str, Any]:
    """A layer of the training or of the validation figures."""
    return {"transform": [{"filter": f"datum.split == '{split}'"}], "mark": mark}
