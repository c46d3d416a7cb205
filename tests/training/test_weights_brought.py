"""Weights come whole to where Keras looks, or not at all; a real server sends them."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bricks.brick import WeightsFile
from training import weights
from training.worker import download
from training.worker.life import Interrupted
from training.worker.weights import Unobtained, have

ROOT = Path(__file__).parents[2]
NAME = "tiny.h5"
CONTENT = bytes(range(256)) * 4_000
MD5 = hashlib.md5(CONTENT).hexdigest()


class Sender(BaseHTTPRequestHandler):
    """Sends CONTENT; by its path it cuts it off, hangs, or has something else."""

    def do_GET(self):
        how = self.path.split("/")[1]
        self.server.asked.append(how)
        if how == "lost":
            self.send_error(404)
            return
        sent = CONTENT[:-1] + b"?" if how == "wrong" else CONTENT
        self.send_response(200)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        half = len(sent) // 2
        self.wfile.write(sent[:half])
        if how == "cut":
            return
        if how in ("hangs", "slow"):
            self.wfile.flush()
            self.server.goes_on.wait(60)
        self.wfile.write(sent[half:])

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Sender) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.goes_on.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def url(server, monkeypatch, tmp_path):
    """What a way to send is asked for at; Keras' home is this test's own."""
    server.asked, server.goes_on = [], threading.Event()
    monkeypatch.delenv("BRICKYARD_DATASETS", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setenv("no_proxy", "*")
    yield lambda how: f"http://127.0.0.1:{server.server_port}/{how}/{NAME}"
    server.goes_on.set()


def left():
    """The names in Keras' folder, the lock's aside."""
    folder = weights.kept(NAME).parent
    there = folder.iterdir() if folder.is_dir() else ()
    return [path.name for path in there if not path.name.endswith(".lock")]


def test_a_download_comes_whole_and_is_told_of(url):
    told = []
    path = have(
        "B", WeightsFile(NAME, url("whole"), MD5), lambda *far: told.append(far)
    )
    assert path.read_bytes() == CONTENT
    assert left() == [NAME]
    assert told[-1] == (NAME, len(CONTENT), len(CONTENT))


def test_what_is_there_is_not_downloaded_again(url, server):
    file = WeightsFile(NAME, url("whole"), MD5)
    have("B", file)
    have("B", file)
    assert server.asked == ["whole"]


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("cut", "the connection broke off after 0.5 of 1.0 MB"),
        ("lost", "the server answered 404"),
        ("wrong", "what came is not the file"),
    ],
)
def test_a_failed_download_leaves_nothing_and_says_why(url, how, why):
    with pytest.raises(Unobtained, match=why) as raised:
        have("B", WeightsFile(NAME, url(how), MD5))
    assert NAME in str(raised.value)
    assert "BRICKYARD_DATASETS" in str(raised.value)
    assert left() == []


def test_after_a_failed_download_the_next_one_succeeds(url):
    with pytest.raises(Unobtained):
        have("B", WeightsFile(NAME, url("cut"), MD5))
    assert have("B", WeightsFile(NAME, url("whole"), MD5)).read_bytes() == CONTENT


def test_a_server_that_hangs_is_given_up(url, monkeypatch):
    monkeypatch.setattr(download, "SILENT_SECONDS", 0.5)
    with pytest.raises(Unobtained, match="nothing came for"):
        have("B", WeightsFile(NAME, url("hangs"), MD5))
    assert left() == []


def test_a_server_that_is_not_there_is_said(url):
    with pytest.raises(Unobtained, match="can't be reached"):
        have("B", WeightsFile(NAME, "http://127.0.0.1:1/tiny.h5", MD5))
    assert left() == []


def test_stop_is_heard_while_a_server_hangs(url):
    stop = threading.Event()
    with pytest.raises(Interrupted):
        have("B", WeightsFile(NAME, url("hangs"), MD5), lambda *_: stop.set(), stop)
    assert left() == []


def test_two_runs_at_once_download_once(url, server):
    file, found = WeightsFile(NAME, url("slow"), MD5), []
    threads = [
        threading.Thread(target=lambda: found.append(have("B", file))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 30
    while not server.asked and time.monotonic() < until:
        time.sleep(0.01)
    server.goes_on.set()
    for thread in threads:
        thread.join()
    assert server.asked == ["slow"]
    assert [path.read_bytes() == CONTENT for path in found] == [True] * 3


FETCH = """
import sys
from bricks.brick import WeightsFile
from training.worker.weights import have
have("B", WeightsFile(*sys.argv[1:]), lambda *_: print("began", flush=True))
"""


def test_a_process_killed_in_the_middle_leaves_no_half_file(url, server):
    given = [NAME, url("slow"), MD5]
    process = subprocess.Popen(
        [sys.executable, "-c", FETCH, *given], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"began\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert NAME not in left()
    server.goes_on.set()
    assert have("B", WeightsFile(NAME, url("whole"), MD5)).read_bytes() == CONTENT
    assert left() == [NAME]  # what the killed one had begun is gone, too


@pytest.fixture
def datasets(tmp_path, monkeypatch):
    """A folder that BRICKYARD_DATASETS names, with the file in it."""
    (tmp_path / "datasets" / "models").mkdir(parents=True)
    (tmp_path / "datasets" / "models" / NAME).write_bytes(CONTENT)
    monkeypatch.setenv("BRICKYARD_DATASETS", str(tmp_path / "datasets"))
    return tmp_path / "datasets"


def test_brickyard_datasets_come_before_the_network(url, server, datasets):
    assert have("B", WeightsFile(NAME, url("whole"), MD5)).read_bytes() == CONTENT
    assert server.asked == []
    assert left() == [NAME]


def test_a_damaged_file_in_brickyard_datasets_is_said(url, datasets):
    (datasets / "models" / NAME).write_bytes(CONTENT[:1000])
    with pytest.raises(Unobtained, match=r"tiny\.h5, the weights of B, is damaged"):
        have("B", WeightsFile(NAME, url("whole"), MD5))
    assert left() == []


@pytest.mark.parametrize("md5", [MD5, None])
def test_a_half_file_that_keras_left_gives_way_to_a_whole_one(url, datasets, md5):
    path = weights.kept(NAME)
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT[:1000])
    assert have("B", WeightsFile(NAME, url("whole"), md5)).read_bytes() == CONTENT


def test_a_file_that_is_long_enough_but_damaged_gives_way_to_a_whole_one(url):
    path = weights.kept(NAME)
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT[:-1] + b"?")
    assert have("B", WeightsFile(NAME, url("whole"), MD5)).read_bytes() == CONTENT
