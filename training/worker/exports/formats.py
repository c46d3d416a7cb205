"""The files themselves, each made by Keras' own export of a model that is rewritten."""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import keras

from bricks.words import N_, Text
from training.exports import NO_MEMORY
from training.worker.exports.refusal import NotNow, Refused
from training.worker.exports.rewrites import every, rewritten
from training.worker.reasons import is_memory

NO_OPERATION = N_(
    "{format} has no operation {operations}, which this tower needs: take SavedModel "
    "or .keras."
)
NOT_THIS_BRICK = N_(
    "{format} has no operation {operations}, which the brick {kind} needs: change it, "
    "or take SavedModel or .keras."
)
NOT_MADE = N_("{format} can't hold this model ({why}): take SavedModel or .keras.")
LONGEST = 240
"""Letters of what Keras says when it fails."""

TITLES = {"onnx": "ONNX", "litert": "LiteRT", "savedmodel": "SavedModel"}
CONVERTER = "tf2onnx"


def make(kind: str, model: keras.Model, path: Path) -> tuple[Text, ...]:
    """Write the file; the notes say what a user can notice of it.

    Raises Refused where the format can't hold the model.
    """
    model, notes = rewritten(model, kind)
    try:
        _MAKERS[kind](model, path)
    except Refused:
        raise
    except Exception as error:
        if is_memory(error):
            raise NotNow(NO_MEMORY) from error
        logging.getLogger(__name__).exception("No %s could be made.", kind)
        lines = str(error).strip().splitlines() or [type(error).__name__]
        told = {"format": TITLES[kind], "why": lines[0][:LONGEST]}
        raise Refused(Text(NOT_MADE, told)) from error
    return notes


def _onnx(model: keras.Model, path: Path) -> None:
    with _listening() as told:
        model.export(path, format="onnx", verbose=False)
    for line in told:
        lacking = re.match(r"Tensorflow op \[(?P<node>.+): (?P<op>\w+)\]", line)
        if lacking:
            _lacks("ONNX", lacking["op"], _kind(model, lacking["node"]))


def _litert(model: keras.Model, path: Path) -> None:
    """For any number of examples at once; for one, where that takes what only
    TensorFlow has: it forgets the shape of what an UpSampling2D gives."""
    try:
        model.export(path, format="litert", verbose=False)
        if _flex(path):
            (given,) = model.inputs
            one = keras.InputSpec(shape=(1, *given.shape[1:]), dtype=given.dtype)
            model.export(path, format="litert", verbose=False, input_signature=[one])
    except Exception as error:
        lacking = re.search(r"'tf\.(?P<op>\w+)' op is neither", str(error))
        if lacking is None:
            raise
        _lacks("LiteRT", lacking["op"], _kind(model, str(error)))
    if flex := _flex(path):
        _lacks("LiteRT", ", ".join(flex), "")


def _flex(path: Path) -> list[str]:
    """Operations that need TensorFlow itself beside them, which no phone has."""
    found = set(re.findall(rb"Flex(\w+)", path.read_bytes())) - {b"Delegate"}
    return sorted(name.decode() for name in found)


def _kind(model: keras.Model, told: str) -> str:
    """The brick that a place in the graph belongs to, such as
    `exported_1/tower_1/conv2d_1/Gelu/Erfc`; empty where that is none."""
    kinds = {layer.name: type(layer).__name__ for layer in every(model)}
    for part in reversed(re.findall(r"[\w.]+(?=/)", told)):
        for name in (part, re.sub(r"_\d+$", "", part)):
            if name in kinds and kinds[name] not in ("Functional", "Sequential"):
                return kinds[name]
    return ""


def _lacks(format: str, operations: str, kind: str) -> None:
    told = {"format": format, "operations": operations, "kind": kind}
    raise Refused(Text(NOT_THIS_BRICK if kind else NO_OPERATION, told))


def _savedmodel(model: keras.Model, path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        whole = Path(folder, "saved_model")
        model.export(whole, format="tf_saved_model", verbose=False)
        shutil.make_archive(str(path.with_suffix("")), "zip", folder, "saved_model")


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What the converter complains of, and raises no error for."""
    told: list[str] = []
    listener = logging.Handler(logging.ERROR)
    listener.emit = lambda record: told.append(record.getMessage())  # type: ignore[method-assign]
    log = logging.getLogger(CONVERTER)
    log.addHandler(listener)
    try:
        yield told
    finally:
        log.removeHandler(listener)


_MAKERS: dict[str, Callable[[keras.Model, Path], None]] = {
    "onnx": _onnx,
    "litert": _litert,
    "savedmodel": _savedmodel,
}
