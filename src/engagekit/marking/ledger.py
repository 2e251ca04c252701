"""Grade rows in nbgrader's gradebook: one session for a batch, one transaction for a learner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    MissingEntry,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)

from engagekit.marking.record import MarkRecord
from engagekit.model import MarkingScheme, Outcome

Penalty = Callable[[SubmittedAssignment, SubmittedNotebook], float | None]


class LedgerError(ValueError):
    """The gradebook cannot take these marks; the message says what to do."""


class Ledger:
    """The gradebook's rows for one assignment.

    Use it as a context manager. ``enter`` adds a learner's rows to the open transaction; ``keep`` makes
    them last, and ``drop`` takes them back, so that a learner has all rows of a marking or none.
    """

    def __init__(self, db_url: str, course_id: str, marking: MarkingScheme) -> None:
        """Open the gradebook and compare its cells with the marking scheme.

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
            self._assignment_id, self._notebook_id = self._find(marking)
            self._grade_cells = self._cells(GradeCell)
            self._comment_cells = self._cells(SolutionCell)
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

    def _find(self, marking: MarkingScheme) -> tuple[str, str]:
        name = marking.assignment
        found = (
            self._db.query(Assignment.id, Notebook.id)
            .join(Notebook, Notebook.assignment_id == Assignment.id)
            .filter(Assignment.name == name, Notebook.name == name)
            .one_or_none()
        )
        if found is None:
            raise LedgerError(
                f"the gradebook has no assignment '{name}': run nbgrader generate_assignment {name} first"
            )
        return found[0], found[1]

    def _cells(self, kind: type[BaseCell]) -> dict[str, tuple[str, float]]:
        return {
            cell.name: (cell.id, getattr(cell, "max_score", 0.0))
            for cell in self._db.query(kind).filter(kind.notebook_id == self._notebook_id)
        }

    def _compare(self, marking: MarkingScheme) -> None:
        wanted = {check.id: check.points for check in marking.checks}
        found = {name: points for name, (_, points) in self._grade_cells.items()}
        if wanted != found:
            odd = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
            raise LedgerError(
                f"the gradebook and the marking scheme differ on {', '.join(odd)}: "
                f"run nbgrader generate_assignment {marking.assignment} --force"
            )

    def knows(self, student_id: str) -> bool:
        """Say whether the gradebook has rows for this learner's submission."""
        query = self._db.query(SubmittedAssignment.id)
        return query.filter_by(assignment_id=self._assignment_id, student_id=student_id).first() is not None

    def has_student(self, student_id: str) -> bool:
        """Say whether the gradebook lists this learner."""
        return self._db.get(Student, student_id) is not None

    def enter(
        self,
        student_id: str,
        timestamp: datetime | None,
        record: MarkRecord,
        penalty: Penalty,
        *,
        create: bool = True,
    ) -> SubmittedAssignment:
        """Put a learner's marks into the open transaction.

        Manual scores, comments and extra credit of an assessor stay as they are. A score that an assessor
        gave is flagged again, as in nbgrader, because what it was given for may have changed.

        Args:
            student_id: The learner.
            timestamp: When the work was handed in, in UTC without a zone; None when that is not known.
            record: The judgements.
            penalty: Gives the late penalty of a submission; called only when it is late.
            create: Add a learner whom the gradebook does not list.

        Raises:
            MissingEntry: The learner is not listed and ``create`` is off.
        """
        if not self.has_student(student_id):
            if not create:
                raise MissingEntry(f"No student with ID '{student_id}' exists in the database")
            self._db.add(Student(id=student_id))
        submission, notebook = self._submission(student_id)
        if timestamp is not None:
            submission.timestamp = timestamp
        grades = {grade.cell_id: grade for grade in notebook.grades}
        comments = {comment.cell_id: comment for comment in notebook.comments}
        for judgement in record.judgements:
            cell_id, _ = self._grade_cells[judgement.check]
            grade = grades.get(cell_id) or self._new(Grade(cell_id=cell_id, notebook_id=notebook.id))
            grade.auto_score = judgement.marks
            grade.needs_manual_grade = (
                record.needs_person or judgement.marks is None or grade.manual_score is not None
            )
            if judgement.check in self._comment_cells:
                cell_id, _ = self._comment_cells[judgement.check]
                comment = comments.get(cell_id) or self._new(
                    Comment(cell_id=cell_id, notebook_id=notebook.id)
                )
                blank = judgement.outcome is Outcome.NOT_ATTEMPTED
                comment.auto_comment = "No response." if blank else None
        self._db.flush()
        notebook.late_submission_penalty = None
        if submission.total_seconds_late > 0:
            self._db.expire(notebook)
            notebook.late_submission_penalty = penalty(submission, notebook)
            self._db.flush()
        return submission

    def _new(self, row: Any) -> Any:
        self._db.add(row)
        return row

    def _submission(self, student_id: str) -> tuple[SubmittedAssignment, SubmittedNotebook]:
        ids = {"assignment_id": self._assignment_id, "student_id": student_id}
        submission = self._db.query(SubmittedAssignment).filter_by(**ids).one_or_none()
        if submission is None:
            submission = SubmittedAssignment(**ids)
            self._db.add(submission)
            self._db.flush()
        ids = {"assignment_id": submission.id, "notebook_id": self._notebook_id}
        notebook = self._db.query(SubmittedNotebook).filter_by(**ids).one_or_none()
        if notebook is None:
            notebook = SubmittedNotebook(**ids)
            self._db.add(notebook)
            self._db.flush()
        return submission, notebook

    def keep(self) -> None:
        """Make the rows that were entered last."""
        self._db.commit()

    def drop(self) -> None:
        """Take back what was entered since the last ``keep``."""
        self._db.rollback()
