"""What Keras says of a model: the text of `model.summary()`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from training.parcel import Arrays
from training.viewing import DONE, Told
from training.worker.viewer import Viewer

COLUMNS = 90  # signs in a line


def look(
    viewer: Viewer, ask: Mapping[str, Any], arrays: Arrays
) -> Iterator[Told | None]:
    """`text`: the summary, as Keras prints it into a file."""
    lines: list[str] = []
    model = viewer.run(ask).model
    model.summary(line_length=COLUMNS, print_fn=lambda line, **_: lines.append(line))
    yield Told(DONE, {"text": "\n".join(lines)})
