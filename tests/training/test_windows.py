"""What Windows lacks is not asked for. (A stand-in: no Windows is at hand here.)"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from storage import files

ROOT = Path(__file__).parents[2]

WITHOUT = """
import multiprocessing.context, os, shutil, signal, sys
from pathlib import Path
usage = shutil.disk_usage(".")
shutil.disk_usage = lambda path: usage  # here it asks os.statvfs, there it does not
del multiprocessing.context.ForkServerContext, signal.SIGKILL, os.statvfs
import training.launch, training.serve, training.terminal, training.trainer
from storage import files
from training.messages import Gone
from training.worker import life
sys.platform = "win32"
life.die_with_parent()
print(files.room(Path("/nowhere/yet")) > 0, Gone(-9).killed)
"""


def test_the_trainer_needs_nothing_that_windows_lacks():
    told = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert told.stdout == "True True\n", told.stderr


def test_no_folder_is_opened_on_windows(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "WINDOWS", True)
    opened = []
    really = files.os.open

    def open_file(path, flags):
        opened.append(path)
        return really(path, flags)

    monkeypatch.setattr(files.os, "open", open_file)
    files.write(tmp_path / "a", "1")
    files.settle(tmp_path / "a")
    files.settle(tmp_path)
    assert opened == [tmp_path / "a"]
