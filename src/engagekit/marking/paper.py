"""The autograded notebook: the course's own, with the learner's words and our judgements as outputs."""

from __future__ import annotations

import json
from dataclasses import dataclass
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
_AI = {
    "none": "not used, the learner says",
    "language": "for the language only, the learner says",
    "ideas": "for ideas, the learner says",
    "drafting": "for drafting, the learner says",
}
_RECEIVED = "open-the-form"


def _plain(judgement: Judgement) -> str:
    marks = (
        "for an assessor" if judgement.marks is None else f"{judgement.marks:g} of {judgement.max_marks:g}"
    )
    lines = [f"{judgement.title}: {judgement.outcome.label} ({marks})", judgement.reason]
    lines += [f"- {item.label}: {item.words} {item.remark}".rstrip() for item in judgement.evidence]
    return "\n".join([*lines, *(f"! {flag}" for flag in judgement.flags)])


def _shown(check: Check, judgement: Judgement, record: MarkRecord) -> dict[str, Any]:
    """Return an output that an assessor reads. Every word of the learner's is escaped by the template."""
    return _display(
        _ENV.get_template("evidence.html.j2").render(check=check, judgement=judgement, record=record),
        _plain(judgement),
    )


def _display(html: str, plain: str) -> dict[str, Any]:
    return {
        "data": {"text/html": html, "text/plain": plain},
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
    lines = [f"Handed in: {', '.join(record.files) or 'nothing'}", record.refused, *record.held]
    lines += [*record.notes, *(f"! {flag.title}: {flag.note}" for flag in record.flags)]
    html = _ENV.get_template("received.html.j2").render(
        record=record, ai=_AI.get(record.ai, "nothing is said about them")
    )
    return _display(html, "\n".join(line for line in lines if line))


@dataclass(frozen=True, slots=True)
class Paper:
    """The course's notebook, cut where a script's outputs go, so that the rest is put into text once."""

    pieces: tuple[str, ...]
    cells: tuple[str, ...]


def _mark_of(cell: str) -> str:
    return f"@outputs of {cell}@"


def cut(notebook: dict[str, Any], marking: MarkingScheme) -> Paper:
    """Cut a notebook where outputs go.

    What speaks to learners is left out: an assessor who opens forty of these needs the work alone.

    Args:
        notebook: The course's own notebook as plain data; it is not changed.
        marking: The marking scheme.
    """
    checks = {check.id: check for check in marking.checks}
    places = [_RECEIVED, *(words_id(name) if is_for_person(one) else name for name, one in checks.items())]
    cells = []
    for cell in notebook["cells"]:
        if cell["id"].startswith(FOR_LEARNERS):
            continue
        if cell["id"] in places:
            cell = {**cell, "outputs": _mark_of(cell["id"])}
        elif cell["id"] in checks:
            cell = {**cell, "source": [_ASSESSOR]}
        cells.append(cell)
    text = to_json({**notebook, "cells": cells})
    order = sorted(places, key=lambda name: text.index(json.dumps(_mark_of(name))))
    pieces = []
    for name in order:
        piece, _, text = text.partition(json.dumps(_mark_of(name)))
        pieces.append(piece)
    return Paper((*pieces, text), tuple(order))


def fill(paper: Paper, marking: MarkingScheme, record: MarkRecord) -> str:
    """Return the marked notebook as text.

    Args:
        paper: The notebook, cut where outputs go.
        marking: The marking scheme.
        record: The judgements, in the order of the checks.
    """
    outputs = {_RECEIVED: [_summary(record)]}
    for check, judgement in zip(marking.checks, record.judgements, strict=True):
        shown = [_shown(check, judgement, record)]
        if not is_for_person(check) and judgement.marks is not None:
            shown.append(_score(judgement.marks))
        outputs[words_id(check.id) if is_for_person(check) else check.id] = shown
    parts = [paper.pieces[0]]
    for cell, piece in zip(paper.cells, paper.pieces[1:], strict=True):
        # Three levels deep, where a cell's outputs stand.
        parts += [to_json(outputs[cell]).rstrip("\n").replace("\n", "\n   "), piece]
    return "".join(parts)
