"""One place of a marking scheme that a rule looks at, with what it can name in the form and in the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engagekit.content.load import Library
from engagekit.content.unknown import unknown
from engagekit.content.yamltext import Loc
from engagekit.model import (
    EntriesSection,
    FieldsSection,
    Form,
    FormField,
    Interview,
    MarkingScheme,
    Problem,
    QuotesSection,
    RepliesSection,
    Section,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A check, a sign or a form's field: where it stands, and what it may name.

    Attributes:
        library: The course as read.
        kind: The schema of the file: ``marking`` or ``form``.
        name: The id of the file's object.
        here: Steps to what is looked at.
        form: The form that it is about.
        scheme: The marking scheme; None while a form is looked at by itself.
    """

    library: Library
    kind: str
    name: str
    here: Loc
    form: Form
    scheme: MarkingScheme | None = None

    def problem(self, loc: Loc, message: str, hint: str = "", *, key: bool = False) -> Problem:
        """Return a problem at a place below this one."""
        return self.library.problem(self.kind, self.name, (*self.here, *loc), message, hint, key=key)

    def unknown(
        self, loc: Loc, values: Iterable[str], known: Iterable[str], what: str, *, key: bool = False
    ) -> Iterator[Problem]:
        """Give a problem for each value that is not known; a list's ``loc`` is the place of its one value."""
        yield from unknown(
            self.library, self.kind, self.name, (*self.here, *loc), values, known, what, key=key
        )

    def section(self, section_id: str) -> Section | None:
        """Return a section of the form, or None."""
        return next((one for one in self.form.sections if one.id == section_id), None)

    def interview(self) -> Interview | None:
        """Return the interview that the form is about, when it is one and could be read."""
        found = self.library.course.vignettes.get(self.form.vignette or "")
        return found if isinstance(found, Interview) else None

    def places(self) -> dict[str, str]:
        """Return what can be quoted, id to words; empty where the case could not be read."""
        if self.form.case:
            return {passage.id: passage.text for passage in self.form.case.passages()}
        interview = self.interview()
        return {turn.id: turn.text for turn in interview.turns("person")} if interview else {}

    @property
    def place_name(self) -> str:
        """Return what a place is called in this form's case."""
        return "passage of the case" if self.form.case else "turn of the person"

    def options(self, field: FormField | None) -> set[str]:
        """Return what a choice offers: its own options, or the codes of the interview's scheme."""
        if field is None or field.kind != "choice":
            return set()
        if field.options:
            return {option.id for option in field.options}
        interview = self.interview()
        coding = self.library.course.schemes.get(interview.scheme) if interview else None
        return {code.id for code in coding.codes} if coding else set()

    def field(
        self, loc: Loc, section: Section, name: str, kind: str, *, key: bool = False
    ) -> Iterator[Problem]:
        """Give a problem unless a section has a field of that name and kind."""
        known = fields_of(section)
        if name not in known:
            fitting = [one for one, field in known.items() if field.kind == kind] or list(known)
            yield from self.unknown(loc, [name], fitting, f"field of the section {section.id}", key=key)
        elif known[name].kind != kind:
            message = f'"{name}" is a {known[name].kind} field, and a {kind} field is needed here'
            yield self.problem(loc, message, key=key)


def fields_of(section: Section | None) -> dict[str, FormField]:
    """Return a section's fields by id; none for a section that has no fields."""
    if isinstance(section, EntriesSection | FieldsSection):
        return {field.id: field for field in section.fields}
    return {}


def parts_of(section: Section) -> list[str]:
    """Return the ids of what a section asks: its asks, its prompts or its fields."""
    if isinstance(section, QuotesSection):
        return [ask.id for ask in section.asks]
    if isinstance(section, RepliesSection):
        return [prompt.id for prompt in section.prompts]
    return (
        [field.id for field in section.fields] if isinstance(section, EntriesSection | FieldsSection) else []
    )


def most_rows(section: Section) -> int:
    """Return how many entries a section can hold."""
    return section.max_rows if isinstance(section, EntriesSection) else 1
