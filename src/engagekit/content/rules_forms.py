"""Rules for forms: their case, their sections, and fields that lean on other fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engagekit.content.load import Library
from engagekit.content.rules_marking_spot import Spot, fields_of, parts_of
from engagekit.content.validate import nearest
from engagekit.content.yamltext import Loc
from engagekit.model import (
    CaseFile,
    ChoiceField,
    EntriesSection,
    FieldsSection,
    FormField,
    LinkField,
    Problem,
    QuoteField,
    Section,
)


def forms_resolve(library: Library) -> Iterator[Problem]:
    """A form's case and marking point exist, no id is given twice, and every field can be answered."""
    points = {item.id for item in library.course.items() if item.kind == "marking-point"}
    for form in library.course.forms.values():
        spot = Spot(library, "form", form.id, (), form)
        if form.vignette and form.vignette not in library.vignettes_there():
            hint = nearest(form.vignette, library.course.vignettes)
            yield spot.problem(("vignette",), f'no vignette "{form.vignette}"', hint)
        if points:
            yield from spot.unknown(("marking_point",), [form.marking_point], points, "marking point")
        if form.case:
            yield from _case(spot, form.case)
        sections = [section.id for section in form.sections]
        yield from _once(spot, ("sections",), sections, "section")
        for index, section in enumerate(form.sections):
            parts = parts_of(section)
            if len(set(parts)) != len(parts):
                yield spot.problem(("sections", index), "two fields of this section share an id")
            yield from _section(spot, ("sections", index), section)


def _once(spot: Spot, loc: Loc, names: Sequence[str], what: str) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if names.index(name) != index:
            yield spot.problem((*loc, index, "id"), f'the {what} "{name}" is given twice')


def _case(spot: Spot, case: CaseFile) -> Iterator[Problem]:
    """No two papers share an id, and no two passages of the whole case do."""
    yield from _once(spot, ("case", "documents"), [paper.id for paper in case.documents], "document")
    seen: dict[str, str] = {}
    for number, paper in enumerate(case.documents):
        for index, passage in enumerate(paper.passages):
            if seen.setdefault(passage.id, paper.id) != paper.id or passage.id in [
                one.id for one in paper.passages[:index]
            ]:
                loc = ("case", "documents", number, "passages", index, "id")
                message = f'the passage "{passage.id}" is given twice'
                yield spot.problem(loc, message, f"first in {seen[passage.id]}")


def _section(spot: Spot, loc: Loc, section: Section) -> Iterator[Problem]:
    if section.kind == "coding" and spot.form.case:
        yield spot.problem((*loc, "kind"), "only an interview can be coded, and this form has a case file")
    if isinstance(section, EntriesSection) and section.min_rows > section.max_rows:
        yield spot.problem((*loc, "min_rows"), "min_rows is above max_rows")
    fields = section.fields if isinstance(section, EntriesSection | FieldsSection) else ()
    for index, field in enumerate(fields):
        yield from _field(spot, (*loc, "fields", index), section, field)


def _field(spot: Spot, loc: Loc, section: Section, field: FormField) -> Iterator[Problem]:
    if isinstance(field, QuoteField):
        if field.min_words > field.max_words:
            yield spot.problem((*loc, "min_words"), "min_words is above max_words")
        if field.out_of:
            yield from spot.field((*loc, "out_of"), section, field.out_of, "words")
    elif isinstance(field, ChoiceField):
        if not field.options and spot.form.case:
            message = "a choice in a form with a case file needs options of its own"
            yield spot.problem(loc, message)
        yield from _once(spot, (*loc, "options"), [option.id for option in field.options], "option")
    elif isinstance(field, LinkField):
        target = spot.section(field.section)
        if target is None:
            known = {one.id for one in spot.form.sections if fields_of(one)}
            yield from spot.unknown((*loc, "section"), [field.section], known, "section")
        else:
            yield from spot.field((*loc, "field"), target, field.field, "choice")
