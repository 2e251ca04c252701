"""Find a browser that the tests can drive: Chromium, Chrome or Edge."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

VARIABLE = "ENGAGEKIT_BROWSER"
INSTALL_SECONDS = 240
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
WINDOWS_HOMES = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
PLAYWRIGHT_PROGRAMS = (
    "chrome",
    "chrome.exe",
    "Chromium",
    "Google Chrome for Testing",
    "headless_shell",
    "headless_shell.exe",
    "chrome-headless-shell",
    "chrome-headless-shell.exe",
)


def usual_places(environ: Mapping[str, str], platform: str, home: Path) -> Iterator[Path]:
    """Yield where a browser that is not on PATH would be on this system."""
    if platform == "darwin":
        for applications in (Path("/Applications"), home / "Applications"):
            yield from (applications / name for name in MAC)
    if platform == "win32":
        for variable in WINDOWS_HOMES:
            if environ.get(variable):
                yield from (Path(environ[variable]) / name for name in WINDOWS)


def playwright_cache(environ: Mapping[str, str], platform: str, home: Path) -> Path:
    """Return the folder that Playwright keeps its browsers in."""
    if environ.get("PLAYWRIGHT_BROWSERS_PATH", "0") != "0":
        return Path(environ["PLAYWRIGHT_BROWSERS_PATH"])
    if platform == "darwin":
        return home / "Library" / "Caches" / "ms-playwright"
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA", str(home / "AppData" / "Local"))) / "ms-playwright"
    return Path(environ.get("XDG_CACHE_HOME", str(home / ".cache"))) / "ms-playwright"


def from_playwright(cache: Path) -> Iterator[Path]:
    """Yield the Chromium programs in Playwright's folder, the newest version first."""
    for folder in sorted(cache.glob("chromium*"), reverse=True):
        yield from sorted(
            path for path in folder.rglob("*") if path.name in PLAYWRIGHT_PROGRAMS and path.is_file()
        )


def find(
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    home: Path | None = None,
    which: Callable[[str], str | None] = shutil.which,
) -> Path | None:
    """Return a browser that is on this computer, or None.

    Args:
        environ: the environment; ENGAGEKIT_BROWSER in it is believed without a search.
        platform: ``sys.platform``.
        home: the home folder; the real one when None.
        which: finds a program on PATH.
    """
    if environ.get(VARIABLE):
        return Path(environ[VARIABLE])
    for name in NAMES:
        if found := which(name):
            return Path(found)
    home = home or Path.home()
    for place in usual_places(environ, platform, home):
        if place.is_file():
            return place
    return next(from_playwright(playwright_cache(environ, platform, home)), None)


def fetch(say: Callable[[str], None] = print) -> Path | None:
    """Let Playwright download a small Chromium, if it can within a few minutes; return it or None."""
    say("No Chromium, Chrome or Edge found. Asking Playwright for one; this may take some minutes.")
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=INSTALL_SECONDS, check=False
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        done = None
    if done is None or done.returncode:
        say("Playwright could not download a browser.")
    return find()
