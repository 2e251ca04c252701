"""Desistance: what a case says about each factor and obstacle, and the sentence that shows it."""

from __future__ import annotations

from typing import Any

from engagekit.frontend.exercises.common import (
    Lensed,
    choice,
    coded,
    item,
    scheme_data,
    scheme_of,
    version,
)
from engagekit.model import Case, CaseKey, Code, Course

SCHEME = "desistance"
UNLISTED = "Nothing in this case speaks of it."


def build(course: Course, vignette: Case, key: CaseKey) -> Lensed:
    """Return a case as the Desistance lens asks about it. A factor that its key does not list is optional."""
    scheme = scheme_of(course, SCHEME)
    listed = {entry.factor: entry for entry in key.factors}
    items = [
        item(
            code.id,
            "choice",
            code.label,
            code.definition,
            _answers(code),
            evidence=True,
            optional=code.id not in listed,
            group=code.group or "",
        )
        for code in scheme.codes
    ]
    entries = {
        code.id: coded(listed[code.id], listed[code.id].answer, listed[code.id].shown_by)
        if code.id in listed
        else _unlisted()
        for code in scheme.codes
    }
    data = scheme_data(scheme)
    body = {
        "person": vignette.person.name,
        "sentences": [sentence.model_dump() for sentence in vignette.sentences],
    }
    # Factors that the key does not list never count, so a longer list of them leaves attempts comparable.
    content = version(body, items, entries, {**data, "codes": []})
    return Lensed(body=body, items=items, key=entries, scheme=data, content=content)


def _answers(code: Code) -> list[dict[str, str]]:
    return [
        choice("present", "Present", code.present or ""),
        choice("absent", "Absent", code.absent or ""),
        choice("ambiguous", "Ambiguous", code.ambiguous or ""),
        choice("not-stated", "Not stated", "The case says nothing about it."),
    ]


def _unlisted() -> dict[str, Any]:
    return {
        "code": "not-stated",
        "reason": UNLISTED,
        "rule": "",
        "also": [],
        "discuss": "",
        "instead": {},
        "shown_by": [],
    }
