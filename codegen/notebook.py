"""A project printed as a Jupyter notebook: the script, cut at its functions."""

from __future__ import annotations

import json
import re
from typing import Any

from bricks.project import Project
from codegen.source import script

_BETWEEN = r"\n\n\n(?=def |class |[A-Z]+ = \"\"\"|if __name__)"


def notebook(project: Project) -> str:
    """The project as a notebook (nbformat 4.5) that runs from top to bottom."""
    cells = [_cell(n, text) for n, text in enumerate(_parts(script(project)))]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"


def _parts(source: str) -> list[str]:
    """The head's text, the imports and constants, each function and class, and the run.

    Pictures that the script carries move up, before they are used.
    """
    _, about, code = source.split('"""', 2)
    blocks = re.split(_BETWEEN, code.strip())
    head, *functions, _guard = blocks
    data = [block for block in functions if not block.startswith(("def ", "class "))]
    functions = [block for block in functions if block not in data]
    return [about.strip(), head, *data, *functions, "main()"]


def _cell(number: int, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": "code" if number else "markdown",
        "id": f"brickyard-{number}",
        "metadata": {},
        "source": text.strip().splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if number else {})
