"""What a learner hands in: answers as data, and nothing that could be executed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from engagekit.model.base import Frozen, Id, Text
from engagekit.model.judgements import Outcome

MAX_TEXT = 4_000
"""The longest single answer, in characters."""

Words = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
"""An answer that may be blank."""

Row = dict[Id, Words]
"""One entry of a section: field id to words."""

Response = Row | tuple[Row, ...]
"""The answer to one section: named words or codes, or a list of entries."""

AiUse = Literal["none", "language", "ideas", "drafting"]
"""How far a learner says that an AI tool helped."""


def answers_hash(answers: Mapping[str, Any]) -> str:
    """Return the hash that ties a declaration to the answers that it was made for.

    The browser works out the same in ``frontend/js/form_declaration.js``, on the answers as they stand in the
    file. JSON with sorted keys and no spaces; half a surrogate pair is written as JavaScript writes it.

    Args:
        answers: The ``answers`` of an answers file, as plain data.

    Returns:
        64 hexadecimal characters (SHA-256).
    """
    text = json.dumps(answers, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


class Declaration(Frozen):
    """What a learner says about their own part in the work.

    ``content`` is ``answers_hash`` of the answers that it was made for: a change of answers undoes it.
    """

    own_work: bool = False
    ai: AiUse | None = None
    said: Words = ""
    content: Annotated[str, StringConstraints(max_length=64)] = ""

    def holds_for(self, content: str) -> bool:
        """Say whether it is whole and was made for the answers with this hash."""
        return self.own_work and self.ai is not None and self.content == content


class Answers(Frozen):
    """Everything a learner answered in one assignment. A section that was left alone is absent."""

    assignment: Id
    form: Annotated[str, StringConstraints(max_length=64)] = ""
    saved: Annotated[str, StringConstraints(max_length=40)] = ""
    answers: dict[Id, Response] = Field(default_factory=dict)
    declaration: Declaration | None = None

    def named(self, section_id: str) -> dict[str, str]:
        """Return the named answers of a section; empty when it was left alone."""
        response = self.answers.get(section_id)
        return response if isinstance(response, dict) else {}

    def rows(self, section_id: str) -> tuple[Row, ...]:
        """Return the entries of a section, one for a section that is answered once; none when left alone."""
        response = self.answers.get(section_id)
        if isinstance(response, dict):
            return (response,)
        return response or ()


class Learner(Frozen):
    """Someone in the sample cohort. They are invented."""

    id: Id
    given: Text
    family: Text


class Script(Frozen):
    """A sample script: an exemplar with expected outcomes, or a member of the sample cohort.

    It stands as handed in with an honest declaration, unless ``declared`` says otherwise. ``flags`` are the
    misconceptions that the script raises.
    """

    id: Id
    title: Text | None = None
    commentary: Text | None = None
    learner: Learner | None = None
    submitted: Text | None = None
    declared: bool = True
    ai: AiUse = "none"
    answers: dict[Id, Response] = Field(default_factory=dict)
    expected: dict[Id, Outcome] = Field(default_factory=dict)
    flags: tuple[Id, ...] = ()
