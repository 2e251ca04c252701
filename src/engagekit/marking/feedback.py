"""nbgrader's feedback step, with our page in the place of a notebook turned into HTML."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException
from nbgrader.converters.generate_feedback import GenerateFeedback

from engagekit.marking.intake import SECRET_FILE, TIMESTAMP_FILE, find_submissions, read_timestamp
from engagekit.marking.record import MarkRecord, read_own_record
from engagekit.marking.standings import Standing, read_standings
from engagekit.model import Judgement

BATCH = 200


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


class Written(StrEnum):
    """What became of one learner's page."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    FAILED = "could not be written"


def marks_of(grade: Any) -> float | None:
    """Return the marks that a gradebook's row comes to; None while a person has still to decide.

    Args:
        grade: A row with the scores of nbgrader's grades; None when there is none.
    """
    if grade is None:
        return None
    score = grade.manual_score
    if score is None and not grade.needs_manual_grade:
        score = grade.auto_score
    return None if score is None else float(score + (grade.extra_credit or 0.0))


def decide(judgement: Judgement, grade: Any, comment: str = "") -> Decided:
    """Put a proposal together with the gradebook's row for it.

    Args:
        judgement: The machine's proposal.
        grade: A row with the scores of nbgrader's grades; None when there is none.
        comment: What the assessor wrote.
    """
    by_person = grade is not None and grade.manual_score is not None
    waits = grade is None or grade.needs_manual_grade
    return Decided(judgement, marks_of(grade), by_person, waits, comment)


def mark_sheet(book: Gradebook, student: str, record: MarkRecord) -> MarkSheet:
    """Put a record of marking together with what the gradebook says now.

    Args:
        book: nbgrader's gradebook.
        student: The learner.
        record: The record of marking.

    Raises:
        MissingEntry: The gradebook has no such submission.
    """
    found = read_standings(book.db, record.assignment, [student]).get(student)
    if found is None:
        raise MissingEntry(f"the gradebook has no marks of '{record.assignment}' for '{student}'")
    return sheet_of(student, record, found)


def sheet_of(student: str, record: MarkRecord, standing: Standing) -> MarkSheet:
    """Put a record together with what the gradebook says about it."""
    return MarkSheet(
        student=student,
        name=standing.name,
        record=record,
        checks=tuple(
            decide(one, standing.marks.get(one.check), standing.comments.get(one.check, ""))
            for one in record.judgements
        ),
        late_penalty=standing.late_penalty,
    )


class FeedbackFromRecord(GenerateFeedback):  # type: ignore[misc]
    """Writes learners' feedback from the records of marking and the gradebook, and copies nothing else.

    It keeps nbgrader's rules: which learners, which pages are left as they are, ``--force``, permissions
    and hooks.
    """

    page: ClassVar[Page]

    def start(self) -> None:
        """Write the pages of every marked submission that nbgrader's options select."""
        rows = self.write(by_time=True)
        assignment, wanted = self.coursedir.assignment_id, self.coursedir.student_id
        if not rows:
            self._refuse(f"No marked work of '{assignment}' was matched by '{wanted}': mark it first")
        failed = [student for student, status in rows.items() if status is Written.FAILED]
        if failed:
            self._refuse(f"{assignment}: no feedback could be written for: {', '.join(map(repr, failed))}")

    def _refuse(self, message: str) -> None:
        self.log.error("%s", message)
        raise NbGraderException(message)

    def write(
        self, *, by_time: bool = False, progress: Callable[[int, int], None] = lambda _done, _of: None
    ) -> dict[str, Written]:
        """Write pages.

        Args:
            by_time: Keep nbgrader's rule: a page that is there stays, unless the work is later or with
                ``force``. Otherwise a page is written anew whenever it would be another one.
            progress: Takes how many are done, of how many.

        Returns:
            Learner to what became of their page.
        """
        assignment = self.coursedir.assignment_id
        done: dict[str, Written] = {}
        if not Path(f"{assignment}.ipynb").match(f"{self.coursedir.notebook_id}.ipynb"):
            return done
        with contextlib.chdir(self.coursedir.root):
            students = self._marked(assignment)
            with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as book:
                for start in range(0, len(students), BATCH):
                    progress(start, len(students))
                    batch = students[start : start + BATCH]
                    found = read_standings(book.db, assignment, batch)
                    for student in batch:
                        done[student] = self._one(student, found.get(student), by_time)
            progress(len(students), len(students))
        return done

    def _marked(self, assignment: str) -> list[str]:
        """Return the learners who were asked for and whose work is marked."""
        directory = self.coursedir
        folder = Path(directory.format_path(directory.autograded_directory, ".", "."))
        excluded = directory.student_id_exclude.split(",")
        found, _ = find_submissions(folder, assignment, directory.student_id)
        return [
            one.student
            for one in found
            if one.student not in excluded and (one.folder / f"{assignment}.ipynb").exists()
        ]

    def _one(self, student: str, standing: Standing | None, by_time: bool) -> Written:
        """Write one learner's page. Whatever is wrong with it stops nobody else's."""
        assignment = self.coursedir.assignment_id
        source, target = (
            Path(folder(assignment, student)) for folder in (self._format_source, self._format_dest)
        )
        try:
            if by_time and target.exists() and not self.force and not _is_newer(source, target):
                self.log.info("%s: feedback is there already, skipped (--force writes it again)", student)
                return Written.UNCHANGED
            record = read_own_record(source, assignment)
            if standing is None:
                raise MissingEntry(f"the gradebook has no marks of '{assignment}' for '{student}'")
            self.notebooks = [str(source / f"{assignment}.ipynb")]
            self.run_pre_convert_hook()
            sheet = sheet_of(student, record, standing)
            files = {f"{assignment}.html": type(self).page(sheet).encode()}
            files |= {
                name: (source / name).read_bytes()
                for name in (TIMESTAMP_FILE, SECRET_FILE)
                if (source / name).exists()
            }
            if not by_time and not self.force and _holds(target, files):
                return Written.UNCHANGED
            self._put(target, files)
            if self.coursedir.groupshared:
                self.set_permissions(assignment, student)
            self.run_post_convert_hook()
        except (OSError, ValueError):
            self.log.exception("%s: no feedback could be written", student)
            return Written.FAILED
        self.log.info("%s: feedback written, %d checks still wait for an assessor", student, sheet.waiting)
        return Written.WRITTEN

    def _put(self, target: Path, files: dict[str, bytes]) -> None:
        target.mkdir(parents=True, exist_ok=True)
        for path in target.iterdir():
            if path.name not in files and path.is_file():
                path.unlink()
        for name, data in files.items():
            part = target / f".{name}.part"
            part.write_bytes(data)
            part.chmod(int(str(self.permissions), 8))
            part.replace(target / name)


def _is_newer(source: Path, target: Path) -> bool:
    new, old = read_timestamp(source), read_timestamp(target)
    return new is not None and old is not None and new > old


def _holds(folder: Path, files: dict[str, bytes]) -> bool:
    try:
        names = {path.name for path in folder.iterdir()}
        return names == files.keys() and all(
            (folder / name).read_bytes() == data for name, data in files.items()
        )
    except OSError:
        return False
