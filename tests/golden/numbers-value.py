"""Numbers, a value

A tower of 3 bricks on Table, 4,353 weights.
Printed by Brickyard.

It needs Keras 3 and one of its backends: TensorFlow, JAX or PyTorch.
Run it with: python train.py --data FILE
"""

import argparse
import csv
import hashlib
import os
import re
import unicodedata
from pathlib import Path

import keras
import numpy as np
from keras import layers

BATCH_SIZE = 64
EPOCHS = 50
LEARNING_RATE = 0.001
SEED = 42
# Before there is a table: it is expected to have these columns.
DATA = Path(os.environ.get("BRICKYARD_DATA", "table.csv"))
ENCODING, DELIMITER = "utf-8-sig", ","
TARGET = "y"
COLUMNS = {"x1": []}
SPLIT_SEED = 1
VALIDATION, TEST = 0.2, 0.2
NUMBER = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?"
# Several small batches in one go save time in Python; PyTorch takes one.
STEPS_PER_EXECUTION = 1 if keras.config.backend() == "torch" else 9


def load_data():
    """The rows of DATA: three pairs to train, validate and test with.

    Rows are float32 (n, 1), labels (n,) are values. Numbers are scaled by the mean
    and the spread of the rows to train with; a word is a one among zeros.
    """
    rows = split_rows(read_rows())
    if not all(rows.values()):
        raise SystemExit(f"There are too few rows in {DATA} to train and to test.")
    x = {part: np.array([numbers for _, numbers in rows[part]]) for part in rows}
    scaled = np.array([not words for words in COLUMNS.values() for _ in words or [0]])
    mean = np.where(scaled, x["train"].mean(axis=0), 0)
    spread = np.where(scaled, x["train"].std(axis=0), 1)
    spread[spread == 0] = 1
    return [
        (
            ((x[part] - mean) / spread).astype("float32"),
            np.array([label for label, _ in rows[part]]),
        )
        for part in rows
    ]


def read_rows():
    """(label, text, numbers) of every row of DATA in which nothing is missing."""
    if not DATA.is_file():
        raise SystemExit(f"There is no file {DATA}: python train.py --data FILE")
    with DATA.open(encoding=ENCODING, newline="") as lines:
        table = csv.DictReader(lines, delimiter=DELIMITER)
        absent = {TARGET, *COLUMNS}.difference(table.fieldnames or ())
        if absent:
            raise SystemExit(f"{DATA} has no column {', '.join(sorted(absent))}.")
        for row in table:
            cell, numbers = clean(row[TARGET]), numbers_in(row)
            if numbers is not None and re.fullmatch(NUMBER, cell):
                yield float(cell), "\n".join(map(str, row.values())), numbers


def numbers_in(row):
    """The cells of a row as numbers, None where one is missing or of another kind."""
    numbers = []
    for name, words in COLUMNS.items():
        cell = clean(row[name])
        if cell in words:
            numbers += [float(cell == word) for word in words]
        elif not words and re.fullmatch(NUMBER, cell):
            numbers.append(float(cell))
        else:
            return None
    return numbers


def clean(cell):
    """A cell as it is compared: without spaces around it, its letters composed."""
    return unicodedata.normalize("NFC", cell or "").strip()


def split_rows(seen):
    """Each part's (label, numbers) pairs; seen are (label, text, numbers).

    A share of every class validates and tests. Chance goes by SPLIT_SEED and by what a
    row says, so that the same rows are split alike in any order.
    """
    parts, classes = {"train": [], "validation": [], "test": []}, {}
    for label, text, numbers in seen:
        row = hashlib.sha256(f"{SPLIT_SEED} {text}".encode()).digest(), label, numbers
        classes.setdefault(label if isinstance(label, str) else "", []).append(row)
    for rows in classes.values():
        rows.sort(key=lambda row: row[0])
        whole = len(rows)
        for part, share in ("validation", VALIDATION), ("test", TEST):
            count = min(max(1, round(share * whole)), len(rows) - 1)
            parts[part] += rows[:count]
            rows = rows[count:]
        parts["train"] += rows
    for rows in parts.values():
        rows.sort(key=lambda row: row[0])
    return {part: [row[1:] for row in rows] for part, rows in parts.items()}


def build_model():
    """The tower from the ground up; each comment is what a brick gives."""
    return keras.Sequential(
        [
            keras.Input(shape=(1,)),
            layers.Dense(64, activation="relu"),  # 64
            layers.Dense(64, activation="relu"),  # 64
            layers.Dense(1),  # 1
        ],
        name="numbers_a_value",
    )


def train(model, data, callbacks=(), initial_epoch=0):
    """Compile the model and fit it; returns Keras' History."""
    (x, y), validation, _ = data
    model.compile(
        optimizer=keras.optimizers.RMSprop(learning_rate=LEARNING_RATE),
        loss="mse",
        metrics=["mae"],
        steps_per_execution=STEPS_PER_EXECUTION,
    )
    return model.fit(
        x,
        y,
        batch_size=BATCH_SIZE,
        epochs=EPOCHS,
        initial_epoch=initial_epoch,
        validation_data=validation,
        callbacks=list(callbacks),
    )


def main():
    """Train, keep the best model in model.keras, and test it."""
    keras.utils.set_random_seed(SEED)
    data = load_data()
    model = build_model()
    model.summary()
    best = keras.callbacks.ModelCheckpoint(
        "model.keras", monitor="val_mae", mode="min", save_best_only=True
    )
    train(model, data, callbacks=[best])
    model = keras.models.load_model("model.keras")
    loss, mae = model.evaluate(*data[2], verbose=0)
    print(f"test mae {mae:.4f}, test loss {loss:.4f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Train on a table.")
    parser.add_argument("--data", type=Path, default=DATA, help="the CSV file")
    DATA = parser.parse_args().data
    main()
