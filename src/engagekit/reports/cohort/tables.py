"""The two tables of an assignment, for a spreadsheet: a row for each judgement, and one for each learner."""

from __future__ import annotations

from collections.abc import Iterator

from engagekit.marking.export import Row, proposed
from engagekit.marking.feedback import Decided
from engagekit.reports.cohort.gather import Result, Work, outcome_of

JUDGEMENTS = (
    "assignment", "student_id", "last_name", "first_name", "check", "title", "outcome", "proposed_outcome",
    "proposed", "final", "max_marks", "by", "needs_assessor", "reason", "standards", "theme", "flags",
    "misconceptions", "held", "status", "scheme",
)  # fmt: skip
MARKS = (
    "assignment", "student_id", "last_name", "first_name", "email", "handed_in", "outcome", "marks",
    "max_marks", "late_penalty", "needs_assessor", "misconceptions", "held", "declared", "ai_use", "status",
    "scheme",
)  # fmt: skip


def _who(result: Result, work: Work) -> Row:
    return {
        "assignment": result.assignment,
        "student_id": work.learner.id,
        "last_name": work.learner.family,
        "first_name": work.learner.given,
    }


def _said(work: Work) -> Row:
    """Return what both tables say about a script as a whole."""
    if work.record is None:
        return {"status": _status(work)}
    return {
        "misconceptions": " ".join(flag.misconception for flag in work.record.flags),
        "held": " ".join(work.record.held),
        "status": _status(work),
        "scheme": work.record.scheme,
    }


def _status(work: Work) -> str:
    if work.status:
        return f"{work.status}: {work.reason}" if work.reason else work.status
    return (work.record.refused if work.record else "") or "marked"


def judgement_rows(result: Result) -> Iterator[Row]:
    """Give a row for each judgement, and one for each learner without any."""
    for work in result.works:
        who, said = _who(result, work), _said(work)
        if not work.checks:
            yield {**who, **said}
        for check in work.checks:
            yield {**who, **said, **_judgement(check, bool(work.record and work.record.held))}


def _judgement(check: Decided, held: bool) -> Row:
    judgement = check.judgement
    return {
        "check": judgement.check,
        "title": judgement.title,
        "outcome": outcome_of(check),
        "proposed_outcome": judgement.outcome.value,
        "proposed": proposed(check, held),
        "final": check.marks,
        "max_marks": judgement.max_marks,
        "by": _by(check),
        "needs_assessor": "yes" if check.needs_person else "no",
        "reason": judgement.reason,
        "standards": " ".join(judgement.standards),
        "theme": judgement.theme,
        "flags": " ".join(judgement.flags),
        "scheme": judgement.scheme,
    }


def _by(check: Decided) -> str:
    if check.by_person:
        return "assessor"
    if check.marks is not None:
        return "kit"
    return "nobody yet"


def mark_rows(result: Result) -> Iterator[Row]:
    """Give a row for each learner; marks are blank, never 0, where there are none."""
    for work in result.works:
        row = {**_who(result, work), "email": work.learner.email, "outcome": work.outcome, **_said(work)}
        if work.checks:
            row |= {
                "handed_in": f"{work.handed_in} UTC" if work.handed_in else "",
                "marks": None if work.marks is None else round(work.marks, 2),
                "max_marks": work.max_marks,
                "late_penalty": work.late_penalty,
                "needs_assessor": work.waiting,
            }
        if work.record is not None:
            row |= {"declared": "yes" if work.record.declared else "no", "ai_use": work.record.ai}
        yield row
