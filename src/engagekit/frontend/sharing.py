"""A shelf of exercises as a page carries it: what many of them have in common is there once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any


def share(shelf: Mapping[str, Any]) -> dict[str, Any]:
    """Return a shelf in which schemes, items and keys that occur more than once are numbers.

    A number is a place in the shelf's new list ``parts``. The component puts everything back before it shows
    anything (``unshared`` in ``js/chooser.js``). Twenty cases would otherwise each bring the same 43 factors.

    Args:
        shelf: What ``practice`` gives (schema ``practice/1``).
    """
    seen = Counter(_text(part) for exercise in shelf["exercises"] for part in _parts(exercise))
    places: dict[str, int] = {}

    def shown(part: Any) -> Any:
        text = _text(part)
        return places.setdefault(text, len(places)) if seen[text] > 1 else part

    exercises = [
        {
            **exercise,
            "scheme": shown(exercise["scheme"]),
            "items": [shown(item) for item in exercise["items"]],
            "key": {name: shown(entry) for name, entry in exercise["key"].items()},
        }
        for exercise in shelf["exercises"]
    ]
    return {**shelf, "exercises": exercises, "parts": [json.loads(text) for text in places]}


def _parts(exercise: Mapping[str, Any]) -> Iterator[Any]:
    yield exercise["scheme"]
    yield from exercise["items"]
    yield from exercise["key"].values()


def _text(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"))
