"""Makes the locks from the ranges: `.venv/bin/python requirements/lock.py`.

Needs uv (start.py puts it into .venv) and the package index. `--upgrade` takes the
newest versions in range; without it, pins that still fit stay as they are.
"""

import hashlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
RANGES = HERE.parent / "requirements.txt"
OLDEST_PYTHON = "3.11"  # `--universal` then holds for every newer one, too


@dataclass(frozen=True)
class Lock:
    """A file of exact versions with hashes, and the ranges it is made from."""

    name: str
    ranges: tuple[Path, ...]
    replaces: str = ""  # lines of requirements.txt that begin so are left out
    agrees_with: str = ""  # the lock whose versions it shares

    @property
    def path(self) -> Path:
        return HERE / self.name


LOCKS = (
    Lock("cpu.lock", (RANGES,)),
    Lock(
        "cuda.lock",
        (RANGES, HERE / "cuda.in"),
        replaces="tensorflow",
        agrees_with="cpu.lock",
    ),
    Lock("test.lock", (HERE / "test.in",), agrees_with="cpu.lock"),
    Lock("installer.lock", (HERE / "installer.in",)),
)


def lines(file: Path) -> list[str]:
    """The requirements in a file, without comments, blanks and hashes."""
    told = (line.partition("#")[0] for line in file.read_text("utf-8").splitlines())
    told = (line.partition(" \\")[0].strip() for line in told)
    return [line for line in told if line and not line.startswith("--")]


def ranges(lock: Lock) -> list[str]:
    """The direct requirements that a lock has to satisfy."""
    found = []
    for file in lock.ranges:
        leave_out = lock.replaces if file == RANGES else ""
        found += [x for x in lines(file) if not (leave_out and x.startswith(leave_out))]
    return found


def digest(lock: Lock) -> str:
    """A fingerprint of the ranges: a lock whose header bears another is stale."""
    return hashlib.sha256("\n".join(ranges(lock)).encode()).hexdigest()


def header(lock: Lock) -> str:
    files = [file.relative_to(HERE.parent).as_posix() for file in lock.ranges]
    return (
        "# Exact versions with hashes, made by requirements/lock.py; not edited.\n"
        f"# From {' and '.join(files)}, whose ranges have the digest\n"
        f"# sha256:{digest(lock)}\n"
    )


def make(lock: Lock, extra: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asked, made = Path(folder, "asked.in"), Path(folder, "made.lock")
        asked.write_text("\n".join(ranges(lock)) + "\n", "utf-8")
        if lock.path.exists():
            made.write_text(lock.path.read_text("utf-8"), "utf-8")
        subprocess.run(_command(lock, asked, made) + extra, check=True)
        lock.path.write_text(header(lock) + made.read_text("utf-8"), "utf-8")


def _command(lock: Lock, asked: Path, made: Path) -> list[str]:
    """uv's command line: nothing of this machine or its index enters the file."""
    command = [sys.executable, "-m", "uv", "pip", "compile", str(asked)]
    command += ["--output-file", str(made), "--quiet"]
    command += ["--universal", "--python-version", OLDEST_PYTHON, "--generate-hashes"]
    command += ["--only-binary", ":all:", "--no-header", "--no-annotate"]
    command += ["--no-emit-index-url", "--no-emit-find-links"]
    if lock.agrees_with:
        command += ["--constraint", str(HERE / lock.agrees_with)]
    return command


if __name__ == "__main__":
    for lock in LOCKS:
        print(f"{lock.name} ...", flush=True)
        make(lock, sys.argv[1:])
