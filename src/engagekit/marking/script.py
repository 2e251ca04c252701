"""Marking one script, from the folder that was handed in to the folder that nbgrader shows.

Nothing here knows of nbgrader or of the gradebook, so that a worker process starts quickly.
"""

from __future__ import annotations

import shutil
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from engagekit.assignments.reading import ANSWERS_FILE, Received, digest_of
from engagekit.marking.copies import fingerprint
from engagekit.marking.desk import Desk
from engagekit.marking.paper import fill
from engagekit.marking.record import RECORD_FILE, MarkRecord
from engagekit.model import Outcome

CHANGED = "The submission changed while it was being marked. Mark again."


@dataclass(frozen=True, slots=True)
class Scanned:
    """What is known of a submission before it is judged.

    Attributes:
        student: The learner.
        digest: SHA-256 of the answers; empty when none could be read.
        refused: Why not.
        runs: Fingerprint of the learner's own words; None when it is not known yet.
    """

    student: str
    digest: str = ""
    refused: str = ""
    runs: bytes | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What the machine proposes for one check; ``marks`` is None while a person has to decide."""

    check: str
    outcome: str
    marks: float | None

    @property
    def blank(self) -> bool:
        """Say whether nothing was answered."""
        return self.outcome == Outcome.NOT_ATTEMPTED


@dataclass(frozen=True, slots=True)
class Task:
    """One script to mark.

    Attributes:
        student: The learner.
        folder: What was handed in.
        digest: What the answers have to be still; see ``Scanned``.
        like: Learners whose script is much the same.
        part: Where to write what nbgrader shows; None to judge only.
        beside: Small files that go with it, name to text.
        old: Earlier records that go with it.
        mode: Permissions of the files.
    """

    student: str
    folder: Path
    digest: str
    like: tuple[str, ...] = ()
    part: Path | None = None
    beside: tuple[tuple[str, str], ...] = ()
    old: tuple[tuple[Path, str], ...] = ()
    mode: int = 0o444


@dataclass(frozen=True, slots=True)
class Done:
    """One script after marking: what the gradebook and the tutor need to know of it."""

    student: str
    marks: tuple[Mark, ...] = ()
    needs_person: bool = False
    total: float = 0.0
    proposed: float = 0.0
    waiting: int = 0
    held: tuple[str, ...] = ()
    flags: int = 0
    refused: str = ""
    missing: bool = False
    notes: tuple[str, ...] = ()
    error: str = ""
    trace: str = field(default="", repr=False)


def scan(desk: Desk, student: str, folder: Path) -> Scanned:
    """Read one submission for its digest and its fingerprint."""
    received = desk.read(folder)
    if received.refused:
        return Scanned(student, refused=received.refused)
    return Scanned(student, received.digest, runs=fingerprint(desk.assessment, received.answers))


def look(student: str, folder: Path, known: dict[str, bytes]) -> Scanned | None:
    """Return what is known of a submission whose fingerprint is stored; None when it must be read first."""
    digest = digest_of(folder)
    return Scanned(student, digest, runs=known[digest]) if digest in known else None


def mark(desk: Desk, task: Task) -> Done:
    """Mark one script. Whatever goes wrong comes back as an error of this script alone."""
    try:
        received = desk.read(task.folder)
        if received.digest != task.digest:
            return Done(task.student, error=CHANGED)
        record = desk.mark(received, task.like)
        if task.part is not None:
            _write(task, task.part, desk, received, record)
    except Exception as error:
        if task.part is not None:
            shutil.rmtree(task.part, ignore_errors=True)
        return Done(
            task.student, error=f"{type(error).__name__}: {error}", trace=traceback.format_exc(limit=-6)
        )
    return Done(
        student=task.student,
        marks=tuple(Mark(one.check, one.outcome.value, one.marks) for one in record.judgements),
        needs_person=record.needs_person,
        total=sum(one.max_marks for one in record.judgements),
        proposed=record.proposed,
        waiting=record.waiting,
        held=record.held,
        flags=len(record.flags),
        refused=record.refused,
        missing=received.missing,
        notes=record.notes,
    )


def _write(task: Task, part: Path, desk: Desk, received: Received, record: MarkRecord) -> None:
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    files = {
        f"{record.assignment}.ipynb": fill(desk.template, desk.assessment.scheme, record).encode(),
        RECORD_FILE: record.to_text().encode(),
        **{name: text.encode() for name, text in task.beside},
        **{name: path.read_bytes() for path, name in task.old},
    }
    if received.data:
        files[ANSWERS_FILE] = received.data
    for name, data in files.items():
        path = part / name
        path.write_bytes(data)
        path.chmod(task.mode)
