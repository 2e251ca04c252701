"""What agreement is worked out for: each question of each lens on its own, at its own level. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engagekit.scoring.practice import APART


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that coders are compared on.

    Attributes:
        id: Its name.
        lens: The lens that it belongs to.
        title: Its name for readers.
        ordinal: Answers further apart count as a larger disagreement.
        note: What a reader has to know of it.
    """

    id: str
    lens: str
    title: str
    ordinal: bool = False
    note: str = ""


MEASURES = {
    each.id: each
    for each in (
        Measure("talk", "talk", "Talk: practitioner turns"),
        Measure("talk-person", "talk", "Talk: what the person said", note="for discussion, never scored"),
        Measure("stage", "stage", "Stage", note="all six answers, none nearer than another"),
        Measure("stage-order", "stage", "Stage, by distance", ordinal=True,
                note='without "not enough information"; neighbouring stages count as a smaller difference'),
        Measure("stage-missing", "stage", "Stage: facts left out", note="yes or no for each fact"),
        Measure("stage-next", "stage", "Stage: what to say next"),
        Measure("desistance", "desistance", "Desistance: factors in the key"),
        Measure("desistance-other", "desistance", "Desistance: factors outside the key"),
        Measure("web", "web", "Web", ordinal=True, note="neighbouring scores count as a smaller difference"),
        Measure("goal", "goal", "Goal: faults", note="yes or no for each fault"),
    )
}  # fmt: skip
"""Every measure, in the order in which reports show them."""


def order_of(measure: Measure, codes: Iterable[str]) -> tuple[str, ...]:
    """Return the answers from lowest to highest for an ordinal measure; nothing for a nominal one."""
    return tuple(code for code in codes if code != APART) if measure.ordinal else ()


def comparable(measure: Measure, answers: Sequence[str]) -> list[str]:
    """Return the answers that a measure compares; what has no place in an order is left out of it."""
    return [each for each in answers if not (measure.ordinal and each == APART)]
