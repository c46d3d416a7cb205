"""`python -m uploads check`: said to people and machines, with its exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.uploads.taken import pictures, placed, zipped

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "uploads", *arguments]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    return ended.returncode, ended.stdout, ended.stderr


def test_a_good_folder_is_told_and_ends_with_0(tmp_path) -> None:
    folder = placed(tmp_path / "pets", pictures("train/고양이", "train/개", count=10))
    code, said, _ = run("check", str(folder))
    assert code == 0
    assert said.splitlines() == [
        "pets: 20 pictures, told by parts, 40×30 to 40×30, usually 40×30",
        f"{'class':<24}{'train':>12}",
        f"{'개':<24}{10:>12}",
        f"{'고양이':<24}{10:>12}",
    ]
    assert {path.name for path in tmp_path.iterdir()} == {"pets"}


def test_what_is_passed_over_is_listed_and_ends_with_1(tmp_path) -> None:
    files = pictures("cat", "dog", count=10) | {"cat/a.txt": b"hello"}
    code, said, _ = run("check", str(zipped(tmp_path / "a.zip", files)))
    assert code == 1
    assert said.splitlines()[-2:] == [
        "passed over: 1",
        "  cat/a.txt: It is no picture.",
    ]


def test_machines_get_an_object(tmp_path) -> None:
    files = pictures("cat", "dog") | {"cat/a.txt": b"hello", ".DS_Store": b"x"}
    code, said, _ = run("check", str(placed(tmp_path / "a", files)), "--json")
    told = json.loads(said)
    assert code == 1
    assert told["classes"] == {"cat": 2, "dog": 2}
    assert told["skipped"] == [{"file": "cat/a.txt", "why": "It is no picture."}]
    assert (told["pictures"], told["hidden"], told["layout"]) == (4, 1, "folders")


def test_a_table_is_told_by_its_columns(tmp_path) -> None:
    source = tmp_path / "t.csv"
    source.write_text("size,kind\n" + "1.5,a\n,b\n" * 20)
    code, said, _ = run("check", str(source))
    assert code == 0
    assert said.splitlines()[:3] == [
        "t: a table of 20 whole rows",
        f"{'size':<24}{'numbers':>12}, 20 missing",
        f"{'kind':<24}{'2 words':>12}",
    ]


def test_what_cannot_be_taken_ends_with_2_and_one_sentence(tmp_path) -> None:
    (tmp_path / "a.zip").write_bytes(b"Rar!\x1a\x07\1\0")
    for path, said in (
        (
            tmp_path / "a.zip",
            "a.zip is packed as RAR: bring the folder itself, or pack it as zip.",
        ),
        (tmp_path / "nothing", "There is no file or folder nothing."),
    ):
        assert run("check", str(path)) == (2, "", said + "\n")
    code, told, _ = run("check", str(tmp_path / "a.zip"), "--json")
    assert (code, list(json.loads(told))) == (2, ["refused"])
