"""The real course's interview assignment, loaded once."""

import pytest

from realcourse import real_assignments


@pytest.fixture(scope="session")
def course():
    return real_assignments()


@pytest.fixture(scope="session")
def form(course):
    return course.forms["interview"]


@pytest.fixture(scope="session")
def case(course, form):
    return course.vignettes[form.vignette]
