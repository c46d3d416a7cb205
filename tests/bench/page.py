"""The page against a trivial Streamlit app, and an edit as the browser sees it.

Both apps are started side by side; a visit is timed from the address to the first brick
of the palette (or the trivial app's line), each time in a fresh browser context.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS, Server
from tests.browser.visitor import Visitor

VISITS = 7
EDITS = 30
TRIVIAL = 'import streamlit as st\n\nst.write("Hello")\n'
# In the page: when an edit's own effect is drawn, and when the server has answered.
WATCH = """
([kind]) => new Promise((done) => {
  const holder = document.querySelector('[data-testid="stBidiComponentIsolated"]');
  const root = holder.shadowRoot;
  const board = root.querySelector('[role=tree]');
  const count = () => board.querySelectorAll('[data-kind-of]').length;
  const before = count();
  const start = performance.now();
  let shown = null;
  const look = () => {
    if (shown === null && count() > before) shown = performance.now() - start;
    const settled = shown !== null && !board.hasAttribute('aria-busy');
    if (settled) return done([shown, performance.now() - start]);
    requestAnimationFrame(look);
  };
  root.querySelector(`[data-kind=${kind}]`).click();
  look();
})
"""


@contextmanager
def running(folder: Path, name: str) -> Iterator[Server]:
    """An app on a port of its own."""
    (folder / name).mkdir()
    server = Server(folder / name / "home")
    yield server
    server.end()


@contextmanager
def trivial(folder: Path) -> Iterator[str]:
    """The smallest Streamlit app, and its address."""
    import subprocess

    from tests.browser.conftest import free_port

    app, port = folder / "trivial.py", free_port()
    app.write_text(TRIVIAL)
    command = [sys.executable, "-m", "streamlit", "run", str(app)]
    command += ["--server.port", str(port), "--server.headless", "true"]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(8)
    yield f"http://localhost:{port}/"
    process.terminate()
    process.wait()


def visits(browser: Browser, url: str, shown: str) -> tuple[float, float]:
    """Seconds from the address to `shown`: the first time, and again in a new tab."""
    context = browser.new_context(locale="en-US")
    taken = []
    for _ in range(2):
        page = context.new_page()
        start = time.perf_counter()
        page.goto(url)
        page.locator(shown).first.wait_for()
        taken.append(time.perf_counter() - start)
        page.close()
    context.close()
    return taken[0], taken[1]


def edits(page: Page) -> tuple[float, float]:
    """Median milliseconds until an edit is drawn, and until it is answered."""
    rows = []
    for _ in range(EDITS):
        rows.append(page.evaluate(WATCH, ["Dropout"]))
        page.keyboard.press("Control+z")
        page.wait_for_timeout(400)
    return median(row[0] for row in rows), median(row[1] for row in rows)


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    with sync_playwright() as playwright, running(folder, "app") as server:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS
        )
        with trivial(folder) as other:
            pairs = [
                (
                    visits(browser, server.url, "[data-kind=Dense]"),
                    visits(browser, other, "text=Hello"),
                )
                for _ in range(VISITS)
            ]
        for which, name in enumerate(("first visit", "second visit")):
            rows = [(ours[which], theirs[which]) for ours, theirs in pairs]
            ours, theirs = (median(column) for column in zip(*rows, strict=True))
            ratio = median(a / b for a, b in rows)
            print(f"{name}: {ours:.2f} s, trivial app {theirs:.2f} s, x {ratio:.2f}")
        print("bricks   drawn   answered   (ms, medians)")
        for bricks in (10, 25, 100):
            visitor = Visitor(browser.new_context().new_page(), server.url)
            visitor.open()
            for _ in range(bricks):
                visitor.item("Flatten").click()
            visitor.sees(*["Flatten"] * bricks)
            print("{:6}  {:6.1f}  {:9.0f}".format(bricks, *edits(visitor.page)))
        browser.close()


if __name__ == "__main__":
    main()
