"""Own pictures are read once, and lie on the disk as the script would have them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tests.shelved import shelved, tower_on
from uploads import binding, prepare
from uploads.dataset import PARTS
from uploads.errors import UploadError
from uploads.prepare import KEPT
from uploads.shelf import PREPARED, Shelf


@pytest.fixture
def shelf(tmp_path):
    """Nobody's data sets yet."""
    return Shelf(tmp_path / "home", "ann")


def quiet(_done: int, _of: int) -> None:
    """Nobody looks."""


def brick(dataset, **settings):
    """Every setting of a data brick on it."""
    return binding.full(tower_on(dataset, **settings).tower.data)


def arrays(where: Path) -> dict[str, np.ndarray]:
    """What lies ready."""
    return {path.stem: np.load(path) for path in sorted(where.glob("*.npy"))}


CASES = {
    "folders": ({"cat": 9, "dog": 7}, ".jpg", {}),
    "parts": ({f"{p}/{c}": 4 for p in PARTS for c in "ab"}, ".png", {}),
    "three, grey, padded": ({"a": 5, "b": 6, "c": 7}, ".jpg", {"fit": "pad"}),
    "values": ({"x": 12}, ".png", {}),
}


@pytest.mark.parametrize(("classes", "suffix", "told"), CASES.values(), ids=CASES)
def test_what_lies_ready_is_what_the_script_would_read(
    shelf, tmp_path, monkeypatch, classes, suffix, told
):
    values = "x" in classes
    dataset = shelved(shelf, tmp_path / "own", classes, suffix, values)
    settings = brick(dataset, **told, channels=1 if told else 3)
    where = prepare.prepare(shelf.folder(dataset.id), settings, quiet)
    monkeypatch.setenv("BRICKYARD_DATA", str(tmp_path / "own"))
    home = loads(settings)
    monkeypatch.setenv("BRICKYARD_DATA", str(where))
    ours = loads(settings)
    for part, (x, y), (home_x, home_y) in zip(PARTS, ours, home, strict=True):
        assert isinstance(x, np.memmap), part
        assert (x.dtype, y.dtype) == (home_x.dtype, home_y.dtype)
        np.testing.assert_array_equal(x, home_x)
        np.testing.assert_array_equal(y, home_y)


def loads(settings):
    """What the printed script's `load_data` gives."""
    from bricks import pictures

    loading = pictures.loading(settings)
    names = f"CLASSES = {list(settings['names'])!r}"
    load = f"def load_data():\n{loading.body}"
    script = ModuleType("script")
    parts = (*loading.imports, names, *loading.constants, loading.functions, load)
    exec("\n".join(parts), vars(script))
    return script.load_data()


def test_the_second_time_nothing_is_read(shelf, tmp_path):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 5, "dog": 5})
    folder, settings = shelf.folder(dataset.id), brick(dataset)
    assert prepare.ready(folder, settings) is None
    told: list[tuple[int, int]] = []
    where = prepare.prepare(folder, settings, lambda *now: told.append(now))
    assert told == [(n, 10) for n in range(1, 11)]
    assert prepare.ready(folder, settings) == where
    assert prepare.prepare(folder, settings, lambda *now: told.append(now)) == where
    assert len(told) == 10


def test_pictures_read_before_are_not_read_again_for_other_classes(shelf, tmp_path):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 6, "dog": 6})
    folder, project = shelf.folder(dataset.id), tower_on(dataset)
    first = prepare.prepare(folder, binding.full(project.tower.data), quiet)
    key = dataset.items[0].key
    moved = binding.move(project.tower.data, dataset, [key], "dog")
    for copy in (folder / "pictures").iterdir():
        copy.unlink()  # so that reading would fail
    second = prepare.prepare(folder, binding.full(moved), quiet)
    assert second != first
    before, after = arrays(first), arrays(second)
    rows = {part: prepare.keys(second, part) for part in PARTS}
    part = next(part for part in PARTS if key in rows[part])
    assert after[f"{part}_y"][rows[part].index(key)] == 1
    for part in PARTS:
        for row, digest in enumerate(rows[part]):
            was = next(p for p in PARTS if digest in prepare.keys(first, p))
            old = before[f"{was}_x"][prepare.keys(first, was).index(digest)]
            np.testing.assert_array_equal(after[f"{part}_x"][row], old)


def test_another_size_is_read_anew(shelf, tmp_path):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 5, "dog": 5})
    folder = shelf.folder(dataset.id)
    small = prepare.prepare(folder, brick(dataset), quiet)
    large = prepare.prepare(folder, brick(dataset, image_size=(20, 24)), quiet)
    assert arrays(small)["train_x"].shape[1:] == (16, 16, 3)
    assert arrays(large)["train_x"].shape[1:] == (20, 24, 3)


def test_what_was_broken_off_goes_on_where_it_was(shelf, tmp_path):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 20, "dog": 20}, ".png")
    folder, settings = shelf.folder(dataset.id), brick(dataset)

    class Enough(Exception):
        pass

    def stop(done: int, _of: int) -> None:
        if done == 15:
            raise Enough

    with pytest.raises(Enough):
        prepare.prepare(folder, settings, stop)
    assert prepare.ready(folder, settings) is None
    told: list[int] = []
    where = prepare.prepare(folder, settings, lambda done, _: told.append(done))
    assert told == list(range(16, 41))
    check(where, folder, settings, dataset)


def check(where, folder, settings, dataset):
    """Every row is its own picture, read by the script's function."""
    read = binding.module(settings).read_picture
    kept = {item.key: item for item in dataset.items}
    for part in PARTS:
        x = arrays(where)[f"{part}_x"]
        for row, key in enumerate(prepare.keys(where, part)):
            item = kept[key]
            copy = folder / "pictures" / f"{item.digest}.{item.suffix}"
            np.testing.assert_array_equal(x[row], read(copy))


KILLED = """
import os, signal, sys
from pathlib import Path
from uploads import binding, prepare
from bricks.project import Project
folder, project, at = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
settings = binding.full(Project.from_json(project.read_text()).tower.data)
def die(done, of):
    if done == at:
        os.kill(os.getpid(), signal.SIGKILL)
prepare.prepare(folder, settings, die)
"""


@pytest.mark.parametrize("at", [1, 17, 40], ids="row {}".format)
def test_a_killed_process_leaves_nothing_that_looks_ready(shelf, tmp_path, at):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 20, "dog": 20}, ".png")
    folder, project = shelf.folder(dataset.id), tower_on(dataset)
    (tmp_path / "p.json").write_text(project.to_json())
    command = [sys.executable, "-c", KILLED, str(folder), str(tmp_path / "p.json")]
    ended = subprocess.run([*command, str(at)], check=False)
    assert ended.returncode == -signal.SIGKILL
    settings = binding.full(project.tower.data)
    assert prepare.ready(folder, settings) is None
    where = prepare.prepare(folder, settings, quiet)
    check(where, folder, settings, dataset)
    assert [path.name for path in (folder / PREPARED).glob("*.half")] == []


def test_two_at_once_read_every_picture_once(shelf, tmp_path):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 30, "dog": 30})
    folder, settings = shelf.folder(dataset.id), brick(dataset)
    done: list[int] = []

    def look(now: int, of: int) -> None:
        if of:
            done.append(now)

    both = [
        threading.Thread(target=prepare.prepare, args=(folder, settings, look))
        for _ in range(2)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(done) == list(range(1, 61))


def test_one_who_waits_for_another_can_be_told_to_stop(shelf, tmp_path):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 5, "dog": 5})
    folder, settings = shelf.folder(dataset.id), brick(dataset)

    class Enough(Exception):
        pass

    def stop(_done: int, of: int) -> None:
        assert of == 0
        raise Enough

    with prepare._alone(folder / PREPARED, quiet), pytest.raises(Enough):
        prepare.prepare(folder, settings, stop)


def test_few_are_kept_the_last_used_among_them(shelf, tmp_path):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 5, "dog": 5})
    folder = shelf.folder(dataset.id)
    first = prepare.prepare(folder, brick(dataset), quiet)
    for size in range(17, 17 + KEPT):
        past = first.stat().st_mtime - 100
        for other in (folder / PREPARED).iterdir():
            os.utime(other, (past, past))
        assert prepare.prepare(folder, brick(dataset), quiet) == first
        prepare.prepare(folder, brick(dataset, image_size=size), quiet)
    kept = [path for path in (folder / PREPARED).iterdir() if path.is_dir()]
    assert len(kept) == KEPT
    assert first in kept


def test_one_killed_over_deleting_leaves_nothing_that_looks_ready(
    shelf, tmp_path, monkeypatch
):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 5, "dog": 5})
    folder, looks = (
        shelf.folder(dataset.id),
        [brick(dataset, image_size=n) for n in (16, 17)],
    )
    prepare.prepare(folder, looks[0], quiet)
    monkeypatch.setattr(prepare, "KEPT", 1)

    class Killed(BaseException):
        """As if by a signal."""

    def half(path: Path, **_: object) -> None:
        next(path.glob("*_x.npy")).unlink()
        raise Killed

    with monkeypatch.context() as killed:
        killed.setattr(prepare.shutil, "rmtree", half)
        with pytest.raises(Killed):
            prepare.prepare(folder, looks[1], quiet)
    assert [prepare.ready(folder, look) for look in looks] == [None, None]
    where = prepare.prepare(folder, looks[1], quiet)
    assert [path for path in (folder / PREPARED).iterdir() if path.is_dir()] == [where]


def test_a_picture_that_is_damaged_later_is_named(shelf, tmp_path):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 5, "dog": 5})
    folder, item = shelf.folder(dataset.id), dataset.items[3]
    copy = folder / "pictures" / f"{item.digest}.jpg"
    copy.write_bytes(copy.read_bytes()[:200])
    with pytest.raises(UploadError, match=r"^cat/003\.jpg can't be read any more"):
        prepare.prepare(folder, brick(dataset), quiet)


def test_a_disk_without_room_is_said_and_leaves_no_half_array(
    shelf, tmp_path, monkeypatch
):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 5, "dog": 5})
    monkeypatch.setattr(prepare, "SPARE", 1 << 62)
    with pytest.raises(UploadError, match=r"need 0\.0 GB .* choose a smaller image"):
        prepare.prepare(shelf.folder(dataset.id), brick(dataset), quiet)
    assert prepare.ready(shelf.folder(dataset.id), brick(dataset)) is None


def test_on_a_full_disk_others_go_that_nobody_used_for_long(
    shelf, tmp_path, monkeypatch
):
    kept = {}
    for name in ("long ago", "just now"):
        other = Shelf(tmp_path / "home", name)
        dataset = shelved(other, tmp_path / name, {"cat": 5, "dog": 5})
        where = prepare.prepare(other.folder(dataset.id), brick(dataset), quiet)
        kept[name] = where
    os.utime(kept["long ago"], (0, 0))
    dataset = shelved(shelf, tmp_path / "own", {"cat": 5, "dog": 5})

    def room(folder: Path) -> int:
        return 0 if kept["long ago"].exists() else 1 << 40

    monkeypatch.setattr(prepare.files, "room", room)
    prepare.prepare(shelf.folder(dataset.id), brick(dataset), quiet)
    assert not kept["long ago"].exists()
    assert kept["just now"].exists()


def test_the_size_is_foretold(shelf, tmp_path):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 5, "dog": 5})
    settings = brick(dataset, image_size=(20, 24))
    where = prepare.prepare(shelf.folder(dataset.id), settings, quiet)
    found = sum(x.nbytes for name, x in arrays(where).items() if name.endswith("_x"))
    assert prepare.size(settings) == found


def test_too_few_pictures_are_said(shelf, tmp_path):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 2, "dog": 1})
    with pytest.raises(UploadError, match="too few pictures"):
        prepare.prepare(shelf.folder(dataset.id), brick(dataset), quiet)


def test_a_data_set_that_is_gone_is_said(shelf, tmp_path):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 5, "dog": 5})
    settings = brick(dataset)
    shelf.drop(dataset.id)
    with pytest.raises(UploadError, match="not here any more"):
        prepare.prepare(shelf.folder(dataset.id), settings, quiet)


def test_one_picture_is_had_without_all_others(shelf, tmp_path):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 5, "dog": 5})
    folder, settings = shelf.folder(dataset.id), brick(dataset)
    where = prepare.prepare(folder, settings, quiet)
    x = arrays(where)["train_x"]
    for number in (0, 1, len(x) + 1):
        one = prepare.read_one(folder, settings, number)
        np.testing.assert_array_equal(one, x[number % len(x)])


def test_the_rows_are_told(shelf, tmp_path):
    dataset = shelved(shelf, tmp_path / "own", {"cat": 5, "dog": 5})
    where = prepare.prepare(shelf.folder(dataset.id), brick(dataset), quiet)
    told = json.loads((where / "pictures.json").read_text())["pictures"]
    digests = [digest for part in PARTS for digest in told[part]]
    assert sorted(digests) == sorted(item.digest for item in dataset.items)
