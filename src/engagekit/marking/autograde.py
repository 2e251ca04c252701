"""nbgrader's autograde step, with marking from answers.json in the place of running a notebook."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry, SubmittedAssignment, SubmittedNotebook
from nbgrader.converters.autograde import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties

from engagekit.assignments import ANSWERS_FILE, Received
from engagekit.content import ContentError
from engagekit.marking.desk import Desk, DeskError, open_desk
from engagekit.marking.intake import (
    SECRET_FILE,
    TIMESTAMP_FILE,
    Submission,
    describe_odd,
    find_submissions,
    read_secret,
    read_timestamp,
)
from engagekit.marking.ledger import Ledger, LedgerError
from engagekit.marking.paper import fill
from engagekit.marking.record import RECORD_FILE, MarkRecord

NOT_RECORDED = "these submissions could not be recorded"
"""How the error begins that is raised when everybody else's work has been marked."""


class MarkFromAnswers(Autograde):  # type: ignore[misc]
    """Marks submissions by reading their answers; no learner's notebook is opened, let alone run.

    It keeps nbgrader's own rules: which submissions are skipped, ``--force``, ``--student``,
    ``--notebook``, learners created on the way, late penalties, permissions and hooks. One submission that
    cannot be recorded does not stop another, and makes the exit status 1 at the end.
    """

    def start(self) -> None:
        """Mark every submission that nbgrader's options select."""
        here = Path.cwd()
        os.chdir(self.coursedir.root)
        try:
            self._mark_all()
        except (DeskError, LedgerError, ContentError) as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from error
        finally:
            os.chdir(here)

    def _mark_all(self) -> None:
        assignment = self.coursedir.assignment_id
        submissions, odd = self._select(assignment)
        desk = open_desk(self.coursedir.root, assignment, released=self._release_folder(assignment))
        failed: list[str] = []
        with Ledger(self.coursedir.db_url, self.coursedir.course_id, desk.assessment.scheme) as ledger:
            for submission in submissions:
                if not self._mark_safely(submission, desk, ledger):
                    failed.append(submission.student)
        if failed or odd:
            whose = [*map(repr, failed), *map(describe_odd, odd)]
            message = f"{assignment}: {NOT_RECORDED}: {', '.join(whose)}"
            self.log.error("%s", message)
            raise NbGraderException(message)

    def _select(self, assignment: str) -> tuple[list[Submission], list[str]]:
        submitted = Path(self.coursedir.format_path(self.coursedir.submitted_directory, ".", "."))
        submissions, odd = find_submissions(submitted, assignment, self.coursedir.student_id)
        excluded = set(self.coursedir.student_id_exclude.split(","))
        submissions = [one for one in submissions if one.student not in excluded]
        for name in odd:
            self.log.error("%s", describe_odd(name))
        if not submissions and not odd:
            wanted = self.coursedir.student_id
            message = f"No submissions of '{assignment}' were matched by '{wanted}' in {submitted}"
            self.log.error("%s", message)
            raise NbGraderException(message)
        if not Path(f"{assignment}.ipynb").match(f"{self.coursedir.notebook_id}.ipynb"):
            message = f"No notebooks were matched by '{self.coursedir.notebook_id}' in '{assignment}'"
            self.log.error("%s", message)
            raise NbGraderException(message)
        return submissions, odd

    def _release_folder(self, assignment: str) -> Path:
        return Path(self.coursedir.format_path(self.coursedir.release_directory, ".", assignment))

    def _mark_safely(self, submission: Submission, desk: Desk, ledger: Ledger) -> bool:
        """Mark one submission; say whether it is now on record. Only a person's Ctrl-C gets out of here."""
        target = Path(self._format_dest(self.coursedir.assignment_id, submission.student))
        try:
            if self._is_done(submission, target, ledger):
                self.log.info("%s: already marked, skipped (--force marks again)", submission.student)
                return True
            self.notebooks = [str(submission.folder / f"{self.coursedir.assignment_id}.ipynb")]
            self.run_pre_convert_hook()
            self._mark_one(submission, target, desk, ledger)
            self.run_post_convert_hook()
        except MissingEntry as error:
            ledger.drop()
            self.log.error("%s: %s", submission.student, error)
            return False
        except Exception:
            ledger.drop()
            # Files without rows, or beside older rows, would be taken for done: the next run starts afresh.
            shutil.rmtree(target, ignore_errors=True)
            self.log.exception("%s: this submission could not be recorded", submission.student)
            return False
        return True

    def _is_done(self, submission: Submission, target: Path, ledger: Ledger) -> bool:
        marked = (target / f"{self.coursedir.assignment_id}.ipynb").exists()
        if self.force or not marked or not ledger.knows(submission.student):
            return False
        new, old = read_timestamp(submission.folder), read_timestamp(target)
        return new is None or old is None or new <= old

    def _mark_one(self, submission: Submission, target: Path, desk: Desk, ledger: Ledger) -> None:
        received = desk.read(submission.folder)
        record = desk.mark(received)
        part = target.with_name(f".{target.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        self._write(part, submission, desk, received, record)
        entered = ledger.enter(
            submission.student,
            read_timestamp(submission.folder),
            record,
            self._late_penalty,
            create=self.create_student,
        )
        if entered.total_seconds_late > 0:
            self.log.warning("%s is %s seconds late", entered, entered.total_seconds_late)
        shutil.rmtree(target, ignore_errors=True)
        part.replace(target)
        ledger.keep()
        self.set_permissions(self.coursedir.assignment_id, submission.student)
        self._report(submission.student, record)

    def _write(
        self, folder: Path, submission: Submission, desk: Desk, received: Received, record: MarkRecord
    ) -> None:
        folder.mkdir(parents=True)
        notebook = fill(desk.template, desk.assessment.scheme, record)
        (folder / f"{record.assignment}.ipynb").write_text(notebook, encoding="utf-8", newline="\n")
        (folder / RECORD_FILE).write_text(record.to_text(), encoding="utf-8", newline="\n")
        if received.data:
            (folder / ANSWERS_FILE).write_bytes(received.data)
        timestamp = read_timestamp(submission.folder)
        if timestamp is not None:
            (folder / TIMESTAMP_FILE).write_text(f"{timestamp} UTC", encoding="utf-8")
        secret = read_secret(submission.folder)
        if secret:
            (folder / SECRET_FILE).write_text(secret, encoding="utf-8")

    def _report(self, student: str, record: MarkRecord) -> None:
        total = sum(judgement.max_marks for judgement in record.judgements)
        self.log.info(
            "%s: %g of %g marks proposed, %d of %d checks wait for an assessor",
            student,
            record.proposed,
            total,
            record.waiting,
            len(record.judgements),
        )
        for note in filter(None, (record.refused, *record.notes)):
            self.log.warning("%s: %s", student, note)

    def _late_penalty(self, submission: SubmittedAssignment, notebook: SubmittedNotebook) -> Any:
        """Ask the course's late-penalty plugin, as nbgrader's own step does."""
        step = AssignLatePenalties(parent=self)
        step.init_plugin()
        penalty = step.plugin_inst.late_submission_penalty(
            submission.student_id, notebook.score, submission.total_seconds_late
        )
        return None if penalty is None else step._check_late_penalty(notebook, penalty)
