"""How a tower is to be trained, and the parts that a training is put together from.

Every optimizer, callback and schedule is a file in a folder of its own, found by
looking there.
"""

from bricks.training.callbacks import callbacks
from bricks.training.optimizers import LEARNING_RATES, OPTIMIZERS, optimizers
from bricks.training.schedules import schedules
from bricks.training.training import FURTHER, SETTINGS, Training

__all__ = [
    "FURTHER",
    "LEARNING_RATES",
    "OPTIMIZERS",
    "SETTINGS",
    "Training",
    "callbacks",
    "optimizers",
    "schedules",
]
