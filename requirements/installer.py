"""Installs locks into an environment: with uv where it can, with pip where not."""

import ast
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from requirements import Trouble, say

HERE = Path(__file__).resolve().parent
LOCKED = ("--require-hashes", "--only-binary", ":all:")

# Left out of the environment of whatever we start.
UNWANTED = {
    "PYTHONDONTWRITEBYTECODE",  # without byte code TensorFlow takes 20 s, not 5
    "PYTHONHOME",
    "PYTHONPATH",
    "UV_SYSTEM_PYTHON",  # many containers set it; we have our own place
}

# What an installer's output says when one of these is the cause.
NO_DISK = ("no space left", "errno 28", "disk quota exceeded", "os error 112")
NO_NETWORK = (
    "failed to establish a new connection",
    "temporary failure in name resolution",
    "dns error",
    "client error (connect)",
    "connection refused",
    "connection reset",
    "network is unreachable",
    "proxyerror",
    "timed out",
    "error sending request",
)
# Lines not worth a person's while: uv's list of packages, pip's small talk.
CHATTER = (
    *("+ ", "- ", "~ ", "Downloaded"),
    *("Requirement already", "Using cached", "Looking in", "WARNING: Location"),
    *("Collecting", "Processing", "Ignoring"),
)

# pip's settings, and the names under which uv takes the same ones.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
    "timeout": "UV_HTTP_TIMEOUT",
}


def install(python: Path, locks: Iterable[str]) -> None:
    """Install the locks of these names; raises Trouble with a cause and a remedy."""
    files = [part for name in locks for part in ("-r", str(HERE / name))]
    if _uv_is_there(python):
        settings = _pip_settings(python)
        environment = quick(os.environ) | index_settings(settings)
        uv = [str(python), "-m", "uv", "pip", "install", "--python", str(python)]
        uv += ["--no-index"] if ".no-index=" in settings else []
        code, output = _run([*uv, *LOCKED, "--compile-bytecode", *files], environment)
        if code == 0:
            return
        if any(word in output.lower() for word in NO_DISK):
            raise Trouble(cause(output))
        say("uv could not do it; pip tries, which takes a few minutes ...")
    code, output = _pip(python, *files)
    if code != 0:
        raise Trouble(cause(output))


def quick(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what makes Python slow or leads it elsewhere."""
    return {k: v for k, v in environment.items() if k not in UNWANTED}


def index_settings(pip_settings: str) -> dict[str, str]:
    """pip's settings as uv's environment variables; uv does not read pip's files.

    >>> index_settings("global.index-url='https://example.org/simple'")
    {'UV_DEFAULT_INDEX': 'https://example.org/simple'}
    """
    told = {}
    for scope in ("global.", "install.", ":env:."):  # each outdoes the one before
        for line in pip_settings.splitlines():
            name, _, value = line.removeprefix(scope).partition("=")
            if line.startswith(scope) and name in UV_NAMES:
                told[UV_NAMES[name]] = " ".join(str(ast.literal_eval(value)).split())
    if "UV_FIND_LINKS" in told:
        told["UV_FIND_LINKS"] = told["UV_FIND_LINKS"].replace(" ", ",")
    if "UV_INDEX" in told:  # as pip does; the hashes say which file is the right one
        told["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {name: value for name, value in told.items() if name not in os.environ}


def cause(output: str, what: str = "The packages can't be installed") -> str:
    """One sentence on why an installer failed, from what it printed."""
    said = output.lower()
    if any(word in said for word in NO_DISK):
        return "The disk is full: make room (3 GB; 8 GB with CUDA) and start again."
    if any(word in said for word in NO_NETWORK):
        return (
            "The package index can't be reached: check the network, or name a mirror "
            "or proxy with PIP_INDEX_URL or HTTPS_PROXY, and start again."
        )
    if "hash" in said and "match" in said:
        return (
            "A downloaded file is not the one that the lock names: "
            "the index or a proxy changes files; try another network."
        )
    last = [line.strip() for line in output.splitlines() if line.strip()][-1:]
    return f"{what}: {''.join(last) or 'no reason was given'}"


def _uv_is_there(python: Path) -> bool:
    """Fetch uv with pip; stop where even that fails for a cause that pip shares."""
    code, output = _pip(python, "-r", str(HERE / "installer.lock"), "--quiet")
    if code != 0 and any(word in output.lower() for word in NO_DISK + NO_NETWORK):
        raise Trouble(cause(output))
    return code == 0


def _pip(python: Path, *arguments: str) -> tuple[int, str]:
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    pip += ["--no-input", "--progress-bar", "off"]
    return _run([*pip, *LOCKED, *arguments], quick(os.environ))


def _pip_settings(python: Path) -> str:
    """`pip config list`: a line `scope.name='value'` for each of the settings."""
    command = [str(python), "-m", "pip", "config", "list"]
    told = subprocess.run(
        command, capture_output=True, text=True, env=quick(os.environ)
    )
    return told.stdout if told.returncode == 0 else ""


def _run(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Run, passing on what it says but for chatter; returns exit code and output."""
    lines = []
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            if line.strip() and not line.lstrip().startswith(CHATTER):
                say("  " + line.strip()[:100])
    return process.returncode, "".join(lines)
