"""The record of one marking: every judgement on one script, kept beside the marked notebook."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field, ValidationError

from engagekit.assignments import ANSWERS_FILE
from engagekit.assignments.build import to_json
from engagekit.model import Flag, Judgement
from engagekit.model.base import Frozen, Id

RECORD_FILE = "judgements.json"
MAX_BYTES = 8_000_000


class RecordError(ValueError):
    """A record of marking is missing or cannot be read."""


class MarkRecord(Frozen):
    """What the machine proposed for one script, and from what.

    It holds no time and no machine's name, so that marking the same file again gives the same bytes. ``held``
    says why no marks count yet. ``like`` says whose scripts hold much of this one: for the assessor, never
    for a learner. ``ai`` and ``declared`` are what the learner said about their own part.
    """

    model_config = ConfigDict(populate_by_name=True)

    schema_name: Literal["judgements/1"] = Field(default="judgements/1", alias="schema")
    assignment: Id
    title: str
    marking_point: Id
    scheme: str
    basis: str = ""
    form: str
    digest: str = ""
    refused: str = ""
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    needs_person: bool = False
    flags: tuple[Flag, ...] = ()
    held: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    declared: bool = False
    ai: str = ""
    said: str = ""
    judgements: tuple[Judgement, ...]

    @property
    def proposed(self) -> float:
        """Return the marks that the machine proposes, waiting checks counted as none."""
        return sum(judgement.marks or 0.0 for judgement in self.judgements)

    @property
    def waiting(self) -> int:
        """Return how many checks a person has to decide."""
        return sum(judgement.marks is None or self.needs_person for judgement in self.judgements)

    def to_text(self) -> str:
        """Return the record as JSON, the same bytes for the same content."""
        return to_json(self.model_dump(mode="json", by_alias=True))


def read_own_record(folder: Path, assignment: str) -> MarkRecord:
    """Read the record of a marked folder, and see that it is about what lies beside it.

    Raises:
        RecordError: As ``read_record``; or it is about another assignment or other answers, so that one
            learner would be shown another's words.
    """
    record = read_record(folder / RECORD_FILE)
    advice = f"mark it again: python3 course.py mark {assignment}"
    if record.assignment != assignment:
        raise RecordError(f"{folder}: the record of marking is about '{record.assignment}'; {advice}")
    answers = folder / ANSWERS_FILE
    there = hashlib.sha256(answers.read_bytes()).hexdigest() if answers.is_file() else ""
    if record.digest != there:
        raise RecordError(f"{folder}: the record of marking is about other answers; {advice}")
    return record


def read_record(path: Path) -> MarkRecord:
    """Read a record that marking wrote.

    Raises:
        RecordError: It is not there or is not such a record; the message says what to do.
    """
    advice = "mark this submission again with nbgrader autograde --force"
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RecordError(f"{path}: larger than {MAX_BYTES} bytes; {advice}")
        return MarkRecord.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise RecordError(f"{path}: there is no record of marking here; {advice}") from error
    except ValidationError as error:
        raise RecordError(f"{path}: not a record of marking; {advice}") from error
