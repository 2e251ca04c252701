"""What is known about each learner and assignment: the gradebook and the records of marking, put together."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from engagekit.assignments.cleaning import clean
from engagekit.marking.feedback import Decided, decide
from engagekit.marking.intake import is_safe_id
from engagekit.marking.record import MarkRecord, RecordError, read_own_record
from engagekit.marking.standings import Gradebook, Listed, Standing, read_gradebook
from engagekit.marking.steps import Steps
from engagekit.model import Flag, Judgement
from engagekit.reports.feedback import MET, NOT_ATTEMPTED, NOT_YET, PARTLY, WAITING, headline, point_stands

NOTHING, NOT_MARKED = "Nothing handed in", "Not marked yet"
DAMAGED, NOT_RECORDED = "Record damaged", "Not in the gradebook"
TO_DECIDE = "To decide"
SIGNS = {
    MET: "✓",
    PARTLY: "◐",
    NOT_YET: "○",
    NOT_ATTEMPTED: "–",
    TO_DECIDE: "…",
    NOTHING: "·",
    NOT_MARKED: "?",
    NOT_RECORDED: "?",
    DAMAGED: "!",
}
MOST_WORDS = 200


def outcome_of(check: Decided) -> str:
    """Return how a check stands, in words for an assessor."""
    word = headline(check)
    return TO_DECIDE if word == WAITING else word


@dataclass(frozen=True, slots=True)
class Work:
    """One learner and one assignment.

    Attributes:
        learner: Who.
        status: Empty when it is marked and recorded; else what is missing.
        reason: What to do about it.
        record: The record of marking, without its evidence; None when there is none.
        checks: Each check as it stands.
        handed_in: In UTC without a zone; None when that is not known.
        late_penalty: Marks taken off.
    """

    learner: Listed
    status: str = ""
    reason: str = ""
    record: MarkRecord | None = None
    checks: tuple[Decided, ...] = ()
    handed_in: datetime | None = None
    late_penalty: float = 0.0

    @property
    def label(self) -> str:
        """Return who, as a page shows it."""
        return clean(self.learner.name or self.learner.id)

    @property
    def outcome(self) -> str:
        """Return how the marking point stands."""
        if self.status:
            return self.status
        word = point_stands(self.checks)
        return TO_DECIDE if word == WAITING else word

    @property
    def marks(self) -> float | None:
        """Return the marks so far, less the penalty for lateness; None while no check has any mark."""
        given = [check.marks for check in self.checks if check.marks is not None]
        return max(0.0, sum(given) - self.late_penalty) if given else None

    @property
    def max_marks(self) -> float:
        """Return the most that could be earned."""
        return float(sum(check.judgement.max_marks for check in self.checks))

    @property
    def share(self) -> float | None:
        """Return the marks so far as a share; None when nothing is marked."""
        return self.marks / self.max_marks if self.marks is not None and self.max_marks else None

    @property
    def waiting(self) -> int:
        """Return how many checks somebody has to look at."""
        return sum(check.needs_person for check in self.checks)


@dataclass(frozen=True, slots=True)
class Result:
    """All that is known about one assignment, learner by learner."""

    assignment: str
    title: str
    marking_point: str
    works: tuple[Work, ...]
    titles: dict[str, str] = field(default_factory=dict)
    """Check to title, in the scheme's order."""

    @property
    def schemes(self) -> tuple[str, ...]:
        """Return the marking schemes under which the scripts were marked; one, if all is well."""
        return tuple(sorted({work.record.scheme for work in self.works if work.record}))


class Cohort:
    """A course's learners, and their work on each assignment."""

    def __init__(self, root: Path) -> None:
        """Read the gradebook, and who has a folder.

        Args:
            root: The course folder.
        """
        self._directory = Steps(root).directory
        self._root = root
        self.book: Gradebook = read_gradebook(self._directory.db_url)
        known = set(self.book.learners)
        for step in ("submitted", "autograded"):
            known |= set(_folders(self._folder(step, ".", ".")))
        self.learners = tuple(self.book.learners.get(name, Listed(name)) for name in sorted(known))

    def _folder(self, step: str, learner: str, assignment: str) -> Path:
        directory = getattr(self._directory, f"{step}_directory")
        return self._root / str(self._directory.format_path(directory, learner, assignment))

    @property
    def reports(self) -> Path:
        """Return the folder for reports, beside the other steps."""
        return self._folder("submitted", ".", ".").parent / "reports"

    def result(self, assignment: str, title: str, marking_point: str, titles: dict[str, str]) -> Result:
        """Read one assignment's records.

        Args:
            assignment: The assignment.
            title: What it is called.
            marking_point: What it is evidence for.
            titles: Check to title; checks that only old records have come after them.
        """
        works = tuple(self._work(assignment, learner) for learner in self.learners)
        found = dict(titles)
        for work in works:
            for check in work.checks:
                found.setdefault(check.judgement.check, check.judgement.title)
        return Result(assignment, title, marking_point, works, found)

    def _work(self, assignment: str, learner: Listed) -> Work:
        marked = self._folder("autograded", learner.id, assignment)
        standing = self.book.standings.get((assignment, learner.id))
        if not marked.is_dir():
            if os.path.lexists(self._folder("submitted", learner.id, assignment)):
                return Work(learner, NOT_MARKED, f"run python3 course.py mark {assignment}")
            return Work(learner, NOTHING)
        try:
            record = read_own_record(marked, assignment)
        except (RecordError, OSError):
            return Work(learner, DAMAGED, f"run python3 course.py mark {assignment} --force")
        if standing is None:
            return Work(learner, NOT_RECORDED, f"run python3 course.py mark {assignment}", slim(record))
        return _marked(learner, slim(record), standing)


def _marked(learner: Listed, record: MarkRecord, standing: Standing) -> Work:
    checks = tuple(decide(judgement, standing.marks.get(judgement.check)) for judgement in record.judgements)
    return Work(
        learner, "", "", record, checks, standing.timestamp, standing.late_penalty,
    )  # fmt: skip


def _folders(place: Path) -> Iterator[str]:
    try:
        entries = list(os.scandir(place))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and is_safe_id(entry.name) and not entry.name.startswith("."):
            yield entry.name


def slim(record: MarkRecord) -> MarkRecord:
    """Return a record without what a report does not show, so that thousands fit into memory."""
    return record.model_copy(
        update={
            "judgements": tuple(_bare(one) for one in record.judgements),
            "flags": tuple(_short(flag) for flag in record.flags),
            "files": (),
        }
    )


def _bare(judgement: Judgement) -> Judgement:
    return judgement.model_copy(update={"evidence": (), "feedback": ""})


def _short(flag: Flag) -> Flag:
    kept = flag.evidence[:3]
    return flag.model_copy(
        update={
            "evidence": tuple(
                one.model_copy(update={"words": _cut(one.words), "label": _cut(one.label)}) for one in kept
            )
        }
    )


def _cut(text: str) -> str:
    return text if len(text) <= MOST_WORDS else text[:MOST_WORDS].rstrip() + "…"
