"""Beginning with a real cohort: assignments are released, and nobody is enrolled or handed in for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from engagekit.assignments import build_all
from engagekit.assignments.source import load_assignments
from engagekit.marking.cohort import assignments_of
from engagekit.marking.standings import read_gradebook
from engagekit.marking.steps import Steps
from engagekit.model import Course

Say = Callable[[str], None]


def not_released(assignment: str) -> str:
    """Return what to say about an assignment that learners cannot have had."""
    return f"{assignment}: not released yet: python3 course.py release {assignment}"


def release(root: str | os.PathLike[str], names: Iterable[str] = (), say: Say = print) -> None:
    """Build assignments and release them; what was handed in, and marks, stay as they are.

    Args:
        root: The course folder.
        names: The assignments; all of them when none is named.
        say: Takes what is said, line by line.

    Raises:
        ValueError: One is named that the course does not have.
    """
    root = Path(root).resolve()
    course = load_assignments(root)
    chosen = assignments_of(root, names, course)
    say(f"Assignments built: {len(build_all(root))} files changed.")
    steps = Steps(root)
    before = read_gradebook(steps.directory.db_url)
    for name in chosen:
        steps.generate(name)
        steps.release(name)
        again = " again; what was handed in and marked stays" if name in before.due else ""
        say(f"{name}: generated and released to the exchange{again}.")
    invented = sample_learners(course) & before.learners.keys()
    if invented:
        say(
            f"The gradebook holds the sample's invented learners ({len(invented)}). Move the folder _grading "
            "away before the first real hand-in, and release again."
        )


def sample_learners(course: Course) -> set[str]:
    """Return the ids of the invented learners."""
    return {script.learner.id for all_ in course.cohort.values() for script in all_ if script.learner}
