"""Variants of a project: what can be varied, what a plan varies, what comes of it."""

from bricks.variants.axis import TRAINING, Axis, parameter, split, value
from bricks.variants.offers import Offer, offered
from bricks.variants.plan import MOST_AXES, MOST_TRIALS, Plan, check, size
from bricks.variants.varied import goal, misfit, varied

__all__ = [
    "MOST_AXES",
    "MOST_TRIALS",
    "TRAINING",
    "Axis",
    "Offer",
    "Plan",
    "check",
    "goal",
    "misfit",
    "offered",
    "parameter",
    "size",
    "split",
    "value",
    "varied",
]
