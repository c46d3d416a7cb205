"""What start.py says where it can't go on: one plain sentence, and exit code 2."""

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START = ROOT / "start.py"


def run(*command, **environment):
    told = subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    return told.returncode, told.stdout, told.stderr


def is_one_sentence(text):
    return text.strip().count("\n") == 0 and "Traceback" not in text


def as_python(version, *arguments, path=""):
    """Run start.py in a Python that says it is another, with no other on PATH."""
    disguise = (
        f"import runpy, sys; sys.version_info = {version}; "
        f"sys.argv = {['start.py', *arguments]}; "
        f"runpy.run_path({str(START)!r}, run_name='__main__')"
    )
    return run("-c", disguise, PATH=path)


def test_help_prints_both_commands():
    code, output, _ = run(START, "--help")
    assert code == 0
    assert "start.py [--port N]" in output
    assert "start.py test" in output


def test_an_old_python_can_read_the_file():
    assert ast.parse(START.read_text("utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6, 0), (3, 10, 9), (3, 14, 0), (4, 0, 0)])
def test_an_unsuitable_python_is_told_which_one_is_needed(version, tmp_path):
    code, _, errors = as_python(version, path=str(tmp_path))
    assert code == 2
    assert is_one_sentence(errors)
    assert "3.11, 3.12 or 3.13" in errors
    assert "{}.{}".format(*version) in errors


@pytest.mark.skipif(os.name == "nt", reason="makes a shell script for PATH")
def test_an_unsuitable_python_goes_on_with_a_suitable_one(tmp_path):
    other = tmp_path / "python3.12"
    other.write_text('#!/bin/sh\n[ "$1" = -c ] && echo 12 || echo "went on: $*"\n')
    other.chmod(0o755)
    code, output, _ = as_python((3, 9, 1), "test", "-x", path=f"{tmp_path}:/bin")
    assert code == 0
    assert "This is Python 3.9; going on with python3.12." in output
    assert f"went on: {START} test -x" in output


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_module_is_named_with_its_remedy(module, tmp_path):
    (tmp_path / f"{module}.py").write_text("raise ImportError('taken out')\n")
    make = (
        "import sys; from pathlib import Path; import requirements\n"
        "from requirements import environment\n"
        "try: environment.prepare(Path(sys.argv[1]))\n"
        "except requirements.Trouble as trouble: sys.exit(str(trouble))"
    )
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    _, _, errors = run("-c", make, tmp_path, PYTHONPATH=path)
    assert is_one_sentence(errors)
    assert f"lacks the module {module}" in errors
    assert "apt install python3-venv" in errors
    assert not (tmp_path / ".venv").exists()


@pytest.fixture(params=["127.0.0.1", "0.0.0.0"])
def taken(request):
    with socket.socket() as server:
        server.bind((request.param, 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.parametrize("address", ["localhost", "0.0.0.0"])
def test_a_taken_port_is_named_before_anything_starts(taken, address):
    code, output, errors = run(START, "--port", str(taken), "--address", address)
    assert code == 2
    assert output == ""
    assert is_one_sentence(errors)
    assert f"Port {taken} is taken" in errors
    assert "--port" in errors


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "99999"], "a port is a number from 1 to 65535"),
        (["--port", "many"], "invalid int value: 'many'"),
        (["--address", "203.0.113.9"], "no address 203.0.113.9"),
        (["tset"], "unrecognized arguments: tset"),
    ],
)
def test_bad_usage_is_told_in_a_sentence(arguments, said):
    code, _, errors = run(START, *arguments)
    assert code == 2
    assert is_one_sentence(errors)
    assert said in errors
