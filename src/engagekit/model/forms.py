"""The form that a learner fills in: its sections are public and hold no key."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engagekit.model.base import Frozen, Id, Text


class CodingSection(Frozen):
    """Code every practitioner turn of the case. Answer: turn id to code id."""

    kind: Literal["coding"]
    id: Id
    title: Text
    instructions: Text


class Ask(Frozen):
    """One thing to find in the case."""

    id: Id
    label: Text
    help: Text | None = None


class QuotesSection(Frozen):
    """Copy the person's own words from the case. Answer: ask id to quotation."""

    kind: Literal["quotes"]
    id: Id
    title: Text
    instructions: Text
    asks: tuple[Ask, ...] = Field(min_length=1)


class Prompt(Frozen):
    """Something a person says, to which the learner writes the next thing to say."""

    id: Id
    who: Text
    said: Text
    label: Text


class RepliesSection(Frozen):
    """Write the next thing you would say. Answer: prompt id to words."""

    kind: Literal["replies"]
    id: Id
    title: Text
    instructions: Text
    prompts: tuple[Prompt, ...] = Field(min_length=1)


class TurnColumns(Frozen):
    """What the three columns of a turn table are called."""

    person: Text
    mine: Text
    code: Text


class TurnsSection(Frozen):
    """A table of turns from the learner's own practice. Answer: a list of rows."""

    kind: Literal["turns"]
    id: Id
    title: Text
    instructions: Text
    min_rows: int = Field(ge=1)
    max_rows: int = Field(ge=1, le=100)
    columns: TurnColumns


Section = Annotated[
    CodingSection | QuotesSection | RepliesSection | TurnsSection, Field(discriminator="kind")
]


class Form(Frozen):
    """An assignment's form over one case."""

    id: Id
    title: Text
    marking_point: Id
    vignette: Id
    intro: Text
    sections: tuple[Section, ...] = Field(min_length=1)

    def section(self, section_id: str) -> Section:
        """Return a section by id; ``KeyError`` when the form has none of that name."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)
