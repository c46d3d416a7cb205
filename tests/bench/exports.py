"""How equal, how large and how soon a model's other formats are, tower by tower.

python -m tests.bench.exports [--epochs N] [RECIPE ...]

Each recipe's model has its first weights, or is trained for N epochs on at most 6,000
examples; each file is compared on 64 test examples of its data (by chance, where the
data are not at hand). Figures: the largest difference, the share of equal classes,
megabytes, seconds to make and to prove.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from time import perf_counter

import keras

from bricks.recipes import read
from codegen import live
from training import datasets, exports, runs
from training.worker.callbacks import NoBar
from training.worker.exports.exporting import export

RECIPES = ("digits-cnn", "mnist-mlp", "mnist-deep-cnn", "school-bn-cnn", "autoencoder")
RECIPES += ("fashion-mlp", "book-cats-dogs-augmented", "mini-xception", "googlenet")
RECIPES += ("resnet-50", "mobilenet", "vgg16", "text-conv", "text-lstm")
RECIPES += ("text-stacked-lstm", "numbers-value", "numbers-classes")
FORMATS = ("keras", "onnx", "litert", "savedmodel")
MOST = 6_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipes", nargs="*", default=RECIPES)
    parser.add_argument("--epochs", type=int, default=0)
    given = parser.parse_args()
    print(f"{'tower':<26}{'format':<12}{'apart':>9}{'agree':>8}{'MB':>9}{'s':>8}")
    for name in given.recipes or RECIPES:
        with tempfile.TemporaryDirectory() as folder:
            _made(name, Path(folder), given.epochs)
            for kind in FORMATS:
                print(f"{name:<26}{_row(Path(folder), kind)}", flush=True)


def _made(name: str, folder: Path, epochs: int) -> None:
    """A run's folder with its model in it."""
    keras.backend.clear_session()
    project = read(name)
    runs.create(folder, project)
    script = live.module((folder / runs.SCRIPT).read_text("utf-8"))
    keras.utils.set_random_seed(script.SEED)
    model = script.build_model()
    if epochs and datasets.missing(project.tower.data) is None:
        script.EPOCHS = epochs
        data = [(x[:MOST], y[:MOST]) for x, y in script.load_data()]
        script.train(model, data, [NoBar()])
    model.save(folder / runs.MODEL)


def _row(folder: Path, kind: str) -> str:
    began = perf_counter()
    ask = {"folder": folder, "kind": kind, "own": None, "of": exports.stamp(folder)}
    export(ask, lambda _step: None)
    found = exports.read(folder, kind)
    assert found is not None
    if found.difference is None:
        return f"{kind:<12}{found.said}"
    agreement = "-" if found.agreement is None else f"{found.agreement:.1%}"
    chance = "" if "test examples" in str(found.said) else "  by chance"
    return (
        f"{kind:<12}{found.difference:>9.1e}{agreement:>8}"
        f"{found.size / 1e6:>9.2f}{perf_counter() - began:>8.1f}{chance}"
    )


if __name__ == "__main__":
    main()
