"""What an answer in practice amounts to beside the key. Pure: no files, clock or randomness.

The browser says the same with ``frontend/js/scoring.js``; both are held to ``tests/golden/practice.json``.
Items and keys are the plain data of an exercise (schema ``exercise/1``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SCORES = {"agrees": 1.0, "nearly": 0.5, "differs": 0.0}
"""What each outcome that counts is worth. The others, ``discuss`` and ``read``, never count."""

NONE = "none"
"""The answer to a set question of which nothing applies."""

APART = "not-enough-information"
"""The answer that stands outside the order of stages, so that no stage is next to it."""

# What JavaScript's trim() takes away, which is not quite what strip() does.
_BLANK = re.compile("[\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*")


@dataclass(frozen=True, slots=True)
class Score:
    """How one counted item went."""

    item: str
    answer: str
    outcome: str
    score: float


@dataclass(frozen=True, slots=True)
class Total:
    """How a whole exercise went.

    Attributes:
        scores: The items that count and were answered, in the order of the exercise.
        missing: The items that would count and have no answer yet.
        points: The sum of the scores.
        share: The mean score, from 0 to 1; None when nothing counts yet, which is not the same as 0.
    """

    scores: tuple[Score, ...] = ()
    missing: tuple[str, ...] = ()
    points: float = 0.0
    share: float | None = None


def parts(answer: str) -> tuple[str, tuple[str, ...]]:
    """Return an answer's code, and the sentences that it points at.

    Examples:
        >>> parts("present s03 s07")
        ('present', ('s03', 's07'))
    """
    code, *sentences = answer.split(" ")
    return code, tuple(sentences)


def codes_of(item: Mapping[str, Any], order: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the codes that an item offers, in order.

    Args:
        item: The item.
        order: The codes of the exercise's scheme, for an item that has no choices of its own.
    """
    choices = item.get("choices") or ()
    return tuple(choice["id"] for choice in choices) if choices else tuple(order)


def is_answer(item: Mapping[str, Any], answer: Any, order: Sequence[str] = ()) -> bool:
    """Say whether a text is an answer that the item could have been given.

    Args:
        item: The item.
        answer: What an event holds.
        order: The codes of the scheme, for an item that has no choices of its own.
    """
    if not isinstance(answer, str) or _BLANK.fullmatch(answer):
        return False
    if item["kind"] == "choice":
        return parts(answer)[0] in codes_of(item, order)
    if item["kind"] == "set":
        return answer == NONE or set(answer.split(" ")) <= set(codes_of(item, order))
    return True


def outcome(
    item: Mapping[str, Any], key: Mapping[str, Any], answer: Any, order: Sequence[str] = ()
) -> str | None:
    """Return what an answer amounts to.

    * ``text`` and ``fields``: ``read``. They are written and never scored.
    * ``choice``: ``agrees`` when the code is the keyed one. Where the item asks for evidence and the key has
      sentences, it also takes at least one of those sentences, and no more wrong sentences than right ones;
      the right code without that is ``nearly``. On an ordinal item the code one step away is ``nearly``,
      except that ``not-enough-information`` has no neighbours. Anything else is ``differs``.
    * ``set``: ``agrees`` when exactly the keyed ones were chosen. ``nearly`` when the ones that both name are
      at least half of all that either names. Else ``differs``.
    * ``discuss`` for a choice or a set whose key says that honest readers split (``also``), or that is there
      only to be talked over (``discussion``), whatever the answer.

    Args:
        item: The item.
        key: Its key.
        answer: What an event holds.
        order: The codes of the scheme, for an item that has no choices of its own.

    Returns:
        The outcome, or None for a text that is no answer to this item.
    """
    if not is_answer(item, answer, order):
        return None
    if item["kind"] in ("text", "fields"):
        return "read"
    if key.get("discussion") or key.get("also"):
        return "discuss"
    return _of_set(key, answer) if item["kind"] == "set" else _of_choice(item, key, answer, order)


def score(result: str | None) -> float | None:
    """Return what an outcome is worth: 1, a half or 0; None when it never counts."""
    return SCORES.get(result or "")


def total(
    items: Iterable[Mapping[str, Any]],
    key: Mapping[str, Mapping[str, Any]],
    answers: Mapping[str, str],
    order: Sequence[str] = (),
) -> Total:
    """Return how far an exercise's answers agree with its key: the mean score of the items that count.

    Each item counts once, whatever was answered before. Optional items, items for discussion and written ones
    never count; an item without an answer counts neither way.

    Args:
        items: The exercise's items.
        key: Item id to key.
        answers: Item id to the one answer that counts.
        order: The codes of the scheme.
    """
    scores, missing = [], []
    for item in items:
        name, entry = item["id"], key.get(item["id"], {})
        if item.get("optional") or not _counts(item, entry):
            continue
        result = outcome(item, entry, answers.get(name), order)
        worth = score(result)
        if result is None or worth is None:
            missing.append(name)
        else:
            scores.append(Score(name, answers[name], result, worth))
    points = sum((each.score for each in scores), 0.0)
    return Total(tuple(scores), tuple(missing), points, points / len(scores) if scores else None)


def _counts(item: Mapping[str, Any], key: Mapping[str, Any]) -> bool:
    return item["kind"] in ("choice", "set") and not (key.get("discussion") or key.get("also"))


def _of_set(key: Mapping[str, Any], answer: str) -> str:
    mine = set() if answer == NONE else set(answer.split(" "))
    theirs = set(key["set"])
    both, either = len(mine & theirs), len(mine | theirs)
    if both == either:
        return "agrees"
    return "nearly" if both * 2 >= either else "differs"


def _of_choice(item: Mapping[str, Any], key: Mapping[str, Any], answer: str, order: Sequence[str]) -> str:
    code, sentences = parts(answer)
    if code == key["code"]:
        wanted = key.get("shown_by") or () if item.get("evidence") else ()
        hits = sum(sentence in wanted for sentence in sentences)
        return "agrees" if not wanted or (hits and len(sentences) - hits <= hits) else "nearly"
    codes = codes_of(item, order)
    if not item.get("ordinal") or APART in (code, key["code"]) or key["code"] not in codes:
        return "differs"
    return "nearly" if abs(codes.index(code) - codes.index(key["code"])) == 1 else "differs"
