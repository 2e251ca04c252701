"""Splits and verdicts of a panel as readers see them."""

from __future__ import annotations

from engagekit.reports.panel.results import Question


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
