"""How a learner is getting on, from a catalogue and the record of attempts. Pure: the time is given.

The browser says the same with ``frontend/js/progress_state.js`` and ``progress_next.js``; both are held to
``tests/golden/progress.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engagekit.scoring.progress_history import History, Try, by_lens, codes, histories, is_event, millis
from engagekit.scoring.progress_next import retest_in, suggestions


def progress(catalogue: Mapping[str, Any], events: Iterable[Any], now: str) -> dict[str, Any]:
    """Return how a learner is getting on.

    Args:
        catalogue: What there is to practise (schema ``catalogue/1``).
        events: Attempt events in any order. Whatever is not one is left out.
        now: The time now, such as ``2026-11-22T10:11:12.345Z``.

    Returns:
        ``lenses``, in the catalogue's order, each with its attempts in order of time, attempts at earlier
        versions, how each code went, and in how many days a retest is due (None where none is waited for);
        ``suggestions``, at most four; ``unknown``, how many attempts are at exercises that the catalogue does
        not have.
    """
    usable = [event for event in events if is_event(event)]
    found = histories(catalogue, usable)
    known = {(each.lens, each.exercise["id"]) for each in found}
    places = {(event["lens"], event["vignette"], event["attempt"]) for event in usable}
    wait, moment = catalogue["wait_days"], millis(now)
    return {
        "lenses": [
            {
                "lens": lens[0].lens,
                "attempts": _in_time(_attempt(each, one) for each in lens for one in each.tries),
                "earlier": _in_time(_earlier(each, one) for each in lens for one in each.earlier),
                "codes": codes(lens),
                "retest_in": retest_in(lens, wait, moment),
            }
            for lens in by_lens(found)
        ],
        "suggestions": suggestions(found, wait, moment),
        "unknown": sum((lens, vignette) not in known for lens, vignette, _ in places),
    }


def _attempt(history: History, one: Try) -> dict[str, Any]:
    total = history.total(one)
    return {
        **_earlier(history, one),
        "use": history.exercise["use"],
        "done": history.done(one),
        "all": len(history.items),
        "finished": history.finished(one),
        "count": len(total.scores),
        "points": total.points,
        "share": total.share,
    }


def _earlier(history: History, one: Try) -> dict[str, Any]:
    exercise = history.exercise
    return {"attempt": one.id, "vignette": exercise["id"], "title": exercise["title"], "at": one.last}


def _in_time(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(entries, key=lambda entry: entry["at"])
