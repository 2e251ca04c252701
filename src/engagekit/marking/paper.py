"""The autograded notebook: the course's own, with the learner's words and our judgements as outputs."""

from __future__ import annotations

import copy
from typing import Any

from engagekit.assignments.build import FOR_LEARNERS, to_json
from engagekit.assignments.cells import is_for_person, words_id
from engagekit.marking.escaping import templates
from engagekit.marking.record import MarkRecord
from engagekit.model import Check, Judgement, MarkingScheme

_ENV = templates("engagekit.marking")
_ASSESSOR = (
    "**For the assessor.** Read the learner's words above. Give your mark in the score box, and write to the "
    "learner in the comment box."
)


def _plain(judgement: Judgement) -> str:
    marks = (
        "for an assessor" if judgement.marks is None else f"{judgement.marks:g} of {judgement.max_marks:g}"
    )
    lines = [f"{judgement.title}: {judgement.outcome.label} ({marks})", judgement.reason]
    lines += [f"- {item.label}: {item.words} {item.remark}".rstrip() for item in judgement.evidence]
    return "\n".join([*lines, *(f"! {flag}" for flag in judgement.flags)])


def _shown(check: Check, judgement: Judgement, record: MarkRecord) -> dict[str, Any]:
    """Return an output that an assessor reads. Every word of the learner's is escaped by the template."""
    return {
        "data": {
            "text/html": _ENV.get_template("evidence.html.j2").render(
                check=check, judgement=judgement, record=record
            ),
            "text/plain": _plain(judgement),
        },
        "metadata": {},
        "output_type": "display_data",
    }


def _score(marks: float) -> dict[str, Any]:
    """Return the output from which stock nbgrader would read the same mark."""
    return {
        "data": {"text/plain": repr(float(marks))},
        "execution_count": None,
        "metadata": {},
        "output_type": "execute_result",
    }


def _summary(record: MarkRecord) -> dict[str, Any]:
    lines = [f"Handed in: {', '.join(record.files) or 'nothing'}", record.refused, *record.notes]
    return {
        "data": {
            "text/html": _ENV.get_template("received.html.j2").render(record=record),
            "text/plain": "\n".join(line for line in lines if line),
        },
        "metadata": {},
        "output_type": "display_data",
    }


def fill(template: dict[str, Any], marking: MarkingScheme, record: MarkRecord) -> str:
    """Return the marked notebook as text.

    What speaks to learners is left out: an assessor who opens forty of these needs the work alone.

    Args:
        template: The course's own notebook as plain data; it is not changed.
        marking: The marking scheme.
        record: The judgements, in the order of the checks.
    """
    notebook = copy.deepcopy(template)
    notebook["cells"] = [cell for cell in notebook["cells"] if not cell["id"].startswith(FOR_LEARNERS)]
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    cells["open-the-form"]["outputs"] = [_summary(record)]
    for check, judgement in zip(marking.checks, record.judgements, strict=True):
        outputs = [_shown(check, judgement, record)]
        if is_for_person(check):
            cells[words_id(check.id)]["outputs"] = outputs
            cells[check.id]["source"] = [_ASSESSOR]
        else:
            if judgement.marks is not None:
                outputs.append(_score(judgement.marks))
            cells[check.id]["outputs"] = outputs
    return to_json(notebook)
