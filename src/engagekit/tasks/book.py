"""Build the book with Jupyter Book, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from engagekit.tasks.steps import TaskError

TAIL = 25


def build(root: Path) -> Path:
    """Build the book; any warning is a failure.

    Args:
        root: the course folder.

    Returns:
        The first page of the built book.

    Raises:
        TaskError: when the build fails; it shows the end of the log and says where the rest is.
    """
    log = root / "_build" / "logs" / "book.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    # Jupyter Book cannot be run with -m, and its own program is elsewhere on each system.
    run = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", run, "build", ".", "-W", "-n", "--keep-going"]
    with log.open("wb") as output:
        status = subprocess.run(
            command, cwd=root, env=with_own_programs(os.environ), stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, check=False,
        ).returncode  # fmt: skip
    page = root / "_build" / "html" / "index.html"
    if status or not page.exists():
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        end = "\n".join(f"      | {line}" for line in lines[-TAIL:])
        raise TaskError(f"the book was not built (exit status {status}). The end of {log}:\n{end}")
    return page


def with_own_programs(base: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which this Python's own programs come first on PATH.

    A virtual environment that nobody activated is not on PATH, and both Jupyter Book and nbgrader call
    programs by bare name.
    """
    own = str(Path(sys.executable).parent)
    parts = [part for part in base.get("PATH", os.defpath).split(os.pathsep) if part and part != own]
    return {**base, "PATH": os.pathsep.join([own, *parts])}
