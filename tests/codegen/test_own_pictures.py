"""Scripts on own pictures: what they read of a folder is what the page says of it."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bricks.project import Project
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training
from codegen import live
from codegen.read import read_code
from codegen.source import script
from tests.pictures import folder_of, points
from uploads import binding
from uploads.dataset import DataSet, Item, Sheet

SMALL = {"image_size": (12, 16), "split_seed": 7}


def items(root: Path, told: dict[str, tuple[str, float | None, str | None]]):
    """The pictures of a folder, as an intake would have them; `told` by their path."""
    for path, (label, value, part) in told.items():
        raw = (root / path).read_bytes()
        digest = sha256(raw).hexdigest()
        yield Item(digest, path, label, value, part, 40, 30, len(raw))


def found(root: Path, layout: str, told, sheet: Sheet | None = None) -> DataSet:
    names = tuple(dict.fromkeys(label for label, _, _ in told.values() if label))
    pictures = tuple(items(root, told))
    return DataSet(
        "a" * 32, "Pets", "pictures", layout, 0.0, names, pictures, sheet=sheet
    )


def paths(root: Path) -> list[str]:
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    return [path.relative_to(root).as_posix() for path in found]


def folders(root: Path) -> DataSet:
    """`class/000.jpg`, a class in Hangul, and what is no picture beside them."""
    folder_of(root, {"고양이": 9, 'a "good" dog': 8, "wrapped/bird": 7})
    told = {p: (p.split("/")[-2], None, None) for p in paths(root)}
    (root / "고양이" / "broken.jpg").write_bytes(b"no picture")
    (root / "read me.txt").write_text("photographs of ours")
    (root / "고양이" / "copy.jpg").write_bytes((root / "고양이/003.jpg").read_bytes())
    return found(root, "folders", told)


def parts(root: Path) -> DataSet:
    """`Train/class/…`, with a share left for validation."""
    folder_of(root, {"Train/cat": 8, "Train/dog": 8, "test/cat": 3, "test/dog": 2})
    told = {
        p: (p.split("/")[1], None, "train" if p[0] == "T" else "test")
        for p in paths(root)
    }
    return found(root, "parts", told)


def names(root: Path) -> DataSet:
    """`cat.0.png`, `dog_0.png`, all in one folder."""
    root.mkdir()
    for n in range(8):
        points(0, n).save(root / f"cat.{n}.png")
        points(1, n).save(root / f"dog_{n}.png")
    told = {p: (p[:3], None, None) for p in paths(root)}
    return found(root, "names", told)


def sheet(root: Path) -> DataSet:
    """A CSV file, as Excel in Korea writes it, gives the classes."""
    folder_of(root, {"pictures": 12})
    told = {p: ("개냥"[n % 2], None, None) for n, p in enumerate(paths(root))}
    rows = [f"{p.split('/')[1]};{label}" for p, (label, _, _) in told.items()]
    text = "\n".join(["사진;종류", *rows, "none.jpg;개"])
    (root / "labels.csv").write_text(text, encoding="cp949")
    csv = Sheet("labels.csv", "cp949", ";", "종류", "사진")
    return found(root, "sheet", told, csv)


def values(root: Path) -> DataSet:
    """A CSV file gives a value for each picture, with or without its ending."""
    folder_of(root, {"pictures": 12})
    told = {p: ("", n / 4 - 1, None) for n, p in enumerate(paths(root))}
    rows = [
        f"{p if n % 2 else Path(p).stem},{value}"
        for n, (p, (_, value, _)) in enumerate(told.items())
    ]
    text = "\n".join(["id,age", *rows, "pictures/000,unknown"])
    (root / "ages.csv").write_text(text, encoding="utf-8")
    return found(root, "sheet", told, Sheet("ages.csv", "utf-8-sig", ",", "age", "id"))


LAYOUTS = [folders, parts, names, sheet, values]


def project(placed: Placed) -> Project:
    answers = len(binding.full(placed)["names"])
    label = placed.settings.get("label")
    ends = {"Category": (answers, "softmax"), "Value": (1, None)}
    units, activation = ends.get(label, (1, "sigmoid"))
    flat = Placed("Flatten")
    dense = Placed("Dense", {"units": units, "activation": activation})
    return Project(
        "own", Tower(placed, (flat, dense)), Training(batch_size=4, epochs=1)
    )


def put_on(dataset: DataSet, **look: object) -> Placed:
    placed = Placed("Images", {**SMALL, **look}, id=GROUND)
    return binding.put_on(placed, dataset)


def expected(placed: Placed, dataset: DataSet, root: Path):
    """What the page knows: its rows, split, and read from the same files."""
    full = binding.full(placed)
    read = binding.module(full).read_picture
    classes = list(full["names"])
    for rows in binding.split(full, binding.rows(full, dataset)).values():
        pictures = [read(root / row.item.path) for row in rows]
        labels = [classes.index(row.label) if classes else row.label for row in rows]
        yield np.stack(pictures), np.array(labels)


def loaded(placed: Placed, root: Path, monkeypatch):
    """What the printed script loads."""
    monkeypatch.setenv("BRICKYARD_DATA", str(root))
    return live.module(script(project(placed))).load_data()


def same(ours, theirs) -> None:
    for (x, y), (x_theirs, y_theirs) in zip(ours, theirs, strict=True):
        assert x.dtype == np.uint8
        np.testing.assert_array_equal(x, x_theirs)
        np.testing.assert_array_equal(y, y_theirs)


@pytest.mark.keras
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda made: made.__name__)
def test_a_script_loads_what_the_page_says(layout, tmp_path, monkeypatch):
    root = tmp_path / "my photographs"
    dataset = layout(root)
    placed = put_on(dataset)
    data = loaded(placed, root, monkeypatch)
    same(data, expected(placed, dataset, root))
    assert tuple(len(y) for _, y in data) == binding.full(placed)["counts"]


def changed(dataset: DataSet) -> Placed:
    """A class of another name, one left out, a picture moved, one left out."""
    first, second, third = (
        [item.key for item in dataset.items if item.label == name]
        for name in dataset.names
    )
    placed = put_on(dataset, label="Category")
    placed = binding.rename_class(placed, dataset, "고양이", "야옹 'cat'")
    placed = binding.drop_class(placed, dataset, "bird")
    placed = binding.move(placed, dataset, first[:2], 'a "good" dog')
    placed = binding.move(placed, dataset, [second[0]], "")
    return binding.move(placed, dataset, [third[0]], "야옹 'cat'")


@pytest.mark.keras
def test_a_script_loads_what_people_changed(tmp_path, monkeypatch):
    dataset = folders(tmp_path / "p")
    placed = changed(dataset)
    data = loaded(placed, tmp_path / "p", monkeypatch)
    same(data, expected(placed, dataset, tmp_path / "p"))
    assert sum(len(y) for _, y in data) == 9 + 8 - 1 + 1
    assert set(binding.full(placed)["names"]) == {"야옹 'cat'", 'a "good" dog'}


@pytest.mark.keras
def test_a_picture_of_two_classes_stands_where_the_page_says(tmp_path, monkeypatch):
    root = folder_of(tmp_path / "p", {"cat": 6, "dog": 6})
    for path in (root / "cat").iterdir():
        shutil.copy(path, root / "dog" / f"again-{path.name}")
    told = {p: (p.split("/")[0], None, None) for p in reversed(paths(root))}
    dataset = found(root, "folders", told)
    assert (dataset.items[0].label, len(dataset.items)) == ("dog", 18)
    placed = put_on(replace(dataset, names=("cat", "dog")))
    data = loaded(placed, root, monkeypatch)
    same(data, expected(placed, dataset, root))


LOOKS = [
    {"fit": "pad", "channels": 1},
    {"fit": "stretch", "image_size": 9},
    {"channels": 4, "label": "Category"},
    {"label": "Picture", "validation": 0.3, "test": 0.1},
]


@pytest.mark.keras
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_script_reads_pictures_as_they_were_chosen(look, tmp_path, monkeypatch):
    dataset = names(tmp_path / "p")
    placed = put_on(dataset, **look)
    same(
        loaded(placed, tmp_path / "p", monkeypatch),
        expected(placed, dataset, tmp_path / "p"),
    )


@pytest.mark.keras
def test_before_there_are_pictures_the_folders_are_the_classes(tmp_path, monkeypatch):
    root = folder_of(tmp_path / "p", {"train/b": 6, "train/a": 5, "test/a": 3})
    placed = Placed("Images", {"image_size": 8}, id=GROUND)
    train, val, test = loaded(placed, root, monkeypatch)
    assert np.bincount(np.concatenate([train[1], val[1]])).tolist() == [5, 6]
    assert test[1].tolist() == [0, 0, 0]


@pytest.mark.keras
def test_what_brickyard_prepared_stays_on_the_disk(tmp_path, monkeypatch):
    for part in ("train", "validation", "test"):
        np.save(tmp_path / f"{part}_x.npy", np.zeros((4, 12, 16, 3), "uint8"))
        np.save(tmp_path / f"{part}_y.npy", np.arange(4))
    placed = put_on(names(tmp_path / "p"))
    (x, y), _, _ = loaded(placed, tmp_path, monkeypatch)
    assert isinstance(x, np.memmap)
    assert y.tolist() == [0, 1, 2, 3]


def run(folder: Path, text: str, *words: str) -> subprocess.CompletedProcess[str]:
    (folder / "train.py").write_text(text, encoding="utf-8")
    taken = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    command = [sys.executable, "train.py", *words]
    return subprocess.run(
        command, cwd=folder, env=taken, capture_output=True, text=True
    )


@pytest.mark.keras
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda made: made.__name__)
def test_a_script_trains_on_a_folder(layout, tmp_path):
    root = tmp_path / "my photographs"
    placed = put_on(layout(root))
    done = run(tmp_path, script(project(placed)), "--data", str(root))
    assert done.returncode == 0, done.stderr[-2000:]
    wanted = "test mae" if layout is values else "test accuracy"
    assert wanted in done.stdout
    assert ("Passed over" in done.stdout) == (layout is folders)


@pytest.mark.keras
def test_a_script_without_its_sheet_says_so(tmp_path):
    placed = put_on(sheet(tmp_path / "p"))
    (tmp_path / "p" / "labels.csv").unlink()
    done = run(tmp_path, script(project(placed)), "--data", "p")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "There is no file labels.csv in p."


@pytest.mark.keras
def test_a_script_says_in_words_what_it_passes_over(tmp_path):
    placed = put_on(folders(tmp_path / "p"))
    (tmp_path / "p" / "고양이" / "note.txt").write_text("hello")
    done = run(tmp_path, script(project(placed)), "--data", "p")
    assert f"Passed over {Path('p/고양이/note.txt')}: it is no picture\n" in done.stdout
    assert "BytesIO" not in done.stdout


@pytest.mark.keras
def test_a_script_trains_on_what_people_changed(tmp_path):
    placed = changed(folders(tmp_path / "p"))
    done = run(tmp_path, script(project(placed)), "--data", "p")
    assert "test accuracy" in done.stdout, done.stderr[-2000:]


@pytest.mark.keras
def test_a_script_without_its_folder_says_so(tmp_path):
    done = run(tmp_path, script(project(put_on(names(tmp_path / "p")))))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "There is no folder my_pictures: python train.py --data FOLDER"
    )


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda made: made.__name__)
def test_ruff_leaves_scripts_on_own_pictures_as_they_are(layout, tmp_path):
    dataset = layout(tmp_path / "p")
    placed = changed(dataset) if layout is folders else put_on(dataset)
    path = tmp_path / "train.py"
    path.write_text(script(project(placed)), encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    for words in (["check"], ["format", "--check"]):
        command = [*ruff, *words, "--isolated", str(path)]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


NASTY = [
    'x"); import os; os.system("touch pwned',
    "'" * 3,
    '"' * 3,
    "\\",
    "{0}",
    "탑 🗼",
]
words = st.sampled_from(NASTY) | st.text(min_size=1, max_size=12).filter(
    lambda word: word.isprintable() and word == word.strip()
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        words, st.sampled_from(["", "둘째"]) | words, min_size=1, max_size=5
    ),
    st.tuples(words, words, words),
)
def test_any_names_stand_in_the_script_as_they_are(folders, sheet):
    classes = list(dict.fromkeys(filter(None, folders.values())))
    file, picture, label = sheet
    bound = {
        "dataset": "a" * 32,
        "layout": "sheet",
        "names": tuple(classes),
        "folders": tuple(folders.items()),
        "changes": tuple(("0123456789ab", name) for name in folders.values()),
        "sheet": (file, "utf-8", ";", picture, label),
    }
    text = script(Project("own", Tower(Placed("Images", bound, id=GROUND))))
    names = {
        node.targets[0].id: node.value
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    told = {name: name or None for name in folders.values()}
    known = {folder: told[name] for folder, name in folders.items()}
    assert ast.literal_eval(names["FOLDERS"]) == known
    if classes:
        assert ast.literal_eval(names["CLASSES"]) == classes
    assert ast.literal_eval(names["SHEET"]) == {
        "file": file,
        "encoding": "utf-8",
        "delimiter": ";",
        "picture": picture,
        "label": label,
    }
    assert read_code(text).project.tower.data.kind == "Images"
