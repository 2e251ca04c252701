"""A small form with every kind of section and field, for tests of the component itself."""

from __future__ import annotations

from typing import Any

from engagekit.assignments.build import form_data
from engagekit.model import Form

CASE: dict[str, Any] = {
    "title": "Papers about Ola Brandt",
    "introduction": "Ola Brandt is on a community order. These are the papers you have.",
    "person": "Ola Brandt",
    "today": "2026-11-16",
    "documents": [
        {
            "id": "d1",
            "title": "Referral letter",
            "passages": [
                {"id": "p01", "text": "Ola has been sleeping on a friend\u2019s sofa since August."},
                {"id": "p02", "text": 'He says, "I want my own front door by spring."'},
                {"id": "p03", "text": "The friend moves out in January."},
            ],
        },
        {
            "id": "d2",
            "title": "Note of a phone call",
            "passages": [
                {"id": "p04", "text": "Ola rang about the warehouse shifts he has been offered."},
                {"id": "p05", "text": "Most weekends he drinks with his brother, and Mondays are lost."},
            ],
        },
    ],
}

NEED = {
    "id": "need",
    "kind": "choice",
    "label": "What the need is",
    "options": [
        {"id": "housing", "text": "Somewhere to live"},
        {"id": "drink", "text": "Drinking"},
        {"id": "work", "text": "Work"},
    ],
}

FOR = {"id": "for", "kind": "link", "label": "The need it serves", "section": "needs", "field": "need"}

STANCE = {
    "id": "stance",
    "kind": "choice",
    "label": "How you would go about it",
    "help": "Choose the one you would stand by.",
    "options": [
        {
            "id": f"way-{number}",
            "text": f"Way {number}, which says at some length how somebody would go about a conversation",
        }
        for number in range(1, 9)
    ],
}

FORM: dict[str, Any] = {
    "id": "every-kind",
    "title": "Every kind of question",
    "marking_point": "mp1",
    "case": CASE,
    "intro": "A form for tests.",
    "sections": [
        {
            "id": "needs",
            "kind": "entries",
            "title": "Part 1. What Ola needs",
            "instructions": "Name from two to four needs.",
            "entry": "Need",
            "min_rows": 2,
            "max_rows": 4,
            "fields": [
                NEED,
                {"id": "shown", "kind": "quote", "label": "The words that show it", "max_words": 12},
                {"id": "why", "kind": "words", "label": "Why it matters", "least": 5, "lines": 3},
                {"id": "core", "kind": "quote", "label": "The heart of it", "out_of": "why", "min_words": 2},
            ],
        },
        {
            "id": "goals",
            "kind": "entries",
            "title": "Part 2. Goals",
            "instructions": "One goal or two.",
            "entry": "Entry",
            "min_rows": 1,
            "max_rows": 2,
            "fields": [
                FOR,
                {"id": "by", "kind": "date", "label": "By when"},
                {"id": "act", "kind": "words", "label": "What will be done", "lines": 1},
            ],
        },
        {
            "id": "stance",
            "kind": "fields",
            "title": "Part 3. Your stance",
            "instructions": "Answer once.",
            "fields": [STANCE, {"id": "own", "kind": "words", "label": "In your own words", "least": 2}],
        },
        {
            "id": "hearing",
            "kind": "quotes",
            "title": "Part 4. Hear him",
            "instructions": "Copy his words.",
            "asks": [{"id": "hope", "label": "A hope"}],
        },
        {
            "id": "replies",
            "kind": "replies",
            "title": "Part 5. Answer him",
            "instructions": "Write what you would say.",
            "prompts": [{"id": "r1", "who": "Ola", "said": "What now?", "label": "Your next words to Ola"}],
        },
    ],
}  # fmt: skip

ANSWERS: dict[str, Any] = {
    "needs": [
        {
            "need": "housing",
            "shown": "I want my own front door by spring.",
            "why": "Nothing else holds without a place of his own.",
            "core": "without a place",
        },
        {
            "need": "drink",
            "shown": "Most weekends he drinks with his brother",
            "why": "Lost Mondays would cost him the shifts.",
            "core": "Lost Mondays",
        },
    ],
    "goals": [{"for": "drink", "by": "2026-12-04", "act": "Ring the clinic with him"}],
    "stance": {"stance": "way-3", "own": "Ask first, and listen."},
    "hearing": {"hope": "my own front door"},
    "replies": {"r1": "Where would you like to start?"},
}
"""Answers to all of it."""


def every_kind() -> Form:
    """Return the form."""
    return Form.model_validate(FORM)


def every_kind_data() -> dict[str, Any]:
    """Return the form as the component gets it."""
    form = every_kind()
    assert form.case
    return form_data(form, form.case, None)
