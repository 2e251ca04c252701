"""Figures of progress in words, as the page in the book says them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from engagekit.scoring.progress_history import millis
from engagekit.scoring.progress_next import FEW

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")


def day(at: str, *, year: bool = False) -> str:
    """Return the day of a time, where the learner is: ``3 Nov``, or ``3 Nov 2026``."""
    try:
        moment = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=millis(at))).astimezone()
    except (OverflowError, ValueError, OSError):  # a year that no calendar here reaches
        return at[:10]
    return f"{moment.day} {_MONTHS[moment.month - 1]}" + (f" {moment.year}" if year else "")


def agreement(attempt: Mapping[str, Any]) -> str:
    """Return how far an attempt agrees: ``82 per cent``, and of a handful of answers ``2.5 of 3``."""
    if attempt["count"] < FEW:
        return f"{attempt['points']:g} of {attempt['count']}"
    return f"{math.floor(attempt['share'] * 100 + 0.5)} per cent"


def result(attempt: Mapping[str, Any]) -> str:
    """Return what a table says of an attempt."""
    if "finished" not in attempt:
        return "Earlier version, not compared"
    if not attempt["finished"]:
        return f"{attempt['done']} of {attempt['all']} answered"
    return "Finished, not scored" if attempt["share"] is None else agreement(attempt)
