"""The import rule, the few places that may know a framework, and the length of files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "engagekit"

MAY_IMPORT = {
    "model": set(),
    "content": {"model"},
    "scoring": {"model"},
    "frontend": {"model", "content", "scoring"},
    "bookpages": {"model", "content", "scoring", "frontend"},
    "assignments": {"model", "content", "scoring"},
    "marking": {"model", "content", "scoring", "assignments"},
    "reports": {"model", "content", "scoring", "frontend", "assignments", "marking"},
    "tasks": {"model", "content", "scoring", "frontend", "bookpages", "assignments", "marking", "reports"},
    "cli": {"model", "content", "scoring", "frontend", "assignments", "marking", "reports", "tasks"},
}
"""Which parts of engagekit each part may import; whatever is not listed here is refused."""

ONLY_IN = {
    "nbgrader": {"marking"},
    "ipywidgets": {"frontend"},
    "anywidget": {"frontend"},
    "sphinx": {"bookpages"},
    "docutils": {"bookpages"},
    "matplotlib": {"bookpages", "frontend"},
    "typer": {"cli"},
    "yaml": {"content"},
}
"""Frameworks that only some parts may know."""

PURE = {"model", "scoring"}
IMPURE = {"os", "pathlib", "io", "time", "datetime", "random", "secrets", "subprocess", "socket", "logging"}
LONGEST = 400


def part_of(path: Path) -> str:
    """Return the part of engagekit that a file belongs to."""
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Give line and full name of every import in a source text, also inside functions.

    The type of a day is left out: reading one is pure, and ``clocks`` finds who asks what day it is.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            if node.module != "datetime" or {alias.name for alias in node.names} - {"date"}:
                yield node.lineno, ("." * node.level) + (node.module or "")
            if node.module == "engagekit":
                for alias in node.names:
                    yield node.lineno, f"engagekit.{alias.name}"


def clocks(source: str) -> Iterator[tuple[int, str]]:
    """Give line and words of everything that asks a clock."""
    for node in ast.walk(ast.parse(source)):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in ("today", "now", "utcnow"):
            yield node.lineno, f"asks a clock: {called.attr}"


def faults(part: str, source: str) -> list[tuple[int, str]]:
    """Return the imports that break a rule: line and words."""
    found = list(clocks(source)) if part in PURE else []
    for line, name in imports(source):
        top, _, rest = name.partition(".")
        if name.startswith("."):
            found.append((line, f"relative import {name}"))
        elif top == "engagekit" and rest:
            other = rest.partition(".")[0]
            if other != part and other in MAY_IMPORT and other not in MAY_IMPORT.get(part, set()):
                found.append((line, f"{part} may not import {other}"))
        elif top in ONLY_IN and part not in ONLY_IN[top]:
            found.append((line, f"{part} may not import {top}"))
        elif part in PURE and top in IMPURE:
            found.append((line, f"{part} is pure and may not import {top}"))
    return found


def python_files() -> list[Path]:
    """Return every Python file of the package."""
    return sorted(SRC.rglob("*.py"))


def test_the_import_rule_is_kept() -> None:
    """Model <- content, scoring <- frontend, bookpages, assignments <- marking <- reports <- cli."""
    broken = [
        f"{path.relative_to(ROOT)}:{line}: {words}"
        for path in python_files()
        if path.parent != SRC or path.stem == "cli"
        for line, words in faults(part_of(path), path.read_text("utf-8"))
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("scoring", "from engagekit.content import load_course"),
        ("model", "import engagekit.scoring.judge"),
        ("model", "from datetime import datetime"),
        ("scoring", "from datetime import date\ndate.today()"),
        ("reports", "import nbgrader.api"),
        ("scoring", "def f():\n    import random"),
        ("cli", "from . import x"),
        ("frontend", "from engagekit import marking"),
        ("bookpages", "from ipywidgets import HTML"),
    ],
)
def test_a_broken_rule_is_found(part: str, source: str) -> None:
    """The check sees every way of breaking the rule, so its silence means something."""
    assert len(faults(part, source)) == 1


def test_every_part_has_a_rule() -> None:
    """A new package needs a line in the table above."""
    parts = {path.name for path in SRC.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert parts <= set(MAY_IMPORT)


def test_files_stay_short() -> None:
    """No Python or JavaScript file of ours is longer than 400 lines."""
    ours = [*python_files(), *SRC.rglob("*.js"), *(ROOT / "tests").rglob("*.py"), ROOT / "course.py"]
    long = {
        path.name: count for path in ours if (count := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert long == {}
