"""Marks as tables that a spreadsheet can open safely: every value quoted where it must be, none a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student, SubmittedAssignment
from nbgrader.plugins import ExportPlugin

from engagekit.marking.feedback import Decided, MarkSheet, mark_sheet, marks_of
from engagekit.marking.record import RecordError, read_own_record

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")

Row = dict[str, Any]


def guard(value: Any) -> Any:
    """Return a value that a spreadsheet shows and does not compute: an apostrophe marks it as text."""
    if value is None:
        return ""
    if isinstance(value, str) and (value.startswith(_FORMULA) or value.lstrip().startswith(_FORMULA)):
        return f"'{value}"
    return value


def write_table(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> int:
    """Write rows as CSV; return how many there were.

    The file starts with a byte order mark, without which Excel misreads letters outside ASCII.
    """
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, columns)
        table.writeheader()
        for row in rows:
            table.writerow({name: guard(value) for name, value in row.items()})
            count += 1
    return count


class _Table(ExportPlugin):  # type: ignore[misc]
    """What both tables share: which learners and assignments, and where to."""

    columns: tuple[str, ...] = ()
    default_name = "grades.csv"

    def export(self, gradebook: Gradebook) -> None:
        """Write the table."""
        path = Path(self.to or self.default_name)
        count = write_table(path, self.columns, self._rows(gradebook))
        self.log.info("%d rows written to %s", count, path)

    def _pairs(
        self, gradebook: Gradebook
    ) -> Iterator[tuple[Assignment, Student, SubmittedAssignment | None]]:
        assignments = {str(name) for name in self.assignment}
        students = {str(name) for name in self.student}
        for assignment in gradebook.assignments:
            if assignments and assignment.name not in assignments:
                continue
            for student in gradebook.students:
                if students and student.id not in students:
                    continue
                try:
                    yield assignment, student, gradebook.find_submission(assignment.name, student.id)
                except MissingEntry:
                    yield assignment, student, None

    def _rows(self, gradebook: Gradebook) -> Iterator[Row]:
        raise NotImplementedError


def _who(assignment: Assignment, student: Student) -> Row:
    return {
        "assignment": assignment.name,
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
    }


def _undecided(submission: SubmittedAssignment) -> bool:
    """Say whether no check of a script has any mark yet; nbgrader adds that up to 0."""
    return bool(submission.needs_manual_grade) and all(
        marks_of(grade) is None for notebook in submission.notebooks for grade in notebook.grades
    )


class OneRowEach(_Table):
    """One row per learner and assignment, with nbgrader's columns. No mark yet is blank, never 0."""

    columns = (
        "assignment",
        "duedate",
        "timestamp",
        "student_id",
        "last_name",
        "first_name",
        "email",
        "raw_score",
        "late_submission_penalty",
        "score",
        "max_score",
        "needs_assessor",
    )

    def _rows(self, gradebook: Gradebook) -> Iterator[Row]:
        for assignment, student, submission in self._pairs(gradebook):
            row = {
                **_who(assignment, student),
                "duedate": assignment.duedate,
                "email": student.email,
                "max_score": assignment.max_score,
            }
            if submission is not None:
                penalty = submission.late_submission_penalty or 0.0
                score = None if _undecided(submission) else submission.score
                row |= {
                    "timestamp": submission.timestamp,
                    "raw_score": score,
                    "late_submission_penalty": penalty,
                    "score": None if score is None else max(0.0, score - penalty),
                    "needs_assessor": "yes" if submission.needs_manual_grade else "no",
                }
            yield row


class CheckByCheck(_Table):
    """One row per learner and check: ``nbgrader export --exporter=engagekit.marking.export.CheckByCheck``."""

    columns = (
        "assignment",
        "student_id",
        "last_name",
        "first_name",
        "check",
        "title",
        "outcome",
        "proposed",
        "marks",
        "max_marks",
        "needs_assessor",
        "comment",
        "status",
        "scheme",
    )
    default_name = "checks.csv"

    def _rows(self, gradebook: Gradebook) -> Iterator[Row]:
        for assignment, student, submission in self._pairs(gradebook):
            who = _who(assignment, student)
            if submission is None:
                yield {**who, "status": "nothing handed in"}
                continue
            try:
                sheet = self._sheet(gradebook, assignment.name, student.id)
            except (RecordError, MissingEntry) as error:
                yield {**who, "status": f"not marked: {error}", "needs_assessor": "yes"}
                continue
            yield from ({**who, **row} for row in _check_rows(sheet))

    def _sheet(self, gradebook: Gradebook, assignment: str, student: str) -> MarkSheet:
        directory = self.parent.coursedir
        folder = Path(directory.format_path(directory.autograded_directory, student, assignment))
        return mark_sheet(gradebook, student, read_own_record(folder, assignment))


def proposed(check: Decided, held: bool) -> float | None:
    """Return what the machine proposes; None for a script that is held until a person has decided.

    Args:
        check: The check.
        held: The whole script is held.
    """
    return None if held and check.marks is None else check.judgement.marks


def _check_rows(sheet: MarkSheet) -> Iterator[Row]:
    for check in sheet.checks:
        judgement = check.judgement
        yield {
            "check": judgement.check,
            "title": judgement.title,
            "outcome": judgement.outcome.value,
            "proposed": proposed(check, bool(sheet.record.held)),
            "marks": check.marks,
            "max_marks": judgement.max_marks,
            "needs_assessor": "yes" if check.needs_person else "no",
            "comment": check.comment,
            "status": sheet.record.refused or "marked",
            "scheme": judgement.scheme,
        }
