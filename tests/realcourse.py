"""The real course, read once for all tests of a run."""

from functools import cache
from pathlib import Path

from engagekit.assignments.source import load_assignments
from engagekit.content import load_course
from engagekit.marking.desk import Desk, open_desk
from engagekit.model import Course

ROOT = Path(__file__).resolve().parent.parent


@cache
def real_course() -> Course:
    """Return the course of this repository; its models are frozen, so that tests may share it."""
    return load_course(ROOT)


@cache
def real_assignments() -> Course:
    """Return the course as marking reads it: a chapter's fault elsewhere stops no assignment's test."""
    return load_assignments(ROOT)


@cache
def real_desk(assignment: str) -> Desk:
    """Return an assignment's marking desk."""
    return open_desk(ROOT, assignment, course=real_assignments())
