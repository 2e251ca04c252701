"""Judge a script against its marking scheme: one judgement a check, each with the words that decided it.

Pure and total: for any valid answers every check gets a judgement, never an exception. Marks come from
structured answers alone. Where only a person can judge, marks are None and the outcome says so.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from engagekit.model import Answers, Check, Judgement, MarkingScheme, Outcome
from engagekit.scoring.assessment import Assessment
from engagekit.scoring.checks_coding import judge_coding, judge_quotes
from engagekit.scoring.checks_entries import judge_entries
from engagekit.scoring.checks_links import judge_goals, judge_links
from engagekit.scoring.judge_writing import judge_person, judge_replies
from engagekit.scoring.parts import Finding
from engagekit.scoring.reading import Reading

__all__ = ["Assessment", "judge", "nothing_handed_in"]

WITH_ASSESSOR = "This is with your assessor, who reads it and decides."
"""What the learner is told where a check has no words of its own for that."""

_JUDGES: dict[str, Callable[..., Finding]] = {
    "coding": judge_coding,
    "quote": judge_quotes,
    "fields": judge_entries,
    "log": judge_entries,
    "elements": judge_entries,
    "goal": judge_goals,
    "links": judge_links,
    "reply": judge_replies,
    "person": judge_person,
}


def judge(assessment: Assessment, answers: Answers) -> tuple[Judgement, ...]:
    """Judge every check of an assignment.

    Args:
        assessment: The form, key and case.
        answers: What the learner handed in.

    Returns:
        One judgement a check, in the scheme's order. ``marks`` is a float in [0, max_marks], or None
        when a person has to decide.
    """
    reading = Reading(assessment, answers)
    scheme = assessment.scheme
    return tuple(_judgement(scheme, check, _JUDGES[check.kind](reading, check)) for check in scheme.checks)


def nothing_handed_in(scheme: MarkingScheme, reason: str, *, readable: bool = True) -> tuple[Judgement, ...]:
    """Return the judgements for a script that holds no answers at all.

    Args:
        scheme: The marking scheme.
        reason: What was found instead of answers, in words for the assessor and the learner.
        readable: False when something was handed in that cannot be read; a person must then look.

    Returns:
        One judgement a check: ``not_attempted`` with no marks, or ``needs_assessor`` with marks undecided.
    """
    outcome = Outcome.NOT_ATTEMPTED if readable else Outcome.NEEDS_ASSESSOR
    finding = Finding(outcome, 0.0 if readable else None, reason)
    return tuple(_judgement(scheme, check, finding) for check in scheme.checks)


def _judgement(scheme: MarkingScheme, check: Check, finding: Finding) -> Judgement:
    said = {
        Outcome.MET: check.met,
        Outcome.PARTLY_MET: check.partly,
        Outcome.NOT_MET: check.not_met,
        Outcome.NOT_ATTEMPTED: check.not_attempted,
        Outcome.NEEDS_ASSESSOR: check.needs_assessor or WITH_ASSESSOR,
    }[finding.outcome]
    return Judgement(
        check=check.id,
        title=check.title,
        outcome=finding.outcome,
        marks=None if finding.marks is None else _award(finding.marks, check.points),
        max_marks=check.points,
        reason=finding.reason,
        feedback=said or "",
        evidence=finding.evidence,
        flags=finding.flags,
        standards=check.evidences,
        theme=check.theme,
        practise=check.practise,
        scheme=scheme.hash,
    )


def _award(marks: float, points: float) -> float:
    """Return marks as a plain float with two decimals, inside 0..points."""
    exact = Decimal(str(marks)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return float(min(max(exact, Decimal(0)), Decimal(str(points))))
