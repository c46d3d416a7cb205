"""One server and one Chromium for all browser tests; a visitor of its own for each."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.visitor import Visitor

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The app on a port of its own, with a home of its own, and `datasets` in a folder
    where there are some."""

    def __init__(self, home: Path, datasets: str | None = None) -> None:
        self.home, self.datasets = home, datasets
        self.log = home.parent / "server.log"
        self.port = free_port()
        self.url = f"http://localhost:{self.port}/"
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        taken = ("PYTHONDONTWRITEBYTECODE", "BRICKYARD_DATASETS")
        environment = {k: v for k, v in os.environ.items() if k not in taken}
        environment["BRICKYARD_HOME"] = str(self.home)
        if self.datasets:
            environment["BRICKYARD_DATASETS"] = self.datasets
        log = self.log.open("ab")
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        command += ["--server.port", str(self.port), "--server.headless", "true"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        log.close()
        self._wait()

    def _wait(self) -> None:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{self.url}_stcore/health", timeout=2):
                    return
            except OSError:
                assert self.process.poll() is None, "the app did not start"
                time.sleep(0.1)
        raise TimeoutError("The app did not answer within a minute.")

    def said(self) -> str:
        """The last of what it wrote."""
        return self.log.read_text(errors="replace")[-6000:]

    def kill(self) -> None:
        """End the page's process at once, as a power cut would; the trainer stays."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        """End the page and the trainer that it started."""
        self.kill()
        for process in psutil.process_iter(["environ"]):
            environment = process.info["environ"] or {}
            if environment.get("BRICKYARD_HOME") == str(self.home):
                with _gone():
                    process.kill()


@contextmanager
def _gone() -> Iterator[None]:
    """A process that ended by itself in the meantime is ended, too."""
    try:
        yield
    except psutil.NoSuchProcess:
        return


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, shared by the tests."""
    server = Server(tmp_path_factory.mktemp("browser") / "home")
    yield server
    server.end()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium without a window."""
    path = os.environ.get("BRICKYARD_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A visitor's browser: English, a projector's size, with a clipboard."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 720}, locale="en-US", accept_downloads=True
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def visitor(context: BrowserContext, server: Server) -> Iterator[Visitor]:
    """Someone new who opened the page; it must not have complained when they leave."""
    visitor = Visitor(context.new_page(), server.url)
    visitor.open()
    yield visitor
    assert visitor.complaints == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test shows what the server wrote, where the page only says "error"."""
    report = yield
    server = getattr(item, "funcargs", {}).get("server")
    if report.failed and server:
        report.sections.append(("The server's log", server.said()))
    return report
