"""What a panel's answers to one item amount to: how they split, and what they propose. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

ENOUGH = 3
"""With so many answers a strict majority decides. Two answers decide only when they are the same."""

Verdict = Literal["agreed", "contested", "too-few"]
"""``agreed``: the panel proposes one answer. ``contested``: for discussion. ``too-few``: the key stands."""


@dataclass(frozen=True, slots=True)
class Split:
    """How the answers to one item split.

    Attributes:
        counts: Each answer that was given and how many gave it, the most frequent first.
        answers: How many answered.
        share: The share of the most frequent answer; 0 when nobody answered.
        entropy: How spread out the answers are, in bits: 0 when all agree, 1 for an even split in two.
        verdict: What the panel proposes.
        code: The proposed answer. For a contested item it is only the first of several.
        also: The other answers of a contested item.
    """

    counts: tuple[tuple[str, int], ...]
    answers: int
    share: float
    entropy: float
    verdict: Verdict
    code: str | None
    also: tuple[str, ...] = ()


def split(answers: Sequence[str], order: Sequence[str] = (), standing: str = "") -> Split:
    """Return how answers split, and what follows.

    One answer is proposed when more than half of at least three coders gave it, or when two coders gave the
    same one. Everything else that two or more coders answered is contested, and becomes a discussion.

    Args:
        answers: The answers that were given.
        order: The answers in the order of the scheme; it settles how ties are listed.
        standing: The key's answer now. In a tie for the first place of a contested item it stays first.
    """
    rank = {value: index for index, value in enumerate(order)}
    counts = Counter(answers)
    ordered = sorted(
        counts, key=lambda each: (-counts[each], each != standing, rank.get(each, len(rank)), each)
    )
    total = len(answers)
    listed = tuple((each, counts[each]) for each in ordered)
    if total < 2:
        return Split(listed, total, float(total), 0.0, "too-few", None)
    most = counts[ordered[0]]
    entropy = sum(count / total * math.log2(total / count) for count in counts.values())
    decided = most * 2 > total if total >= ENOUGH else most == total
    if decided:
        return Split(listed, total, most / total, entropy, "agreed", ordered[0])
    return Split(listed, total, most / total, entropy, "contested", ordered[0], tuple(ordered[1:]))
