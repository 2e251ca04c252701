"""Everything that the gradebook says about a cohort, read in a handful of queries and never written to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import create_engine, inspect, select
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import SQLAlchemyError


@dataclass(frozen=True, slots=True)
class Listed:
    """A learner whom the gradebook lists."""

    id: str
    given: str = ""
    family: str = ""
    email: str = ""
    number: str = ""

    @property
    def name(self) -> str:
        """Return the name as people say it; empty when there is none."""
        return " ".join(part for part in (self.given, self.family) if part)


@dataclass(frozen=True, slots=True)
class Mark:
    """The gradebook's row for one check, with nbgrader's names."""

    auto_score: float | None
    manual_score: float | None
    extra_credit: float | None
    needs_manual_grade: bool


@dataclass(slots=True)
class Standing:
    """One learner's submission of one assignment, as the gradebook has it.

    ``comments``, an assessor's by check, are read by ``read_standings`` alone.
    """

    name: str = ""
    timestamp: datetime | None = None
    late_penalty: float = 0.0
    marks: dict[str, Mark] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gradebook:
    """A cohort as the gradebook has it.

    Attributes:
        learners: By id.
        due: Assignment to the time when it is due, in UTC without a zone; None when there is none.
        standings: Assignment and learner's id to what was handed in.
    """

    learners: dict[str, Listed] = field(default_factory=dict)
    due: dict[str, datetime | None] = field(default_factory=dict)
    standings: dict[tuple[str, str], Standing] = field(default_factory=dict)


def read_gradebook(db_url: str) -> Gradebook:
    """Read a gradebook. One that is not there yet is an empty one, and is not made.

    Args:
        db_url: The gradebook.

    Raises:
        ValueError: It cannot be read; the message says what to do.
    """
    address = make_url(db_url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        return Gradebook()
    engine = create_engine(db_url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(SubmittedNotebook.__tablename__):
                return Gradebook()
            return _read(connection)
    except SQLAlchemyError as error:
        raise ValueError(
            f"the gradebook cannot be read ({type(error).__name__}): try nbgrader db upgrade"
        ) from error
    finally:
        engine.dispose()


def _read(connection: Connection) -> Gradebook:
    learners = {
        row.id: Listed(*(str(value or "") for value in row))
        for row in connection.execute(
            select(
                Student.id, Student.first_name, Student.last_name, Student.email, Student.lms_user_id
            ).order_by(Student.id)
        )
    }
    due = {
        row.name: row.duedate
        for row in connection.execute(select(Assignment.name, Assignment.duedate).order_by(Assignment.name))
    }
    found = Gradebook(learners, due)
    places = _places(connection, _SUBMISSIONS, found.standings)
    _add_marks(connection, _GRADES, places)
    return found


def read_standings(db: Any, assignment: str, students: Sequence[str]) -> dict[str, Standing]:
    """Return what the gradebook says about some learners on one assignment, comments too, in a few queries.

    Args:
        db: A session on the gradebook.
        assignment: The assignment.
        students: The learners, no more than a few hundred at a time.
    """
    found: dict[tuple[str, str], Standing] = {}
    wanted = _SUBMISSIONS.where(Assignment.name == assignment, Student.id.in_(students))
    places = _places(db, wanted, found)
    _add_marks(db, _GRADES.where(Grade.notebook_id.in_(list(places))), places)
    for notebook, name, comment in db.execute(_COMMENTS.where(Comment.notebook_id.in_(list(places)))):
        places[notebook].comments[name] = comment or ""
    return {student: standing for (_, student), standing in found.items()}


def _places(db: Any, submissions: Any, found: dict[tuple[str, str], Standing]) -> dict[Any, Standing]:
    """Add submissions to what was found; return them by the id that grades and comments name."""
    places = {}
    for row in db.execute(submissions):
        name = " ".join(part for part in (row.first_name, row.last_name) if part)
        place = Standing(name, row.timestamp, float(row.late_submission_penalty or 0.0))
        places[row.id] = found[row.name, row.student_id] = place
    return places


def _add_marks(db: Any, grades: Any, places: Mapping[Any, Standing]) -> None:
    for notebook, check, auto, manual, extra, waits in db.execute(grades):
        if notebook in places:
            places[notebook].marks[check] = Mark(auto, manual, extra, bool(waits))


_SUBMISSIONS = (
    select(
        SubmittedNotebook.id,
        SubmittedNotebook.late_submission_penalty,
        SubmittedAssignment.student_id,
        SubmittedAssignment.timestamp,
        Assignment.name,
        Student.first_name,
        Student.last_name,
    )
    .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
    .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
    .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
    .join(Student, SubmittedAssignment.student_id == Student.id)
    .where(Notebook.name == Assignment.name)
)
_GRADES = select(
    Grade.notebook_id,
    BaseCell.name,
    Grade.auto_score,
    Grade.manual_score,
    Grade.extra_credit,
    Grade.needs_manual_grade,
).join(BaseCell, Grade.cell_id == BaseCell.id)
_COMMENTS = select(Comment.notebook_id, BaseCell.name, Comment.manual_comment).join(
    BaseCell, Comment.cell_id == BaseCell.id
)
