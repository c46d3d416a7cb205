"""The locks are made from the ranges, and hold nothing else."""

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from requirements import lock

LOCKS = {entry.name: entry for entry in lock.LOCKS}
WE_PROMISED = ["streamlit", "tensorflow", "keras", "graphviz"]
WE_PROMISED += ["pillow", "numpy", "pytest"]


def pins(entry):
    """Each pinned package: its name -> its versions (one for each marker)."""
    found = {}
    for line in lock.lines(entry.path):
        pin = Requirement(line)
        (exact,) = pin.specifier
        assert exact.operator == "=="
        found.setdefault(canonicalize_name(pin.name), set()).add(exact.version)
    return found


@pytest.fixture(params=LOCKS.values(), ids=LOCKS.keys())
def entry(request):
    return request.param


def test_a_lock_pins_every_direct_requirement_within_its_range(entry):
    pinned = pins(entry)
    for line in lock.ranges(entry):
        asked = Requirement(line)
        versions = pinned[canonicalize_name(asked.name)]
        assert all(version in asked.specifier for version in versions), line


def test_a_lock_was_made_from_the_ranges_as_they_stand(entry):
    said = re.search(r"^# sha256:(\w+)$", entry.path.read_text("utf-8"), re.MULTILINE)
    remedy = "make the locks again: .venv/bin/python requirements/lock.py"
    assert said[1] == lock.digest(entry), remedy


def test_every_pin_bears_a_hash(entry):
    text = entry.path.read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z])", text.partition("sha256:")[2])[1:]
    assert len(blocks) == len(lock.lines(entry.path))
    assert all("--hash=sha256:" in block for block in blocks)


def test_a_lock_names_no_index_and_no_machine(entry):
    text = entry.path.read_text("utf-8").lower()
    assert not re.search(r"://|index-url|find-links|file:| /\w", text)


@pytest.mark.parametrize("name", ["cuda.lock", "test.lock"])
def test_locks_installed_together_agree(name):
    app, other = pins(LOCKS["cpu.lock"]), pins(LOCKS[name])
    for package in app.keys() & other.keys():
        assert app[package] == other[package], package


def test_no_lock_mixes_both_builds_of_tensorflow_on_one_machine():
    assert "tensorflow-cpu" not in pins(LOCKS["cuda.lock"])
    builds = [x for x in lock.lines(LOCKS["cpu.lock"].path) if x.startswith("tensorfl")]
    markers = [Requirement(line).marker for line in builds]
    for system, machine in [("linux", "x86_64"), ("linux", "aarch64"), ("win32", "x")]:
        here = {"sys_platform": system, "platform_machine": machine}
        assert [marker.evaluate(here) for marker in markers].count(True) == 1


@pytest.mark.parametrize("package", WE_PROMISED)
def test_the_ranges_name_what_the_user_was_promised(package):
    assert package in [Requirement(line).name for line in lock.lines(lock.RANGES)]
