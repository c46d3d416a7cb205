"""A script that tells what a trained tower sees in picture files; it needs no Keras.

It reads and prepares a picture by the very source that read the tower's data, or that
brings a drawing into the form of theirs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from bricks import pictures
from bricks.brick import Data, Settings, Shape
from bricks.catalog import catalog, data_brick
from bricks.literal import assigned
from bricks.project import Project
from bricks.walk import label_brick
from codegen import drawn
from codegen.literal import prose
from codegen.source import MOST_NAMES

_HEAD = '''\
"""What a trained tower sees in pictures: <name>.

Printed by Brickyard. It needs NumPy, Pillow<needs> and ONNX Runtime.
Put the model's .onnx file beside it (or the .keras file, and install Keras).

Run it with: python predict.py PICTURE ...
"""
'''

_IMPORTS = ("import argparse", "import sys", "from pathlib import Path")
_NEEDS = ", pillow-heif"
TOP = 3

_MODEL = '''\
def load_model(path):
    """The model's answers as a function of pictures (n, height, width, channels)."""
    if path.suffix == ".onnx":
        import onnxruntime

        session = onnxruntime.InferenceSession(str(path))
        name = session.get_inputs()[0].name
        return lambda x: session.run(None, {name: x})[0]
    import keras

    model = keras.models.load_model(path, compile=False)
    return lambda x: model.predict(x, verbose=0)


def beside_this():
    """The model's file in this script's own folder: ONNX, which loads sooner, first."""
    here = Path(__file__).resolve().parent
    found = [*sorted(here.glob("*.onnx")), *sorted(here.glob("*.keras"))]
    if not found:
        raise SystemExit(f"There is no model in {here}: put the .onnx file there.")
    return found[0]
'''

_DRAWN = '''\
def read_picture(file):
    """One picture, as the tower's data have theirs: uint8 (height, width, channels)."""
    with Image.open(file) as picture:
        picture = ImageOps.exif_transpose(picture)
    if picture.has_transparency_data:
        under = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(under, picture.convert("RGBA"))
    return prepared(picture)
'''

_TOLD = {
    "Category": '''\
def told(answer):
    """The likeliest classes, each with its share."""
    best = np.argsort(-answer)[:TOP]
    return "  ".join(f"{CLASSES[n]} {answer[n]:.1%}" for n in best)
''',
    "YesNo": '''\
def told(answer):
    """Both classes, the likelier first: the tower tells the share of the second."""
    shares = [1 - answer[0], answer[0]]
    best = np.argsort(shares)[::-1]
    return "  ".join(f"{CLASSES[n]} {shares[n]:.1%}" for n in best)
''',
    "Value": '''\
def told(answer):
    """The value."""
    return f"{answer[0]:.4g}"
''',
}

_MAIN = '''\
def main():
    """Tell each picture in a line; 1 where one of them can't be read."""
    parser = argparse.ArgumentParser(description="What the tower sees in pictures.")
    parser.add_argument("pictures", nargs="+", type=Path, metavar="PICTURE")
    parser.add_argument("--model", type=Path, help="its .onnx or .keras file")
    given = parser.parse_args()
    answers = load_model(given.model or beside_this())
    failed = 0
    for path in given.pictures:
        try:
            picture = read_picture(path)
        except (OSError, ValueError, Image.DecompressionBombError) as error:
            print(f"{path}: it can't be read as a picture ({error})", file=sys.stderr)
            failed = 1
            continue
        x = picture[None].astype("float32") / np.float32(255)
        print(f"{path}: {told(answers(x)[0])}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
'''


def predict(project: Project, names: tuple[str, ...] = ()) -> str | None:
    """The script; None for towers that look at no pictures, or give pictures back.
    `names` are those of the classes where the data brick has numbers alone."""
    brick, shape = data_brick(project.tower.data.kind), looks_at(project)
    if brick is None or shape is None:
        return None
    settings = brick.full(project.tower.data.settings)
    label = label_brick(project.tower.data).kind
    own = settings if brick.own else _as_own(shape, settings)
    names = names or brick.answers(settings)
    heif = pictures.HEIF in own["formats"]
    title = prose(project.name) or "a tower"
    head = _HEAD.replace("<name>", title).replace("<needs>", _NEEDS if heif else "")
    constants = _constants(names, label, {} if brick.prepares else own)
    parts = [
        "\n".join([_imports(brick, heif), "", *constants]),
        *_reading(brick, own),
        _MODEL,
        _TOLD[label],
        _MAIN,
    ]
    return f"{head}\n" + "\n\n\n".join(part.strip("\n") for part in parts) + "\n"


def looks_at(project: Project) -> Shape | None:
    """(height, width, channels) of the pictures that a tower tells something of; None
    for other towers."""
    brick = data_brick(project.tower.data.kind)
    assert brick is not None, "a tower stands on a data brick"
    shape = brick.gives((), brick.full(project.tower.data.settings))
    pictures = isinstance(shape, tuple) and len(shape) == 3
    tells = label_brick(project.tower.data).kind in _TOLD
    return shape if isinstance(shape, tuple) and pictures and tells else None


def _as_own(shape: Shape, settings: Settings) -> Settings:
    """The settings by which own pictures would be read to this shape."""
    images = catalog()["Images"]
    height, width, channels = shape
    own = {"image_size": (height, width), "channels": channels}
    fit = {"fit": settings["fit"]} if "fit" in settings else {}
    return images.full({**own, **fit})


def _imports(brick: Data, heif: bool) -> str:
    source = drawn.source(brick.prepares) if brick.prepares else ""
    names = [
        "Image",
        *(["ImageFilter"] if "ImageFilter." in source else []),
        "ImageOps",
    ]
    found = ["import numpy as np", *(["import pillow_heif"] if heif else [])]
    found.append(f"from PIL import {', '.join(names)}")
    return "\n".join([*_IMPORTS, "", *found])


def _constants(names: tuple[str, ...], label: str, own: Settings) -> Iterator[str]:
    if len(names) > MOST_NAMES and names == tuple(map(str, range(len(names)))):
        yield f"CLASSES = [str(number) for number in range({len(names)})]"
    elif names:
        yield from assigned("CLASSES", list(names))
    if label == "Category":
        yield f"TOP = {TOP}"
    if own:
        kept = ("IMAGE_SIZE", "CHANNELS", "FORMATS", "pillow_heif")
        lines = pictures.loading(own).constants
        yield from (line for line in lines if line.startswith(kept))


def _reading(brick: Data, own: Settings) -> Iterator[str]:
    """The functions that read a picture file, `read_picture` last."""
    if brick.prepares:
        yield drawn.source(brick.prepares)
        yield _DRAWN
        return
    source = pictures.loading(own).functions
    functions = {f.name: f for f in ast.parse(source).body if hasattr(f, "name")}
    yield ast.get_source_segment(source, functions["read_picture"]) or ""
