"""The key of an assignment: what is checked, what it is worth, and what each outcome tells the learner."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from engagekit.model.base import Frozen, Id, Text, content_hash

Share = Annotated[float, Field(gt=0, le=1)]


class _Check(Frozen):
    """What every kind of check carries: its worth, its standards and its words to the learner."""

    id: Id
    section: Id
    points: float = Field(gt=0, le=100)
    title: Text
    evidences: tuple[Id, ...] = ()
    met: Text | None = None
    partly: Text | None = None
    not_met: Text | None = None
    not_attempted: Text | None = None
    needs_assessor: Text | None = None
    note: Text | None = None
    guidance: Text | None = None


class CodingCheck(_Check):
    """Agreement with the reference coding on uncontested turns; ``partly`` earns half."""

    kind: Literal["coding"]
    codes: tuple[Id, ...] = ()
    met_at: Share
    partly_at: Share


class QuoteCheck(_Check):
    """Each ask is answered by an exact span of one keyed turn; marks are in proportion."""

    kind: Literal["quote"]
    accept: dict[Id, tuple[Id, ...]]
    min_words: int = Field(default=3, ge=1)
    max_words: int = Field(default=40, ge=1)


class ReplyCheck(_Check):
    """Free replies: the machine lists what it sees and a person gives the mark."""

    kind: Literal["reply"]


class PersonCheck(_Check):
    """Only a person can judge this; the machine reports what is complete."""

    kind: Literal["person"]


Check = Annotated[CodingCheck | QuoteCheck | ReplyCheck | PersonCheck, Field(discriminator="kind")]


class MisconceptionFlag(Frozen):
    """One of the unit's common misconceptions that this assignment can surface. It moves no mark."""

    misconception: Id
    note: Text


class MarkingScheme(Frozen):
    """All checks of one assignment, frozen: its ``hash`` changes when anything in it does."""

    id: Id
    assignment: Id
    title: Text
    marking_point: Id
    vignette: Id
    checks: tuple[Check, ...] = Field(min_length=1)
    flags: tuple[MisconceptionFlag, ...] = ()

    @cached_property
    def hash(self) -> str:
        """Return the content hash that every judgement under this scheme carries."""
        return content_hash(self)

    @property
    def total(self) -> float:
        """Return the most that a script can earn."""
        return float(sum(check.points for check in self.checks))
