"""Rules across files for marking schemes and sample scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engagekit.content.load import Library
from engagekit.content.rules_forms import forms_resolve
from engagekit.content.rules_marking_checks import check_resolves
from engagekit.content.rules_marking_flags import flag_resolves
from engagekit.content.rules_marking_spot import Spot, parts_of
from engagekit.content.unknown import unknown
from engagekit.content.validate import nearest
from engagekit.content.yamltext import Loc
from engagekit.model import Check, Form, MarkingScheme, Problem, Script


def marking_matches_form(library: Library) -> Iterator[Problem]:
    """Each check and each sign fits its assignment's form, and no two checks or flags share an id."""
    for scheme in library.course.marking.values():
        form = library.course.forms.get(scheme.assignment)
        if form is None:
            if ("form", scheme.assignment) not in library.unread:
                hint = nearest(scheme.assignment, library.course.forms)
                message = f'no assignment "{scheme.assignment}"'
                yield library.problem("marking", scheme.id, ("assignment",), message, hint)
            continue
        if form.marking_point != scheme.marking_point:
            message = f"the form is about {form.marking_point}, and this about {scheme.marking_point}"
            yield library.problem("marking", scheme.id, ("marking_point",), message)
        ids = [check.id for check in scheme.checks]
        for index, check in enumerate(scheme.checks):
            spot = Spot(library, "marking", scheme.id, ("checks", index), form, scheme)
            if ids.index(check.id) != index:
                yield spot.problem(("id",), f'the check "{check.id}" is given twice')
            yield from check_resolves(spot, check)
        names = [flag.misconception for flag in scheme.flags]
        for index, flag in enumerate(scheme.flags):
            spot = Spot(library, "marking", scheme.id, ("flags", index), form, scheme)
            if names.index(flag.misconception) != index:
                yield spot.problem(
                    ("misconception",), f'the flag "{flag.misconception}" is given twice', "join their signs"
                )
            yield from flag_resolves(spot, flag)


def marking_names_the_course(library: Library) -> Iterator[Problem]:
    """The standards, misconceptions, chapters and exercises that a marking scheme names exist."""
    standards = {
        item.id for item in library.course.items() if item.kind in ("performance-criterion", "knowledge")
    }
    faults = {item.id for item in library.course.items() if item.kind == "misconception"}
    themes = library.there("theme", library.course.themes)
    for scheme in library.course.marking.values():
        for index, check in enumerate(scheme.checks):
            here: Loc = ("checks", index)
            if standards:
                place: Loc = (*here, "evidences")
                yield from unknown(
                    library, "marking", scheme.id, place, check.evidences, standards, "standard"
                )
            if check.theme and themes:
                place = (*here, "theme")
                yield from unknown(library, "marking", scheme.id, place, [check.theme], themes, "theme")
            yield from _exercise(library, scheme, check, here)
        for index, flag in enumerate(scheme.flags):
            if faults:
                place = ("flags", index, "misconception")
                named = [flag.misconception]
                yield from unknown(library, "marking", scheme.id, place, named, faults, "misconception")


def _exercise(library: Library, scheme: MarkingScheme, check: Check, here: Loc) -> Iterator[Problem]:
    """What a check sends a learner to practise is a practice vignette that is read through that lens."""
    lens, _, name = (check.practise or "").partition(".")
    there = library.vignettes_there()
    if not check.practise or not there:
        return
    place = (*here, "practise")
    vignette = library.course.vignettes.get(name)
    if vignette is None and name in there:
        return
    if vignette is None or lens not in vignette.lenses or vignette.use != "practice":
        known = {
            f"{one_lens}.{one.id}"
            for one in library.course.vignettes.values()
            for one_lens in one.lenses
            if one.use == "practice"
        }
        message = f'no practice exercise "{check.practise}"'
        hint = nearest(check.practise, known)
        yield library.problem("marking", scheme.id, place, message, hint)


def scripts_fit_their_form(library: Library) -> Iterator[Problem]:
    """A sample script answers its form; an exemplar says what every check should find and raise."""
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
                yield from _answers(library, name, script, form)
                if scheme:
                    yield from _script(library, name, script, scheme, exemplar=kind == "exemplars")


def _answers(library: Library, name: str, script: Script, form: Form) -> Iterator[Problem]:
    """Every section and field that a script answers is one of the form's, in the form's shape."""
    sections = {section.id: section for section in form.sections}
    for section_id, response in script.answers.items():
        place: Loc = ("answers", section_id)
        yield from unknown(library, "script", name, place, [section_id], sections, "section", key=True)
        section = sections.get(section_id)
        if section is None:
            continue
        if isinstance(response, dict) == (section.kind == "entries"):
            wanted = "a list of entries" if section.kind == "entries" else "named answers"
            message = f"the section {section_id} is answered by {wanted}"
            yield library.problem("script", name, place, message)
            continue
        known = parts_of(section)
        rows = [(place, response)] if isinstance(response, dict) else []
        if not isinstance(response, dict):
            rows = [((*place, index), row) for index, row in enumerate(response)]
        for here, row in rows if known else ():
            for field in row:
                what = f"field of the section {section_id}"
                yield from unknown(library, "script", name, (*here, field), [field], known, what, key=True)


def _script(
    library: Library, name: str, script: Script, scheme: MarkingScheme, *, exemplar: bool
) -> Iterator[Problem]:
    checks = {check.id for check in scheme.checks}
    for check in script.expected:
        place: Loc = ("expected", check)
        yield from unknown(library, "script", name, place, [check], checks, "check", key=True)
    flags = {flag.misconception for flag in scheme.flags}
    yield from unknown(library, "script", name, ("flags",), script.flags, flags, "flag of the marking scheme")
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
    marking_names_the_course,
    scripts_fit_their_form,
)
