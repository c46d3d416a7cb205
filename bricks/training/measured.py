"""What was measured of a way to run a training: the reason why it was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bricks.param import Param, Real, Whole
from bricks.words import N_

WAYS = ("precision", "compile", "steps")
"""The settings that change how fast a training runs, and that can be measured."""

NOTE: tuple[Param, ...] = (
    Real(
        name="ratio",
        default=1.0,
        least=0.01,
        most=1_000.0,
        help=N_("How many times as fast it was as the usual way."),
    ),
    Whole(
        name="weights",
        default=0,
        least=0,
        most=10**12,
        help=N_("How many weights the tower had that was measured."),
    ),
    Whole(
        name="batch_size",
        default=0,
        least=0,
        most=8_192,
        help=N_("The batch size with which it was measured; 0 is all at once."),
    ),
)
"""What is noted of a setting, beside the `value` for which it holds."""

_THAN = {
    "precision": "as float32",
    "compile": "as Keras' own choice",
    "steps": "as the usual number",
}


def still(measured: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """The notes on settings that are as they were measured.

    >>> still({"steps": {"value": 9}, "compile": {"value": "yes"}}, {"steps": 9})
    {'steps': {'value': 9}}
    """
    kept = {name: measured[name] for name in WAYS if name in measured}
    return {n: note for n, note in kept.items() if note["value"] == settings.get(n)}


def reason(measured: Mapping[str, Any], setting: str) -> str | None:
    """The comment that a script has on a setting, where that was measured.

    >>> note = {"value": "yes", "ratio": 1.9, "weights": 535818, "batch_size": 32}
    >>> reason({"compile": note}, "compile")
    "# Measured: 1.9 x as fast as Keras' own choice (535,818 weights, batch 32)."
    """
    note = measured.get(setting)
    if note is None:
        return None
    batch = f"batch {note['batch_size']}" if note["batch_size"] else "all at once"
    told = f"{note['weights']:,} weights, {batch}"
    return f"# Measured: {note['ratio']:.2g} x as fast {_THAN[setting]} ({told})."
