"""The form that a learner fills in: its case, its sections and their fields. It is public, without a key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from engagekit.model.base import Frozen, Id, Text


class Passage(Frozen):
    """One sentence or short stretch of a case file, which a learner can quote from."""

    id: Id
    text: Text


class Document(Frozen):
    """One paper in a case file: a note, a letter, an extract of a session."""

    id: Id
    title: Text
    passages: tuple[Passage, ...] = Field(min_length=1)


class CaseFile(Frozen):
    """The papers about one person that an assignment asks about.

    ``today`` is the day on which the learner is to imagine reading it, so that dates can be judged.
    """

    title: Text
    introduction: Text
    person: Text
    today: date
    documents: tuple[Document, ...] = Field(min_length=1)

    def passages(self) -> Iterator[Passage]:
        """Give every passage of every document, in order."""
        for document in self.documents:
            yield from document.passages


class Option(Frozen):
    """One answer that a question offers."""

    id: Id
    text: Text


class _Field(Frozen):
    """One question of a form."""

    id: Id
    label: Text
    help: Text | None = None


class WordsField(_Field):
    """Own words, from one line to a few paragraphs. ``least`` is how many words make it complete."""

    kind: Literal["words"]
    least: int = Field(default=3, ge=1, le=200)
    lines: int = Field(default=2, ge=1, le=12)


class QuoteField(_Field):
    """Exact words, out of the case or, where ``out_of`` names a field of the same entry, out of that."""

    kind: Literal["quote"]
    out_of: Id | None = None
    min_words: int = Field(default=3, ge=1)
    max_words: int = Field(default=40, ge=1)


class ChoiceField(_Field):
    """One of a few options. Without options of its own it offers the codes of the case's coding scheme."""

    kind: Literal["choice"]
    options: tuple[Option, ...] = ()


class LinkField(_Field):
    """One of the answers already given to a choice in another section, so that entries hang together."""

    kind: Literal["link"]
    section: Id
    field: Id


class DateField(_Field):
    """A day, answered as ``2026-12-04``."""

    kind: Literal["date"]


FormField = Annotated[
    WordsField | QuoteField | ChoiceField | LinkField | DateField, Field(discriminator="kind")
]


class _Section(Frozen):
    """What every section has."""

    id: Id
    title: Text
    instructions: Text


class CodingSection(_Section):
    """Code every practitioner turn of the case. Answer: turn id to code id."""

    kind: Literal["coding"]


class Ask(Frozen):
    """One thing to find in the case."""

    id: Id
    label: Text
    help: Text | None = None


class QuotesSection(_Section):
    """Copy the person's own words from the case. Answer: ask id to quotation."""

    kind: Literal["quotes"]
    asks: tuple[Ask, ...] = Field(min_length=1)


class Prompt(Frozen):
    """Something a person says, to which the learner writes the next thing to say."""

    id: Id
    who: Text
    said: Text
    label: Text


class RepliesSection(_Section):
    """Write the next thing you would say. Answer: prompt id to words."""

    kind: Literal["replies"]
    prompts: tuple[Prompt, ...] = Field(min_length=1)


class EntriesSection(_Section):
    """Entries that all ask the same: needs, goals, turns of a session. Answer: a list, field id to words."""

    kind: Literal["entries"]
    entry: Text
    min_rows: int = Field(ge=1)
    max_rows: int = Field(ge=1, le=100)
    fields: tuple[FormField, ...] = Field(min_length=1)


class FieldsSection(_Section):
    """A few questions that are answered once. Answer: field id to words."""

    kind: Literal["fields"]
    fields: tuple[FormField, ...] = Field(min_length=1)


Section = Annotated[
    CodingSection | QuotesSection | RepliesSection | EntriesSection | FieldsSection,
    Field(discriminator="kind"),
]


class Form(Frozen):
    """An assignment's form over one case: an interview of the bank by its id, or a case file of its own."""

    id: Id
    title: Text
    marking_point: Id
    vignette: Id | None = None
    case: CaseFile | None = None
    intro: Text
    sections: tuple[Section, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_case(self) -> Self:
        if (self.vignette is None) == (self.case is None):
            raise ValueError("give either vignette, an interview's id, or case, and not both")
        return self

    def section(self, section_id: str) -> Section:
        """Return a section by id; ``KeyError`` when the form has none of that name."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)
