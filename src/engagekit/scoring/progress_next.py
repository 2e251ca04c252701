"""What to do next: few suggestions, each with its reason. Pure; called by ``scoring/progress.py``.

Coming back after a pause, and again after a longer one, is what makes practice stay.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, zip_longest
from typing import Any

from engagekit.scoring.practice import Total
from engagekit.scoring.progress_history import DAY, History, Try, by_lens, coded, codes, keyed, millis

MOST = 4
"""How many suggestions there are at most."""
EACH = 2
"""How many of one kind."""
SPACING = ((2, 0.8), (7, 0.9), (21, math.inf))
"""After so many days, an exercise whose share was below this is worth another go."""
ENOUGH = 3
"""How often a code must have come up before it can be called a weak one."""
WEAK = 0.8
FEW = 5
"""Of fewer answers than this a percentage would say more than there is to say."""
MANY = 2
"""How often a code must come up in an exercise that is to practise it."""
OPEN_LENSES = ("talk", "desistance", "web")
"""Lenses with many questions of a kind. To name the code elsewhere would give the answer away."""

Suggestion = dict[str, str]


def suggestions(histories: Sequence[History], wait: int, now: int) -> list[Suggestion]:
    """Return at most four suggestions: the best of each kind first, then the second best.

    Args:
        histories: What was done at each exercise, in the catalogue's order.
        wait: How many days a retest waits.
        now: The time now, in milliseconds.
    """
    kinds = (
        _carry_on(histories),
        _retests(histories, wait, now),
        _returns(histories, now),
        _new_lenses(histories),
        _weak_codes(histories),
        _new_exercises(histories),
    )
    found: dict[tuple[str, str], Suggestion] = {}
    for each in chain.from_iterable(zip_longest(*(kind[:EACH] for kind in kinds))):
        if each:
            found.setdefault((each["lens"], each["vignette"]), each)
    return list(found.values())[:MOST]


def retest_in(histories: Sequence[History], wait: int, now: int) -> int | None:
    """Return in how many days one lens's retest is due: 0 when it is, None when none is waited for."""
    ended = _practised(histories)
    tests = [each for each in histories if each.retest]
    since = [one for each in tests for one in each.tries if each.finished(one) and one.last >= ended]
    if not ended or not tests or since:
        return None
    return max(0, math.ceil((millis(ended) + wait * DAY - now) / DAY))


def _practised(histories: Iterable[History]) -> str:
    """Return when a lens was practised last; nothing unless it was once practised to the end."""
    practice = [each for each in histories if not each.retest]
    if not any(each.finished(one) for each in practice for one in each.tries):
        return ""
    return max(one.last for each in practice for one in each.tries)


def _carry_on(histories: Sequence[History]) -> list[Suggestion]:
    begun = [each for each in histories if each.newest and not each.finished(each.newest)]
    begun.sort(key=_last, reverse=True)
    return [_suggest("carry-on", each, _begun(each, _newest(each))) for each in begun]


def _begun(history: History, one: Try) -> str:
    return f"You have answered {history.done(one)} of {len(history.items)}. Pick up where you left off."


def _retests(histories: Sequence[History], wait: int, now: int) -> list[Suggestion]:
    due = [lens for lens in by_lens(histories) if retest_in(lens, wait, now) == 0]
    found = []
    for lens in sorted(due, key=_practised):
        tests = [each for each in lens if each.retest]
        if any(each.newest and not each.finished(each.newest) for each in tests):
            continue  # one is under way, and offered as that
        days = _ago(now - millis(_practised(lens)))
        reason = (
            f"You last practised {_name(lens[0])} {days}. See what has stayed: feedback waits until the end."
        )
        found.append(_suggest("retest", min(tests, key=_last), reason))
    return found


def _returns(histories: Sequence[History], now: int) -> list[Suggestion]:
    due: list[tuple[float, str, Suggestion]] = []
    for history in histories:
        one = history.newest
        if history.retest or one is None or not history.finished(one):
            continue
        total, age = history.total(one), now - millis(one.last)
        share = 1.0 if total.share is None else total.share
        if any(age >= days * DAY and share < below for days, below in SPACING):
            reason = f"{_agreed(total)} {_ago(age)}. Coming back after a pause helps it to stay."
            due.append((share, one.last, _suggest("return", history, reason)))
    return [suggestion for _, _, suggestion in sorted(due, key=lambda each: each[:2])]


def _new_lenses(histories: Sequence[History]) -> list[Suggestion]:
    found = []
    for lens in by_lens(histories):
        if not any(each.tries or each.earlier for each in lens):
            reason = f"You have not tried the {_name(lens[0])} lens yet."
            found += [_suggest("new-lens", each, reason) for each in _untried(lens, histories)[:1]]
    return found


def _weak_codes(histories: Sequence[History]) -> list[Suggestion]:
    weak: list[tuple[float, int, list[History], dict[str, Any]]] = []
    for lens in by_lens(histories):
        if lens[0].lens in OPEN_LENSES:
            for row in codes(lens):
                if row["keyed"] >= ENOUGH and row["agreed"] / row["keyed"] < WEAK:
                    weak.append((row["agreed"] / row["keyed"], -row["keyed"], lens, row))
    found = []
    for _, _, lens, row in sorted(weak, key=lambda each: each[:2]):
        best = max(_untried(lens, histories), key=_times(row["code"]), default=None)
        if best and _times(row["code"])(best) >= MANY:
            told = f"In {_name(best)} you agreed on {row['agreed']} of {row['keyed']} keyed “{row['label']}”."
            found.append(_suggest("weak-code", best, f"{told} This one has more of them."))
    return found


def _new_exercises(histories: Sequence[History]) -> list[Suggestion]:
    tried = [lens for lens in by_lens(histories) if any(each.tries or each.earlier for each in lens)]
    tried.sort(key=lambda lens: sum(bool(each.tries) for each in lens))
    fresh = [_untried(lens, histories)[:1] for lens in tried]
    return [
        _suggest("new-exercise", each, f"One that you have not done yet, for the {_name(each)} lens.")
        for each in chain.from_iterable(fresh)
    ]


def _times(code: str) -> Callable[[History], int]:
    """Return a function that counts how often the key of an exercise gives a code."""

    def count(history: History) -> int:
        return sum(code in keyed(item, history.exercise["key"][item["id"]]) for item in coded(history))

    return count


def _untried(lens: Iterable[History], histories: Iterable[History]) -> list[History]:
    """Return the practice exercises of a lens without an attempt at their version of today.

    First come those never seen, then those met through another lens, last those done at an earlier version.
    """
    met = {each.exercise["id"] for each in histories if each.tries}
    fresh = [each for each in lens if not each.retest and not each.tries]
    return sorted(fresh, key=lambda each: 2 if each.earlier else int(each.exercise["id"] in met))


def _newest(history: History) -> Try:
    return history.tries[-1]


def _last(history: History) -> str:
    return history.newest.last if history.newest else ""


def _suggest(kind: str, history: History, reason: str) -> Suggestion:
    exercise = history.exercise
    page = exercise["page"]
    return {
        "kind": kind,
        "lens": history.lens,
        "vignette": exercise["id"],
        "title": exercise["title"],
        "page": f"{page}#{history.lens}.{exercise['id']}" if page else "",
        "reason": reason,
    }


def _name(history: History) -> str:
    return history.lens[:1].upper() + history.lens[1:]


def _agreed(total: Total) -> str:
    if total.share is None:
        return "You did this one"
    if len(total.scores) < FEW:
        return f"You agreed on {total.points:g} of {len(total.scores)},"
    return f"You agreed on {math.floor(total.share * 100 + 0.5)} per cent"


def _ago(age: int) -> str:
    days = age // DAY
    return f"{days} {'day' if days == 1 else 'days'} ago"
