"""The environment: reused where whole, made again where not. Nothing is installed."""

import errno
import os
import sys
import venv
from pathlib import Path

import pytest

from requirements import Trouble, environment
from requirements.environment import Environment


@pytest.fixture
def bare(tmp_path):
    """A real environment without pip, and what would be installed as a list."""
    made = Environment(tmp_path / ".venv")
    venv.create(made.folder, symlinks=os.name != "nt")
    return made


@pytest.fixture
def installed(monkeypatch):
    """Each call that would install, as the names of its locks."""
    calls = []
    monkeypatch.setattr(environment, "nvidia", lambda: False)
    monkeypatch.setattr(environment, "GIGABYTES", {"cpu.lock": 0, "cuda.lock": 0})
    monkeypatch.setattr(
        environment.installer, "install", lambda _, locks: calls.append(list(locks))
    )
    return calls


def whole(made, *locks):
    stamp = {name: environment.digest(name) for name in locks}
    made.write(stamp | {"python": made.version()})


def test_a_whole_environment_is_left_alone(bare, installed):
    whole(bare, "cpu.lock", "test.lock")
    environment.prepare(bare.folder.parent)
    environment.prepare(bare.folder.parent, tests=True)
    assert installed == []


def test_tests_add_only_what_they_need(bare, installed):
    whole(bare, "cpu.lock")
    environment.prepare(bare.folder.parent, tests=True)
    assert installed == [["test.lock"]]
    assert bare.read().keys() == {"cpu.lock", "test.lock", "python"}


def test_a_newer_lock_is_installed_over_the_old(bare, installed):
    whole(bare, "cpu.lock")
    bare.write(bare.read() | {"cpu.lock": "the digest of an older one"})
    environment.prepare(bare.folder.parent)
    assert installed == [["cpu.lock"]]


def test_a_half_made_environment_is_made_again(bare, installed):
    bare.write({})
    (bare.folder / "left-over").touch()
    environment.prepare(bare.folder.parent)
    assert not (bare.folder / "left-over").exists()
    assert installed == [["cpu.lock"]]
    assert bare.read()["python"] == bare.version()


def test_an_interrupted_install_counts_as_half_made(bare, installed, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    whole(bare, "cuda.lock")
    monkeypatch.setattr(environment.installer, "install", interrupt)
    with pytest.raises(KeyboardInterrupt):
        environment.prepare(bare.folder.parent)
    assert bare.stamp.exists()
    assert bare.read() == {}


def test_an_environment_whose_python_is_gone_is_made_again(bare, installed):
    whole(bare, "cpu.lock")
    bare.python.unlink()
    environment.prepare(bare.folder.parent)
    assert installed == [["cpu.lock"]]
    assert bare.version() is not None


def test_the_other_build_of_tensorflow_is_not_laid_over(bare, installed):
    whole(bare, "cuda.lock")
    (bare.folder / "left-over").touch()
    environment.prepare(bare.folder.parent)
    assert not (bare.folder / "left-over").exists()
    assert bare.read().keys() == {"cpu.lock", "python"}


def test_an_environment_of_someone_else_is_put_aside(bare, installed):
    (bare.folder / "mine").touch()
    environment.prepare(bare.folder.parent)
    assert (bare.folder.parent / ".venv-1" / "mine").exists()
    assert bare.read()["python"] == bare.version()


def test_a_machine_without_a_build_of_tensorflow_is_told():
    with pytest.raises(Trouble, match=r"not built for this machine \(darwin x86_64\)"):
        environment.check_machine("darwin x86_64")


def test_too_small_a_disk_is_told_before_anything_is_made(tmp_path):
    with pytest.raises(Trouble, match=r"GB left, and 1000000000 GB are needed"):
        environment.check_disk(tmp_path, 10**9)


def test_a_disk_that_fills_on_the_way_is_told(tmp_path, installed, monkeypatch):
    def fill(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(environment, "check_venv", fill)
    with pytest.raises(Trouble, match="The disk is full"):
        environment.prepare(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_folder_that_refuses_us_is_named(installed):
    with pytest.raises(Trouble, match="can't be written"):
        environment.prepare(Path("/proc"))
