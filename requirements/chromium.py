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
    """The path of a Chromium that Playwright can drive, installed where there is none.

    `python` is the environment's, with Playwright in it.
    """
    named = os.environ.get(SETTING)
    if named and not Path(named).is_file():
        raise Trouble(f"{SETTING} names {named}, and there is no such file.")
    ways: tuple[Callable[[Path], None], ...] = (_from_debian, _from_playwright)
    for way in (None, *ways):
        if way:
            way(python)
        found = named or find(python)
        fault = _fault_of_playwright(python) if found else "no Chromium was found"
        if found and not fault:
            return found
        say(f"The browser tests can't run yet: {fault}.")
    raise Trouble(
        f"The browser tests can't run ({fault}): install Chromium or Chrome, or name "
        f"one with {SETTING}=/path/to/it, and start again."
    )


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


def _fault_of_playwright(python: Path) -> str:
    """What keeps Playwright's driver from running; empty where it runs."""
    command = [str(python), "-m", "playwright", "--version"]
    told = subprocess.run(command, capture_output=True, text=True, env=_environment())
    last = [*told.stderr.strip().splitlines(), "it gave no reason"][0]
    return f"Playwright does not start: {last}" if told.returncode != 0 else ""


def _from_debian(python: Path) -> None:
    """Debian's packages, where we may install them without asking for a password."""
    rights = _rights()
    if not shutil.which("apt-get") or rights is None:
        return
    say("Installing chromium with apt-get ...")
    _show([*rights, "apt-get", "update", "-q"])
    install = ["apt-get", "install", "-q", "-y", "--no-install-recommends"]
    _show([*rights, *install, "chromium", "libatomic1"])  # the latter for Playwright


def _rights() -> list[str] | None:
    """What to put before a command that needs root; None where we can't have it."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and _silent([*sudo, "true"]):
        return [*sudo, "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def _from_playwright(python: Path) -> None:
    """Playwright's own build, in the user's cache folder: no rights needed."""
    say("Fetching Playwright's chromium ...")
    _show([str(python), "-m", "playwright", "install", "chromium"])


def _show(command: list[str]) -> None:
    """Run, and show what it said where it failed; a next look tells if it served."""
    told = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        env=_environment(),
    )
    if told.returncode != 0:
        for line in (told.stdout + told.stderr).strip().splitlines()[-5:]:
            say(f"  {line}")


def _silent(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


def _environment() -> dict[str, str]:
    return installer.quick(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
