"""Numbers and verdicts of a panel as readers see them."""

from __future__ import annotations

from engagekit.reports.panel.results import Question
from engagekit.scoring.reliability import Alpha


def alpha_words(found: Alpha) -> str:
    """Return an alpha with its interval, or why there is none."""
    if found.value is None:
        return f"cannot be said: {found.reason}"
    if found.low is None or found.high is None:
        return f"{two_places(found.value)} (no interval: {found.interval_reason})"
    return f"{two_places(found.value)} [{two_places(found.low)} to {two_places(found.high)}]"


def two_places(value: float) -> str:
    """Return a number to two places. What is not quite 1 is never shown as 1.

    Examples:
        >>> two_places(0.996), two_places(1.0), two_places(-0.001)
        ('0.99', '1.00', '0.00')
    """
    rounded = round(value, 2)
    if rounded == 1 and value < 1:
        rounded = 0.99
    return f"{rounded + 0.0:.2f}"  # a negative zero would puzzle


def percent_words(share: float | None) -> str:
    """Return a share as per cent; what is not quite all is never shown as 100."""
    if share is None:
        return "cannot be said"
    rounded = round(100 * share)
    return f"{99 if rounded == 100 and share < 1 else rounded}%"


def counts_words(question: Question) -> str:
    """Return how many gave each answer."""
    if not question.answers:
        return "nobody answered"
    told = [f"{question.names.get(answer, answer)} {count}" for answer, count in question.split.counts]
    return ", ".join(told)


def verdict_words(question: Question) -> str:
    """Return what the panel proposes, in words."""
    split = question.split
    if split.verdict == "too-few":
        return "Too few answers: the key stands"
    if split.verdict == "contested":
        return "For discussion"
    name = question.names.get(split.code or "", split.code or "")
    if split.code != question.key:
        return f"{name}, not as in the key"
    return f"{name}, and no longer for discussion" if question.key_also else f"{name}, as in the key"


def use_words(use: str) -> str:
    """Return what a vignette is for."""
    return {"practice": "practice", "retest": "retest", "assessment": "assessment, its key is secret"}[use]
