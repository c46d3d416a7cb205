"""The source by which a printed script finds, reads, splits and feeds own pictures.

The server runs this same source: what it prepares is what the script would read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bricks.brick import Loading, Settings
from bricks.literal import assigned, literal
from bricks.param import both

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF")
HEIF = "HEIF"
MORE_FORMATS = (HEIF, "AVIF")
"""Named only where there are such pictures: not every Pillow reads them."""
FITS = ("crop", "pad", "stretch")
NUMBER = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?"
SHEET = ("file", "encoding", "delimiter", "picture", "label")
_SOME_SHEET = ("labels.csv", "utf-8-sig", ",", "picture", "value")

_IMPORTS = (
    "import argparse",
    "import hashlib",
    "import io",
    "import os",
    "import unicodedata",
    "from concurrent.futures import ThreadPoolExecutor",
    "from pathlib import Path",
    "import numpy as np",
    "from PIL import Image, ImageOps, UnidentifiedImageError",
)

_ONE = ("import numpy as np", "from PIL import Image, ImageOps")

_PARTS = """\
PARTS = {
    **dict.fromkeys(["train", "training"], "train"),
    **dict.fromkeys(["validation", "valid", "val"], "validation"),
    **dict.fromkeys(["test", "testing"], "test"),
}"""

_FIND = '''\
def find_pictures():
    """(part or None, label, path) of every file in DATA that may be a picture."""
    if not DATA.is_dir():
        raise SystemExit(f"There is no folder {DATA}: python train.py --data FOLDER")
<known>    for path in sorted(DATA.rglob("*")):
        name = unicodedata.normalize("NFC", path.relative_to(DATA).as_posix())
        names = name.split("/")
        if path.is_dir() or any(name.startswith((".", "__MACOSX")) for name in names):
            continue
<yield>


'''

_UNNAMED = """\
    # Before there are pictures: the classes are the folders in their order.
    found = {path.parent.name for path in DATA.glob("[!.]*/**/*.*")}
    folders = dict(zip(sorted(found), CLASSES))
"""

_YIELDS = {
    "folders": """\
        if len(names) > 1 and names[-2] in <folders>:
            yield None, <folders>[names[-2]], path""",
    "parts": """\
        part = PARTS.get(names[-3].lower()) if len(names) > 2 else None
        if len(names) > 1 and names[-2] in <folders>:
            yield part, <folders>[names[-2]], path""",
    "names": """\
        part = PARTS.get(names[-2].lower()) if len(names) > 1 else None
        word = re.match(r"(.*?)[\\W_]*\\d*\\W*$", Path(names[-1]).stem)[1]
        if word in FOLDERS:
            yield part, FOLDERS[word], path""",
    "sheet": """\
        part = PARTS.get(names[-2].lower()) if len(names) > 1 else None
        name = names[-1] if names[-1] in labels else Path(names[-1]).stem
        if name in labels:
            yield part, labels[name], path""",
}

_READ_SHEET = '''\
def read_sheet():
    """The label of each picture's name, as the CSV file in DATA has them."""
    files = sorted(DATA.rglob("*"), reverse=True)
    named = {unicodedata.normalize("NFC", path.name): path for path in files}
    if SHEET["file"] not in named:
        raise SystemExit(f"There is no file {SHEET['file']} in {DATA}.")
    with named[SHEET["file"]].open(encoding=SHEET["encoding"], newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=SHEET["delimiter"]))
    labels = {}
    for row in rows:
        name = unicodedata.normalize("NFC", row[SHEET["picture"]] or "").strip()
        cell = unicodedata.normalize("NFC", row[SHEET["label"]] or "").strip()
        if name and <known>:
            labels[name.replace("\\\\", "/").split("/")[-1]] = <label>
    return labels


'''

_READ = '''\
def look_at(found):
    """A found file with its content's digest and its points; None where it has none."""
    part, label, path = found
    try:
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
<changed>        return part, label, digest, read_picture(io.BytesIO(content))
    except Exception as error:  # noqa: BLE001 - a bad file may raise anything
        no_picture = isinstance(error, UnidentifiedImageError)
        print(f"Passed over {path}: {'it is no picture' if no_picture else error}")
        return None


def read_picture(file):
    """One picture, upright, brought to IMAGE_SIZE: uint8 (height, width, CHANNELS)."""
    height, width = IMAGE_SIZE
    with Image.open(file, formats=FORMATS) as picture:
        if picture.width * picture.height > 60_000_000:
            raise ValueError("it has more than 60 million points")
        picture.draft(None, (2 * max(IMAGE_SIZE), 2 * max(IMAGE_SIZE)))  # large JPEGs
        picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I;16"):
        picture = Image.fromarray((np.asarray(picture) >> 8).astype("uint8"))
<alpha>    picture = picture.convert("<mode>")
    picture = <fit>
    return np.asarray(picture).reshape(height, width, CHANNELS)


'''

_CHANGED = """\
        label = CHANGES.get(digest[:12], label)
"""

_LEFT_OUT = """\
        if label is None:
            return None
"""

_ALPHA = """\
    if picture.has_transparency_data:
        under = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(under, picture.convert("RGBA"))
"""

_MODES = {1: "L", 3: "RGB", 4: "RGBA"}

_FIT = {
    "crop": "ImageOps.fit(picture, (width, height), Image.Resampling.BILINEAR)",
    "pad": "ImageOps.pad(picture, (width, height), Image.Resampling.BILINEAR)",
    "stretch": "picture.resize((width, height), Image.Resampling.BILINEAR)",
}

_SPLIT = '''\
def split_pictures(seen):
    """Each part's (label, picture) pairs; seen are (part, label, digest, picture).

    Where the folders name no validation or test part, a share of every class becomes
    it. Chance goes by SPLIT_SEED and by what a picture holds, so that the same pictures
    are split alike wherever they lie, and the same picture twice counts once.
    """
    told = {row[0] for row in seen}
    parts, classes = {"train": [], "validation": [], "test": []}, {}
    for part, label, digest, picture in {row[:3]: row for row in seen}.values():
        row = hashlib.sha256(f"{SPLIT_SEED} {digest}".encode()).digest(), label, picture
        if part in ("validation", "test"):
            parts[part].append(row)
        else:
            classes.setdefault(label if isinstance(label, str) else "", []).append(row)
    for rows in classes.values():
        rows.sort(key=lambda row: row[0])
        whole = len(rows)
        for part, share in ("validation", VALIDATION), ("test", TEST):
            count = 0 if part in told else max(1, round(share * whole))
            count = min(count, len(rows) - 1)
            parts[part] += rows[:count]
            rows = rows[count:]
        parts["train"] += rows
    for rows in parts.values():
        rows.sort(key=lambda row: row[:2])
    return {part: [row[1:] for row in rows] for part, rows in parts.items()}
'''

_FEEDING = '''\
class Batches(keras.utils.PyDataset):
    """Pictures batch by batch, their points from 0 to 1; they may lie on the disk."""

    def __init__(self, x, y, shuffle=False):
        super().__init__()
        self.x, self.y, self.shuffle = x, y, shuffle
        self.order = np.arange(len(y))
        self.on_epoch_end()

    def __len__(self):
        return (len(self.order) + BATCH_SIZE - 1) // BATCH_SIZE

    def __getitem__(self, number):
        rows = self.order[number * BATCH_SIZE : (number + 1) * BATCH_SIZE]
        pictures = self.x[rows] / np.float32(255)
        return pictures, <target>

    def on_epoch_end(self):
        if self.shuffle:
            np.random.shuffle(self.order)
'''

_BODY = '''\
    """The pictures in DATA: three pairs to train, validate and test with.

    Pictures are uint8 (n, <size>), labels (n,) <about>.
    Where Brickyard has read them already, they stay on the disk.
    """
    parts = "train", "validation", "test"
    if (DATA / "train_x.npy").is_file():
        files = [(DATA / f"{part}_x.npy", DATA / f"{part}_y.npy") for part in parts]
        return [(np.load(x, mmap_mode="r"), np.load(y)) for x, y in files]
    with ThreadPoolExecutor() as pool:
        seen = [row for row in pool.map(look_at, find_pictures()) if row]
    rows = split_pictures(seen)
    if not all(rows.values()):
        raise SystemExit(f"There are too few pictures in {DATA} to train and to test.")
    return [
        (
            np.stack([picture for _, picture in rows[part]]),
            np.array([<label> for label, _ in rows[part]]),
        )
        for part in parts
    ]
'''

_ARGUMENTS = """\
    parser = argparse.ArgumentParser(description="Train on a folder of pictures.")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder")
    DATA = parser.parse_args().data
"""


def loading(settings: Settings) -> Loading:
    """How a script on own pictures gets them."""
    if _value(settings) and not settings["sheet"]:  # before there are pictures
        settings = {**settings, "layout": "sheet", "sheet": _SOME_SHEET}
    return Loading(
        body=_body(settings),
        imports=(*_IMPORTS, *_more_imports(settings)),
        constants=tuple(_constants(settings)),
        functions=_functions(settings),
        feeding=_filled(
            _FEEDING,
            target="pictures" if settings["label"] == "Picture" else "self.y[rows]",
        ),
        arguments=_ARGUMENTS,
        command=" --data FOLDER",
        needs=("Pillow", *(["pillow-heif"] if HEIF in settings["formats"] else [])),
    )


def reading(settings: Settings) -> Loading:
    """How a script reads one picture's file: `read_picture(file)` gives uint8 (height,
    width, channels), and there is no `load_data`."""
    kept = ("IMAGE_SIZE", "CHANNELS", "FORMATS", "pillow_heif")
    whole = loading(settings)
    start = whole.functions.index("def read_picture")
    end = whole.functions.index("def split_pictures")
    return Loading(
        body="",
        imports=(*_ONE, *(i for i in whole.imports if "pillow_heif" in i)),
        constants=tuple(line for line in whole.constants if line.startswith(kept)),
        functions=whole.functions[start:end],
        needs=whole.needs,
    )


def _value(settings: Settings) -> bool:
    """Whether every picture has a value, and no class."""
    if settings["dataset"]:
        return not _classes(settings)
    return settings["label"] == "Value"


def _classes(settings: Settings) -> bool:
    """Whether the classes are known, be they left out."""
    return bool(settings["names"] or settings["folders"])


def _filled(template: str, **parts: str) -> str:
    for name, part in parts.items():
        template = template.replace(f"<{name}>", part)
    return template


def _more_imports(settings: Settings) -> Iterator[str]:
    if settings["sheet"]:
        yield "import csv"
    if settings["layout"] == "names" or (settings["sheet"] and _value(settings)):
        yield "import re"
    if HEIF in settings["formats"]:
        yield "import pillow_heif"


def _body(settings: Settings) -> str:
    height, width = both(settings["image_size"])
    value = _value(settings)
    return _filled(
        _BODY,
        size=f"{height}, {width}, {settings['channels']}",
        about="are values" if value else "count CLASSES",
        label="label" if value else "CLASSES.index(label)",
    )


def _constants(settings: Settings) -> Iterator[str]:
    yield 'DATA = Path(os.environ.get("BRICKYARD_DATA", "my_pictures"))'
    yield f"IMAGE_SIZE = {both(settings['image_size'])}"
    yield f"CHANNELS = {settings['channels']}"
    # A project file may name anything: no decoder but these is ever let loose.
    more = [name for name in MORE_FORMATS if name in settings["formats"]]
    yield f"FORMATS = {literal([*FORMATS, *more])}"
    yield f"SPLIT_SEED = {settings['split_seed']}"
    yield f"VALIDATION, TEST = {settings['validation']}, {settings['test']}"
    if settings["layout"] != "folders":
        yield from _PARTS.splitlines()
    if _classes(settings):
        yield from _folders(settings)
    if settings["sheet"]:
        yield from assigned("SHEET", dict(zip(SHEET, settings["sheet"])))
    if settings["changes"]:
        yield "# By the start of their SHA-256: moved to another class, or left out."
        yield from assigned("CHANGES", {k: v or None for k, v in settings["changes"]})
    if HEIF in more:
        yield "pillow_heif.register_heif_opener()"


def _folders(settings: Settings) -> Iterable[str]:
    """The class that each folder's name stands for."""
    if settings["folders"]:
        return assigned("FOLDERS", {f: n or None for f, n in settings["folders"]})
    return ["FOLDERS = {name: name for name in CLASSES}"]


def _functions(settings: Settings) -> str:
    sheet, value = bool(settings["sheet"]), _value(settings)
    channels = settings["channels"]
    find = _filled(
        _FIND,
        known=_known(settings),
        **{"yield": _YIELDS.get(settings["layout"], _YIELDS["parts"])},
        folders="FOLDERS" if _classes(settings) else "folders",
    )
    known = f're.fullmatch(r"{NUMBER}", cell)' if value else "cell in FOLDERS"
    label = "float(cell)" if value else "FOLDERS[cell]"
    read = _filled(
        _READ,
        changed=_changed(settings),
        alpha="" if channels == 4 else _ALPHA,
        mode=_MODES.get(channels, "RGB"),
        fit=_FIT[settings["fit"]],
    )
    sheets = _filled(_READ_SHEET, known=known, label=label) if sheet else ""
    return find + sheets + read + _SPLIT


def _known(settings: Settings) -> str:
    """What the files' names are looked up in."""
    if settings["sheet"]:
        return "    labels = read_sheet()\n"
    return "" if _classes(settings) else _UNNAMED


def _changed(settings: Settings) -> str:
    """What a picture's class is after all, as people changed it."""
    dropped = any(not name for _, name in settings["folders"])
    moved = _CHANGED if settings["changes"] else ""
    return moved + (_LEFT_OUT if moved or dropped else "")
