"""The process that answers pages' asks: it runs augmentation bricks on a picture."""

from __future__ import annotations

import json
import logging
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

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
    from training import asks
    from training.answers import NO_ANSWER
    from training.worker.augmented import augmented
    from uploads.errors import UploadError

    try:
        ask = json.loads((where / asks.ASK).read_text("utf-8"))
        asks.answer(where, *augmented(ask))
    except FileNotFoundError:
        log.info("An ask is gone: %s", where)  # nobody looked at it for long
    except UploadError as error:
        asks.fail(where, error.said)
    except Exception:  # whatever Keras or the disk says
        log.exception("An ask can't be answered: %s", where)
        asks.fail(where, NO_ANSWER)
