"""Rules for the register of faults: what it names exists, and what it says is handled is handled there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engagekit.content.load import Library
from engagekit.content.unknown import unknown
from engagekit.model import Fault, Problem

NAME = "faults"
GLOSSARY = "book/glossary.md"


def faults_name_what_exists(library: Library) -> Iterator[Problem]:
    """A fault's id is its own; its source, items and themes exist, and an item is of that source."""
    course = library.course
    items = {item.id for item in course.items()}
    themes = library.there("theme", course.themes)
    seen: set[str] = set()
    for index, fault in enumerate(course.faults):
        here = ("faults", index)
        if fault.id in seen:
            yield library.problem(NAME, NAME, (*here, "id"), f'the id "{fault.id}" is used twice')
        seen.add(fault.id)
        if course.sources:
            known = course.sources
            yield from unknown(library, NAME, NAME, (*here, "source"), [fault.source], known, "source")
        if items:
            yield from unknown(library, NAME, NAME, (*here, "where"), fault.where, items, "item")
        yield from unknown(library, NAME, NAME, (*here, "chapters"), fault.chapters, themes, "theme")
        register = course.registers.get(fault.source)
        if fault.where and register and not {item.id for item in register.items} & set(fault.where):
            message = f"none of these items stands in {fault.source}, the fault's source"
            yield library.problem(NAME, NAME, (*here, "where"), message, "name one that does")


def faults_are_handled(library: Library) -> Iterator[Problem]:
    """Where a fault is said to be handled, there is something for the reader to find."""
    glossary = library.root / GLOSSARY
    terms = set(_terms(glossary.read_text("utf-8"))) if glossary.is_file() else set()
    for index, fault in enumerate(library.course.faults):
        for message, hint in _loose_ends(library, fault):
            yield library.problem(NAME, NAME, ("faults", index, "handled"), message, hint)
        yield from unknown(
            library, NAME, NAME, ("faults", index, "terms"), fault.terms, terms, "glossary entry"
        )


def _loose_ends(library: Library, fault: Fault) -> Iterator[tuple[str, str]]:
    if "caution-in-register" in fault.handled and not _has_caution(library, fault):
        yield "no entry that the fault names carries a caution", "write one, or leave this out"
    if ("exercise" in fault.handled) is not (fault.exercise is not None):
        yield '"exercise" and the field `exercise` belong together', "give both or neither"
    if ("glossary" in fault.handled) is not bool(fault.terms):
        yield '"glossary" and the field `terms` belong together', "give both or neither"
    if "chapter" in fault.handled and not fault.chapters:
        yield '"chapter" needs a chapter', "name its theme in `chapters`"


def _has_caution(library: Library, fault: Fault) -> bool:
    if not fault.where:
        source = library.course.sources.get(fault.source)
        return source is None or bool(source.cautions)
    return any(item.caution for item in library.course.items() if item.id in fault.where)


def _terms(glossary: str) -> list[str]:
    """Return the terms of a page's glossaries: lines at the margin, each with an indented line below it."""
    return re.findall(r"^(\S.*)\n(?=[ ]{2}\S)", glossary, re.MULTILINE)


FAULT_RULES = (faults_name_what_exists, faults_are_handled)
