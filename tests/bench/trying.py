"""From a stroke to the bars: how soon a drawn digit is answered.

Digits are drawn by mouse in a real browser, a move every 16 ms, and each move waits for
the first answer that knows of it: until the next frame after its bars. Beside it the
route alone, asked over HTTP. Both with nothing else going on, and while a run trains.
Run with: python -m tests.bench.trying [--tower mnist-cnn] [--digits 12]; MNIST is taken
from the folder that BRICKYARD_DATASETS names.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
import time
from dataclasses import replace
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from bricks.recipes import recipe
from tests.browser.conftest import FLAGS, Server
from training.rows import ACTIVE, RunRow
from training.store import Store
from ui.owner import OWNER

ME = "bench"
PACE = 0.016  # seconds between two moves of a mouse
ASKED = 150  # questions to the route alone
SIDE = 256
# Corners of strokes, in parts of the sheet.
STROKES = {
    "7": [[(0.3, 0.2), (0.7, 0.2), (0.45, 0.8)]],
    "4": [[(0.55, 0.2), (0.3, 0.6), (0.75, 0.6)], [(0.62, 0.4), (0.62, 0.85)]],
    "1": [[(0.5, 0.15), (0.5, 0.85)]],
    "2": [[(0.33, 0.3), (0.5, 0.18), (0.65, 0.33), (0.34, 0.8), (0.7, 0.8)]],
}
WATCH = """() => {
  window.moves = [];
  performance.clearMeasures();
  const pad = document.querySelector('[data-testid="stBidiComponentIsolated"]').shadowRoot.querySelector('.pad');
  for (const kind of ['pointerdown', 'pointermove']) {
    pad.addEventListener(kind, (event) => event.buttons && window.moves.push(event.timeStamp));
  }
}"""  # noqa: E501
SEEN = """() => [window.moves, performance.getEntriesByName('brickyard-try')
  .map(({ startTime, duration }) => [startTime, startTime + duration])]"""


def begun(store: Store, tower: str, epochs: int) -> RunRow:
    """A run that is asked for."""
    ready = recipe(tower)
    project = replace(ready, training=replace(ready.training, epochs=epochs))
    row = store.create_project(ME, project.name, project.to_json())
    return store.ask_run(ME, row.id, project.to_json(), f"bench-{time.time()}")


def until(store: Store, run: RunRow, epoch: int) -> None:
    """Wait until the run has done so many epochs, or has ended."""
    while True:
        seen = store.run(ME, run.id)
        assert seen is not None
        if seen.epoch >= epoch or seen.state not in ACTIVE:
            return
        time.sleep(0.2)


def training(store: Store, run: RunRow) -> None:
    """Wait until the run is among its batches."""
    while not (seen := store.run(ME, run.id)) or not seen.progress.get("batch"):
        time.sleep(0.2)


def draw(page: Page, digit: str) -> None:
    """Draw a digit as a hand would, a move every 16 ms, and clear it again."""
    box = page.locator(".pad").bounding_box()
    assert box is not None
    for stroke in STROKES[digit]:
        corners = [
            np.array([box["x"] + x * box["width"], box["y"] + y * box["height"]])
            for x, y in stroke
        ]
        page.mouse.move(*corners[0])
        page.mouse.down()
        for begin, end in pairwise(corners):
            for part in np.linspace(0, 1, 13)[1:]:
                moved = time.perf_counter()
                page.mouse.move(*(begin + part * (end - begin)))
                time.sleep(max(0.0, PACE - (time.perf_counter() - moved)))
        page.mouse.up()
    page.wait_for_timeout(700)
    page.get_by_role("button", name="Clear").click()


def drawn(page: Page, digits: int) -> list[float]:
    """Seconds from each move of the pen to the bars that know of it."""
    draw(page, "7")  # not counted
    page.evaluate(WATCH)
    for number in range(digits):
        draw(page, list(STROKES)[number % len(STROKES)])
    moves, answers = page.evaluate(SEEN)
    waits = []
    for moment in moves:
        ends = [end for start, end in answers if start >= moment]
        if ends:
            waits.append((min(ends) - moment) / 1000)
    return waits


def asked(server: Server, run: RunRow) -> list[float]:
    """Seconds that the route takes for a drawing."""
    line = HTTPConnection("localhost", server.port, timeout=60)
    head = {"Cookie": f"{OWNER}={ME}", "Sec-Fetch-Site": "same-origin"}
    sheet = np.zeros((SIDE, SIDE), bool)
    sheet[40:220, 100:130] = True
    question = json.dumps({"what": "told", "run": run.id, "drawn": SIDE})
    took = []
    for _ in range(ASKED):
        begin = time.perf_counter()
        path = f"/brickyard/look?ask={quote(question)}"
        line.request("POST", path, body=np.packbits(sheet).tobytes(), headers=head)
        last = line.getresponse().read().splitlines()[-1]
        took.append(time.perf_counter() - begin)
        assert json.loads(last)["state"] == "done", last
    return took[5:]


def told(name: str, took: list[float]) -> None:
    """A line of the table, in milliseconds."""
    late = quantiles(took, n=20)[-1]
    print(
        f"{name:44} {1000 * median(took):6.0f} {1000 * late:6.0f} {len(took):6}",
        flush=True,
    )


def measured(
    browser: Browser, server: Server, run: RunRow, digits: int, when: str
) -> None:
    told(f"route, {when}", asked(server, run))
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, locale="en-US"
    )
    context.add_cookies([{"name": OWNER, "value": ME, "url": server.url}])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(f"{server.url}?view=try&project={run.project_id}")
    page.locator(".pad").wait_for(timeout=60_000)
    page.wait_for_timeout(2000)
    told(f"stroke to bars in the browser, {when}", drawn(page, digits))
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tower", default="mnist-cnn")
    parser.add_argument("--digits", type=int, default=12)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    server = Server(folder / "home", os.environ.get("BRICKYARD_DATASETS"))
    store = Store(f"sqlite:///{server.home}/brickyard.db")
    try:
        run = begun(store, given.tower, 1)
        until(store, run, 1)
        print(f"{given.tower:44} median   95 % strokes or questions (ms)")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=FLAGS
            )
            measured(browser, server, run, given.digits, "alone")
            training(store, begun(store, given.tower, 1_000))
            measured(browser, server, run, given.digits, "while a run trains")
            browser.close()
    finally:
        store.close()
        server.end()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
