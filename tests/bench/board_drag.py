"""How smoothly the board draws towers of 10 and of 200 bricks: frames while a brick is
dragged along the whole tower, while it scrolls, and while it zooms."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.bench.page import running
from tests.browser.conftest import FLAGS
from tests.browser.visitor import Visitor

SIZES = (10, 50, 200)
STEPS = 90
KINDS = ("Conv2D", "BatchNormalization", "Dropout")
# Gaps between frames, and how long each of our own handlers kept the page busy.
WATCH = """
() => {
  const gaps = [];
  let last = performance.now();
  let live = true;
  const step = (now) => {
    gaps.push(now - last);
    last = now;
    if (live) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  window.stopWatch = () => ((live = false), gaps.slice(1));
}
"""
SCROLL = """
async () => {
  const holder = document.querySelector('[data-testid="stBidiComponentIsolated"]');
  const board = holder.shadowRoot.querySelector('[data-board]');
  for (let n = 0; n < 60; n += 1) {
    board.scrollTop -= 40;
    await new Promise(requestAnimationFrame);
  }
}
"""


def tower(visitor: Visitor, bricks: int) -> None:
    """Build a tower by pasting it."""
    settings = {"Conv2D": {"filters": 8, "kernel_size": 3, "padding": "same"}}
    settings |= {"Dropout": {"rate": 0.1}}
    kinds = [KINDS[n % 3] for n in range(bricks)]
    rows = [{"kind": kind, "settings": settings.get(kind, {})} for kind in kinds]
    sheet = {"format": "brickyard/bricks", "version": 1, "bricks": rows}
    page = visitor.page
    page.evaluate(
        "sheet => navigator.clipboard.writeText(JSON.stringify(sheet))", sheet
    )
    visitor.board.locator("[data-id='data']").focus()
    page.keyboard.press("Control+v")
    visitor.sees(*kinds)


def told(name: str, gaps: list[float]) -> str:
    gaps = sorted(gaps)
    slow = gaps[int(len(gaps) * 0.95)]
    late = sum(gap > 34 for gap in gaps) / len(gaps)
    return f"{name:8} {median(gaps):6.1f} {slow:6.1f} {gaps[-1]:6.1f} {late:6.0%}"


def dragging(page: Page, visitor: Visitor) -> list[float]:
    """A new brick over the board, up and down, so that it meets many seams."""
    box = visitor.page.locator("[data-board]").bounding_box()
    item = visitor.item("Dense")
    item.scroll_into_view_if_needed()
    start = item.bounding_box()
    assert box is not None
    assert start is not None
    page.mouse.move(start["x"] + 50, start["y"] + 20)
    page.mouse.down()
    x = box["x"] + box["width"] / 2
    page.mouse.move(x, box["y"] + box["height"] / 2, steps=4)
    page.evaluate(WATCH)
    for n in range(STEPS):
        share = abs((n % 40) / 20 - 1)
        page.mouse.move(x, box["y"] + 60 + (box["height"] - 120) * share)
    gaps = page.evaluate("window.stopWatch()")
    page.keyboard.press("Escape")
    page.mouse.up()
    return gaps


def scrolling(page: Page) -> list[float]:
    page.evaluate(WATCH)
    page.evaluate(SCROLL)
    return page.evaluate("window.stopWatch()")


def zooming(page: Page) -> list[float]:
    box = page.locator("[data-board]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.evaluate(WATCH)
    page.keyboard.down("Control")
    for n in range(24):
        page.mouse.wheel(0, 30 if n < 12 else -30)
        page.wait_for_timeout(16)
    page.keyboard.up("Control")
    return page.evaluate("window.stopWatch()")


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    with sync_playwright() as playwright, running(folder, "app") as server:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        print("milliseconds between frames: median, 95th percentile, most; over 34 ms")
        for bricks in SIZES:
            context = browser.new_context(viewport={"width": 1280, "height": 720})
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            visitor = Visitor(context.new_page(), server.url)
            visitor.open()
            tower(visitor, bricks)
            print(f"{bricks} bricks")
            print(told("drag", dragging(visitor.page, visitor)))
            print(told("scroll", scrolling(visitor.page)))
            print(told("zoom", zooming(visitor.page)))
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
