"""Scripts that stay for ever in one stage of a run, listening to nobody."""

from __future__ import annotations

from pathlib import Path

from bricks.project import Project
from codegen.source import script

HANG = """

def hang():
    import pathlib, time

    pathlib.Path({mark!r}).touch()
    time.sleep(600)


"""
SLOW_DISK = """
import os


def fsync(handle, _fsync=os.fsync):
    if {where!r} in os.readlink(f"/proc/self/fd/{{handle}}"):
        hang()
    _fsync(handle)


os.fsync = fsync
"""
STAGES = {
    "import": "hang()",
    "load": "def load_data():\n    hang()\n",
    "build": "def build_model():\n    hang()\n",
    "compile": "",
    "best model": SLOW_DISK.format(where=".new.keras"),
    "checkpoint": SLOW_DISK.format(where="/checkpoint/."),
    "report": "keras.models.load_model = lambda path: hang()\n",
}


def staying(project: Project, stage: str, mark: Path) -> str:
    """The project's script, which makes the file `mark` when it is in this stage."""
    text = script(project)
    if stage == "compile":  # while Keras traces the loss
        text = text.replace("loss=", "loss=lambda y, p: hang(),\n#")
    return text + HANG.format(mark=str(mark)) + STAGES[stage]
