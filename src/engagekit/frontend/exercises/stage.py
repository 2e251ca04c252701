"""Stage: where a person stands on one change, what the case leaves out, and what to say next."""

from __future__ import annotations

from typing import Any

from engagekit.frontend.exercises.common import Lensed, choice, coded, item, scheme_data, scheme_of, version
from engagekit.model import Case, CaseKey, Course
from engagekit.scoring.practice import APART

SCHEME = "stages"

FACTS = (
    choice("behaviour", "The behaviour", "Which change it is about."),
    choice("present-state", "What the person does now", "Whether the change has begun."),
    choice("intention", "What they intend", "What the person means to do, and by when."),
    choice("duration", "How long", "For how long it has lasted."),
)
"""What a stage is worked out from."""


def build(course: Course, vignette: Case, key: CaseKey) -> Lensed:
    """Return a case as the Stage lens asks about it."""
    scheme = scheme_data(scheme_of(course, SCHEME))
    name, stage = vignette.person.name, key.stage
    items = [
        item("stage", "choice", "Stage", f"Where does {name} stand on this change, by what is stated?",
             evidence=True, ordinal=True),
        item("missing", "set", "What is missing", "Which of the four facts does the case leave out?", FACTS),
        item("next", "choice", "What to say next", "Which of these fits best as your next step?",
             [choice(each.id, each.text) for each in vignette.responses]),
    ]  # fmt: skip
    fits = next(each for each in stage.responses if each.fits)
    # No sentence is asked for with "not enough information": what is missing cannot be pointed at.
    entry = coded(stage, stage.code, () if stage.code == APART else stage.shown_by)
    missing: dict[str, Any] = {"set": list(stage.missing), "reason": stage.missing_reason, "reasons": {}}
    if stage.also and APART in (stage.code, *stage.also):
        # Readers who split on whether it can be told at all split on what is missing too.
        missing["discussion"] = True
    following = {
        "code": fits.response,
        "reason": fits.reason,
        "rule": "",
        "also": [],
        "discuss": "",
        "instead": {each.response: each.reason for each in stage.responses if not each.fits},
        "shown_by": [],
    }
    entries = {"stage": entry, "missing": missing, "next": following}
    body = {
        "person": name,
        "behaviour": vignette.behaviour,
        "sentences": [sentence.model_dump() for sentence in vignette.sentences],
    }
    texts = {**body, "responses": [each.model_dump() for each in vignette.responses]}
    return Lensed(
        body=body,
        items=items,
        key=entries,
        scheme=scheme,
        facts=[("The change asked about", vignette.behaviour)],
        content=version(texts, items, entries, scheme),
    )
