"""Data sets put on a shelf by hand, as an upload leaves them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from PIL import Image

from bricks.project import Project
from bricks.tower import Placed, Tower
from bricks.training import Training
from tests.pictures import folder_of
from uploads import binding
from uploads.dataset import PARTS, PICTURES, DataSet, Item, Sheet
from uploads.shelf import Shelf, new_id

SHEET = Sheet("values.csv", "utf-8", ",", label="value", picture="picture")


def shelved(
    shelf: Shelf,
    root: Path,
    classes: Mapping[str, int],
    suffix: str = ".jpg",
    values: bool = False,
) -> DataSet:
    """So many pictures of each class (or `train/class`), made in `root`.

    With `values`, a sheet gives each picture a value instead: its number.
    """
    folder_of(root, classes, suffix)
    layout = "parts" if any("/" in name for name in classes) else "folders"
    found = sorted(root.rglob(f"*{suffix}"))
    items = [_item(root, path, n if values else None) for n, path in enumerate(found)]
    names = () if values else tuple(sorted({item.label for item in items}))
    dataset = DataSet(
        id=new_id(),
        name=root.name,
        kind=PICTURES,
        layout="sheet" if values else layout,
        made=1.0,
        names=names,
        items=tuple(items),
        sheet=SHEET if values else None,
    )
    incoming = shelf.incoming(dataset.id)
    (incoming / "pictures").mkdir(parents=True)
    for item, path in zip(items, found, strict=True):
        shutil.copy(path, incoming / "pictures" / f"{item.digest}.{item.suffix}")
    if values:
        _write_sheet(root, items)
    return shelf.put(dataset, incoming)


def _item(root: Path, path: Path, value: float | None) -> Item:
    names = path.relative_to(root).parts
    with Image.open(path) as picture:
        width, height = picture.size
    return Item(
        digest=sha256(path.read_bytes()).hexdigest(),
        path="/".join(names),
        label="" if value is not None else names[-2],
        value=value,
        part=names[0] if names[0] in PARTS else None,
        width=width,
        height=height,
        bytes=path.stat().st_size,
        suffix=path.suffix[1:],
    )


def _write_sheet(root: Path, items: list[Item]) -> None:
    rows = [f"{item.path.replace('/', '-')},{item.value}" for item in items]
    (root / SHEET.file).write_text("\n".join(["picture,value", *rows]) + "\n")
    for item in items:  # a sheet names files wherever they lie
        (root / item.path).rename(root / item.path.replace("/", "-"))


def tower_on(dataset: DataSet, epochs: int = 2, **settings: object) -> Project:
    """A small tower that can be trained on these pictures."""
    placed = binding.put_on(Placed("Images", {"image_size": 16}), dataset)
    placed = binding.choose(placed, dataset, **settings)
    told = binding.full(placed)
    kind, units = told["label"], max(1, len(told["names"]))
    top = {
        "YesNo": {"units": 1, "activation": "sigmoid"},
        "Category": {"units": units, "activation": "softmax"},
        "Value": {"units": 1},
    }
    bricks: tuple[Placed, ...] = (
        Placed("Flatten"),
        Placed("Dense", {"units": 16, "activation": "relu"}),
        Placed("Dense", top.get(kind, {})),
    )
    if kind == "Picture":
        told_size = {"filters": told["channels"], "kernel_size": 3, "padding": "same"}
        bricks = (Placed("Conv2D", told_size | {"activation": "sigmoid"}),)
    training = Training(epochs=epochs, batch_size=8)
    return Project("Own", Tower(placed, bricks), training)
