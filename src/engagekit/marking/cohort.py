"""Marking and feedback for a whole cohort, as commands and other code ask for them."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from nbgrader.utils import temp_attrs

from engagekit.assignments.source import load_assignments
from engagekit.marking.autograde import MarkFromAnswers
from engagekit.marking.feedback import FeedbackFromRecord, Written
from engagekit.marking.rows import Row, Status
from engagekit.marking.steps import Steps
from engagekit.model import Course

Progress = Callable[[int, int], None]


def _silent(_done: int, _of: int) -> None:
    """Show nothing."""


def mark_cohort(
    root: str | os.PathLike[str],
    assignment: str,
    *,
    jobs: int = 1,
    force: bool = False,
    remark: bool = False,
    students: str = "*",
    progress: Progress = _silent,
    steps: Steps | None = None,
    course: Course | None = None,
) -> list[Row]:
    """Mark what has been handed in for an assignment, as the course's nbgrader settings say.

    What is marked already and has not changed is left alone. Work that was marked under another scheme is
    judged anew in memory only, and a report says what would move, until ``remark`` is given.

    Args:
        root: The course folder.
        assignment: The assignment.
        jobs: How many worker processes; 1 for none.
        force: Mark again what is marked.
        remark: Mark again also what was marked under another scheme; the earlier records stay beside.
        students: A learner's id, or a pattern.
        progress: Takes how many are done, of how many.
        steps: nbgrader on the course, when the caller has it.
        course: The loaded course, when the caller has it.

    Returns:
        A row for everybody on the roster and every submission folder, by learner.
    """
    steps = steps or Steps(root)
    with temp_attrs(steps.directory, assignment_id=assignment, student_id=students):
        step = MarkFromAnswers(coursedir=steps.directory, parent=steps.api)
        step.log = logging.getLogger("engagekit.marking")
        step.force = force
        return step.mark(jobs=jobs, remark=remark, course=course, progress=progress)


def feedback_for_cohort(
    root: str | os.PathLike[str],
    assignment: str,
    *,
    students: str = "*",
    progress: Progress = _silent,
    steps: Steps | None = None,
) -> dict[str, Written]:
    """Write the feedback pages that are missing or would now be other ones.

    Args:
        root: The course folder.
        assignment: The assignment.
        students: A learner's id, or a pattern.
        progress: Takes how many are done, of how many.
        steps: nbgrader on the course, when the caller has it.

    Returns:
        Learner to what became of their page.
    """
    steps = steps or Steps(root)
    with temp_attrs(steps.directory, assignment_id=assignment, student_id=students):
        step = FeedbackFromRecord(coursedir=steps.directory, parent=steps.api)
        step.log = logging.getLogger("engagekit.marking")
        return step.write(progress=progress)


@contextlib.contextmanager
def only_faults() -> Iterator[None]:
    """Keep the log to faults of ours, where rows say all the rest."""
    log = logging.getLogger("engagekit.marking")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


def assignments_of(root: Path, names: Iterable[str], course: Course | None = None) -> list[str]:
    """Return the assignments that were named, or all that the course has.

    Raises:
        ValueError: One is named that the course does not have.
    """
    every = list((course or load_assignments(root)).marking)
    named = list(names)
    unknown = [name for name in named if name not in every]
    if unknown:
        raise ValueError(f"no assignment {', '.join(unknown)} in this course: it has {', '.join(every)}")
    return named or every


def needs_attention(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that a tutor has to act on; first those whose work no machine can finish."""
    found = [
        row
        for row in rows
        if row.status in (Status.UNREADABLE, Status.FAILED, Status.WAITING) or row.held or row.reason
    ]
    return sorted(found, key=_urgency)


def _urgency(row: Row) -> int:
    if row.status is Status.FAILED:
        return 0
    if row.status is Status.UNREADABLE or (row.status is Status.UNCHANGED and row.reason):
        return 1
    return 2 if row.held else 3
