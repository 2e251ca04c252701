"""How far several coders of the same things agree: Krippendorff's alpha. Pure: no files, clock or randomness.

Krippendorff K, "Computing Krippendorff's Alpha-Reliability" (2011), and "Content Analysis: An Introduction to
Its Methodology". Any number of coders may take part, and any of their answers may be missing. The interval is
a bootstrap whose resamples come from a fixed stream of bytes, so
that the same codings give the same interval.
"""

from __future__ import annotations

import hashlib
import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

RESAMPLES = 1000
"""How often the units are drawn again for an interval."""

COVERED = 0.95
"""How much of the resamples an interval covers."""

MOST_UNDEFINED = 0.05
"""An interval is not given when more than this share of its resamples has no alpha."""

NOTHING = "nobody's answers can be compared: no item has two answers"
ONE_UNIT = "only one item has two answers or more"
NO_VARIETY = "every answer is the same, so there is not enough variety to say"
TOO_UNIFORM = "the answers hardly vary, so an interval would say nothing"

Unit = tuple[tuple[str, int], ...]
"""The answers to one item that can be paired: each answer and how many gave it."""


@dataclass(frozen=True, slots=True)
class Alpha:
    """How far coders agree beyond chance.

    Attributes:
        value: 1 is full agreement, 0 is what chance would give, below 0 is worse than chance. None when it
            cannot be said; ``reason`` says why. None is never to be shown as 0 or 1.
        reason: Why there is no value.
        units: How many items have two answers or more.
        values: How many answers those items have.
        low: The lower end of the 95 per cent interval.
        high: The upper end.
        interval_reason: Why there is a value and no interval.
    """

    value: float | None
    reason: str = ""
    units: int = 0
    values: int = 0
    low: float | None = None
    high: float | None = None
    interval_reason: str = ""


def alpha(items: Iterable[Sequence[str]], order: Sequence[str] = (), resamples: int = RESAMPLES) -> Alpha:
    """Return Krippendorff's alpha with a bootstrap interval.

    Alpha is ``1 - D_o / D_e``: the disagreement within items over the disagreement that chance would give
    when the same answers were dealt out at random. An item with one answer or none says nothing and is left
    out. The interval draws as many items as there are, with replacement, ``resamples`` times, works out alpha
    for each draw, and takes the middle 95 per cent. Resamples without variety have no alpha; when they are
    more than a few, there is no interval.

    Args:
        items: The answers to each item, in any order; a missing answer is simply not there.
        order: The answers from lowest to highest, for ordinal data; empty for nominal data.
        resamples: How many resamples to draw; 0 for no interval.

    Returns:
        The alpha.

    Raises:
        ValueError: The data are ordinal and an answer is not in the order.

    Examples:
        Two coders, four items, three alike. Eight answers, three of them y and five x. One item in four
        differs: D_o = 1/4; D_e = 2 * 5 * 3 / (8 * 7) = 15/28; alpha = 1 - 7/15.

        >>> round(alpha([["x", "x"], ["x", "x"], ["x", "y"], ["y", "y"]], resamples=0).value, 3)
        0.533
    """
    units = [unit for unit in map(_unit, items) if sum(count for _, count in unit) > 1]
    rank = {value: index for index, value in enumerate(order)}
    strange = {value for unit in units for value, _ in unit if order and value not in rank}
    if strange:
        raise ValueError(f"not in the order of answers: {', '.join(sorted(strange))}")
    values = sum(count for unit in units for _, count in unit)
    if len(units) < 2:
        return Alpha(None, ONE_UNIT if units else NOTHING, len(units), values)
    value = _alpha(Counter(units), rank)
    if value is None:
        return Alpha(None, NO_VARIETY, len(units), values)
    if not resamples:
        return Alpha(value, "", len(units), values)
    drawn = [_alpha(draw, rank) for draw in _resampled(units, resamples)]
    known = sorted(each for each in drawn if each is not None)
    if len(known) < (1 - MOST_UNDEFINED) * resamples:
        return Alpha(value, "", len(units), values, interval_reason=TOO_UNIFORM)
    tail = (1 - COVERED) / 2
    return Alpha(value, "", len(units), values, _quantile(known, tail), _quantile(known, 1 - tail))


def pair_agreement(items: Iterable[Sequence[str]]) -> float | None:
    """Return the share of pairs of answers to the same item that are the same, each item counting alike.

    With two coders it is the plain percentage of items on which they agree. None when nothing can be paired.
    """
    shares = []
    for answers in items:
        pairs = len(answers) * (len(answers) - 1)
        if pairs:
            shares.append(sum(count * (count - 1) for count in Counter(answers).values()) / pairs)
    return sum(shares) / len(shares) if shares else None


def _unit(answers: Sequence[str]) -> Unit:
    return tuple(sorted(Counter(answers).items()))


def _alpha(times: Mapping[Unit, int], rank: Mapping[str, int]) -> float | None:
    """Return alpha of units that each occur so many times; None when the answers have no variety."""
    totals: Counter[str] = Counter()
    weights: dict[tuple[str, str], float] = {}
    for unit, repeated in times.items():
        size = sum(count for _, count in unit)
        for value, count in unit:
            totals[value] += count * repeated
        for (one, first), (other, second) in combinations(unit, 2):
            weights[one, other] = weights.get((one, other), 0.0) + repeated * first * second / (size - 1)
    if len(totals) < 2:
        return None
    far = _distances(totals, rank)
    within = sum(weight * far[pair] for pair, weight in weights.items())
    expected = sum(
        totals[one] * totals[other] * far[one, other] for one, other in combinations(sorted(totals), 2)
    )
    return 1 - (sum(totals.values()) - 1) * within / expected


def _distances(totals: Mapping[str, int], rank: Mapping[str, int]) -> dict[tuple[str, str], float]:
    """Return the squared distance of each two answers.

    Nominal answers are all 1 apart. For ordinal ones it is the number of answers given from the one to the
    other, both ends counting half, squared: two neighbours that everybody uses are further apart than two
    that hardly anybody does.
    """
    pairs = combinations(sorted(totals), 2)
    if not rank:
        return dict.fromkeys(pairs, 1.0)
    far = {}
    for one, other in pairs:
        low, high = sorted((rank[one], rank[other]))
        between = sum(count for value, count in totals.items() if low <= rank[value] <= high)
        far[one, other] = (between - (totals[one] + totals[other]) / 2) ** 2
    return far


def _resampled(units: Sequence[Unit], resamples: int) -> Iterable[Counter[Unit]]:
    """Draw as many units as there are, with replacement, again and again.

    The draws come from SHAKE-128 over the number of the resample: evenly spread, and the same every time.
    """
    size = len(units)
    for number in range(resamples):
        stream = hashlib.shake_128(f"engagekit/{number}".encode()).digest(4 * size)
        yield Counter(units[drawn % size] for drawn in struct.unpack(f"<{size}I", stream))


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
