"""Talk: each practitioner turn of an interview gets one code; what the person said is for discussion."""

from __future__ import annotations

from typing import Any

from engagekit.frontend.exercises.common import (
    Item,
    Lensed,
    code_data,
    coded,
    item,
    scheme_data,
    scheme_of,
)
from engagekit.model import CodingScheme, Course, Interview, ReferenceCoding, content_hash

CLIENT = "client-talk"


def build(course: Course, vignette: Interview, key: ReferenceCoding) -> Lensed:
    """Return an interview as the Talk lens asks about it."""
    scheme = scheme_of(course, vignette.scheme)
    readings = {turn.turn: turn for turn in key.person}
    leanings = scheme_of(course, CLIENT).codes if readings else ()
    items: list[Item] = []
    number = 0
    for turn in vignette.utterances:
        if turn.speaker == "practitioner":
            number += 1
            items.append(item(turn.id, "choice", f"Turn {number}", "Which code fits this turn?"))
        elif turn.id in readings:
            question = "Which way does this lean, given the change goal?"
            choices = [code_data(code) for code in leanings]
            items.append(item(turn.id, "choice", "What the person said", question, choices, optional=True))
    entries: dict[str, dict[str, Any]] = {turn.turn: coded(turn, turn.code) for turn in key.turns}
    for name, reading in readings.items():
        entries[name] = {"code": reading.code, "reason": reading.reason, "also": [], "discussion": True}
    people = vignette.people
    return Lensed(
        body={
            "people": {"practitioner": people.practitioner.name, "person": people.person.name},
            "utterances": [turn.model_dump() for turn in vignette.utterances],
        },
        items=items,
        key=entries,
        scheme=scheme_data(scheme),
        facts=[
            ("Setting", vignette.setting),
            ("Change goal", vignette.goal),
            (
                "Speakers",
                f"{people.practitioner.name}, practitioner, and {people.person.name}",
            ),
        ],
        content=talk_version(vignette, scheme, key),
    )


def talk_version(vignette: Interview, scheme: CodingScheme, key: ReferenceCoding) -> str:
    """Return the hash of an interview's version.

    It is worked out as it was when Talk was the only lens, so that attempts from then still count.
    """
    return content_hash(
        {
            "utterances": [turn.model_dump() for turn in vignette.utterances],
            "codes": [code.id for code in scheme.codes],
            "key": {turn.turn: [turn.code, *turn.also] for turn in key.turns},
        }
    )
