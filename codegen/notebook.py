"""A project printed as a Jupyter notebook: its script in steps, each explained."""

from __future__ import annotations

import ast
import json
import re
import textwrap
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

from bricks.brick import Loading
from bricks.project import Project
from codegen.answered import answered
from codegen.asked_cells import asked_cells
from codegen.remarks import Remarks
from codegen.source import script

Tell = Callable[[str], str]
PICTURE = "tower.png"
_BETWEEN = r"\n\n\n(?=def |class |[A-Z]+ = \"\"\"|if __name__)"
_RUN = "train(model, data, callbacks=[best])"


def notebook(project: Project, tell: Tell = str, picture: bytes | None = None) -> str:
    """The project as a notebook (nbformat 4.5) that runs from top to bottom, explained
    in the language of `tell`; `picture` is the tower as a PNG file."""
    cells = [
        _cell(number, kind, text)
        for number, (kind, text) in enumerate(_parts(project, tell, bool(picture)))
    ]
    if picture:
        file = {"image/png": b64encode(picture).decode("ascii")}
        cells[0]["attachments"] = {PICTURE: file}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"


def _parts(project: Project, tell: Tell, pictured: bool) -> Iterator[tuple[str, str]]:
    """What is explained ("markdown") and what is run ("code"), in turn."""
    remarks = Remarks(project, tell)
    head, blocks = _blocks(script(project))
    if remarks.data.asks:
        shown = PICTURE if pictured else None
        yield from asked_cells(remarks, head, blocks, shown)
        return
    names = [_named(block) for block in blocks]
    loaded = sum(name in _names(remarks.loading) for name in names)
    built, trained = names.index("build_model") + 1, names.index("train") + 1
    yield "markdown", remarks.title(PICTURE if pictured else None)
    yield "markdown", remarks.before()
    yield "code", head
    for heading, part in (
        (remarks.examples(), blocks[:loaded]),
        (remarks.tower(), blocks[loaded:built]),
        (remarks.training(), blocks[built:trained]),
    ):
        yield "markdown", heading
        yield from (("code", block) for block in part)
    yield "markdown", remarks.run()
    yield "code", _steps(blocks[trained])
    yield "markdown", remarks.curves()
    yield "code", _CURVES
    yield "markdown", remarks.answers()
    yield "code", answered(project)


def _blocks(source: str) -> tuple[str, list[str]]:
    """The imports and constants; each function and class. Pictures that the script
    carries stand first, before they are used."""
    code = source.split('"""', 2)[2]
    head, *blocks, _guard = re.split(_BETWEEN, code.strip())
    data = [block for block in blocks if not _named(block)]
    return head, [*data, *(block for block in blocks if _named(block))]


def _named(block: str) -> str:
    """The name of a function or class; "" for anything else."""
    found = re.match(r"(?:def|class) (\w+)", block)
    return found[1] if found else ""


def _names(loading: Loading) -> set[str]:
    """What gets the examples: functions, a class, and pictures that stand by."""
    source = f"{loading.functions}\n{loading.feeding}"
    return {"", "load_data", *re.findall(r"^(?:def|class) (\w+)", source, re.M)}


def _steps(main: str) -> str:
    """The body of `main`, in which the names stay known; it keeps the history."""
    function = ast.parse(main).body[0]
    assert isinstance(function, ast.FunctionDef)
    first = function.body[1].lineno - 1  # after its docstring
    body = textwrap.dedent("\n".join(main.splitlines()[first:]))
    return body.replace(_RUN, f"history = {_RUN}")


_CURVES = """\
import matplotlib.pyplot as plt

figures = [name for name in history.history if "val_" + name in history.history]
for place, name in enumerate(figures, start=1):
    plt.subplot(1, len(figures), place)
    plt.plot(history.epoch, history.history[name], "--", label="training")
    plt.plot(history.epoch, history.history["val_" + name], label="validation")
    plt.title(name)
    plt.xlabel("epoch")
    plt.legend()
plt.gcf().set_size_inches(5 * len(figures), 4)
plt.show()"""


def _cell(number: int, kind: str, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": f"brickyard-{number}",
        "metadata": {},
        "source": text.strip().splitlines(keepends=True),
    }
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell
