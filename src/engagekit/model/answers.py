"""What a learner hands in: answers as data, and nothing that could be executed."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from engagekit.model.base import Frozen, Id, Text
from engagekit.model.judgements import Outcome

MAX_TEXT = 4_000
"""The longest single answer, in characters."""

Words = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
"""An answer that may be blank."""


class TurnRow(Frozen):
    """One exchange of the learner's own practice session."""

    person: Words = ""
    mine: Words = ""
    code: Annotated[str, StringConstraints(max_length=80)] = ""


Response = dict[Id, Words] | tuple[TurnRow, ...]
"""The answer to one section: named words or codes, or rows of a turn table."""


class Answers(Frozen):
    """Everything a learner answered in one assignment. A section that was left alone is absent."""

    assignment: Id
    form: Annotated[str, StringConstraints(max_length=64)] = ""
    saved: Annotated[str, StringConstraints(max_length=40)] = ""
    answers: dict[Id, Response] = Field(default_factory=dict)

    def named(self, section_id: str) -> dict[str, str]:
        """Return the named answers of a section; empty when it was left alone."""
        response = self.answers.get(section_id)
        return response if isinstance(response, dict) else {}

    def rows(self, section_id: str) -> tuple[TurnRow, ...]:
        """Return the rows of a turn table; empty when it was left alone."""
        response = self.answers.get(section_id)
        return response if isinstance(response, tuple) else ()


class Learner(Frozen):
    """Someone in the sample cohort. They are invented."""

    id: Id
    given: Text
    family: Text


class Script(Frozen):
    """A sample script: an exemplar with expected outcomes, or a member of the sample cohort."""

    id: Id
    title: Text | None = None
    commentary: Text | None = None
    learner: Learner | None = None
    submitted: Text | None = None
    answers: dict[Id, Response] = Field(default_factory=dict)
    expected: dict[Id, Outcome] = Field(default_factory=dict)
