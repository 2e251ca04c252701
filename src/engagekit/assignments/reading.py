"""What a learner handed in, read as data. Nothing in it is executed, and only answers.json is read."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engagekit.assignments.cleaning import REPLACEMENT, clean
from engagekit.assignments.files import is_real_folder, listing, read_small
from engagekit.assignments.strict_json import RefusedError, parse
from engagekit.model import (
    MAX_TEXT,
    Answers,
    CaseFile,
    CodingSection,
    Declaration,
    EntriesSection,
    FieldsSection,
    Form,
    Interview,
    QuoteField,
    QuotesSection,
    RepliesSection,
    Row,
    Section,
    WordsField,
    answers_hash,
)

ANSWERS_FILE = "answers.json"
MAX_BYTES = 1_000_000
SCHEMA = "answers/1"
MAX_CODE = 80
_SECOND_DOWNLOAD = re.compile(r"answers ?\([0-9]{1,3}\)\.json")


@dataclass(frozen=True, slots=True)
class Received:
    """One learner's submission after reading.

    Attributes:
        answers: What can be marked; empty when the file was missing or refused.
        refused: Why nothing could be read; empty when something was.
        notes: What was odd about a file that was read, one sentence each.
        stale: The answers were given on another version of the form.
        spoilt: An answer that the form asks for was there, but not in a shape that can be read.
        content: Hash of the answers as they stood in the file, for comparing with the declaration.
        missing: Nothing that could hold answers was handed in.
        data: The file as handed in; empty when nothing was read.
        files: The names in the submission folder.
    """

    answers: Answers
    refused: str = ""
    notes: tuple[str, ...] = ()
    stale: bool = False
    spoilt: bool = False
    content: str = ""
    missing: bool = False
    data: bytes = b""
    files: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the file as handed in; empty when nothing was read."""
        return hashlib.sha256(self.data).hexdigest() if self.data else ""

    @property
    def needs_person(self) -> bool:
        """Say whether a person should look at every check, whatever the machine made of it."""
        return bool(self.refused) or self.stale or self.spoilt


class _Notes:
    """Sentences about oddities, each once and in order."""

    def __init__(self) -> None:
        self._found: dict[str, None] = {}
        self.spoilt = False

    def add(self, sentence: str) -> None:
        self._found.setdefault(sentence)

    def lost(self, sentence: str) -> None:
        """Add a sentence about an answer that the marking will miss, so that a person looks for it."""
        self.spoilt = True
        self.add(sentence)

    def all(self) -> tuple[str, ...]:
        return tuple(self._found)


def _words(value: Any, limit: int, where: str, notes: _Notes) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        notes.lost(f"{where}: an answer is not text and was left out.")
        return ""
    shown = clean(value)
    if shown.count(REPLACEMENT) != value.count(REPLACEMENT):
        notes.add(f"{where}: characters that cannot be shown were replaced.")
    if len(shown) > limit:
        notes.add(f"{where}: an answer was cut at {limit:,} characters.")
        shown = shown[:limit]
    return shown


def _named(value: Any, allowed: Iterable[str], limit: int, section: Section, notes: _Notes) -> dict[str, str]:
    if not isinstance(value, dict):
        notes.lost(f"{section.title}: the answers are not in the form's shape and were left out.")
        return {}
    known = list(allowed)
    if value.keys() - set(known):
        notes.add(f"{section.title}: answers to questions that the form does not ask were left out.")
    return {name: _words(value[name], limit, section.title, notes) for name in known if name in value}


def _limits(section: EntriesSection | FieldsSection) -> dict[str, int]:
    """Return field to the longest answer that is read: what is chosen is short, what is written is not."""
    return {
        field.id: MAX_TEXT if isinstance(field, WordsField | QuoteField) else MAX_CODE
        for field in section.fields
    }


def _row(value: dict[Any, Any], section: EntriesSection | FieldsSection, notes: _Notes) -> Row:
    limits = _limits(section)
    if value.keys() - limits.keys():
        notes.add(f"{section.title}: answers to questions that the form does not ask were left out.")
    return {
        name: _words(value[name], limit, section.title, notes)
        for name, limit in limits.items()
        if name in value
    }


def _rows(value: Any, section: EntriesSection, notes: _Notes) -> tuple[Row, ...]:
    if not isinstance(value, list):
        notes.lost(f"{section.title}: the answers are not in the form's shape and were left out.")
        return ()
    if len(value) > section.max_rows:
        notes.add(f"{section.title}: only the first {section.max_rows} of {len(value):,} rows were read.")
    rows = []
    for row in value[: section.max_rows]:
        if not isinstance(row, dict):
            notes.lost(f"{section.title}: a row is not in the form's shape and was left out.")
            continue
        rows.append(_row(row, section, notes))
    return tuple(rows)


def _response(
    value: Any, section: Section, case: Interview | CaseFile, notes: _Notes
) -> Row | tuple[Row, ...]:
    match section:
        case CodingSection():
            turns = (turn.id for turn in case.turns("practitioner")) if isinstance(case, Interview) else ()
            return _named(value, turns, MAX_CODE, section, notes)
        case QuotesSection():
            return _named(value, (ask.id for ask in section.asks), MAX_TEXT, section, notes)
        case RepliesSection():
            return _named(value, (prompt.id for prompt in section.prompts), MAX_TEXT, section, notes)
        case EntriesSection():
            return _rows(value, section, notes)
        case FieldsSection():
            if not isinstance(value, dict):
                notes.lost(f"{section.title}: the answers are not in the form's shape and were left out.")
                return {}
            return _row(value, section, notes)


def _declaration(value: Any, notes: _Notes) -> Declaration | None:
    """Read what the learner declared; anything that is not plainly a declaration counts as none."""
    if value is None:
        return None
    try:
        found = Declaration.model_validate(value, strict=True)
    except ValidationError:
        notes.add("The declaration is not in the form's shape and was left out.")
        return None
    return found.model_copy(update={"said": clean(found.said), "content": clean(found.content)})


def _label(data: dict[str, Any], name: str, limit: int) -> str:
    value = data.get(name)
    return clean(value)[:limit] if isinstance(value, str) else ""


def read_answers(data: bytes, form: Form, case: Interview | CaseFile, versions: Collection[str]) -> Received:
    """Read the bytes of an answers file against the form that it answers.

    A section that is not in the form's shape is left out with a note, and a person looks.
    The others still count.

    Args:
        data: The file, no larger than the limit.
        form: The form.
        case: The vignette that the form asks about.
        versions: Hashes of the form as published; any other marks the answers as stale.

    Raises:
        RefusedError: The file as a whole cannot be read, or answers another assignment.
    """
    found = parse(data)
    if not isinstance(found, dict):
        raise RefusedError("the file does not hold answers to a form")
    if found.get("schema") != SCHEMA:
        raise RefusedError(f"the file does not say that it is {SCHEMA}")
    if found.get("assignment") != form.id:
        raise RefusedError("the file answers another assignment")
    given = found.get("answers")
    if not isinstance(given, dict):
        raise RefusedError("the file does not hold answers to a form")
    notes = _Notes()
    if found.keys() - {"schema", "assignment", "form", "saved", "answers", "declaration"}:
        notes.add("Fields that an answers file does not have were left out.")
    if given.keys() - {section.id for section in form.sections}:
        notes.add("Sections that the form does not have were left out.")
    answered = {
        section.id: _response(given[section.id], section, case, notes)
        for section in form.sections
        if section.id in given
    }
    version = _label(found, "form", 64)
    stale = version not in versions
    if stale:
        notes.add("The answers were given on another version of this form.")
    return Received(
        answers=Answers(
            assignment=form.id,
            form=version,
            saved=_label(found, "saved", 40),
            answers=answered,
            declaration=_declaration(found.get("declaration"), notes),
        ),
        content=answers_hash(given),
        notes=notes.all(),
        stale=stale,
        spoilt=notes.spoilt,
        data=data,
    )


def _find(folder: Path) -> tuple[Path, tuple[str, ...]]:
    """Return the answers file, or the one file that a browser renamed when it was downloaded twice."""
    path = folder / ANSWERS_FILE
    if not os.path.lexists(path):
        renamed = sorted(one for one in folder.glob("answers*.json") if _SECOND_DOWNLOAD.fullmatch(one.name))
        if len(renamed) == 1:
            return renamed[0], (f"The answers were read from a file named {clean(renamed[0].name)}.",)
    return path, ()


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of the file that ``read_submission`` would read; empty when there is none."""
    if not is_real_folder(folder) or not is_real_folder(folder.parent):
        return ""
    try:
        return hashlib.sha256(read_small(_find(folder)[0], MAX_BYTES)).hexdigest()
    except (OSError, RefusedError):
        return ""


def read_submission(
    folder: Path, form: Form, case: Interview | CaseFile, versions: Collection[str]
) -> Received:
    """Read a learner's submission folder. Whatever is in it, an answer comes back.

    Args:
        folder: The learner's folder for this assignment.
        form: The form.
        case: The vignette that the form asks about.
        versions: Hashes of the form as published.
    """
    nothing = Answers(assignment=form.id)
    if not is_real_folder(folder) or not is_real_folder(folder.parent):
        return Received(nothing, refused="The submission is not an ordinary folder.")
    files = listing(folder)
    path, renamed = _find(folder)
    try:
        found = read_answers(read_small(path, MAX_BYTES), form, case, versions)
    except FileNotFoundError:
        return Received(
            nothing, refused=f"There is no {ANSWERS_FILE} in the submission.", missing=True, files=files
        )
    except RefusedError as error:
        sentence = str(error)
        return Received(nothing, refused=sentence[:1].upper() + sentence[1:] + ".", files=files)
    except (RecursionError, MemoryError, OSError, ValueError) as error:
        kind = type(error).__name__
        return Received(nothing, refused=f"The answers could not be read ({kind}).", files=files)
    return replace(found, notes=(*renamed, *found.notes), files=files)
