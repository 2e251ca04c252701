"""The real course's interview assignment, loaded once."""

from pathlib import Path

import pytest

from engagekit.assignments.source import load_assignments

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def course():
    return load_assignments(ROOT)


@pytest.fixture(scope="session")
def form(course):
    return course.forms["interview"]


@pytest.fixture(scope="session")
def case(course, form):
    return course.vignettes[form.vignette]
