"""Goal: what is wrong with a goal as first written, and one's own better version of it."""

from __future__ import annotations

from typing import Any

from engagekit.frontend.exercises.common import Lensed, choice, item, no_codes, version
from engagekit.model import Course, GoalDraft, GoalKey

FAULTS = (
    choice("vague", "Vague", "Nobody could see it being done."),
    choice("avoidance", "Only about stopping", "It says what not to do, and not what to do."),
    choice("no-test", "No test", "Nothing tells whether it was done: no number, no yes or no."),
    choice("no-date", "No date", "No day, and no meeting, by which to look at it."),
    choice("nobody", "Nobody named", "It does not say who does what, or who helps."),
    choice(
        "imposed", "Someone else's goal", "It is what staff want, and not what the person said they want."
    ),
    choice("too-big", "Too big", "It is too much for one step."),
    choice("out-of-their-hands", "Out of their hands", "Whether it happens is for somebody else to decide."),
)
"""What may be wrong with a goal."""

FIELDS = (
    {"id": "act", "label": "What the person will do", "hint": "Something that can be seen being done."},
    {"id": "test", "label": "How you will both know", "hint": "A number, or a question with a yes or a no."},
    {"id": "by", "label": "By when", "hint": "A date, or the meeting at which you will look at it."},
    {"id": "who", "label": "Who does what", "hint": "The person's own part, and who helps with it."},
)  # fmt: skip
"""The parts of a goal."""


def build(course: Course, vignette: GoalDraft, key: GoalKey) -> Lensed:
    """Return a draft as the Goal lens asks about it."""
    scheme = no_codes("goal", "A goal that can be met")
    items = [
        item("faults", "set", "What is wrong", "What is wrong with the goal as it stands?", FAULTS),
        item("goal", "fields", "Your goal", "Write a better goal.", fields=[dict(each) for each in FIELDS]),
    ]
    entries: dict[str, dict[str, Any]] = {
        "faults": {
            "set": [each["id"] for each in FAULTS if each["id"] in {fault.fault for fault in key.faults}],
            "reason": "",
            "reasons": {each.fault: each.reason for each in key.faults},
        },
        "goal": {"exemplar": key.exemplar.model_dump(), "why": key.why},
    }
    body = {
        "person": vignette.person.name,
        "situation": list(vignette.situation),
        "draft": vignette.draft,
    }
    return Lensed(
        body=body,
        items=items,
        key=entries,
        scheme=scheme,
        content=version(body, items, entries, scheme),
    )
