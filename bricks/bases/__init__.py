"""Keras' pretrained bases in numbers: shapes, weights, multiply-adds."""

from pathlib import Path

DATA = Path(__file__).parent

KINDS = frozenset(path.stem for path in DATA.glob("*.json"))
"""The networks of `keras.applications` that are known here."""

TAILS = {
    "none": {"include_top": False, "pooling": None},
    "avg": {"include_top": False, "pooling": "avg"},
    "max": {"include_top": False, "pooling": "max"},
    "top": {"include_top": True, "pooling": None},
}
"""How a base may end, and the settings that make it end so."""
