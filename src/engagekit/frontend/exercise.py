"""The data of a practice exercise, as plain JSON values: what both the book and the widget show."""

from __future__ import annotations

from typing import Any

from engagekit.model import CodingScheme, Course, Interview, KeyTurn, ReferenceCoding, content_hash

SCHEMA = "talk-exercise/1"


class NotForPracticeError(ValueError):
    """An assessment case was asked for where learners would see its key."""


def talk_exercise(course: Course, vignette_id: str) -> dict[str, Any]:
    """Return a Talk exercise with its key, ready to be put on a page.

    Args:
        course: The course.
        vignette_id: An interview that is for practice or for a retest.

    Returns:
        The exercise as the component reads it (schema ``talk-exercise/1``).

    Raises:
        KeyError: The course has no such interview.
        NotForPracticeError: The interview belongs to an assessment, so its key stays with the markers.
    """
    vignette = course.interview(vignette_id)
    if vignette.use == "assessment":
        raise NotForPracticeError(f'"{vignette_id}" is an assessment case: its key must not reach a page')
    scheme, key = course.schemes[vignette.scheme], course.interview_key(vignette_id)
    return {
        "schema": SCHEMA,
        "id": vignette.id,
        "title": vignette.title,
        "introduction": vignette.introduction,
        "setting": vignette.setting,
        "goal": vignette.goal,
        "people": {
            "practitioner": vignette.people.practitioner.name,
            "person": vignette.people.person.name,
        },
        "content": exercise_hash(vignette, scheme, key),
        "scheme": _scheme(scheme),
        "utterances": [utterance.model_dump() for utterance in vignette.utterances],
        "key": {turn.turn: _turn(turn) for turn in key.turns},
        "use": vignette.use,
    }


def exercise_hash(vignette: Interview, scheme: CodingScheme, key: ReferenceCoding) -> str:
    """Return a hash that changes when an earlier attempt could no longer be compared with a new one.

    That is when the talk, the set of codes or a reference code changes. A better worded reason does not.
    """
    return content_hash(
        {
            "utterances": [utterance.model_dump() for utterance in vignette.utterances],
            "codes": [code.id for code in scheme.codes],
            "key": {turn.turn: [turn.code, *turn.also] for turn in key.turns},
        }
    )


def _scheme(scheme: CodingScheme) -> dict[str, Any]:
    return {
        "id": scheme.id,
        "title": scheme.title,
        "codes": [
            {"id": code.id, "label": code.label, "letter": code.letter or "", "definition": code.definition}
            for code in scheme.codes
        ],
        "rules": [{"id": rule.id, "text": _with_names(rule.text, scheme)} for rule in scheme.rules],
    }


def _with_names(text: str, scheme: CodingScheme) -> str:
    """Return a rule's text with other rules that it sends the reader to named in words and not by id."""
    for rule in scheme.rules:
        text = text.replace(rule.id, f"“{rule.id.replace('-', ' ')}”")
    return text


def _turn(turn: KeyTurn) -> dict[str, Any]:
    return {
        "code": turn.code,
        "reason": turn.reason,
        "rule": turn.rule or "",
        "also": list(turn.also),
        "discuss": turn.discuss or "",
        "instead": dict(turn.instead),
    }
