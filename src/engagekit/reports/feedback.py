"""A learner's feedback as one self-contained page."""

from __future__ import annotations

from engagekit.marking.escaping import templates
from engagekit.marking.feedback import Decided, MarkSheet
from engagekit.model import Outcome

_ENV = templates("engagekit.reports")


def number(value: float) -> str:
    """Return marks without needless zeros."""
    return f"{round(value, 2):g}"


def standing(check: Decided) -> str:
    """Return in words where a check stands: who has decided it, or who will."""
    if check.marks is None:
        return "An assessor will decide"
    if check.by_person:
        return "Decided by an assessor"
    return "Proposed by the kit; an assessor can change it"


def headline(check: Decided) -> str:
    """Return the outcome in words. Once an assessor has given marks, theirs is the outcome."""
    if check.by_person and check.marks is not None:
        most = check.judgement.max_marks
        if check.marks >= most:
            return Outcome.MET.label
        return Outcome.PARTLY_MET.label if check.marks > 0 else Outcome.NOT_MET.label
    if check.marks is None:
        return "With your assessor"
    return check.judgement.outcome.label


def next_step(check: Decided) -> str:
    """Return what to do next, unless an assessor came to another outcome than the machine."""
    if check.by_person and headline(check) != check.judgement.outcome.label:
        return ""
    return check.judgement.feedback


_ENV.filters["number"] = number
_ENV.globals |= {"standing": standing, "headline": headline, "next_step": next_step}


def page(sheet: MarkSheet) -> str:
    """Return the page. It holds the learner's own words and codes and what came of them, never the key.

    Args:
        sheet: The learner's marks as they stand.
    """
    return _ENV.get_template("feedback.html.j2").render(sheet=sheet)
