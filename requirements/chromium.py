"""Finds a Chromium for the browser tests, and installs one where there is none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from requirements import Trouble, installer, say

SETTING = "BRICKYARD_CHROMIUM"
COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
MAC_APPS = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS_PROGRAMS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)


def provide(python: Path) -> str:
    """The path of a Chromium, installed where none is found.

    `python` is the environment's, with Playwright in it.
    """
    named = os.environ.get(SETTING)
    if named and not Path(named).is_file():
        raise Trouble(f"{SETTING} names {named}, and there is no such file.")
    return named or find(python) or _install(python)


def find(python: Path) -> str | None:
    """The first Chromium on the machine: on PATH, in its usual place, Playwright's."""
    on_path = next(filter(None, map(shutil.which, COMMANDS)), None)
    if on_path:
        return on_path
    usual = (str(place) for place in _usual_places() if place.is_file())
    return next(usual, None) or _of_playwright(python)


def _usual_places() -> Iterator[Path]:
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            for app in MAC_APPS:
                yield folder / f"{app}.app/Contents/MacOS/{app}"
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if variable in os.environ:
            for program in WINDOWS_PROGRAMS:
                yield Path(os.environ[variable], program)


def _of_playwright(python: Path) -> str | None:
    ask = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    told = subprocess.run(
        [python, "-c", ask], capture_output=True, text=True, env=_environment()
    )
    path = told.stdout.strip()
    return path if told.returncode == 0 and Path(path).is_file() else None


def _install(python: Path) -> str:
    say("No Chromium is on this machine, and the browser tests need one.")
    ways: tuple[Callable[[Path], None], ...] = (_from_debian, _from_playwright)
    for way in ways:
        way(python)
        if found := find(python):
            return found
    raise Trouble(
        "The browser tests need a Chromium, and none could be installed: install "
        f"Chromium or Chrome, or name one with {SETTING}=/path/to/it, and start again."
    )


def _from_debian(python: Path) -> None:
    """Debian's package, where we may install it without asking for a password."""
    rights = _rights()
    if not shutil.which("apt-get") or rights is None:
        return
    say("Installing Debian's chromium with apt-get ...")
    _show([*rights, "apt-get", "update", "-q"])
    _show([*rights, "apt-get", "install", "-q", "-y", "chromium"])


def _rights() -> list[str] | None:
    """What to put before a command that needs root; None where we can't have it."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and _silent([*sudo, "true"]):
        return [*sudo, "DEBIAN_FRONTEND=noninteractive"]
    return None


def _from_playwright(python: Path) -> None:
    """Playwright's own build, in the user's cache folder: no rights needed."""
    say("Fetching Playwright's chromium ...")
    _show([str(python), "-m", "playwright", "install", "chromium"])


def _show(command: list[str]) -> None:
    """Run, with its errors shown; whether it served, the next look will tell."""
    subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=_environment(),
    )


def _silent(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


def _environment() -> dict[str, str]:
    return installer.quick(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
