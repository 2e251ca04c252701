"""Rules across files for forms, marking schemes and sample scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engagekit.content.load import Library
from engagekit.content.unknown import unknown
from engagekit.content.validate import nearest
from engagekit.content.yamltext import Loc
from engagekit.model import (
    CodingCheck,
    Form,
    Interview,
    MarkingScheme,
    Problem,
    QuoteCheck,
    QuotesSection,
    RepliesSection,
    Script,
    Section,
)
from engagekit.model.forms import Ask, Prompt

SECTION_OF = {
    "coding": "coding",
    "quote": "quotes",
    "reply": "replies",
    "person": None,
    "fields": None,
    "log": "entries",
    "elements": None,
    "goal": "entries",
    "links": "entries",
}
"""The kind of section that each kind of check reads; None reads any."""


def forms_resolve(library: Library) -> Iterator[Problem]:
    """A form's case and marking point exist, and no two of its sections or fields share an id."""
    points = {item.id for item in library.course.items() if item.kind == "marking-point"}
    for form in library.course.forms.values():
        if form.vignette and form.vignette not in library.vignettes_there():
            yield library.problem(
                "form",
                form.id,
                ("vignette",),
                f'no vignette "{form.vignette}"',
                nearest(form.vignette, library.course.vignettes),
            )
        if points:
            place = ("marking_point",)
            yield from unknown(library, "form", form.id, place, [form.marking_point], points, "marking point")
        sections = [section.id for section in form.sections]
        for index, section in enumerate(form.sections):
            if sections.index(section.id) != index:
                yield library.problem(
                    "form", form.id, ("sections", index, "id"), f'the section "{section.id}" is given twice'
                )
            names = [part.id for part in _parts(section)]
            if len(set(names)) != len(names):
                yield library.problem(
                    "form", form.id, ("sections", index), "two fields of this section share an id"
                )


def _parts(section: Section) -> tuple[Ask | Prompt, ...]:
    if isinstance(section, QuotesSection):
        return section.asks
    return section.prompts if isinstance(section, RepliesSection) else ()


def marking_matches_form(library: Library) -> Iterator[Problem]:
    """Each check reads a section of its assignment's form, and no two checks share an id."""
    for scheme in library.course.marking.values():
        form = library.course.forms.get(scheme.assignment)
        if form is None and ("form", scheme.assignment) in library.unread:
            continue
        if form is None:
            hint = nearest(scheme.assignment, library.course.forms)
            yield library.problem(
                "marking", scheme.id, ("assignment",), f'no assignment "{scheme.assignment}"', hint
            )
            continue
        sections = {section.id: section for section in form.sections}
        ids = [check.id for check in scheme.checks]
        for index, check in enumerate(scheme.checks):
            here = ("checks", index)
            if ids.index(check.id) != index:
                yield library.problem(
                    "marking", scheme.id, (*here, "id"), f'the check "{check.id}" is given twice'
                )
            section = sections.get(check.section)
            if section is None:
                hint = nearest(check.section, sections)
                yield library.problem(
                    "marking", scheme.id, (*here, "section"), f'no section "{check.section}"', hint
                )
            elif SECTION_OF[check.kind] not in (None, section.kind):
                yield library.problem(
                    "marking",
                    scheme.id,
                    (*here, "section"),
                    f"a {check.kind} check cannot read a {section.kind} section",
                )
            else:
                yield from _check_details(library, scheme, form, index)


def _check_details(library: Library, scheme: MarkingScheme, form: Form, index: int) -> Iterator[Problem]:
    check, here = scheme.checks[index], ("checks", index)
    found = library.course.vignettes.get(form.vignette or "")
    vignette = found if isinstance(found, Interview) else None
    if isinstance(check, CodingCheck):
        if check.partly_at > check.met_at:
            yield library.problem("marking", scheme.id, (*here, "partly_at"), "partly_at is above met_at")
        coding = library.course.schemes.get(vignette.scheme) if vignette else None
        if coding:
            codes = {code.id for code in coding.codes}
            yield from unknown(library, "marking", scheme.id, (*here, "codes"), check.codes, codes, "code")
    if isinstance(check, QuoteCheck):
        section = form.section(check.section)
        asks = {ask.id for ask in section.asks} if isinstance(section, QuotesSection) else set()
        yield from _accepted_turns(library, scheme, check, index, asks, vignette)
        if check.min_words > check.max_words:
            yield library.problem("marking", scheme.id, (*here, "min_words"), "min_words is above max_words")


def _accepted_turns(
    library: Library,
    scheme: MarkingScheme,
    check: QuoteCheck,
    index: int,
    asks: set[str],
    vignette: Interview | None,
) -> Iterator[Problem]:
    spoken = {turn.id for turn in vignette.turns("person")} if vignette else set()
    for ask, turns in check.accept.items():
        loc = ("checks", index, "accept", ask)
        if ask not in asks:
            yield library.problem(
                "marking", scheme.id, loc, f'no ask "{ask}" in the form', nearest(ask, asks), key=True
            )
        if not turns:
            yield library.problem("marking", scheme.id, loc, "no turn is accepted, so nobody could earn this")
        for number, turn in enumerate(turns):
            if spoken and turn not in spoken:
                yield library.problem(
                    "marking",
                    scheme.id,
                    (*loc, number),
                    f'"{turn}" is not a turn of the person',
                    nearest(turn, spoken),
                )


def marking_names_standards(library: Library) -> Iterator[Problem]:
    """The standards and misconceptions that a marking scheme names exist."""
    standards = {
        item.id for item in library.course.items() if item.kind in ("performance-criterion", "knowledge")
    }
    faults = {item.id for item in library.course.items() if item.kind == "misconception"}
    for scheme in library.course.marking.values():
        for index, check in enumerate(scheme.checks):
            if standards:
                place: Loc = ("checks", index, "evidences")
                yield from unknown(
                    library, "marking", scheme.id, place, check.evidences, standards, "standard"
                )
        for index, flag in enumerate(scheme.flags):
            if faults:
                place = ("flags", index, "misconception")
                named = [flag.misconception]
                yield from unknown(library, "marking", scheme.id, place, named, faults, "misconception")


def scripts_fit_their_form(library: Library) -> Iterator[Problem]:
    """A sample script answers sections of its form; an exemplar says what every check should find."""
    for shelf, kind in ((library.course.exemplars, "exemplars"), (library.course.cohort, "cohort")):
        for assignment, scripts in shelf.items():
            form, scheme = library.course.forms.get(assignment), library.course.marking.get(assignment)
            if form is None:
                continue
            learners: dict[str, str] = {}
            for script in scripts:
                name = f"{assignment}/{kind}/{script.id}"
                if script.learner and learners.setdefault(script.learner.id, script.id) != script.id:
                    other = learners[script.learner.id]
                    message = f'the learner "{script.learner.id}" is also in {other}.yaml'
                    yield library.problem("script", name, ("learner", "id"), message)
                yield from _script(library, name, script, form, scheme, exemplar=kind == "exemplars")


def _script(
    library: Library, name: str, script: Script, form: Form, scheme: MarkingScheme | None, *, exemplar: bool
) -> Iterator[Problem]:
    sections = {section.id for section in form.sections}
    for section in script.answers:
        place = ("answers", section)
        yield from unknown(library, "script", name, place, [section], sections, "section", key=True)
    if scheme is None:
        return
    checks = {check.id for check in scheme.checks}
    for check in script.expected:
        place = ("expected", check)
        yield from unknown(library, "script", name, place, [check], checks, "check", key=True)
    if exemplar:
        for check in sorted(checks - set(script.expected)):
            yield library.problem("script", name, ("expected",), f'does not say what "{check}" should find')
        if not script.commentary:
            yield library.problem("script", name, (), "an exemplar needs a commentary for standardisation")
    elif script.learner is None:
        yield library.problem("script", name, (), "a member of the sample cohort needs a learner")


MARKING_RULES: tuple[Callable[[Library], Iterator[Problem]], ...] = (
    forms_resolve,
    marking_matches_form,
    marking_names_standards,
    scripts_fit_their_form,
)
