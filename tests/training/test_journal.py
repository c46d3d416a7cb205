"""A run's figures as a table."""

import csv
import io

from training.worker.journal import Journal


def test_a_measure_that_only_some_epochs_have_is_a_column_behind_the_usual_ones():
    first = {"epoch": 1, "auc": 0.5, "loss": 2.0, "seconds": 1.0}
    second = {"epoch": 2, "auc": 0.6, "loss": 1.0, "seconds": 1.0, "top_5": 0.1}
    rows = list(csv.DictReader(io.StringIO(Journal([first, second]).to_csv())))
    assert list(rows[0]) == ["epoch", "loss", "seconds", "auc", "top_5"]
    assert [row["top_5"] for row in rows] == ["", "0.1"]
