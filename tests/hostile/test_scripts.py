"""Every script that wants marks for nothing has one outcome, over every assignment that there is."""

import json

import pytest
from hostile_scripts import CASES, NOTHING, SOME
from subjects import ASSIGNMENTS, subject

from engagekit.assignments.reading import read_answers
from engagekit.marking.feedback import MarkSheet, decide
from engagekit.marking.paper import fill
from engagekit.model import Outcome
from engagekit.reports.feedback import page
from turns import pairs_in_turn

ALIVE = (
    "<script>alert",
    "<img src=x",
    "<svg/onload",
    "</td></tr></table></text",
    "<b>met",
    "\x1b",
    "\x00",
    "\u202e",
    'onmouseover="',
    "<!-- -->",
    "<?php",
)


def mark(one, data):
    """Read, judge, flag and hold a file's bytes as the marking desk does; a refusal is a record too."""
    assessment = one.desk.assessment
    received = read_answers(data, assessment.form, assessment.case, one.desk.versions)
    return received, one.desk.mark(received)


def sheet(record):
    """Return a mark sheet as it stands before any assessor has looked."""
    return MarkSheet("=1+1", "<b>Amara</b>", record, tuple(decide(j, None) for j in record.judgements), 0.0)


def told(received, record):
    """Return everything that an assessor is told."""
    remarks = [f"{j.reason} {' '.join(j.flags)}" for j in record.judgements]
    remarks += [one.remark for j in record.judgements for one in j.evidence]
    return " ".join([*received.notes, *record.held, *remarks])


def made(assignment, name):
    one = subject(assignment)
    return one, one.file(CASES[name].make(one))


APPLIES = [
    (assignment, name)
    for assignment in ASSIGNMENTS
    for name in CASES
    if not (name.startswith("dates-") and not subject(assignment).has("date"))
    and not (name.startswith("links-") and not subject(assignment).has("link"))
]


def shown(one, record):
    """Return what people see: the marked notebook's markup, and the learner's page."""
    paper = fill(one.desk.template, one.desk.assessment.scheme, record)
    paper.encode("utf-8")
    parts = [page(sheet(record))]
    for cell in json.loads(paper)["cells"]:
        if cell["cell_type"] == "markdown":
            parts.append("".join(cell["source"]))
        parts += [output["data"].get("text/html", "") for output in cell.get("outputs", [])]
    return "\n".join(parts)


@pytest.mark.parametrize(("assignment", "name"), pairs_in_turn(APPLIES))
def test_outcome(assignment, name):
    """It is held or not as the table says, the assessor is told, nothing is met and nothing is earned."""
    case = CASES[name]
    one, data = made(assignment, name)
    received, record = mark(one, data)

    assert not received.refused
    assert [j.check for j in record.judgements] == [check.id for check in one.scheme.checks]
    assert case.says in told(received, record)
    if case.held:
        assert [reason for reason in record.held if case.held in reason]
        assert record.needs_person
    else:
        assert record.held == ()
    for judgement in record.judgements:
        assert judgement.marks is None or 0 <= judgement.marks <= judgement.max_marks
    if case.earns == NOTHING:
        assert {j.check: j.outcome for j in record.judgements if j.outcome is Outcome.MET} == {}
        assert {j.check: j.marks for j in record.judgements if j.marks} == {}
        assert record.proposed == 0.0
    else:
        assert case.earns == SOME
        assert record.proposed <= one.machine
    if any(sign in data for sign in (b"<", b"\\u00", b"\\u20", b"onmouse")):
        seen = shown(one, record)
        assert [raw for raw in ALIVE if raw in seen] == []
