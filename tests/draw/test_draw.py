"""The drawing module, held by its own JavaScript tests."""

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

HERE = Path(__file__).parent
WEB = HERE.parents[1] / "ui" / "board" / "web" / "draw"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(
    NODE is None, reason="node is not installed: the drawing's own tests need it"
)

PICTURE = """
import { standalone } from "./draw.js";
const looks = { profile: "slope", left: "units", right: null, plate: false };
const name = "a \\u0000 \\u0007 <b> & \\"quoted\\" \\ud55c\\uae00";
const stage = { id: "a", kind: "Dense", name, settings: { units: 3 },
  gets: [4], gives: [3], problem: null };
console.log(standalone([stage], { Dense: { looks } }, { title: name }));
"""


def node(*arguments: str, **more) -> subprocess.CompletedProcess:
    return subprocess.run(
        [NODE, *arguments], capture_output=True, text=True, timeout=60, **more
    )


def test_the_drawing_keeps_its_promises():
    told = node("--test", *map(str, sorted(HERE.glob("*.test.mjs"))))
    assert told.returncode == 0, told.stdout + told.stderr


def test_a_picture_of_its_own_is_well_formed():
    told = node("--input-type=module", "-e", PICTURE, cwd=WEB, encoding="utf-8")
    assert told.returncode == 0, told.stderr
    assert ElementTree.fromstring(told.stdout).tag == "{http://www.w3.org/2000/svg}svg"
