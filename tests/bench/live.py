"""What a viewer of a run costs the page's server, and how late figures reach the page.

A long run on Digits goes on meanwhile. Viewers ask the route as the page does, once a
second, over lines of their own; then one real browser does. The old way, a Streamlit
fragment with metrics and Vega-Lite charts drawn anew each second, is measured beside it
with real browsers. Counted is the CPU time of the server's process alone, less what it
takes with nobody there.
Run with: python -m tests.bench.live [--seconds 20] [--viewers 1 10 40]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

import psutil
from playwright.sync_api import Browser, sync_playwright

from bricks.recipes import recipe
from tests.browser.conftest import FLAGS, ROOT, Server, free_port
from training.rows import RunRow
from training.store import Store
from ui.owner import OWNER

ME = "bench"
OLD = """
import os
import streamlit as st
from training.store import Store
from ui.charts import curves

@st.cache_resource
def record():
    return Store(os.environ["BENCH_RECORD"])

@st.fragment(run_every=1)
def live():
    run = record().run(os.environ["BENCH_OWNER"], os.environ["BENCH_RUN"])
    epochs = record().epochs(run.id)
    st.progress(min(1.0, run.epoch / run.epochs), f"Epoch {run.epoch + 1}")
    for column, name in zip(st.columns(5), ("loss", "accuracy") * 3):
        column.metric(name, str(run.progress.get(name)))
    curves(epochs, run.epochs, str)

st.set_page_config(layout="wide")
live()
"""
# In the page: when it showed which epoch and batch.
WATCH = """(body) => {
  window.seen = [];
  const at = body.dataset;
  const note = () => window.seen.push([Date.now(), at.epoch, at.batch]);
  new MutationObserver(note).observe(body, { attributes: true });
}"""


def cpu(process: psutil.Process) -> float:
    """Seconds of CPU that a process has taken."""
    times = process.cpu_times()
    return times.user + times.system


class Viewer(threading.Thread):
    """Asks as the page does, once a second, and remembers how long answers took."""

    def __init__(self, port: int, run: RunRow, seconds: float, begin: float) -> None:
        super().__init__(daemon=True)
        self.port, self.run_id, self.seconds, self.begin = port, run.id, seconds, begin
        self.took: list[float] = []
        self.size: list[int] = []

    def run(self) -> None:
        line = HTTPConnection("localhost", self.port, timeout=30)
        head = {"Cookie": f"{OWNER}={ME}", "Sec-Fetch-Site": "same-origin"}
        epoch, start = 0, 0
        time.sleep(self.begin)
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            asked = time.monotonic()
            path = f"/brickyard/live?runs={self.run_id}&since={epoch}-{start}&lang=en"
            line.request("GET", path, headers=head)
            content = line.getresponse().read()
            self.took.append(time.monotonic() - asked)
            self.size.append(len(content))
            (told,) = json.loads(content)["runs"]
            epoch, start = told["epoch"], told["start"]
            time.sleep(max(0.0, 1.0 - (time.monotonic() - asked)))


def polled(server: Server, run: RunRow, viewers: int, seconds: float) -> list[Viewer]:
    """So many viewers, who begin at moments spread over a second."""
    crowd = [Viewer(server.port, run, seconds, n / viewers) for n in range(viewers)]
    for viewer in crowd:
        viewer.start()
    for viewer in crowd:
        viewer.join()
    return crowd


def spent(process: psutil.Process, work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the process' CPU while something is done, and how long that took."""
    began, before = time.monotonic(), cpu(process)
    work()
    return cpu(process) - before, time.monotonic() - began


@contextmanager
def old_way(folder: Path, server: Server, run: RunRow) -> Iterator[tuple[str, int]]:
    """The old way as an app of its own on the same record; its address and process."""
    script, port = folder / "old.py", free_port()
    script.write_text(OLD)
    told = {"BENCH_RECORD": f"sqlite:///{server.home}/brickyard.db"}
    told |= {"BENCH_OWNER": ME, "BENCH_RUN": run.id, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.port", str(port), "--server.headless", "true"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **told}, stdout=quiet, stderr=quiet
    )
    time.sleep(8)
    yield f"http://localhost:{port}/", process.pid
    process.terminate()
    process.wait()


def watching(
    browser: Browser, url: str, shown: str, viewers: int, seconds: float, pid: int
) -> float:
    """Seconds of CPU a viewer and second, with real browsers on the page."""
    context = browser.new_context(locale="en-US")
    host = {"name": OWNER, "value": ME, "url": url}
    context.add_cookies([host])  # type: ignore[list-item]
    pages = [context.new_page() for _ in range(viewers)]
    for page in pages:
        page.goto(url)
        page.locator(shown).first.wait_for(timeout=60_000)
    time.sleep(3)
    used, took = spent(
        psutil.Process(pid), lambda: pages[0].wait_for_timeout(seconds * 1000)
    )
    context.close()
    return used / took / viewers


def lateness(
    browser: Browser, url: str, store: Store, run: RunRow, seconds: float
) -> list[float]:
    """Seconds from when the trainer wrote figures down till the page showed them."""
    context = browser.new_context(locale="en-US")
    context.add_cookies([{"name": OWNER, "value": ME, "url": url}])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(url)
    body = page.locator(".run-body[data-epoch]")
    body.wait_for(timeout=60_000)
    body.evaluate(WATCH)
    written: dict[tuple[str, str], float] = {}
    end = time.time() + seconds
    while time.time() < end:
        row = store.listed_runs(ME)[0]
        key = (str(row.epoch), str(row.progress.get("batch", 0)))
        written.setdefault(key, time.time())
        time.sleep(0.01)
    page.wait_for_timeout(1500)
    seen: dict[tuple[str, str], float] = {}
    for moment, epoch, batch in page.evaluate("window.seen"):
        seen.setdefault((epoch, batch), moment / 1000)
    context.close()
    return [seen[key] - written[key] for key in seen.keys() & written.keys()]


def begun(store: Store) -> RunRow:
    """A run that goes on for as long as the bench."""
    ready = recipe("digits-cnn")
    project = replace(ready, training=replace(ready.training, epochs=1_000))
    row = store.create_project(ME, project.name, project.to_json())
    run = store.ask_run(ME, row.id, project.to_json(), "bench")
    while store.listed_runs(ME)[0].epoch < 5:
        time.sleep(0.2)
    return run


def told(name: str, viewers: int, each: float) -> None:
    """A line of the table."""
    print(f"{name:34} {viewers:3}   {1000 * each:7.1f}", flush=True)


def routes(server: Server, run: RunRow, crowds: list[int], seconds: float) -> None:
    """The route with ever more viewers."""
    process = psutil.Process(server.process.pid)
    nobody, took = spent(process, lambda: time.sleep(seconds))
    idle = nobody / took
    print(f"with nobody there: {1000 * idle:.1f} ms of CPU a second")
    print("                                 viewers  ms of CPU a viewer and second")
    for viewers in crowds:
        crowd: list[Viewer] = []
        used, took = spent(
            process,
            lambda n=viewers, c=crowd: c.extend(polled(server, run, n, seconds)),
        )
        answers = [one for viewer in crowd for one in viewer.took]
        told("route, asked over HTTP", viewers, (used - idle * took) / len(answers))
        late = quantiles(answers, n=20)[-1] if len(answers) > 1 else answers[0]
        sizes = sorted(size for viewer in crowd for size in viewer.size)
        print(
            f"    answers {len(answers)}, after {1000 * median(answers):.0f} ms "
            f"(95 %: {1000 * late:.0f} ms), {sizes[len(sizes) // 2]:,} bytes"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--viewers", type=int, nargs="+", default=[1, 10, 40])
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    server = Server(folder / "home")
    store = Store(f"sqlite:///{server.home}/brickyard.db")
    try:
        run = begun(store)
        routes(server, run, asked.viewers, asked.seconds)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=FLAGS
            )
            url = f"{server.url}?view=train"
            shown = ".run-body[data-epoch]"
            pid = server.process.pid
            each = watching(browser, url, shown, 1, asked.seconds, pid)
            told("page, in a real browser", 1, each)
            late = sorted(lateness(browser, url, store, run, asked.seconds))
            with old_way(folder, server, run) as (old, old_pid):
                for viewers in (1, 4):
                    each = watching(
                        browser,
                        old,
                        "[data-testid=stVegaLiteChart]",
                        viewers,
                        asked.seconds,
                        old_pid,
                    )
                    told("the old way, in real browsers", viewers, each)
            browser.close()
        print(
            f"from the record to the page: median {median(late):.2f} s, "
            f"latest {late[-1]:.2f} s of {len(late)} figures"
        )
        epochs = store.listed_runs(ME)[0].epoch
        print(f"(the run was at epoch {epochs}; the record is at most 0.05 s behind)")
    finally:
        store.close()
        server.end()


if __name__ == "__main__":
    main()
