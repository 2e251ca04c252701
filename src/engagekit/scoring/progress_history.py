"""What a learner did at each exercise: attempts, what of them counts, and single codes. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engagekit.scoring.practice import Total, is_answer, parts, total

FIELDS = ("attempt", "lens", "vignette", "content", "item", "answer", "at")
DAY = 86_400_000
"""Milliseconds."""
_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})\.([0-9]{3})Z",
)


@dataclass(slots=True)
class Try:
    """One go at one version of an exercise.

    Attributes:
        id: The attempt's own name.
        first: Item id to its first answer.
        latest: Item id to its latest answer.
        last: When it was worked on last.
    """

    id: str
    first: dict[str, str] = field(default_factory=dict)
    latest: dict[str, str] = field(default_factory=dict)
    last: str = ""


@dataclass(slots=True)
class History:
    """All that was done at one exercise.

    Attributes:
        exercise: Its entry in the catalogue.
        tries: Attempts at the version of today; the one worked on last comes last.
        earlier: Attempts at other versions. They are listed, and never compared.
    """

    exercise: Mapping[str, Any]
    tries: list[Try]
    earlier: list[Try]

    @property
    def lens(self) -> str:
        """The lens."""
        return str(self.exercise["lens"])

    @property
    def items(self) -> list[Mapping[str, Any]]:
        """The items that must be answered to finish."""
        return [item for item in self.exercise["items"] if not item.get("optional")]

    @property
    def order(self) -> list[str]:
        """The codes of the scheme."""
        return [code["id"] for code in self.exercise["scheme_codes"]]

    @property
    def retest(self) -> bool:
        """Whether this is a retest."""
        return bool(self.exercise["use"] == "retest")

    @property
    def newest(self) -> Try | None:
        """The attempt worked on last."""
        return self.tries[-1] if self.tries else None

    def done(self, one: Try) -> int:
        """Return how many items that must be answered are."""
        return sum(item["id"] in one.latest for item in self.items)

    def finished(self, one: Try) -> bool:
        """Say whether everything that must be answered is."""
        return self.done(one) == len(self.items)

    def counted(self, one: Try) -> dict[str, str]:
        """Return the answers that count: the first in practice, the latest in a retest.

        A retest shows nothing until its end, so before that nothing of it counts.
        """
        if not self.retest:
            return one.first
        return one.latest if self.finished(one) else {}

    def total(self, one: Try) -> Total:
        """Return how far an attempt agrees with the key."""
        return total(self.items, self.exercise["key"], self.counted(one), self.order)


def millis(at: str) -> int:
    """Return a time as milliseconds since 1970. A month or day that does not exist runs on into the next."""
    found = _TIME.fullmatch(at)
    if found is None:
        raise ValueError(f'"{at}" is not a time such as 2026-11-22T10:11:12.345Z')
    year, month, day, hour, minute, second, milli = map(int, found.groups())
    months = year * 12 + month - 1
    days = _days(months // 12, months % 12 + 1) + day - 1
    return days * DAY + hour * 3_600_000 + minute * 60_000 + second * 1000 + milli


def _days(year: int, month: int) -> int:
    """Return the days from 1 January 1970 to the first of a month, by the usual count from March to March."""
    shifted = year - (month <= 2)
    century = shifted // 400
    within = shifted - century * 400
    march = (month + 9) % 12
    return century * 146_097 + within * 365 + within // 4 - within // 100 + (153 * march + 2) // 5 - 719_468


def codes(lens: Iterable[History]) -> list[dict[str, Any]]:
    """Return how often each code of a lens was keyed, given and agreed on, where it came up at all.

    The newest finished attempt at each exercise is looked at; the newest one where none is finished.
    """
    rows: dict[str, dict[str, Any]] = {}
    for history in lens:
        finished = [one for one in history.tries if history.finished(one)]
        newest = (finished or history.tries)[-1:]
        answers = history.counted(newest[0]) if newest else {}
        for item in coded(history):
            for each in item["choices"] or history.exercise["scheme_codes"]:
                blank = {"code": each["id"], "label": each["label"], "keyed": 0, "given": 0, "agreed": 0}
                rows.setdefault(each["id"], blank)
            if item["id"] in answers:
                _tally(rows, item, history.exercise["key"][item["id"]], answers[item["id"]])
    return [row for row in rows.values() if row["keyed"] or row["given"]]


def coded(history: History) -> list[Mapping[str, Any]]:
    """Return the items that are looked at code by code: not the replies, and not a case's other questions."""
    lens, key = history.lens, history.exercise["key"]
    kind = "set" if lens == "goal" else "choice"
    return [
        item
        for item in history.items
        if item["kind"] == kind
        and not (lens == "stage" and item["choices"])
        and not (key.get(item["id"], {}).get("also") or key.get(item["id"], {}).get("discussion"))
    ]


def keyed(item: Mapping[str, Any], key: Mapping[str, Any]) -> set[str]:
    """Return the codes that the key gives an item."""
    return set(key["set"]) if item["kind"] == "set" else {key["code"]}


def _tally(
    rows: dict[str, dict[str, Any]], item: Mapping[str, Any], key: Mapping[str, Any], answer: str
) -> None:
    theirs = keyed(item, key)
    mine = set(answer.split(" ")) if item["kind"] == "set" else {parts(answer)[0]}
    for name, these in (("keyed", theirs), ("given", mine), ("agreed", theirs & mine)):
        for code in these & rows.keys():
            rows[code][name] += 1


def is_event(value: Any) -> bool:
    """Say whether a value is an attempt event, as far as progress needs it to be."""
    if not isinstance(value, Mapping):
        return False
    texts = [value.get(name) for name in FIELDS]
    return all(isinstance(text, str) and _is_whole(text) for text in texts) and bool(
        _TIME.fullmatch(value["at"])
    )


def _is_whole(text: str) -> bool:
    """Say whether a text says something and can be written down, which half of a surrogate pair cannot."""
    try:
        return bool(text.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def by_lens(found: Iterable[History]) -> list[list[History]]:
    """Return the histories of each lens, in the catalogue's order."""
    lenses: dict[str, list[History]] = {}
    for history in found:
        lenses.setdefault(history.lens, []).append(history)
    return list(lenses.values())


def histories(catalogue: Mapping[str, Any], events: Iterable[Mapping[str, str]]) -> list[History]:
    """Return what was done at each exercise of a catalogue, in its order.

    Args:
        catalogue: What there is to practise.
        events: Events, in any order.
    """
    by_exercise: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for event in sorted(events, key=_when):
        by_exercise.setdefault((event["lens"], event["vignette"]), []).append(event)
    found = []
    for exercise in catalogue["exercises"]:
        items = {item["id"]: item for item in exercise["items"]}
        order = [code["id"] for code in exercise["scheme_codes"]]
        mine = by_exercise.get((exercise["lens"], exercise["id"]), [])
        now = [event for event in mine if event["content"] == exercise["content"]]
        fits = [e for e in now if e["item"] in items and is_answer(items[e["item"]], e["answer"], order)]
        others = [event for event in mine if event["content"] != exercise["content"]]
        found.append(History(exercise, _tries(fits), _tries(others)))
    return found


def _when(event: Mapping[str, str]) -> tuple[str, bytes]:
    """Order by time, and by the text of the event's line at one moment, as JavaScript compares texts."""
    line = json.dumps([event[name] for name in FIELDS], ensure_ascii=False, separators=(",", ":"))
    return event["at"], line.encode("utf-16-be", "surrogatepass")


def _tries(events: Iterable[Mapping[str, str]]) -> list[Try]:
    found: dict[str, Try] = {}
    for event in events:
        one = found.setdefault(event["attempt"], Try(event["attempt"]))
        one.first.setdefault(event["item"], event["answer"])
        one.latest[event["item"]] = event["answer"]
        one.last = event["at"]
    return sorted(found.values(), key=lambda one: one.last)
