"""What an exercise's events come to: attempts, agreement with the reference, and a table of answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engagekit.frontend.attempts import Attempt, AttemptEvent, attempts_of, merge
from engagekit.model import Agreement
from engagekit.scoring.agreement import compare
from engagekit.scoring.practice import NONE, Total, codes_of, is_answer, outcome, parts, score, total

SHARED_CODES = ("talk", "desistance", "web")
"""Lenses whose items all share one set of codes, so that kappa means something."""

COLUMNS = ("lens", "vignette", "attempt", "item", "answer", "reference", "outcome", "score", "at")
KEPT = "kept"

Exercise = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """How far an attempt agrees with the reference.

    Attributes:
        lens: The lens.
        vignette: The vignette.
        total: The scores of the items that count.
        codes: The comparison code by code, where the lens has one set of codes for all its items.
    """

    lens: str
    vignette: str
    total: Total
    codes: Agreement | None

    @property
    def percent(self) -> float | None:
        """The mean score, from 0 to 1; a near answer counts half. None when nothing counts yet."""
        return self.total.share

    @property
    def kappa(self) -> float | None:
        """Agreement of the codes beyond chance; None where there is not enough variety to say."""
        return self.codes.kappa if self.codes else None

    @property
    def compared(self) -> int:
        """How many items count."""
        return len(self.total.scores)

    @property
    def missing(self) -> tuple[str, ...]:
        """The items that would count and have no answer yet."""
        return self.total.missing


def own(exercise: Exercise, events: Iterable[AttemptEvent]) -> tuple[AttemptEvent, ...]:
    """Return the events of this version of an exercise, in order of time; nothing that it could not ask."""
    items = {item["id"]: item for item in exercise["items"]}
    order = order_of(exercise)
    return merge(
        event
        for event in events
        if (event.lens, event.vignette, event.content)
        == (exercise["lens"], exercise["id"], exercise["content"])
        and event.item in items
        and is_answer(items[event.item], event.answer, order)
    )


def attempts(exercise: Exercise, events: Iterable[AttemptEvent]) -> tuple[Attempt, ...]:
    """Return the attempts at this version of an exercise; the one worked on last comes last."""
    return attempts_of(own(exercise, events))


def order_of(exercise: Exercise) -> tuple[str, ...]:
    """Return the codes of an exercise's scheme, in order."""
    return tuple(code["id"] for code in exercise["scheme"]["codes"])


def complete(exercise: Exercise, attempt: Attempt) -> bool:
    """Say whether every item that has to be answered is."""
    return all(item["optional"] or item["id"] in attempt.latest for item in exercise["items"])


def withheld(exercise: Exercise, attempt: Attempt) -> bool:
    """Say whether results would give away a retest's key too early."""
    return exercise["use"] == "retest" and not complete(exercise, attempt)


def counted(exercise: Exercise, attempt: Attempt) -> Mapping[str, str]:
    """Return the answers that count: the first in practice, the last ones in a retest."""
    return attempt.latest if exercise["use"] == "retest" else attempt.first


def measure(exercise: Exercise, attempt: Attempt) -> Measured:
    """Return an attempt's agreement with the reference, by the answers that count."""
    items, key = exercise["items"], exercise["key"]
    found = total(items, key, counted(exercise, attempt), order_of(exercise))
    codes = None
    if exercise["lens"] in SHARED_CODES:
        scored = {
            item["id"]: key[item["id"]]["code"]
            for item in items
            if item["id"] in {*found.missing, *(each.item for each in found.scores)}
        }
        given = {each.item: parts(each.answer)[0] for each in found.scores}
        first = next(item for item in items if not item["optional"])
        codes = compare(given, scored, codes_of(first, order_of(exercise)))
    return Measured(exercise["lens"], exercise["id"], found, codes)


def rows(exercise: Exercise, events: Iterable[AttemptEvent]) -> list[dict[str, Any]]:
    """Return one row for each answered item of each attempt, in the order of the exercise.

    The answer is the one that counts. What a retest withholds is not told here either.
    """
    mine = own(exercise, events)
    found = []
    for attempt in attempts_of(mine):
        secret = withheld(exercise, attempt)
        answers = counted(exercise, attempt)
        times = _times(mine, attempt, last=exercise["use"] == "retest")
        for item in exercise["items"]:
            name = item["id"]
            if name not in answers:
                continue
            entry = exercise["key"][name]
            result = KEPT if secret else outcome(item, entry, answers[name], order_of(exercise))
            values = (
                exercise["lens"],
                exercise["id"],
                attempt.id,
                name,
                answers[name],
                "" if secret else reference(item, entry),
                result,
                None if item["optional"] else score(result),
                times[name],
            )
            found.append(dict(zip(COLUMNS, values, strict=True)))
    return found


def reference(item: Mapping[str, Any], key: Mapping[str, Any]) -> str:
    """Return the keyed answer as an event would have it; empty for what is written."""
    if item["kind"] == "set":
        return " ".join(key["set"]) or NONE
    if item["kind"] == "choice":
        return " ".join([key["code"], *(key.get("shown_by") or () if item["evidence"] else ())])
    return ""


def _times(events: Iterable[AttemptEvent], attempt: Attempt, *, last: bool) -> dict[str, str]:
    times: dict[str, str] = {}
    for event in events:
        if event.attempt == attempt.id and (last or event.item not in times):
            times[event.item] = event.at
    return times
