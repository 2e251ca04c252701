"""Agreement in words and figures for readers. Pure."""

from __future__ import annotations

from engagekit.scoring.reliability import Alpha


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


def alpha_words(found: Alpha) -> str:
    """Return an alpha with its interval, or why there is none."""
    if found.value is None:
        return f"cannot be said: {found.reason}"
    if found.low is None or found.high is None:
        return f"{two_places(found.value)} (no interval: {found.interval_reason})"
    return f"{two_places(found.value)} [{two_places(found.low)} to {two_places(found.high)}]"


def percent_words(share: float | None) -> str:
    """Return a share as per cent; what is not quite all is never shown as 100.

    Examples:
        >>> percent_words(0.998), percent_words(1.0), percent_words(None)
        ('99%', '100%', 'cannot be said')
    """
    if share is None:
        return "cannot be said"
    rounded = round(100 * share)
    return f"{99 if rounded == 100 and share < 1 else rounded}%"
