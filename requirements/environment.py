"""The environment in .venv: made once, made again where half-made, else reused."""

import contextlib
import errno
import hashlib
import importlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from requirements import Trouble, installer, say

HERE = Path(__file__).resolve().parent
# The systems and processors for which TensorFlow 2.21 is built.
BUILDS = ("linux x86_64", "linux aarch64", "darwin arm64", "win32 amd64")
GIGABYTES = {"cpu.lock": 3, "cuda.lock": 8}  # while installing, downloads included


@dataclass(frozen=True)
class Environment:
    """A folder with a Python of its own, and a stamp that says what is in it."""

    folder: Path

    @property
    def python(self) -> Path:
        windows = os.name == "nt"
        return self.folder / ("Scripts/python.exe" if windows else "bin/python")

    @property
    def stamp(self) -> Path:
        return self.folder / "brickyard.json"

    def read(self) -> dict[str, str]:
        """Each installed lock with its digest, and "python" with its version.

        Empty where the environment is not there or was not finished.
        """
        try:
            stamp = json.loads(self.stamp.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        sound = isinstance(stamp, dict) and stamp.get("python") == self.version()
        return stamp if sound else {}

    def write(self, stamp: dict[str, str]) -> None:
        """Put the stamp in place whole, or not at all."""
        fresh = self.stamp.with_suffix(".new")
        fresh.write_text(json.dumps(stamp, indent=1), "utf-8")
        fresh.replace(self.stamp)

    def version(self) -> str | None:
        """The version of the environment's Python, None where it does not run."""
        ask = "import platform; print(platform.python_version())"
        try:
            told = subprocess.run(
                [self.python, "-c", ask], capture_output=True, text=True, timeout=60
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return told.stdout.strip() if told.returncode == 0 else None


def prepare(root: Path, tests: bool = False) -> Environment:
    """The environment with all that is needed, made or completed where it is not."""
    environment = Environment(root / ".venv")
    app = "cuda.lock" if nvidia() else "cpu.lock"
    wanted = [app, "test.lock"] if tests else [app]
    if _lacking(environment, wanted):
        with _plain_disk_errors(root), _one_at_a_time(root):
            _complete(environment, app, wanted)
    return environment


def _lacking(environment: Environment, wanted: list[str]) -> list[str]:
    stamp = environment.read()
    return [name for name in wanted if stamp.get(name) != digest(name)]


def _complete(environment: Environment, app: str, wanted: list[str]) -> None:
    stamp = environment.read()
    if not stamp or _other_tensorflow(stamp, app):
        _make(environment, app)
    if lacking := _lacking(environment, wanted):
        _install(environment, lacking)


def digest(lock: str) -> str:
    return hashlib.sha256((HERE / lock).read_bytes()).hexdigest()


def nvidia() -> bool:
    """Whether TensorFlow's CUDA build has a card to run on."""
    machine = platform.machine() in ("x86_64", "aarch64")
    if not (sys.platform == "linux" and machine):
        return False
    return Path("/proc/driver/nvidia/version").exists() or _runs("nvidia-smi", "-L")


def _runs(*command: str) -> bool:
    try:
        told = subprocess.run(command, capture_output=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0 and b"GPU" in told.stdout


def _other_tensorflow(stamp: dict[str, str], app: str) -> bool:
    """Both builds own the same folder: one can't be laid over the other."""
    return any(name in stamp for name in GIGABYTES if name != app)


def _make(environment: Environment, app: str) -> None:
    check_machine()
    check_venv()
    check_disk(environment.folder.parent, GIGABYTES[app])
    clear(environment)
    say(f"Making the environment in {environment.folder.name} ...")
    environment.folder.mkdir()
    environment.write({})  # says that it is ours, and not finished
    # Not this very program where that is the environment's own.
    base = getattr(sys, "_base_executable", sys.executable)
    command = [base, "-m", "venv", str(environment.folder)]
    told = subprocess.run(
        command, capture_output=True, text=True, env=installer.quick(os.environ)
    )
    if told.returncode != 0:
        said = told.stdout + told.stderr
        raise Trouble(installer.cause(said, "The environment can't be made"))


def clear(environment: Environment) -> None:
    """Make room: what we left half-made goes, what another made is put aside."""
    if environment.stamp.exists():
        say(f"Clearing {environment.folder.name}: unfinished or out of date ...")
        shutil.rmtree(environment.folder)
    elif environment.folder.exists():
        aside = _free_name(environment.folder)
        say(f"start.py did not make {environment.folder.name}; it is now {aside.name}.")
        environment.folder.rename(aside)


def _free_name(folder: Path) -> Path:
    number = 1
    while (aside := folder.with_name(f"{folder.name}-{number}")).exists():
        number += 1
    return aside


def _install(environment: Environment, lacking: list[str]) -> None:
    stamp = environment.read()
    app = any(name in GIGABYTES for name in lacking)
    if app:
        environment.write({})  # an interruption from here on is noticed next time
    what = "TensorFlow, Keras and Streamlit" if app else "what the tests need"
    how_long = "a minute or more" if app else "some seconds"
    say(f"Installing {what} ({', '.join(lacking)}): {how_long}, once ...")
    installer.install(environment.python, lacking)
    stamp |= {name: digest(name) for name in lacking}
    environment.write(stamp | {"python": environment.version() or ""})


def check_machine(machine: str = "") -> None:
    """Say at once what would else come as a riddle after minutes of downloads."""
    machine = machine or f"{sys.platform} {platform.machine()}".lower()
    if machine not in BUILDS:
        raise Trouble(
            f"TensorFlow is not built for this machine ({machine}), only for "
            f"{', '.join(BUILDS)}: run Brickyard on one of these."
        )


def check_venv() -> None:
    """Debian packs the two modules that make an environment apart."""
    for module in ("venv", "ensurepip"):
        try:
            importlib.import_module(module)
        except ImportError:
            raise Trouble(
                f"This Python lacks the module {module}: install it (on Debian and "
                "Ubuntu: apt install python3-venv) and start again."
            ) from None


def check_disk(folder: Path, gigabytes: int) -> None:
    free = shutil.disk_usage(folder).free / 1e9
    if free < gigabytes:
        raise Trouble(
            f"The disk of {folder} has {free:.1f} GB left, and {gigabytes} GB are "
            "needed: make room and start again."
        )


@contextlib.contextmanager
def _plain_disk_errors(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Trouble(installer.cause("no space left")) from error
        raise Trouble(
            f"{root} can't be written ({error.strerror}: {error.filename}): end what "
            "uses it, or put Brickyard in a folder of your own, and start again."
        ) from error


@contextlib.contextmanager
def _one_at_a_time(root: Path) -> Iterator[None]:
    """Hold off a second start.py, which would take our work for half-made."""
    try:
        import fcntl
    except ImportError:  # Windows: two installs at once are the user's to avoid
        yield
        return
    with (root / ".venv.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start.py is installing; waiting for it ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
