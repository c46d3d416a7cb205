"""The live model: made by running the printed script's `build_model`, nothing else."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from bricks.project import Project
from codegen.source import script


def module(source: str, name: str = "tower") -> ModuleType:
    """The script as a module, its `main` not run.

    Only for scripts that Brickyard printed: the source is run as it is.
    """
    made = ModuleType(name)
    made.__dict__["__name__"] = name
    exec(compile(source, f"<{name}>", "exec"), made.__dict__)  # noqa: S102 - our own text
    return made


def model(project: Project) -> Any:
    """An uncompiled `keras.Model` of the project's tower."""
    return module(script(project)).build_model()
