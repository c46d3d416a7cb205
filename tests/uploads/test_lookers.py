"""Processes that look at files may die, hang or grow: it costs one file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.uploads import corpus
from tests.uploads.taken import picture, pictures, placed, reasons, took
from uploads import lookers
from uploads.errors import BadFile, UploadError
from uploads.found import Entry
from uploads.lookers import Looker, look_at_all
from uploads.picture import Seen
from uploads.shelf import PICTURES, THUMBS

MOST = 60_000_000


@pytest.fixture
def where(tmp_path: Path) -> Path:
    for folder in PICTURES, THUMBS:
        (tmp_path / "set" / folder).mkdir(parents=True)
    return tmp_path / "set"


def entry(path: Path, content: bytes) -> Entry:
    path.write_bytes(content)
    return Entry((path.name,), len(content), path)


LACKING = """
import resource, sys
from pathlib import Path
from uploads.found import Entry
from uploads.lookers import look_at_all
file = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_NOFILE, (5, 5))
look_at_all([Entry((file.name,), 1, file)], file.parent, 1, print)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such limit")
def test_a_system_that_starts_no_process_is_said_and_not_waited_for(tmp_path) -> None:
    command = [sys.executable, "-c", LACKING, str(tmp_path / "1.jpg")]
    told = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert "Too many open files" in told.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe that waits is POSIX'")
def test_a_process_killed_over_a_file_costs_that_file(tmp_path, where) -> None:
    """It waits for a pipe that nobody writes to, as for a decoder that hangs."""
    os.mkfifo(tmp_path / "hangs.jpg")
    hanging = Entry(("hangs.jpg",), 1, tmp_path / "hangs.jpg")
    good = [entry(tmp_path / f"{n}.jpg", picture(n)) for n in range(3)]
    looker = Looker(where, MOST)
    assert isinstance(looker.look(good[0]), Seen)
    threading.Timer(0.5, looker.kill).start()
    said = "Reading it broke the program that reads pictures."
    assert str(looker.look(hanging)) == said
    assert isinstance(looker.look(good[1]), Seen)
    assert looker.deaths == 1
    looker.end()


@pytest.mark.skipif(not hasattr(signal, "alarm"), reason="no alarm clock")
def test_a_file_that_takes_too_long_costs_that_file(tmp_path, where) -> None:
    os.mkfifo(tmp_path / "hangs.jpg")
    looker = Looker(where, MOST, seconds=1)
    answer = looker.look(Entry(("hangs.jpg",), 1, tmp_path / "hangs.jpg"))
    assert isinstance(answer, BadFile)
    assert isinstance(looker.look(entry(tmp_path / "1.jpg", picture(1))), Seen)
    looker.end()


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is told by Linux")
def test_bombs_take_no_memory(tmp_path, where) -> None:
    looker = Looker(where, MOST)
    bombs = [made for what, (made, _) in corpus.BAD.items() if "million" in what]
    for number, made in enumerate(bombs):
        answer = looker.look(entry(tmp_path / f"{number}.png", made))
        assert isinstance(answer, BadFile)
    told = Path(f"/proc/{looker.process.pid}/status").read_text()
    peak = next(line for line in told.splitlines() if line.startswith("VmHWM"))
    looker.end()
    assert len(bombs) == 3
    assert int(peak.split()[1]) < 150_000


def test_too_many_deaths_end_it(tmp_path, where, monkeypatch) -> None:
    monkeypatch.setattr(lookers, "MOST_DEATHS", 1)
    for n in range(3):
        os.mkfifo(tmp_path / f"{n}.jpg")
    entries = [Entry((f"{n}.jpg",), 1, tmp_path / f"{n}.jpg") for n in range(3)]
    with pytest.raises(UploadError, match="nothing is taken"):
        look_at_all(entries, where, MOST, lambda done, of: None, seconds=1)


def test_what_is_broken_off_leaves_no_process(tmp_path, where) -> None:
    entries = [entry(tmp_path / f"{n}.jpg", picture(n)) for n in range(60)]

    def progress(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look_at_all(entries, where, MOST, progress)
    assert not lookers_alive()


def lookers_alive() -> list[psutil.Process]:
    found = []
    for one in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            found += [one] if "uploads.looker" in one.cmdline() else []
    return found


def test_a_script_is_told_of_formats_that_not_every_pillow_reads(tmp_path) -> None:
    files = pictures("cat", "dog")
    files |= {f"cat/{kind}": corpus.GOOD[kind] for kind in ("heic", "avif", "mpo")}
    dataset = took(placed(tmp_path / "a", files), tmp_path / "set")
    assert dataset.formats == ("HEIF", "AVIF")
    assert not dataset.skipped


def test_many_files_are_answered_in_their_order(tmp_path) -> None:
    files = pictures("cat", "dog", count=60)
    files |= {f"cat/bad{n}.jpg": b"no" for n in range(9)}
    dataset = took(placed(tmp_path / "a", files), tmp_path / "set")
    assert [item.path for item in dataset.items] == sorted(
        p for p in files if "bad" not in p
    )
    assert len(reasons(dataset)) == 9
