"""Learners' names, from a roster into the gradebook: pages say them, later downloads match them."""

from __future__ import annotations

from collections.abc import Iterable

from nbgrader.api import Student
from sqlalchemy.exc import SQLAlchemyError

from engagekit.marking.standings import Gradebook, Listed
from engagekit.marking.steps import Steps


def enter_names(steps: Steps, people: Iterable[Listed], known: Gradebook) -> list[str]:
    """Create or update learners in the gradebook; a name or address that is not given stays as it is.

    The platform's number stays out: Moodle numbers people anew in each assignment when it hides names.

    Args:
        steps: nbgrader on the course.
        people: Those whose work came, as the roster and the gradebook have them.
        known: What the gradebook held.

    Returns:
        A sentence when the gradebook did not take them; the work itself is in its place all the same.
    """
    changed = [one for one in people if _shown(one) != _shown(known.learners.get(one.id))]
    if not changed:
        return []
    try:
        with steps.api.gradebook as book:
            there = {student.id: student for student in book.students}
            for one in changed:
                student = there.get(one.id)
                if student is None:
                    student = Student(id=one.id)
                    book.db.add(student)
                student.first_name = one.given or student.first_name
                student.last_name = one.family or student.last_name
                student.email = one.email or student.email
            book.db.commit()
    except SQLAlchemyError as error:
        return [
            f"the gradebook did not take the roster's names ({type(error).__name__}): "
            "collect again with --roster"
        ]
    return []


def _shown(person: Listed | None) -> tuple[str, ...]:
    return (person.id, person.given, person.family, person.email) if person else ()
