"""The demo page runs a tower in the browser, and tells what Python tells."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from bricks import pictures
from bricks.project import Project
from codegen import demo

pytestmark = [pytest.mark.keras, pytest.mark.slow]

MAKE = """
import sys
import keras
from bricks.pictures import FITS
from bricks.project import Project
from bricks.recipes import read
from bricks.tower import GROUND, Placed, Tower
from codegen import demo, live
from codegen.source import script
from training.worker.exports import formats
from pathlib import Path
name, folder = sys.argv[1], Path(sys.argv[2])
if name in FITS:
    settings = {"image_size": (24, 24), "fit": name, "label": "YesNo"}
    bricks = (Placed("Flatten"), Placed("Dense", {"units": 1, "activation": "sigmoid"}))
    data = Placed("Images", settings, id=GROUND)
    project = Project(name, Tower(data, bricks))
    (folder / "project.json").write_text(project.to_json(), "utf-8")
else:
    project = read(name)
module = live.module(script(project))
keras.utils.set_random_seed(3)
model = module.build_model()
if name == "digits-cnn":
    x, y = module.load_data()[0]
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=4, verbose=0)
model.save(folder / "model.keras")
formats.make("onnx", model, folder / "model.onnx")
page = demo.demo(project, (folder / "model.onnx").read_bytes())
(folder / "index.html").write_text(page, "utf-8")
"""
SHARES = "rows => rows.map(row => [row.children[0].textContent, row.children[1].value])"


@pytest.fixture(scope="module")
def runtime(tmp_path_factory):
    """The real npm package that the page takes from the network."""
    folder = tmp_path_factory.mktemp("npm")
    version = re.search(r"onnxruntime-web@[\d.]+", demo.CDN)[0]
    npm = shutil.which("npm")
    pack = [npm or "npm", "pack", version, "--silent"]
    if npm is None or subprocess.run(pack, cwd=folder, capture_output=True).returncode:
        pytest.skip(f"npm can't fetch {version} here")
    (packed,) = folder.glob("*.tgz")
    with tarfile.open(packed) as archive:
        for member in archive.getmembers():
            path = Path(member.name)
            if member.isfile() and path.parent == Path("package/dist"):
                (folder / path.name).write_bytes(archive.extractfile(member).read())
    return folder


@pytest.fixture
def opened(chromium, runtime, tmp_path):
    """Opens the demo page of a recipe as a file; answers for the network's address."""
    context = chromium.new_context()
    asked = []

    def fulfill(route):
        asked.append(route.request.url)
        name = route.request.url.removeprefix(demo.CDN)
        headers = {"Access-Control-Allow-Origin": "*"}
        route.fulfill(path=runtime / name, headers=headers)

    def open_page(recipe):
        made = [sys.executable, "-c", MAKE, recipe, str(tmp_path)]
        subprocess.run(made, check=True, capture_output=True)
        page = context.new_page()
        page.route(lambda url: not url.startswith("file:"), lambda r: r.abort())
        page.route(f"{demo.CDN}**", fulfill)
        page.goto((tmp_path / "index.html").as_uri())
        page.wait_for_selector("body[data-ready]", timeout=60_000)
        return page

    yield open_page
    assert all(url.startswith(demo.CDN) for url in asked)
    context.close()


def shares(page):
    page.wait_for_selector(".row")
    return dict(page.eval_on_selector_all(".row", SHARES))


def drawn_seven(page):
    """A seven, by mouse."""
    at = page.locator("#given").bounding_box()
    corners = [(70, 60), (200, 60), (140, 230)]
    page.mouse.move(at["x"] + 70, at["y"] + 60)
    page.mouse.down()
    for x, y in corners:
        page.mouse.move(at["x"] + x, at["y"] + y, steps=8)
    page.mouse.up()


def seen_by_python(page, tmp_path, prepares):
    """What Python makes of the very drawing that is on the page."""
    from codegen import drawn

    page.locator("#given").screenshot(path=tmp_path / "page.png")
    raw = page.evaluate(
        "Array.from(document.querySelector('#given').getContext('2d')"
        ".getImageData(0, 0, 280, 280).data.filter((_, n) => n % 4 === 0))"
    )
    ink = np.where(np.array(raw, "uint8").reshape(280, 280) < 128, 255, 0)
    return drawn.STROKES[prepares](ink.astype("uint8"))


def test_a_drawn_digit_is_told_as_python_tells_it(opened, tmp_path):
    import onnxruntime

    page = opened("digits-cnn")
    drawn_seven(page)
    page.wait_for_timeout(500)
    told = shares(page)
    x = seen_by_python(page, tmp_path, "uci")[None] / np.float32(255)
    session = onnxruntime.InferenceSession(tmp_path / "model.onnx")
    (known,) = session.run(None, {session.get_inputs()[0].name: x})[0]
    page_says = [told[str(n)] for n in range(10)]
    assert int(np.argmax(page_says)) == int(np.argmax(known))
    assert np.abs(np.array(page_says) - known).max() < 0.05


def test_mnist_is_prepared_as_python_prepares_it(opened, tmp_path):
    page = opened("mnist-mlp")
    drawn_seven(page)
    page.wait_for_timeout(500)
    seen = page.evaluate(
        "Array.from(document.querySelector('#seen').getContext('2d')"
        ".getImageData(0, 0, 28, 28).data.filter((_, n) => n % 4 === 0))"
    )
    python = seen_by_python(page, tmp_path, "mnist").astype(int)
    here = np.array(seen).reshape(28, 28, 1)
    assert here.max() > 200
    assert np.abs(here - python).mean() < 4


def seen(page, side, count):
    """What the page shows to the network, uint8 (side, side, count)."""
    page.wait_for_selector("#answers .row, #answers:not(:empty)")
    page.wait_for_timeout(300)
    raw = page.evaluate(
        "Array.from(document.querySelector('#seen').getContext('2d')"
        f".getImageData(0, 0, {side}, {side}).data)"
    )
    return np.array(raw, "uint8").reshape(side, side, 4)[..., :count]


def shirt(ground, cloth):
    """A photograph of a shirt, larger than a page looks at, and off the middle."""
    photo = Image.new("RGB", (600, 800), ground)
    ImageDraw.Draw(photo).polygon(
        [(150, 200), (420, 200), (380, 700), (190, 700)], cloth
    )
    return photo


@pytest.mark.parametrize("ground", ["white", "black"])
def test_clothes_are_prepared_as_python_prepares_them(opened, tmp_path, ground):
    from codegen import drawn

    page = opened("fashion-mlp")
    photo = shirt(ground, (90, 110, 160))
    photo.save(tmp_path / "shirt.png")
    page.set_input_files("#file", tmp_path / "shirt.png")
    told = seen(page, 28, 1).astype(int)
    python = drawn.from_picture(photo, "clothes").astype(int)
    assert python[:, 0].max() == 0
    assert np.abs(told - python).mean() < 4


@pytest.mark.parametrize("fit", pictures.FITS)
def test_own_pictures_are_fitted_as_the_tower_read_them(opened, tmp_path, fit):
    from codegen import live
    from codegen.source import script

    page = opened(fit)
    photo = Image.fromarray(
        np.linspace(0, 255, 90 * 60 * 3).reshape(60, 90, 3).astype("uint8")
    )
    photo.save(tmp_path / "photo.png")
    page.set_input_files("#file", tmp_path / "photo.png")
    project = Project.from_json((tmp_path / "project.json").read_text())
    read_picture = live.module(script(project)).read_picture
    python = read_picture(tmp_path / "photo.png").astype(int)
    assert np.abs(seen(page, 24, 3).astype(int) - python).mean() < 4


def test_a_picture_is_chosen_and_what_is_none_is_said(opened, tmp_path):
    page = opened("shapes-cnn")
    Image.new("RGB", (90, 60), "red").save(tmp_path / "red.png")
    page.set_input_files("#file", tmp_path / "red.png")
    told = shares(page)
    assert set(told) == {"circle", "square", "triangle"}
    assert sum(told.values()) == pytest.approx(1, abs=1e-3)
    bad = Path(tmp_path / "bad.png")
    bad.write_bytes(b"nothing")
    page.set_input_files("#file", bad)
    page.get_by_text("can't be read as a picture").wait_for()
