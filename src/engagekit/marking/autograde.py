"""nbgrader's autograde step, with marking from answers.json in the place of running a notebook."""

from __future__ import annotations

import contextlib
import fnmatch
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbgrader.converters.autograde import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties

from engagekit.content import ContentError
from engagekit.marking.desk import DeskError, open_desk
from engagekit.marking.intake import Submission, is_safe_id
from engagekit.marking.ledger import Ledger, LedgerError
from engagekit.marking.prints import BusyError
from engagekit.marking.rows import Row, Status
from engagekit.marking.run import Run, Setting
from engagekit.model import Course

NOT_RECORDED = "these submissions could not be recorded"
"""How the error begins that is raised when everybody else's work has been marked."""

DERIVED = "_grading"
"""Where fingerprints, schemes and reports go, below the course folder."""


class _Score:
    """A notebook as far as nbgrader's late penalties look at it."""

    def __init__(self, score: float) -> None:
        self.score = score


class MarkFromAnswers(Autograde):  # type: ignore[misc]
    """Marks submissions by reading their answers; no learner's notebook is opened, let alone run.

    It keeps nbgrader's own rules: which submissions are skipped, ``--force``, ``--student``,
    ``--notebook``, learners created on the way, late penalties, permissions and hooks. One submission that
    cannot be recorded does not stop another, and makes the exit status 1 at the end.
    """

    def start(self) -> None:
        """Mark every submission that nbgrader's options select."""
        try:
            rows = self.mark(by_time=True)
        except (DeskError, LedgerError, ContentError, BusyError) as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from error
        for row in rows:
            if row.status is Status.UNCHANGED:
                self.log.info("%s: already marked, skipped (--force marks again)", row.student)
                if row.reason:
                    self.log.warning("%s: %s", row.student, row.reason)
        failed = [row for row in rows if row.status is Status.FAILED]
        assignment, wanted = self.coursedir.assignment_id, self.coursedir.student_id
        if failed:
            # What is no learner's id comes with what to do about it.
            whose = [repr(row.student) if is_safe_id(row.student) else row.reason for row in failed]
            self._refuse(f"{assignment}: {NOT_RECORDED}: {', '.join(whose)}")
        if all(row.max is None for row in rows):
            self._refuse(
                f"No submissions of '{assignment}' were matched by '{wanted}' in {self._submitted()}"
            )

    def _refuse(self, message: str) -> None:
        self.log.error("%s", message)
        raise NbGraderException(message)

    def mark(
        self,
        *,
        by_time: bool = False,
        remark: bool = False,
        jobs: int = 1,
        course: Course | None = None,
        progress: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> list[Row]:
        """Mark the submissions that the course directory's settings select.

        Args:
            by_time: Keep nbgrader's rule that only later work is marked again.
            remark: Mark again also what was marked under another scheme.
            jobs: How many worker processes.
            course: The loaded course, when the caller has it.
            progress: Takes how many are done, of how many.

        Returns:
            A row for everybody who was asked for.
        """
        assignment = self.coursedir.assignment_id
        if not Path(f"{assignment}.ipynb").match(f"{self.coursedir.notebook_id}.ipynb"):
            self._refuse(f"No notebooks were matched by '{self.coursedir.notebook_id}' in '{assignment}'")
        with contextlib.chdir(self.coursedir.root):
            released = Path(self.coursedir.format_path(self.coursedir.release_directory, ".", assignment))
            desk = open_desk(self.coursedir.root, assignment, released=released, course=course)
            setting = Setting(
                assignment=assignment,
                submitted=self._submitted(),
                target=lambda student: Path(self._format_dest(assignment, student)),
                derived=Path(self.coursedir.root) / DERIVED,
                penalty=self._late_penalty(),
                wanted=self._wanted(),
                before=self._before,
                after=self._after,
                create=self.create_student,
                mode=int(str(self.permissions), 8),
                force=self.force,
                remark=remark,
                by_time=by_time,
                jobs=jobs,
                log=self.log,
                progress=progress,
            )
            with Ledger(self.coursedir.db_url, self.coursedir.course_id, desk.assessment.scheme) as ledger:
                return Run(setting, desk, ledger).all()

    def _submitted(self) -> Path:
        return Path(self.coursedir.format_path(self.coursedir.submitted_directory, ".", "."))

    def _wanted(self) -> Callable[[str], bool]:
        pattern, excluded = self.coursedir.student_id, set(self.coursedir.student_id_exclude.split(","))
        return lambda student: (
            student not in excluded and (student == pattern or fnmatch.fnmatchcase(student, pattern))
        )

    def _before(self, submission: Submission) -> None:
        self.notebooks = [str(submission.folder / f"{self.coursedir.assignment_id}.ipynb")]
        self.run_pre_convert_hook()

    def _after(self, submission: Submission) -> None:
        if self.coursedir.groupshared:
            self.set_permissions(self.coursedir.assignment_id, submission.student)
        self.notebooks = [str(submission.folder / f"{self.coursedir.assignment_id}.ipynb")]
        self.run_post_convert_hook()

    def _late_penalty(self) -> Callable[[str, float, float], float | None]:
        """Return what asks the course's late-penalty plugin, as nbgrader's own step does."""
        step: Any = AssignLatePenalties(parent=self)
        step.init_plugin()

        def penalty(student: str, score: float, seconds: float) -> float | None:
            found = step.plugin_inst.late_submission_penalty(student, score, seconds)
            return None if found is None else float(step._check_late_penalty(_Score(score), found))

        return penalty
