"""The board's logic in the browser, held by its own JavaScript tests."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NAMES = [
    "outbox",
    "model",
    "nested",
    "repeats",
    "finding",
    "settings",
    "history",
    "text",
    "data",
    "stacked",
    "compare",
    "live",
    "variants",
    "results",
    "try",
    "home",
    "inside",
    "bases",
]
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(
    NODE is None, reason="node is not installed: the board's JavaScript tests need it"
)


@pytest.mark.parametrize("name", NAMES)
def test_the_browser_half_keeps_its_promises(name: str):
    told = subprocess.run(
        [NODE, "--test", str(HERE / f"{name}.test.mjs")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert told.returncode == 0, told.stdout + told.stderr
