"""A course with a gradebook and records of marking, written straight into place."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from marked import judgement, record
from nbgrader.api import (
    Assignment,
    Base,
    Grade,
    GradeCell,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session

from engagekit.marking.record import RECORD_FILE, MarkRecord
from engagekit.model import Outcome

ROOT = Path(__file__).resolve().parents[2]
WHEN = datetime(2026, 11, 20, 9)
CHECKS = ("code-turns", "tell-open-from-closed", "hear-values")


def scheme(assignment: str, point: str) -> str:
    """Return a small marking scheme."""
    lines = [
        "schema: marking/1", f"assignment: {assignment}", f"title: The {assignment}",
        f"marking_point: {point}", "checks:",
    ]  # fmt: skip
    for check in CHECKS:
        lines += [
            f"  - id: {check}",
            "    kind: person",
            "    section: s",
            '    points: "4"',
            f"    title: Title of {check}",
        ]
    return "\n".join(lines) + "\n"


def script(*outcomes: Outcome, assignment: str = "interview", **changes: object) -> MarkRecord:
    """Return a record with one outcome for each check."""
    made = (judgement(outcome, check) for check, outcome in zip(CHECKS, outcomes, strict=True))
    return record(*made, assignment=assignment, **changes)


class Hall:
    """A course folder, and everybody who sat in it."""

    def __init__(self, folder: Path, *assignments: str) -> None:
        """Write the course and make the gradebook."""
        self.root = folder / "course"
        self.grading = self.root / "_grading"
        self.grading.mkdir(parents=True)
        shutil.copy(ROOT / "nbgrader_config.py", self.root)
        (self.root / "source_material").mkdir()
        names = assignments or ("interview",)
        for number, name in enumerate(names, 1):
            path = self.root / "source_material" / "marking" / name / "marking.yaml"
            path.parent.mkdir(parents=True)
            path.write_text(scheme(name, f"mp{number}"), "utf-8")
        with self.session() as session:
            Base.metadata.create_all(session.get_bind())
            for name in names:
                notebook = Notebook(name=name, assignment=Assignment(name=name, course_id="engagekit"))
                session.add(notebook)
                session.add_all(
                    GradeCell(name=check, max_score=4.0, notebook=notebook, cell_type="code")
                    for check in CHECKS
                )
            session.commit()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open the gradebook's tables; nbgrader's own way of making them takes ten seconds."""
        engine = create_engine(f"sqlite:///{self.grading}/gradebook.db")
        with Session(engine) as session:
            yield session
        engine.dispose()

    def enrol(self, *learners: tuple[str, str, str]) -> None:
        """List learners: id, given and family name."""
        with self.session() as session:
            for name, given, family in learners:
                session.add(Student(id=name, first_name=given, last_name=family))
            session.commit()

    def write(self, learner: str, made: MarkRecord) -> Path:
        """Write a record where marking does; return its path."""
        path = self.grading / "autograded" / learner / made.assignment / RECORD_FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.to_text(), "utf-8")
        return path

    def mark(
        self, learner: str, made: MarkRecord, given: dict[str, float] | None = None, late: float | None = None
    ) -> None:
        """Enter a marked script, and what an assessor gave."""
        self.write(learner, made)
        self._enter([learner], made, given or {}, late)

    def crowd(self, number: int, made: MarkRecord) -> None:
        """Enter many learners at once with the same record."""
        names = [f"learner-{at:05}" for at in range(number)]
        self.enrol(*((name, "Given", name) for name in names))
        self._enter(names, made, {}, None)
        text = made.to_text()
        for name in names:
            folder = self.grading / "autograded" / name / made.assignment
            folder.mkdir(parents=True)
            (folder / RECORD_FILE).write_text(text, "utf-8")

    def _enter(self, names: list[str], made: MarkRecord, given: dict[str, float], late: float | None) -> None:
        """Add rows to the gradebook, without nbgrader's own way of doing it one by one."""
        name = made.assignment
        with self.session() as session:
            notebook = session.query(Notebook).filter_by(name=name).one()
            cells = {
                cell.name: cell.id for cell in session.query(GradeCell).filter_by(notebook_id=notebook.id)
            }
            tables: dict[Any, list[dict[str, Any]]] = {
                SubmittedAssignment: [
                    {"id": f"a-{name}-{one}", "assignment_id": notebook.assignment_id, "student_id": one,
                     "timestamp": WHEN}
                    for one in names
                ],
                SubmittedNotebook: [
                    {"id": f"n-{name}-{one}", "assignment_id": f"a-{name}-{one}", "notebook_id": notebook.id,
                     "late_submission_penalty": late}
                    for one in names
                ],
                Grade: [
                    {"id": f"{check.check}-{name}-{one}", "notebook_id": f"n-{name}-{one}",
                     "cell_id": cells[check.check], "auto_score": check.marks,
                     "manual_score": given.get(check.check),
                     "needs_manual_grade": check.marks is None and check.check not in given}
                    for one in names for check in made.judgements
                ],
            }  # fmt: skip
            for table, rows in tables.items():
                session.execute(insert(table.__table__), rows)
            session.commit()

    def report(self, *path: str) -> Path:
        """Return a file of the reports."""
        return self.grading.joinpath("reports", *path)

    def page(self, *path: str) -> str:
        """Return a page of the reports."""
        return self.report(*path, "index.html").read_text("utf-8")

    def rows(self, assignment: str, table: str) -> list[dict[str, str]]:
        """Return a table of the reports as a spreadsheet reads it."""
        with self.report(assignment, table).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
