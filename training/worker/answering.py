"""The process that answers what pages ask of Keras, one ask after another."""

from __future__ import annotations

import json
import logging
import signal
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from training.worker import life

log = logging.getLogger(__name__)


def work(connection: Connection) -> None:
    """Answer one ask after another, the folders of which come over the pipe."""
    life.die_with_parent()
    life.be_first_to_go()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(EOFError, OSError):
        while True:
            _answer(Path(connection.recv()))
            connection.send(True)


def _answer(where: Path) -> None:
    from training import asks, bases, exports, measures, room
    from uploads.errors import UploadError

    no_answer = measures.NO_ANSWER
    try:
        ask = json.loads((where / room.ASK).read_text("utf-8"))
        others = {
            asks.AUGMENTED: asks.NO_ANSWER,
            exports.EXPORT: exports.NO_ANSWER,
            bases.BASE: bases.NO_ANSWER,
        }
        no_answer = others.get(ask["what"], no_answer)
        _DEEDS[ask["what"]](where, ask)
    except UploadError as error:
        room.fail(where, error.said)
    except Exception:  # whatever Keras or the disk says
        log.exception("An ask can't be answered: %s", where)
        if where.is_dir():  # else nobody has looked at it for long
            room.fail(where, no_answer)


def _augmented(where: Path, ask: Mapping[str, Any]) -> None:
    from training import asks
    from training.worker.augmented import augmented

    asks.answer(where, *augmented(ask))


def _rates(where: Path, ask: Mapping[str, Any]) -> None:
    from training import room
    from training.worker.finder import rates, written

    found = rates(ask, lambda told: room.progress(where, written(told)))
    room.answer(where, written(found))


def _ways(where: Path, ask: Mapping[str, Any]) -> None:
    from training import room
    from training.worker.speed import ways, written

    found = ways(ask, lambda told: room.progress(where, written(told)))
    room.answer(where, written(found))


def _export(where: Path, ask: Mapping[str, Any]) -> None:
    from training import room
    from training.worker.exports.exporting import export
    from training.worker.exports.refusal import NotNow

    try:
        export(ask, lambda step: room.progress(where, step.encode()))
        room.answer(where, b"")
    except NotNow as refused:
        room.fail(where, refused.said)


def _base(where: Path, ask: Mapping[str, Any]) -> None:
    from training import bases, room
    from training.worker.base import made

    room.answer(where, bases.settings_json(made(ask)))


_DEEDS = {
    "augmented": _augmented,
    "rates": _rates,
    "ways": _ways,
    "export": _export,
    "base": _base,
}
