"""Compare the registers with a tutor's own copies of the source documents.

A copy is recognised by its checksum, whatever it is called. The comparison says which registered places
cannot be found in it, and which of its listed entries no register covers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engagekit.model import Course, Source, first_and_last

MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Comparison:
    """One source against one copy of it.

    ``path`` is None when no copy was found. ``missing`` tells the differences, one a line.
    """

    source: Source
    path: Path | None
    items: int
    figures: int
    entries: int
    missing: tuple[str, ...]

    def as_text(self) -> str:
        """Return the comparison as lines of text."""
        if self.path is None:
            return f"{self.source.id}: no copy found (looked for {self.source.checksum})"
        head = (
            f"{self.source.id}: {self.path.name}: looked up {self.items} items, {self.figures} figures "
            f"and {self.entries} listed entries: "
        )
        verdict = f"{len(self.missing)} missing" if self.missing else "nothing is missing"
        return "\n".join([head + verdict, *(f"  {line}" for line in self.missing)])


def compare_sources(course: Course, folder: Path) -> list[Comparison]:
    """Compare every source of a course with the copies in a folder.

    Args:
        course: The course.
        folder: Where the tutor keeps the documents; it is searched with its subfolders.

    Returns:
        One comparison a source, in the order of ``sources.yaml``.

    Raises:
        NotADirectoryError: There is no such folder.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"no folder {folder}")
    copies = {_checksum(path): path for path in _files(folder)}
    return [_compare(course, source, copies.get(source.checksum)) for source in course.sources.values()]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_size <= MAX_BYTES:
            yield path


def _checksum(path: Path) -> str:
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def _compare(course: Course, source: Source, path: Path | None) -> Comparison:
    register = course.registers.get(source.id)
    figures = course.figure_registers.get(source.id)
    items = register.items if register else ()
    numbers = figures.figures if figures else ()
    if path is None:
        return Comparison(source, None, len(items), len(numbers), 0, ())
    lines = path.read_text("utf-8", errors="replace").split("\n")
    missing = [
        f"{item.id}: “{item.anchor}” is not on line {item.lines.partition('-')[0]}"
        for item in items
        if item.anchor not in _line(lines, first_and_last(item.lines)[0])
    ]
    for figure in numbers:
        first, last = first_and_last(figure.lines)
        passage = "\n".join(lines[first - 1 : last])
        missing += [
            f"{figure.id}: “{anchor}” is not on lines {figure.lines}"
            for anchor in figure.anchors
            if anchor not in passage
        ]
    ranges = [first_and_last(item.lines) for item in items]
    # By its words, not its number: a source may print one entry in several places.
    covered = {_line(lines, number).strip() for first, last in ranges for number in range(first, last + 1)}
    patterns = [re.compile(pattern) for pattern in source.entry_patterns]
    entries = [line.strip() for line in lines if any(pattern.search(line) for pattern in patterns)]
    missing += [
        f"line {number}: no item covers “{line.strip()[:60]}”"
        for number, line in enumerate(lines, 1)
        if any(pattern.search(line) for pattern in patterns) and line.strip() not in covered
    ]
    return Comparison(source, path, len(items), len(numbers), len(entries), tuple(missing))


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""
