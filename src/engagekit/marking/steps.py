"""nbgrader's own steps, run in this process on a course folder with the course's configuration."""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path
from typing import Any

from nbgrader.apps import ZipCollectApp
from nbgrader.apps.api import NbGraderAPI
from nbgrader.apps.baseapp import NbGrader
from nbgrader.utils import temp_attrs


class StepError(ValueError):
    """A step of nbgrader's did not succeed; the message holds what it logged."""


def _checked(step: str, result: dict[str, Any] | None) -> str:
    if result is None:
        raise StepError(f"{step}: nbgrader cannot do this on this system")
    if not result["success"]:
        raise StepError(f"{step}: {result.get('log', '')}\n{result.get('error', '')}".strip())
    return str(result.get("log", ""))


class Steps:
    """nbgrader on one course, as its commands and its formgrader see it."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        """Read the course's ``nbgrader_config.py``.

        Args:
            root: The course folder.

        Raises:
            StepError: The configuration says that nbgrader cannot work there.
        """
        self.root = Path(root).resolve()
        with contextlib.chdir(self.root):
            self._app = NbGrader()
            try:
                self._app.initialize([], root=str(self.root))
            except SystemExit as error:
                if isinstance(error.code, str):
                    raise StepError(error.code) from error
                raise
        self._app.log.setLevel(logging.WARNING)
        self.directory = self._app.coursedir
        self.api = NbGraderAPI(self.directory, parent=self._app, log_level=logging.WARNING)

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """Return the folder of a step, such as ``submitted``."""
        return Path(
            self.directory.format_path(getattr(self.directory, f"{step}_directory"), student, assignment)
        )

    def generate(self, assignment: str) -> None:
        """Make the learners' version, and the assignment's cells in the gradebook."""
        _checked("generate_assignment", self.api.generate_assignment(assignment))

    def release(self, assignment: str) -> None:
        """Put the learners' version into the exchange, in the place of an earlier one."""
        with temp_attrs(self.directory, assignment_id=assignment):
            self._exchange("ReleaseAssignment", force=True).start()

    def fetch(self, assignment: str, into: Path) -> Path:
        """Fetch an assignment from the exchange, as a learner does; return its folder."""
        into.mkdir(parents=True, exist_ok=True)
        with temp_attrs(self.directory, assignment_id=assignment):
            self._exchange("FetchAssignment", assignment_dir=str(into), replace_missing_files=True).start()
        return into / assignment

    def submit(self, assignment: str, student: str, workspace: Path) -> None:
        """Hand in through the exchange, as a learner does."""
        with temp_attrs(self.directory, assignment_id=assignment, student_id=student):
            self._exchange("Submit", assignment_dir=str(workspace)).start()

    def collect(self, assignment: str) -> None:
        """Collect what was handed in through the exchange."""
        _checked("collect", self.api.collect(assignment))

    def zip_collect(self, assignment: str) -> None:
        """Collect what was downloaded from elsewhere."""
        with contextlib.chdir(self.root):
            app = ZipCollectApp()
            app.initialize([assignment, "--force"])
            app.log.setLevel(logging.WARNING)
            app.start()

    def autograde(self, assignment: str, student: str = "*", *, force: bool = False) -> str:
        """Mark; return what was logged."""
        return _checked("autograde", self.api.autograde(assignment, student, force=force))

    def feedback(self, assignment: str, student: str = "*", *, force: bool = True) -> str:
        """Write feedback pages; return what was logged."""
        return _checked("generate_feedback", self.api.generate_feedback(assignment, student, force=force))

    def release_feedback(self, assignment: str) -> None:
        """Put feedback pages where the learners who handed in through the exchange fetch them."""
        with temp_attrs(self.directory, assignment_id=assignment, student_id="*"):
            self._exchange("ReleaseFeedback").start()

    def _exchange(self, kind: str, **traits: Any) -> Any:
        made = getattr(self.api.exchange, kind)(
            coursedir=self.directory, authenticator=self.api.authenticator, parent=self._app
        )
        for name, value in traits.items():
            setattr(made, name, value)
        return made
