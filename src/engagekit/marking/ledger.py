"""Grade rows in nbgrader's gradebook, a batch of learners at a time: few queries, one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import insert, select, update

from engagekit.marking.indexes import ensure_indexes
from engagekit.marking.script import Mark
from engagekit.model import MarkingScheme

Penalty = Callable[[str, float, float], float | None]
"""Gives the late penalty for a learner, their score, and by how many seconds the work was late."""

_AT_ONCE = 500
_SCORES = ("auto_score", "manual_score", "extra_credit", "needs_manual_grade")


class LedgerError(ValueError):
    """The gradebook cannot take these marks; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written for one learner.

    Attributes:
        student: The learner.
        timestamp: When the work was handed in, in UTC without a zone; None when that is not known.
        marks: One for each check.
        needs_person: A person has to look at every check.
    """

    student: str
    timestamp: datetime | None
    marks: tuple[Mark, ...]
    needs_person: bool


@dataclass(slots=True)
class Standing:
    """The rows that the gradebook has for one learner's submission.

    Attributes:
        submission: Its row's id.
        timestamp: When it was handed in.
        extension: How much longer the learner had than the others.
        notebook: Id of its notebook's row; empty when there is none.
        penalty: The late penalty.
        grades: Cell to its row: id and scores.
        comments: Cell to its row: id, the machine's comment, and the assessor's.
    """

    submission: str
    timestamp: datetime | None = None
    extension: timedelta | None = None
    notebook: str = ""
    penalty: float | None = None
    grades: dict[str, Any] = field(default_factory=dict)
    comments: dict[str, Any] = field(default_factory=dict)


class Ledger:
    """The gradebook's rows for one assignment.

    Use it as a context manager. ``enter`` adds learners' rows to the open transaction; ``keep`` makes them
    last, and ``drop`` takes them back, so that a learner has all rows of a marking or none.
    """

    def __init__(self, db_url: str, course_id: str, marking: MarkingScheme) -> None:
        """Open the gradebook, add its indexes, and compare its cells with the marking scheme.

        Args:
            db_url: The gradebook.
            course_id: nbgrader's id of the course.
            marking: The marking scheme.

        Raises:
            LedgerError: The assignment was never generated, or from another marking scheme.
        """
        self._book = Gradebook(db_url, course_id)
        self._db = self._book.db
        try:
            ensure_indexes(self._book.engine)
            self._assignment_id, self._notebook_id, self._due = self._find(marking)
            self._grade_cells = {name: found for name, found, _ in self._cells(GradeCell)}
            self._comment_cells = {name: found for name, found, _ in self._cells(SolutionCell)}
            self._compare(marking)
        except BaseException:
            self._book.close()
            raise

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def _find(self, marking: MarkingScheme) -> tuple[str, str, datetime | None]:
        name = marking.assignment
        found = self._db.execute(
            select(Assignment.id, Notebook.id, Assignment.duedate)
            .join(Notebook, Notebook.assignment_id == Assignment.id)
            .where(Assignment.name == name, Notebook.name == name)
        ).one_or_none()
        if found is None:
            raise LedgerError(
                f"the gradebook has no assignment '{name}': run nbgrader generate_assignment {name} first"
            )
        return found[0], found[1], found[2]

    def _cells(self, kind: type[BaseCell]) -> list[tuple[str, str, float]]:
        return [
            (cell.name, cell.id, getattr(cell, "max_score", 0.0))
            for cell in self._db.query(kind).filter(kind.notebook_id == self._notebook_id)
        ]

    def _compare(self, marking: MarkingScheme) -> None:
        wanted = {check.id: check.points for check in marking.checks}
        found = {name: points for name, _, points in self._cells(GradeCell)}
        if wanted != found:
            odd = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
            raise LedgerError(
                f"the gradebook and the marking scheme differ on {', '.join(odd)}: "
                f"run nbgrader generate_assignment {marking.assignment} --force"
            )

    def roster(self) -> dict[str, str]:
        """Return every learner whom the gradebook lists, with their name."""
        rows = self._db.execute(select(Student.id, Student.first_name, Student.last_name))
        return {student: " ".join(filter(None, (first, last))) for student, first, last in rows}

    def standings(self, students: Sequence[str]) -> dict[str, Standing]:
        """Return the rows of the learners that have any."""
        found: dict[str, Standing] = {}
        for start in range(0, len(students), _AT_ONCE):
            found |= self._standings(students[start : start + _AT_ONCE])
        return found

    def _standings(self, students: Sequence[str]) -> dict[str, Standing]:
        one, book = SubmittedAssignment, SubmittedNotebook
        rows = self._db.execute(
            select(
                one.student_id, one.id, one.timestamp, one.extension, book.id, book.late_submission_penalty
            )
            .outerjoin(book, (book.assignment_id == one.id) & (book.notebook_id == self._notebook_id))
            .where(one.assignment_id == self._assignment_id, one.student_id.in_(students))
        )
        found, notebooks = {}, {}
        for student, submission, timestamp, extension, notebook, penalty in rows:
            found[student] = Standing(submission, timestamp, extension, notebook or "", penalty)
            notebooks[notebook] = found[student]
        scores = [getattr(Grade, name) for name in _SCORES]
        ids = list(notebooks)
        for row in self._db.execute(
            select(Grade.notebook_id, Grade.cell_id, Grade.id, *scores).where(Grade.notebook_id.in_(ids))
        ):
            notebooks[row.notebook_id].grades[row.cell_id] = row
        written = (Comment.auto_comment, Comment.manual_comment)
        for row in self._db.execute(
            select(Comment.notebook_id, Comment.cell_id, Comment.id, *written).where(
                Comment.notebook_id.in_(ids)
            )
        ):
            notebooks[row.notebook_id].comments[row.cell_id] = row
        return found

    def proposed(self, standing: Standing) -> dict[str, float | None]:
        """Return check to the machine's marks, for the checks that have a row."""
        names = {cell: name for name, cell in self._grade_cells.items()}
        return {names[cell]: grade.auto_score for cell, grade in standing.grades.items() if cell in names}

    def strangers(self, students: Sequence[str]) -> set[str]:
        """Return those of these learners whom the gradebook does not list."""
        known: set[str] = set()
        for start in range(0, len(students), _AT_ONCE):
            part = students[start : start + _AT_ONCE]
            known |= set(self._db.scalars(select(Student.id).where(Student.id.in_(part))))
        return set(students) - known

    def enter(self, entries: Iterable[Entry], penalty: Penalty) -> dict[str, float]:
        """Put learners' marks into the open transaction. A learner who is not listed is added.

        Manual scores, comments and extra credit of an assessor stay as they are. A score that an assessor
        gave is flagged again, as in nbgrader, because what it was given for may have changed.

        Args:
            entries: What to write, one for each learner.
            penalty: Gives the late penalty of a submission; called only when it is late.

        Returns:
            Learner to the seconds by which their work was late, for those who were.
        """
        entries = list(entries)
        students = [entry.student for entry in entries]
        new: dict[Any, list[dict[str, Any]]] = {}
        old: dict[Any, list[dict[str, Any]]] = {}
        new[Student] = [{"id": student} for student in sorted(self.strangers(students))]
        standings = self.standings(students)
        late: dict[str, float] = {}
        for entry in entries:
            standing = standings.get(entry.student)
            if standing is None:
                standing = Standing(new_uuid())
                new.setdefault(SubmittedAssignment, []).append(
                    {
                        "id": standing.submission,
                        "assignment_id": self._assignment_id,
                        "student_id": entry.student,
                        "timestamp": entry.timestamp,
                    }
                )
            elif entry.timestamp not in (None, standing.timestamp):
                old.setdefault(SubmittedAssignment, []).append(
                    {"id": standing.submission, "timestamp": entry.timestamp}
                )
            standing.timestamp = entry.timestamp or standing.timestamp
            self._one(entry, standing, penalty, late, new, old)
        # In the order in which rows refer to each other.
        for kind in (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment):
            if new.get(kind):
                self._db.execute(insert(kind), new[kind])
            if old.get(kind):
                self._db.execute(update(kind), old[kind])
        return late

    def _one(
        self,
        entry: Entry,
        standing: Standing,
        penalty: Penalty,
        late: dict[str, float],
        new: dict[Any, list[dict[str, Any]]],
        old: dict[Any, list[dict[str, Any]]],
    ) -> None:
        notebook = standing.notebook or new_uuid()
        score = 0.0
        for mark in entry.marks:
            cell = self._grade_cells[mark.check]
            row = standing.grades.get(cell)
            manual, extra = (row.manual_score, row.extra_credit) if row else (None, None)
            needs = entry.needs_person or mark.marks is None or manual is not None
            counts = manual if manual is not None else mark.marks
            score += 0.0 if counts is None else counts + (extra or 0.0)
            values = {"auto_score": mark.marks, "needs_manual_grade": needs}
            if row is None:
                ids = {"id": new_uuid(), "cell_id": cell, "notebook_id": notebook}
                new.setdefault(Grade, []).append({**ids, **values})
            elif (row.auto_score, row.needs_manual_grade) != (mark.marks, needs):
                old.setdefault(Grade, []).append({"id": row.id, **values})
            if mark.check in self._comment_cells:
                self._comment(mark, notebook, standing, new, old)
        seconds = self._seconds_late(standing)
        amount = None
        if seconds > 0:
            late[entry.student] = seconds
            amount = penalty(entry.student, score, seconds)
        if not standing.notebook:
            new.setdefault(SubmittedNotebook, []).append(
                {
                    "id": notebook,
                    "assignment_id": standing.submission,
                    "notebook_id": self._notebook_id,
                    "flagged": False,
                    "late_submission_penalty": amount,
                }
            )
        elif standing.penalty != amount:
            old.setdefault(SubmittedNotebook, []).append({"id": notebook, "late_submission_penalty": amount})

    def _comment(
        self,
        mark: Mark,
        notebook: str,
        standing: Standing,
        new: dict[Any, list[dict[str, Any]]],
        old: dict[Any, list[dict[str, Any]]],
    ) -> None:
        cell = self._comment_cells[mark.check]
        row = standing.comments.get(cell)
        said = "No response." if mark.blank else None
        if row is None:
            ids = {"id": new_uuid(), "cell_id": cell, "notebook_id": notebook}
            new.setdefault(Comment, []).append({**ids, "auto_comment": said})
        elif row.auto_comment != said:
            old.setdefault(Comment, []).append({"id": row.id, "auto_comment": said})

    def _seconds_late(self, standing: Standing) -> float:
        if standing.timestamp is None or self._due is None:
            return 0.0
        due = self._due + (standing.extension or timedelta())
        return max(0.0, (standing.timestamp - due).total_seconds())

    def keep(self) -> None:
        """Make the rows that were entered last."""
        self._db.commit()

    def drop(self) -> None:
        """Take back what was entered since the last ``keep``."""
        self._db.rollback()
