"""Downloads as learning platforms make them, and a small course to bring them into."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbgrader.api import Gradebook

from engagekit.marking.collect import Collected, Row, collect

ROOT = Path(__file__).resolve().parents[2]
LEARNERS = (
    ("amara-k", "Amara", "Kay", "amara@example.org", "501"),
    ("ben-o", "Ben", "Okafor", "ben@example.org", "502"),
    ("zoe-m", "Zoë", "Müller-O'Brien", "zoe@example.org", "503"),
    ("carol", "Carol", "Ó Sé", "", ""),
)


def answers(assignment: str = "interview", said: str = "", saved: str = "2026-11-20T10:00:00.000Z") -> bytes:
    """Return an answers file, different for each ``said``."""
    return json.dumps(
        {
            "schema": "answers/1", "assignment": assignment, "form": "f" * 16, "saved": saved,
            "answers": {"hearing": {"value-1": said}},
        }
    ).encode()  # fmt: skip


@cache
def gradebook() -> bytes:
    """Return nbgrader's gradebook with the learners in it; making one takes seconds, so it is made once."""
    # nbgrader starts another program by its bare name, as nbgrader_config.py explains.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with TemporaryDirectory() as folder:
        with Gradebook(f"sqlite:///{folder}/gradebook.db", "engagekit") as book:
            for name, given, family, email, _ in LEARNERS:
                book.add_student(name, first_name=given, last_name=family, email=email)
        return (Path(folder) / "gradebook.db").read_bytes()


class Office:
    """A course folder with two assignments, its learners, a roster, and a place for downloads."""

    def __init__(self, folder: Path) -> None:
        """Write the course, its gradebook and the roster."""
        self.folder = folder
        self.root = folder / "course"
        for name in ("interview", "plan"):
            (self.root / "assignments" / name).mkdir(parents=True)
            (self.root / "assignments" / name / "form.yaml").write_text("schema: form/1\n", "utf-8")
        shutil.copy(ROOT / "nbgrader_config.py", self.root)
        (self.root / "_grading").mkdir()
        (self.root / "_grading" / "gradebook.db").write_bytes(gradebook())
        self.roster = self.table("id,given,family,email,lms_id", *(",".join(row) for row in LEARNERS))

    def forget(self) -> None:
        """Take the gradebook away."""
        (self.root / "_grading" / "gradebook.db").unlink()
        (self.root / "_grading").rmdir()

    def table(self, *lines: str, name: str = "roster.csv", encoding: str = "utf-8") -> Path:
        """Write a table of learners."""
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    def archive(
        self,
        *members: tuple[Any, ...],
        name: str = "cohort.zip",
        when: tuple[int, ...] = (2026, 11, 21, 9, 30, 0),
    ) -> Path:
        """Write an archive; a member is a name or a ``ZipInfo``, its bytes, and perhaps its time."""
        path = self.folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for member, data, *rest in members:
                info = zipfile.ZipInfo(member, (rest or [when])[0]) if isinstance(member, str) else member
                file.writestr(info, data)
        return path

    def bring(self, source: Path, **options: Any) -> Collected:
        """Collect a download."""
        return collect(self.root, source, **{"roster": self.roster, **options})

    def submitted(self, learner: str, assignment: str = "interview", name: str = "answers.json") -> Path:
        """Return where a learner's file should be."""
        return self.root / "_grading" / "submitted" / learner / assignment / name

    def everything(self) -> dict[str, bytes]:
        """Return every file below the grading folder, by path."""
        top = self.root / "_grading"
        return {
            path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()
        }

    def rows_written(self, collected: Collected) -> list[dict[str, str]]:
        """Return the table as a spreadsheet reads it."""
        with collected.table.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


def row_of(collected: Collected, part: str) -> Row:
    """Return the one row whose file holds a text."""
    (found,) = [row for row in collected.rows if part in row.file and row.file]
    return found


def statuses(collected: Collected) -> dict[str, str]:
    """Return learner to status, for learners with one row each."""
    return {row.learner: row.status for row in collected.rows}
