"""A page of one file that runs a trained tower in the browser: draw, bring pictures.

The model is in the page; ONNX Runtime Web, which runs it, comes from the network, its
version and content fixed.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

from bricks.catalog import data_brick
from bricks.pictures import FITS
from bricks.project import Project
from codegen.predict import looks_at

CDN = "https://cdn.jsdelivr.net/npm/onnxruntime-web@1.30.0/dist/"
INTEGRITY = "sha384-Bw6URI+Gvoadw0do7/QrSHUC9D1vCYYK5OSqChFyhyV5mzPL4oe2rOAFljAnS8Sq"
PAGE = Path(__file__).with_suffix(".html")
MOST = 60_000_000
"""Bytes of a model that a page may carry; text of base 64 is a third longer."""
DRAWN = ("mnist", "uci")
"""The data whose pictures can be drawn here, by `prepares`."""


def demo(project: Project, model: bytes, names: tuple[str, ...] = ()) -> str:
    """The page, with the ONNX file `model` in it; the tower must look at pictures.
    `names` are those of the classes where the data brick has numbers alone."""
    brick, shape = data_brick(project.tower.data.kind), looks_at(project)
    assert brick is not None, "a tower stands on a data brick"
    assert shape is not None, "there is a demo of towers that look at pictures only"
    settings = brick.full(project.tower.data.settings)
    told = {
        "title": project.name,
        "shape": shape,
        "classes": names or brick.answers(settings),
        "prepares": brick.prepares,
        "draws": brick.prepares in DRAWN,
        "fit": settings.get("fit", FITS[0]),
    }
    parts = {
        "<tower>": json.dumps(told).replace("<", "\\u003c"),
        "<model>": base64.b64encode(model).decode("ascii"),
        "<cdn>": CDN,
        "<integrity>": INTEGRITY,
    }
    page = PAGE.read_text("utf-8")
    for mark, text in parts.items():
        page = page.replace(mark, text)
    return page
