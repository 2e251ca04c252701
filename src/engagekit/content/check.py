"""The one door to the course: load it, check it, or fail with every problem at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engagekit.content.load import load
from engagekit.content.rules import check_rules
from engagekit.model import Course, Problem


class ContentError(Exception):
    """The content files have problems; ``problems`` holds them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems; the message is their report."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of the content found."""

    course: Course
    problems: tuple[Problem, ...]
    files: int

    @property
    def errors(self) -> int:
        """Return the number of problems that stop a build."""
        return sum(problem.severity == "error" for problem in self.problems)

    def as_text(self) -> str:
        """Return one line a problem, sorted by place, and a count."""
        lines = [str(problem) for problem in self.problems]
        warnings = len(self.problems) - self.errors
        return "\n".join(
            [*lines, f"{_count(self.errors, 'error')}, {_count(warnings, 'warning')} in {self.files} files"]
        )

    def as_json(self) -> str:
        """Return the problems and counts as JSON, for editors and other tools."""
        return json.dumps(
            {
                "files": self.files,
                "errors": self.errors,
                "problems": [problem.as_json() for problem in self.problems],
            },
            indent=2,
            ensure_ascii=False,
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def check(root: Path) -> Report:
    """Read every content file of a course and return every problem, sorted by place.

    Args:
        root: The course folder.

    Returns:
        The report. A folder without any content file is a problem, not an empty success.
    """
    library = load(root)
    problems = [*library.problems, *check_rules(library)]
    if library.files == 0:
        problems.append(
            Problem(".", 0, 0, f"no content files below {root.name}", "run this in the course folder")
        )
    return Report(library.course, tuple(sorted(set(problems))), library.files)


def load_course(root: Path) -> Course:
    """Return the course of a folder.

    Args:
        root: The course folder.

    Returns:
        The whole course, frozen.

    Raises:
        ContentError: Any file has an error.
    """
    report = check(root)
    if report.errors:
        raise ContentError([problem for problem in report.problems if problem.severity == "error"])
    return report.course
