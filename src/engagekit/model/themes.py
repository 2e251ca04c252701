"""What a chapter is about and what a learner will be able to do after it."""

from __future__ import annotations

from pydantic import Field

from engagekit.model.base import Frozen, Id, Text


class LearningOutcome(Frozen):
    """One thing that the learner will be able to do."""

    id: Id
    text: Text


class Theme(Frozen):
    """A chapter's subject. ``page`` is missing until the chapter is written."""

    id: Id
    number: int = Field(ge=1)
    title: Text
    summary: Text
    outcomes: tuple[LearningOutcome, ...] = Field(min_length=1)
    marking_points: tuple[Id, ...] = ()
    vignettes: tuple[Id, ...] = ()
    page: Text | None = None
