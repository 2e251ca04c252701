"""Finding a browser: the environment's word, then PATH, then the usual places, then Playwright's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from engagekit.tasks.browser import find, playwright_cache


def nothing(name: str) -> str | None:
    """Find no program on PATH."""
    return None


def put(path: Path) -> Path:
    """Make an empty file where a browser would be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("")
    return path


def test_named_browser_wins(tmp_path: Path) -> None:
    """ENGAGEKIT_BROWSER is believed, whatever else there is."""
    assert find({"ENGAGEKIT_BROWSER": "/my/own"}, "linux", tmp_path, lambda name: "/usr/bin/x") == Path(
        "/my/own"
    )


@pytest.mark.parametrize("name", ["chromium", "google-chrome", "microsoft-edge"])
def test_browser_on_path_is_found(name: str, tmp_path: Path) -> None:
    """Chromium, Chrome and Edge all serve."""
    assert find({}, "linux", tmp_path, lambda asked: f"/bin/{name}" if asked == name else None) == Path(
        f"/bin/{name}"
    )


def test_browser_in_a_mac_users_applications_is_found(tmp_path: Path) -> None:
    """A person without admin rights installs into a folder of their own."""
    chrome = put(tmp_path / "Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    assert find({}, "darwin", tmp_path, nothing) == chrome


@pytest.mark.parametrize("variable", ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"])
def test_edge_on_windows_is_found(variable: str, tmp_path: Path) -> None:
    """Edge comes with Windows, in one of three places."""
    edge = put(tmp_path / "Microsoft/Edge/Application/msedge.exe")
    assert find({variable: str(tmp_path)}, "win32", tmp_path / "home", nothing) == edge


def test_newest_of_playwrights_own_browsers_is_found(tmp_path: Path) -> None:
    """What Playwright downloaded earlier is used, full browser or headless shell."""
    put(tmp_path / "chromium_headless_shell-1100/chrome-linux/headless_shell")
    newest = put(tmp_path / "chromium_headless_shell-1200/chrome-linux/headless_shell")
    put(tmp_path / "firefox-9999/firefox/chrome")
    assert find({"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}, "linux", tmp_path, nothing) == newest


def test_no_browser_is_none(tmp_path: Path) -> None:
    """A computer without a browser is told apart from one with."""
    assert find({}, "linux", tmp_path, nothing) is None


def test_playwrights_folder_on_each_system(tmp_path: Path) -> None:
    """Playwright keeps its browsers where each system keeps caches."""
    assert playwright_cache({}, "linux", tmp_path) == tmp_path / ".cache/ms-playwright"
    assert playwright_cache({}, "darwin", tmp_path) == tmp_path / "Library/Caches/ms-playwright"
    assert playwright_cache({"LOCALAPPDATA": "L"}, "win32", tmp_path) == Path("L/ms-playwright")
