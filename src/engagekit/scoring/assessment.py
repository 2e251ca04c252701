"""What judging one assignment needs from the course, with everything that is the same for each script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engagekit.model import (
    CaseFile,
    CodingScheme,
    EntriesSection,
    FieldsSection,
    Form,
    FormField,
    Interview,
    LinkField,
    MarkingScheme,
    QuotesSection,
    ReferenceCoding,
    RepliesSection,
    Section,
)
from engagekit.scoring.places import Places, places_of
from engagekit.scoring.words import runs, words_of


# Not slotted: what is worked out once for all scripts is kept on the object.
@dataclass(frozen=True, eq=False)
class Assessment:
    """Everything that judging one assignment needs, from the course."""

    form: Form
    scheme: MarkingScheme
    case: Interview | CaseFile
    key: ReferenceCoding | None = None
    coding: CodingScheme | None = None
    exemplars: tuple[str, ...] = ()
    """The brief, and then the texts of exemplar scripts: what a learner may not hand in as their own."""

    @cached_property
    def places(self) -> Places:
        """Return where words can be quoted from: the person's turns, or the passages of the case file."""
        return places_of(self.case)

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Return code id to its name; empty for a case that is not coded."""
        return {code.id: code.label for code in self.coding.codes} if self.coding else {}

    @cached_property
    def fields(self) -> Mapping[str, Mapping[str, FormField]]:
        """Return section to its fields by id, for the sections that have fields."""
        return {
            section.id: {field.id: field for field in section.fields}
            for section in self.form.sections
            if isinstance(section, EntriesSection | FieldsSection)
        }

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Return section to the labels of its fields, for the sections that have fields."""
        return {
            section: {name: field.label for name, field in fields.items()}
            for section, fields in self.fields.items()
        }

    @cached_property
    def entry_names(self) -> Mapping[str, str]:
        """Return section to what one of its entries is called, for the sections that are made of entries."""
        return {
            section.id: section.entry for section in self.form.sections if isinstance(section, EntriesSection)
        }

    @cached_property
    def given_runs(self) -> frozenset[int]:
        """Return the runs of four words that every learner is given: the case, the form and the brief."""
        return runs(self._given())

    @cached_property
    def known_runs(self) -> frozenset[int]:
        """Return the runs of four words that are nobody's own: what is given, and the exemplars."""
        return self.given_runs | self.exemplar_runs

    @cached_property
    def exemplar_runs(self) -> frozenset[int]:
        """Return the runs of four words of the exemplar scripts alone."""
        return runs(self.exemplars[1:]) - self.given_runs

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Return every word that the assignment itself uses."""
        return frozenset(word for text in (*self._given(), *self.exemplars) for word in words_of(text))

    def options(self, section: str, field: str) -> Mapping[str, str]:
        """Return what a choice offers, id to words; the codes of the case where it names no options.

        A link offers what the choice that it leads to does.
        """
        found = self.fields.get(section, {}).get(field)
        if isinstance(found, LinkField):
            section, field = found.section, found.field
        return self._options.get((section, field), {})

    @cached_property
    def _options(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        return {
            (section, field.id): {option.id: option.text for option in field.options} or self.codes
            for section, fields in self.fields.items()
            for field in fields.values()
            if field.kind == "choice"
        }

    def _given(self) -> Iterator[str]:
        case = self.case
        yield case.introduction
        if isinstance(case, Interview):
            yield from (turn.text for turn in case.utterances)
        else:
            yield from (" ".join(one.text for one in paper.passages) for paper in case.documents)
        yield self.form.intro
        for section in self.form.sections:
            yield section.instructions
            yield from _asked(section)
        yield from self.exemplars[:1]


def _asked(section: Section) -> Iterator[str]:
    """Give what a section asks, in words."""
    if isinstance(section, RepliesSection):
        yield from (text for prompt in section.prompts for text in (prompt.said, prompt.label))
    elif isinstance(section, QuotesSection):
        yield from (text for ask in section.asks for text in (ask.label, ask.help or ""))
    elif isinstance(section, EntriesSection | FieldsSection):
        yield from (text for field in section.fields for text in (field.label, field.help or ""))
