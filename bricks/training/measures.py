"""Losses and metrics: what each is called, and how the script makes it."""

from __future__ import annotations

from dataclasses import dataclass

from bricks.literal import literal
from bricks.words import N_


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A figure that is told beside the loss.

    `source` is how the script makes it, so that its name stays the same: "" where its
    name is enough. `rises` says that more is better; `share` that it is told in per
    cent, and a curve of it ends at 100.
    """

    said: str
    source: str = ""
    rises: bool = True
    share: bool = False


METRICS = {
    "accuracy": Metric(said=N_("Accuracy"), share=True),
    "top_3": Metric(
        said=N_("Among the first 3"),
        source='keras.metrics.SparseTopKCategoricalAccuracy(k=3, name="top_3")',
        share=True,
    ),
    "top_5": Metric(
        said=N_("Among the first 5"),
        source='keras.metrics.SparseTopKCategoricalAccuracy(k=5, name="top_5")',
        share=True,
    ),
    "auc": Metric(said=N_("AUC"), source='keras.metrics.AUC(name="auc")', share=True),
    "precision": Metric(
        said=N_("Precision"),
        source='keras.metrics.Precision(name="precision")',
        share=True,
    ),
    "recall": Metric(
        said=N_("Recall"),
        source='keras.metrics.Recall(name="recall")',
        share=True,
    ),
    "mae": Metric(said=N_("Mean error"), rises=False),
    "mse": Metric(said=N_("Mean squared error"), rises=False),
    "rmse": Metric(
        said=N_("Root of the mean squared error"),
        source='keras.metrics.RootMeanSquaredError(name="rmse")',
        rises=False,
    ),
    "r2": Metric(said=N_("R²"), source='keras.metrics.R2Score(name="r2")'),
}
"""By the name under which its figures are told."""

LOSSES = {
    "sparse_categorical_crossentropy": N_("Cross-entropy over the classes"),
    "binary_crossentropy": N_("Cross-entropy of yes and no"),
    "binary_focal_crossentropy": N_("Cross-entropy that looks at the hard cases"),
    "mse": N_("Mean squared error"),
    "mae": N_("Mean error"),
    "huber": N_("Huber: squared when small, plain when large"),
    "log_cosh": N_("Log-cosh, a smooth Huber"),
    "msle": N_("Mean squared error of the logarithms"),
    "mape": N_("Mean error in percent"),
}
"""Keras' name -> what it is."""


def written(metric: str) -> str:
    """A metric as source.

    >>> written("accuracy"), written("auc")
    ('"accuracy"', 'keras.metrics.AUC(name="auc")')
    """
    return METRICS[metric].source or literal(metric)


def rises(monitor: str) -> bool:
    """Whether more is better, of a figure such as val_auc.

    >>> rises("val_auc"), rises("val_loss")
    (True, False)
    """
    name = monitor.removeprefix("val_")
    return name in METRICS and METRICS[name].rises
