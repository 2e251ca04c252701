"""`test`: run everything that this computer can run, and say what it could not."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from engagekit.tasks import browser
from engagekit.tasks.book import with_own_programs

REQUIRE = "ENGAGEKIT_REQUIRE_BROWSER"
FAST = "not slow and not browser"


def pytest_command(arguments: Sequence[str], *, fast: bool) -> list[str]:
    """Return the command that runs the tests."""
    return [sys.executable, "-m", "pytest", *(["-m", FAST] if fast else []), *arguments]


def run_tests(
    root: Path, arguments: Sequence[str] = (), *, fast: bool = False, require_browser: bool = False
) -> int:
    """Run the tests.

    Args:
        root: the course folder.
        arguments: passed on to pytest.
        fast: leave out what is slow or needs a browser.
        require_browser: a missing browser, or any skipped test, is a failure. The environment variable
            ENGAGEKIT_REQUIRE_BROWSER=1 asks for the same.

    Returns:
        The exit status.
    """
    if importlib.util.find_spec("pytest") is None:
        print("The tools for testing are not installed here. Run: python3 course.py test")
        return 1
    env = with_own_programs(os.environ)
    required = require_browser or os.environ.get(REQUIRE) == "1"
    if required:
        env[REQUIRE] = "1"
    if not fast:
        found = browser.find() or browser.fetch()
        if found is None and required:
            print(f"A browser is required. Install Chromium, Chrome or Edge, or set {browser.VARIABLE}.")
            return 1
        if found:
            env[browser.VARIABLE] = str(found)
        print(f"Browser: {found or 'none. The tests that need one will be skipped.'}", flush=True)
    return subprocess.run(pytest_command(arguments, fast=fast), cwd=root, env=env, check=False).returncode
