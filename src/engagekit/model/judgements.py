"""What was decided about a script, and the learner's words that decided it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from engagekit.model.base import Frozen, Id, Text


class Outcome(StrEnum):
    """How a check came out. Blank work has an outcome of its own, and so has doubt."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    NOT_ATTEMPTED = "not_attempted"
    NEEDS_ASSESSOR = "needs_assessor"

    @property
    def label(self) -> str:
        """Return the outcome in words."""
        return self.value.replace("_", " ").capitalize()


class Evidence(Frozen):
    """One piece of what decided a judgement: where it is, the learner's words, and what was seen."""

    label: Text
    words: str = ""
    remark: str = ""
    counts: bool | None = None
    """True when it earned credit, False when it did not, None when it bears on no mark."""


class Judgement(Frozen):
    """The machine's proposal for one check.

    ``marks`` is None when a person has to decide; it is never a stand-in for zero. ``theme`` is the
    chapter that helps, and ``practise`` the exercise, as ``lens.vignette``.
    """

    check: Id
    title: Text
    outcome: Outcome
    marks: float | None = Field(default=None, ge=0)
    max_marks: float = Field(gt=0)
    reason: Text
    feedback: str = ""
    evidence: tuple[Evidence, ...] = ()
    flags: tuple[Text, ...] = ()
    standards: tuple[Id, ...] = ()
    theme: Id | None = None
    practise: str | None = None
    scheme: str = ""


class Flag(Frozen):
    """A common misconception that the answers may show, with the words that raised it. It moves no mark.

    ``note`` is for the assessor; ``feedback`` is for the learner.
    """

    misconception: Id
    title: Text
    note: Text
    feedback: Text
    evidence: tuple[Evidence, ...] = Field(min_length=1)
