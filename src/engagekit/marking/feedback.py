"""nbgrader's feedback step, with our page in the place of a notebook turned into HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from nbgrader.api import Gradebook
from nbgrader.converters.generate_feedback import GenerateFeedback

from engagekit.marking.intake import SECRET_FILE, TIMESTAMP_FILE
from engagekit.marking.record import RECORD_FILE, MarkRecord, read_record
from engagekit.model import Judgement


@dataclass(frozen=True, slots=True)
class Decided:
    """One check as it stands: the machine's proposal and what the assessor made of it.

    Attributes:
        judgement: The machine's proposal.
        marks: Marks as they stand; None while a person has still to decide.
        by_person: An assessor gave the marks.
        needs_person: An assessor has still to look, at a first mark or at one that was given before.
        comment: What the assessor wrote to the learner.
    """

    judgement: Judgement
    marks: float | None
    by_person: bool
    needs_person: bool
    comment: str


@dataclass(frozen=True, slots=True)
class MarkSheet:
    """One learner's marks on one assignment, as they stand in the gradebook."""

    student: str
    name: str
    record: MarkRecord
    checks: tuple[Decided, ...]
    late_penalty: float

    @property
    def waiting(self) -> int:
        """Return how many checks still wait for an assessor."""
        return sum(check.marks is None for check in self.checks)

    @property
    def max_marks(self) -> float:
        """Return the most that could be earned."""
        return sum(check.judgement.max_marks for check in self.checks)

    @property
    def marks(self) -> float:
        """Return the marks so far, less the penalty for lateness, and never less than nothing."""
        return max(0.0, sum(check.marks or 0.0 for check in self.checks) - self.late_penalty)


Page = Callable[[MarkSheet], str]
"""Turns a mark sheet into a page of HTML."""


def decide(judgement: Judgement, grade: Any, comment: str = "") -> Decided:
    """Put a proposal together with the gradebook's row for it.

    Args:
        judgement: The machine's proposal.
        grade: A row with the scores of nbgrader's grades; None when there is none.
        comment: What the assessor wrote.
    """
    by_person = grade is not None and grade.manual_score is not None
    if by_person:
        marks = float(grade.manual_score + (grade.extra_credit or 0.0))
    elif grade is None or grade.needs_manual_grade or grade.auto_score is None:
        marks = None
    else:
        marks = float(grade.auto_score + (grade.extra_credit or 0.0))
    return Decided(judgement, marks, by_person, grade is None or grade.needs_manual_grade, comment)


def mark_sheet(book: Gradebook, student: str, record: MarkRecord) -> MarkSheet:
    """Put a record of marking together with what the gradebook says now.

    Args:
        book: nbgrader's gradebook.
        student: The learner.
        record: The record of marking.
    """
    name = record.assignment
    notebook = book.find_submission_notebook(name, name, student)
    grades = {grade.name: grade for grade in notebook.grades}
    comments = {comment.name: comment.manual_comment or "" for comment in notebook.comments}
    who = notebook.student
    return MarkSheet(
        student=student,
        name=" ".join(part for part in (who.first_name, who.last_name) if part),
        record=record,
        checks=tuple(
            decide(judgement, grades.get(judgement.check), comments.get(judgement.check, ""))
            for judgement in record.judgements
        ),
        late_penalty=float(notebook.late_submission_penalty or 0.0),
    )


class FeedbackFromRecord(GenerateFeedback):  # type: ignore[misc]
    """Writes a learner's feedback from the record of marking and the gradebook, and copies nothing else."""

    page: ClassVar[Page]
    _book: Gradebook

    def start(self) -> None:
        """Write the pages of every marked submission that nbgrader's options select."""
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as self._book:
            super().start()

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Bring along only what nbgrader's release of feedback reads."""
        source, target = (
            Path(folder(assignment_id, student_id)) for folder in (self._format_source, self._format_dest)
        )
        target.mkdir(parents=True, exist_ok=True)
        for name in (TIMESTAMP_FILE, SECRET_FILE):
            if (source / name).exists():
                (target / name).unlink(missing_ok=True)
                (target / name).write_bytes((source / name).read_bytes())

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Write the feedback page of one marked notebook."""
        about = self.init_single_notebook_resources(notebook_filename)["nbgrader"]
        student, assignment = about["student"], about["assignment"]
        record = read_record(Path(notebook_filename).with_name(RECORD_FILE))
        sheet = mark_sheet(self._book, student, record)
        target = Path(self._format_dest(assignment, student)) / f"{about['notebook']}.html"
        target.write_text(type(self).page(sheet), encoding="utf-8", newline="\n")
        self.log.info("%s: feedback written, %d checks still wait for an assessor", student, sheet.waiting)
