"""Studies: variants of a project that are tried one after another."""

from training.studies.page import Studies, goal_of
from training.studies.trial import MISFIT, PRUNED, Trial

__all__ = ["MISFIT", "PRUNED", "Studies", "Trial", "goal_of"]
