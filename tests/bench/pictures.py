"""Own pictures: from a zip file to ready, epochs fed from the disk, and memory.

Run with: python -m tests.bench.pictures [zip|readers|epochs|memory ...]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import psutil
from PIL import Image

from bricks.project import Project
from bricks.tower import Placed, Tower
from bricks.training import Training
from codegen import live
from codegen.source import script
from uploads import binding, prepare
from uploads.dataset import DataSet, Item
from uploads.limits import Limits
from uploads.shelf import Shelf, new_id
from uploads.source import Told
from uploads.take import take

CLASSES = ("cat", "dog")
COUNT = 4_000
SIZE = (160, 120)
MANY = 10_000
LARGE = 224
BATCH = 32
TIMES = 3
CORES = os.cpu_count() or 1


def main(names: list[str]) -> None:
    """The figures of each part, or of those named."""
    parts = {"zip": _zip, "readers": _readers, "epochs": _epochs, "memory": _memory}
    with tempfile.TemporaryDirectory() as folder:
        for name in names or parts:
            print(f"\n{name}", flush=True)
            parts[name](Path(folder) / name)


def photograph(seed: int, size: tuple[int, int]) -> Image.Image:
    """Coarse and fine noise: a JPEG of it is as large as of a photograph."""
    chance = np.random.default_rng(seed)
    coarse = Image.fromarray(chance.integers(0, 256, (12, 16, 3), "uint8"))
    fine = chance.normal(0, 12, (*size[::-1], 3))
    points = np.asarray(coarse.resize(size, Image.Resampling.BICUBIC)) + fine
    return Image.fromarray(points.clip(0, 255).astype("uint8"))


def folder_of(root: Path, count: int, size: tuple[int, int]) -> Path:
    """So many JPEGs in two folders."""
    for seed in range(count):
        where = root / CLASSES[seed % 2]
        where.mkdir(parents=True, exist_ok=True)
        photograph(seed, size).save(where / f"{seed:05}.jpg", quality=90)
    return root


def tower_on(dataset: DataSet, size: int | tuple[int, int]) -> Project:
    """A tower so small that its epoch is mostly reading."""
    placed = binding.put_on(Placed("Images", {"image_size": size}), dataset)
    bricks = (
        Placed("MaxPooling2D", {"pool_size": 8}),
        Placed("Flatten"),
        Placed("Dense", {"units": 1, "activation": "sigmoid"}),
    )
    return Project("Bench", Tower(placed, bricks), Training(BATCH, epochs=1))


@contextmanager
def told(what: str, count: int) -> Iterator[None]:
    """Say how long it took."""
    began = perf_counter()
    yield
    spent = perf_counter() - began
    print(f"  {what:<56}{spent:>8.2f} s{count / spent:>10,.0f} a second", flush=True)


def _quiet(_done: int, _of: int) -> None:
    pass


def _taken(root: Path, source: Path, count: int) -> tuple[Shelf, DataSet]:
    shelf = Shelf(root / "home", "ann")
    incoming = shelf.incoming(new_id())
    incoming.mkdir(parents=True)
    limits = Limits(files=count, upload=10**12, total=10**12)
    found = take(source, incoming, Told("bench"), limits, _quiet)
    return shelf, shelf.put(found, incoming)


def _zip(root: Path) -> None:
    """The way of an upload, and what Keras takes for the same pictures."""
    source = folder_of(root / "own", COUNT, SIZE)
    archive = root / "own.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(source.rglob("*.jpg")):
            packed.write(path, path.relative_to(source))
    print(f"  {COUNT:,} JPEGs, {archive.stat().st_size / 1e6:.0f} MB")
    with told("zip to data set (checked, copied, thumbs)", COUNT):
        shelf, dataset = _taken(root, archive, COUNT)
    settings = binding.full(tower_on(dataset, 150).tower.data)
    with told("data set to arrays", COUNT):
        prepare.prepare(shelf.folder(dataset.id), settings, _quiet)
    with told("the second time", COUNT):
        prepare.prepare(shelf.folder(dataset.id), settings, _quiet)
    seed = binding.choose(tower_on(dataset, 150).tower.data, dataset, split_seed=2)
    with told("split anew, nothing read again", COUNT):
        prepare.prepare(shelf.folder(dataset.id), binding.full(seed), _quiet)
    for _ in _keras_pictures(source, 150).take(1):
        pass  # TensorFlow starts
    with told("image_dataset_from_directory, one time through", COUNT):
        for _ in _keras_pictures(source, 150):
            pass


def _keras_pictures(source: Path, size: int) -> Any:
    import keras

    return keras.utils.image_dataset_from_directory(
        source,
        image_size=(size, size),
        batch_size=BATCH,
        label_mode="binary",
        verbose=0,
    )


def _read_there(settings: str, path: Path) -> int:
    """In a process of its own: read one, and send only its size back."""
    return _reader(settings)(path).nbytes


@cache
def _reader(settings: str) -> Callable[[Path], np.ndarray]:
    return binding.module(json.loads(settings)).read_picture


def _readers(root: Path) -> None:
    """One thread, threads, processes: which reads pictures soonest?"""
    for size in (SIZE, (1_600, 1_200)):
        count = COUNT if size == SIZE else 200
        source = folder_of(root / str(size[0]), count, size)
        shelf, dataset = _taken(root / f"taken-{size[0]}", source, count)
        settings = binding.full(tower_on(dataset, 150).tower.data)
        paths = sorted((shelf.folder(dataset.id) / "pictures").iterdir())
        read = binding.module(settings).read_picture
        there = partial(_read_there, json.dumps(settings))
        print(f"  {count:,} of {size[0]} x {size[1]}")
        for _ in range(TIMES):  # by turns: others use the machine too
            for kind, work, cores in (
                (ThreadPoolExecutor, read, 1),
                (ThreadPoolExecutor, read, CORES),
                (ProcessPoolExecutor, there, CORES),
            ):
                with told(f"{cores} x {kind.__name__}", count), kind(cores) as pool:
                    list(pool.map(work, paths, chunksize=16))


def _epochs(root: Path) -> None:
    """Three epochs: from arrays in memory, from the disk as we do, as Keras does."""
    import keras

    source = folder_of(root / "own", COUNT, SIZE)
    shelf, dataset = _taken(root, source, COUNT)
    project = tower_on(dataset, 150)
    settings = binding.full(project.tower.data)
    where = prepare.prepare(shelf.folder(dataset.id), settings, _quiet)
    os.environ["BRICKYARD_DATA"] = str(where)
    module = live.module(script(project))
    x, y = module.load_data()[0]

    def model():
        made = module.build_model()
        made.compile("adam", "binary_crossentropy", steps_per_execution=8)
        return made

    points = x / np.float32(255)
    feeds = {
        "arrays in memory (floats)": (points, y),
        "Batches from the disk": (module.Batches(x, y, shuffle=True), None),
    }
    for name, (given, target) in feeds.items():
        fit = partial(model().fit, given, target, verbose=0, shuffle=True)
        fit(batch_size=BATCH if target is not None else None, epochs=1)
        with told(f"{name}, 3 epochs of {len(y):,}", 3 * len(y)):
            fit(batch_size=BATCH if target is not None else None, epochs=3)
    with told(f"a plain loop over Batches, 3 times {len(y):,}", 3 * len(y)):
        feed = module.Batches(x, y, shuffle=True)
        for _ in range(3):
            for number in range(len(feed)):
                feed[number]
            feed.on_epoch_end()
    theirs = _keras_pictures(source, 150)
    scaled = keras.Sequential([keras.layers.Rescaling(1 / 255), model()])
    scaled.compile("adam", "binary_crossentropy", steps_per_execution=8)
    scaled.fit(theirs, epochs=1, verbose=0)
    with told(f"image_dataset_from_directory, 3 epochs of {COUNT:,}", 3 * COUNT):
        scaled.fit(theirs, epochs=3, verbose=0)


def _memory(root: Path) -> None:
    """What a process holds of its own while it prepares, and while it trains."""
    base = folder_of(root / "own", 500, (320, 240))
    shelf, dataset = _taken(root, base, 500)
    many = [
        Item(**{name: getattr(item, name) for name in Item.__slots__})
        for item in dataset.items
    ]
    for count in (500, 2_000, MANY):
        grown = _grown(shelf, dataset, many, count)
        command = [sys.executable, "-m", "tests.bench.pictures", "--hold"]
        told_to = [str(shelf.folder(dataset.id)), str(root / "p.json")]
        (root / "p.json").write_text(tower_on(grown, LARGE).to_json())
        subprocess.run([*command, *told_to], check=True)


def _grown(shelf: Shelf, dataset: DataSet, items: list[Item], count: int) -> DataSet:
    """The data set with the same pictures again and again under other digests."""
    from dataclasses import replace

    folder = shelf.folder(dataset.id) / "pictures"
    more = []
    for number in range(count):
        item = items[number % len(items)]
        digest = f"{number:08x}{item.digest[8:]}"
        copy = folder / f"{digest}.{item.suffix}"
        if not copy.exists():
            copy.hardlink_to(folder / f"{item.digest}.{item.suffix}")
        more.append(replace(item, digest=digest, added=0))
    grown = replace(dataset, items=tuple(more))
    shelf.save(grown)
    return grown


def hold(folder: Path, file: Path) -> None:
    """Prepare and train in this process; say what it held at most."""
    import keras

    project = Project.from_json(file.read_text())
    settings = binding.full(project.tower.data)
    most = 0

    def look(done: int, of: int) -> None:
        nonlocal most
        if done % 50 == 0:
            most = max(most, _own())

    began, before = perf_counter(), _own()
    where = prepare.prepare(folder, settings, look)
    spent = perf_counter() - began
    count = sum(settings["counts"])
    size = sum(path.stat().st_size for path in where.iterdir()) / 1e6
    print(
        f"  {count:>6,} of {LARGE} x {LARGE}: {size:,.0f} MB on disk, {spent:.1f} s; "
        f"own memory {before / 1e6:.0f} MB before, {most / 1e6:.0f} MB at most",
        flush=True,
    )
    os.environ["BRICKYARD_DATA"] = str(where)
    module = live.module(script(project))
    before = _own()
    keras.config.disable_interactive_logging()
    module.train(module.build_model(), module.load_data())
    print(f"  {'':>6} an epoch of it: {before / 1e6:.0f} -> {_own() / 1e6:.0f} MB")


def _own() -> int:
    """Bytes of this process that are no files' (what lies mapped can go any time)."""
    told = psutil.Process().memory_info()
    return told.rss - getattr(told, "shared", 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--hold"]:
        hold(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(sys.argv[1:])
