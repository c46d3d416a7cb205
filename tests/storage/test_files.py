"""A file is there whole, or as it was."""

import pytest

from storage import files


def test_a_file_is_written_whole(tmp_path):
    files.write(tmp_path / "a", "가")
    assert (tmp_path / "a").read_text(encoding="utf-8") == "가"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_failed_write_leaves_what_was_there(tmp_path, monkeypatch):
    files.write(tmp_path / "a", "before")

    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        files.write(tmp_path / "a", "after")
    assert (tmp_path / "a").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
