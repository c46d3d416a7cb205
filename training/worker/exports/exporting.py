"""One file of a run's model: made, proved, and kept beside the run."""

from __future__ import annotations

import gc
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from time import perf_counter, time
from typing import Any

import keras
import numpy as np

from bricks.walk import label_brick
from bricks.words import N_, Text
from codegen import demo
from storage import files
from training import exports, runs
from training.imagenet import asks, class_names
from training.worker.exports import formats, memory, proving
from training.worker.exports.examples import examples
from training.worker.exports.refusal import NotNow, Refused
from training.worker.exports.rewrites import every, is_half
from training.worker.reasons import is_memory

BATCH = 16
HALF_MADE = ".new"
DAMAGED = Text(
    N_("The file of this run's model is damaged: train it again to have it back.")
)
PROVED = N_(
    "{runtime} loaded it and gave the model's answers to {count} test examples "
    "(at most {difference} apart)."
)
BY_CHANCE = N_(
    "{runtime} loaded it and gave the model's answers to {count} random examples, as "
    "the data are gone (at most {difference} apart)."
)
UNTRAINED = N_(
    "{runtime} loaded it and gave the model's answers to {count} random examples, as "
    "ImageNet's own are not here (at most {difference} apart)."
)
PAGE = Text(
    N_(
        "What is proved is the model in the page; a browser makes pictures smaller in "
        "its own way, so that shares may differ a little."
    )
)
TOO_LARGE = N_("The model has {size} MB, too much for a page: take ONNX.")
CLASSES = ("YesNo", "Category")
NO_ROOM = ("Unable to allocate", "OOM when allocating")
"""What NumPy and TensorFlow say; Keras quotes it in an error of its own."""


def export(ask: Mapping[str, Any], tell: Callable[[str], None]) -> None:
    """Keep the file that is asked for, or the reason why it can't be had.

    `tell` hears which step it is at: "reading", "making" or "proving".
    """
    folder, kind = Path(ask["folder"]), ask["kind"]
    made_in = folder / exports.FOLDER
    made_in.mkdir(exist_ok=True)
    _sweep(made_in)
    began = perf_counter()
    _hide_cards()
    keras.backend.clear_session()
    try:
        with tempfile.TemporaryDirectory(HALF_MADE, ".", made_in) as own:
            told = _made(ask, folder, Path(own), tell)
            if kind != "keras":
                Path(own, exports.KINDS[kind].file).replace(exports.path(folder, kind))
    except NotNow:
        raise
    except Refused as refused:
        told = {"state": "failed", "said": refused.said.to_json()}
    finally:
        gc.collect()
    told |= {"of": ask["of"], "seconds": round(perf_counter() - began, 2)}
    files.write(exports.note(folder, kind), json.dumps(told))


def _sweep(folder: Path) -> None:
    """Remove what was half made by a process that was killed: none works so long."""
    for left in folder.glob(f".*{HALF_MADE}"):
        with suppress(FileNotFoundError):  # done at this moment
            if left.stat().st_mtime < time() - exports.LONGEST:
                shutil.rmtree(left, ignore_errors=True)


def _made(
    ask: Mapping[str, Any], folder: Path, own: Path, tell: Callable[[str], None]
) -> dict[str, Any]:
    """Make it in the folder `own` and prove it: what is to be known of it."""
    kind = ask["kind"]
    tell("reading")
    model = _model(folder)
    with memory.limited(kind, 4 * model.count_params()):
        return _proved(ask, model, own, tell)


def _proved(
    ask: Mapping[str, Any], model: keras.Model, own: Path, tell: Callable[[str], None]
) -> dict[str, Any]:
    folder, kind = Path(ask["folder"]), ask["kind"]
    if kind == "summary":
        (own / exports.KINDS[kind].file).write_text(summary(model), "utf-8")
        return {}
    x, real = examples(folder, ask["own"])
    want = model.predict(x, batch_size=BATCH, verbose=0)
    half = any(is_half(layer) for layer in every(model))
    tell("making")
    notes: tuple[Text, ...] = ()
    format = "onnx" if kind == "demo" else kind
    path = folder / runs.MODEL if kind == "keras" else own / exports.KINDS[format].file
    if kind != "keras":
        notes = formats.make(format, model, path)
    tell("proving")
    proof = proving.proved(format, path, x, np.asarray(want), half, _classes(folder))
    if kind == "demo":
        _page(folder, path, own / exports.KINDS[kind].file)
        notes += (PAGE,)
    said = UNTRAINED if _asks(folder) else PROVED if real else BY_CHANCE
    return _told(proof, said, notes)


def _page(folder: Path, model: Path, path: Path) -> None:
    """The demo page, with the proved ONNX file in it."""
    size = model.stat().st_size
    if size > demo.MOST:
        raise Refused(Text(TOO_LARGE, {"size": f"{size / 1e6:.0f}"}))
    project = exports.project(folder)
    page = demo.demo(project, model.read_bytes(), class_names(project.tower.data))
    path.write_text(page, "utf-8")


def _model(folder: Path) -> keras.Model:
    """The best one by validation, that waits beside the run."""
    try:
        return keras.models.load_model(folder / runs.MODEL, compile=False)
    except Exception as error:
        if is_memory(error) or any(said in str(error) for said in NO_ROOM):
            raise NotNow(exports.NO_MEMORY) from error
        raise Refused(DAMAGED) from error


def _told(proof: proving.Proof, said: str, notes: tuple[Text, ...]) -> dict[str, Any]:
    values = {
        "runtime": proof.runtime,
        "count": proof.count,
        "difference": f"{proof.difference:.0e}" if proof.difference else "0",
    }
    return {
        "said": Text(said, values).to_json(),
        "difference": proof.difference,
        "agreement": proof.agreement,
        "count": proof.count,
        "notes": [note.to_json() for note in notes],
    }


def summary(model: keras.Model) -> str:
    """What `model.summary()` prints, with the bricks inside of bricks."""
    lines: list[str] = []
    model.summary(print_fn=lines.append, line_length=88, expand_nested=True)
    return "\n".join(lines) + "\n"


def _asks(folder: Path) -> bool:
    return asks(exports.project(folder).tower.data)


def _classes(folder: Path) -> bool:
    """Whether the tower answers with shares of classes."""
    return label_brick(exports.project(folder).tower.data).kind in CLASSES


def _hide_cards() -> None:
    """A card belongs to what trains on it, and rounds otherwise than a processor."""
    if keras.config.backend() == "tensorflow":
        import tensorflow as tf

        with suppress(RuntimeError):  # this process has used one already
            tf.config.set_visible_devices([], "GPU")
